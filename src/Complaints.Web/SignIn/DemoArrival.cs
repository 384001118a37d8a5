using Complaints.Data;
using Complaints.Intake;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Complaints.Web.SignIn;

/// <summary>
/// Brings the demo's complaints in behind the open door, so that the first start shows its faces without waiting for forty
/// complaints to be lived through. Whoever is quicker than they are waits for them: no page is shown half.
/// </summary>
public sealed class DemoArrival(
    Demo demo,
    IServiceScopeFactory scopes,
    IDatabase database,
    IHostApplicationLifetime house,
    TimeProvider clock
) : BackgroundService
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when every complaint of the demo is there; at once when this is no demo.</summary>
    public Task All => demo.Enabled ? _all.Task : Task.CompletedTask;

    /// <summary>Lets a request for a page other than the faces wait; stands after authorization, which sends strangers to the faces.</summary>
    public async Task LetInAsync(HttpContext request, RequestDelegate next)
    {
        if (
            !All.IsCompletedSuccessfully
            && request.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is { } page
            && !IsFaces(page)
        )
        {
            await All.WaitAsync(request.RequestAborted);
        }

        await next(request);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!demo.Enabled)
        {
            return;
        }

        try
        {
            await OpenAsync(stoppingToken); // what is written before, the first key of the cookies for one, must not wait for forty complaints
            await using var scope = scopes.CreateAsyncScope();
            var world = scope.ServiceProvider.GetRequiredService<DemoWorld>();
            var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
            var now = clock.GetUtcNow().UtcDateTime;
            await database.AloneAsync(db, () => world.LoadComplaintsAsync(now, stoppingToken), stoppingToken);
            _all.SetResult();
        }
        catch (Exception e)
        {
            _all.SetException(e); // and the program ends with it, as it does whenever a start fails
            throw;
        }
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = house.ApplicationStarted.Register(open.SetResult);
        await open.Task.WaitAsync(cancel);
    }

    private static bool IsFaces(ControllerActionDescriptor page) =>
        page.ControllerTypeInfo == typeof(DemoController) && page.ActionName == nameof(DemoController.Index);
}
