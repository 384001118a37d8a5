using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Complaints.Web.Live;

/// <summary>The stream of news, one per browser.</summary>
public sealed class LiveController(
    LiveNews news,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime life,
    IOptions<IdentityOptions> identity
) : DeskController
{
    /// <summary>Said when somebody was deactivated or signed out everywhere; never leaves the house.</summary>
    public const string Staff = "staff";

    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Names of what changed, as server-sent messages, until the browser goes, the person may no longer be here, or the
    /// server stops. Nothing of the database is held in between.
    /// </summary>
    [HttpGet("/live")]
    public async Task Show()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted, life.ApplicationStopping);
        Response.ContentType = "text/event-stream";
        Response.Headers.CacheControl = "no-store";
        Response.Headers["X-Accel-Buffering"] = "no";
        HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var (id, stamp) = (Me.Member.Id, User.FindFirst(identity.Value.ClaimsIdentity.SecurityStampClaimType)?.Value);
        using var listener = news.Listen();
        try
        {
            await SendAsync(": here\n\n", end.Token);
            for (var asked = Environment.TickCount64; ; )
            {
                var names = await NextAsync(listener, end.Token);
                // Another node's news do not say whom they concern, and where much happens it is never quiet.
                if (names?.Contains(Staff, StringComparison.Ordinal) != false || Environment.TickCount64 - asked > _quiet.TotalMilliseconds)
                {
                    if (!await StillHereAsync(id, stamp, end.Token))
                    {
                        return;
                    }

                    asked = Environment.TickCount64;
                }

                var said = names?.Replace(Staff, "", StringComparison.Ordinal).Trim();
                await SendAsync(string.IsNullOrEmpty(said) ? ": still here\n\n" : $"data: {said}\n\n", end.Token);
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>The next names; null when nothing came for a while.</summary>
    private static async Task<string?> NextAsync(LiveNews.Listener listener, CancellationToken end)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(end);
        quiet.CancelAfter(_quiet);
        try
        {
            return await listener.News.ReadAsync(quiet.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<bool> StillHereAsync(long id, string? stamp, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        return await db.Staff.AnyAsync(s => s.Id == id && s.Active && (stamp == null || s.SecurityStamp == stamp), cancel);
    }

    private async Task SendAsync(string text, CancellationToken cancel)
    {
        await Response.WriteAsync(text, cancel);
        await Response.Body.FlushAsync(cancel);
    }
}
