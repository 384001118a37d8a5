using System.Net;
using Complaints.Language;

namespace Complaints.Web.Operation;

/// <summary>
/// Stands at the door while the database is made or brought up to date: says so to whoever comes and lets their browser
/// ask again, so that a first start or a long upgrade is not a refused connection. Knows no database. Alive for
/// <c>/health/live</c>, not ready for anything else. Leaves signals alone: whoever tells the program to stop while it gets
/// ready ends it at once, which every later start can bear.
/// </summary>
public sealed class Porter : IAsyncDisposable
{
    private const string Wait = "1";
    private readonly WebApplication _door;

    private Porter(WebApplication door) => _door = door;

    /// <summary>Opens the door at the addresses the house will have.</summary>
    /// <param name="args">The command line, with addresses and certificates as the house reads them.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<Porter> StandAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, Deaf>(); // the usual one takes the signals and would keep them from the house
        var door = builder.Build();
        door.Run(AnswerAsync);
        await door.StartAsync();
        return new Porter(door);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _door.StopAsync();
        await _door.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var answer = context.Response;
        answer.Headers.CacheControl = "no-store";
        answer.Headers.Connection = "close"; // the next request must find the house, not this connection
        if (context.Request.Path == "/health/live")
        {
            return answer.WriteAsync("alive");
        }

        answer.StatusCode = StatusCodes.Status503ServiceUnavailable;
        answer.Headers.RetryAfter = Wait;
        answer.Headers["Refresh"] = Wait;
        answer.Headers.ContentSecurityPolicy = "default-src 'none'";
        answer.ContentType = "text/html; charset=utf-8";
        var said = new Sentence("Getting ready. This page opens by itself in a moment.");
        string[] both = [Tongue.Say("en", said), Tongue.Say("zh-Hans", said)];
        return answer.WriteAsync(
            $"<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>{WebUtility.HtmlEncode(both[0])}</title><h1>{WebUtility.HtmlEncode(both[0])}</h1><p lang=\"zh-Hans\">{WebUtility.HtmlEncode(both[1])}</p>"
        );
    }

    private sealed class Deaf : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
