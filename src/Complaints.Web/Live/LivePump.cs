using Complaints.Data;

namespace Complaints.Web.Live;

/// <summary>
/// Once a second: passes on what changed here, and asks the database whether another node changed something. Needed on
/// every node that serves pages; holds no connection in between.
/// </summary>
public sealed class LivePump(LiveNews news, IServiceScopeFactory scopes, IDatabase database, ILogger<LivePump> log) : BackgroundService
{
    private const string Everything = "counts escalations queue";
    private long _stamp = -1;
    private int _beats;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await BeatAsync(stoppingToken);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning("News of other nodes cannot be read: {Reason}", trouble.Message);
            }
        }
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        var names = news.Take();
        if (names is not null)
        {
            news.Send(names);
        }

        if (database.OneWriter || (names is null && ++_beats % 2 != 0))
        {
            return; // one process alone, or not this second
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var before = _stamp;
        var stamp = await database.ChangeStampAsync(db, raise: false, cancel);
        if (before >= 0 && stamp != before)
        {
            news.ChangedElsewhere();
            news.Send(Everything);
        }

        if (names is not null)
        {
            var raised = await database.ChangeStampAsync(db, raise: true, cancel);
            stamp = raised == stamp + 1 ? raised : stamp; // another node came in between: its news are told with the next beat
        }

        _stamp = stamp;
    }
}
