using Complaints.Data;
using Complaints.Intake;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Complaints.Web.SignIn;

/// <summary>
/// Brings the demo's complaints in behind the open door, so that the first start shows its faces without waiting for forty
/// complaints to be lived through: they come once somebody has seen the faces. Whoever is quicker than they are waits for
/// them: no page is shown half.
/// </summary>
public sealed class DemoArrival(Demo demo, IServiceScopeFactory scopes, IDatabase database, TimeProvider clock) : BackgroundService
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True while complaints are still to come.</summary>
    public bool IsUnderWay => demo.Enabled && !_all.Task.IsCompletedSuccessfully;

    /// <summary>Lets the complaints come in and ends when every one is there; at once when this is no demo.</summary>
    public Task AllAsync()
    {
        _wanted.TrySetResult();
        return demo.Enabled ? _all.Task : Task.CompletedTask;
    }

    /// <summary>Lets a request for a page other than the faces wait; stands after authorization, which sends strangers to the faces.</summary>
    public async Task LetInAsync(HttpContext request, RequestDelegate next)
    {
        var page = IsUnderWay ? request.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() : null;
        if (page is null || page.ControllerTypeInfo == typeof(HealthController))
        {
            await next(request);
        }
        else if (IsFaces(page))
        {
            await next(request);
            _wanted.TrySetResult();
        }
        else
        {
            await AllAsync().WaitAsync(request.RequestAborted);
            await next(request);
        }
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
            await _wanted.Task.WaitAsync(stoppingToken);
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

    private static bool IsFaces(ControllerActionDescriptor page) =>
        page.ControllerTypeInfo == typeof(DemoController) && page.ActionName == nameof(DemoController.Index);
}
