using System.Collections.Concurrent;
using Complaints.Mail;

namespace Complaints.Web.Mail;

/// <summary>
/// Keeps every mailbox read: a stay of its own at each one's server, so that news arrives in seconds and a slow server
/// holds up nobody else. Not in the timetable, because a stay lasts and a tick must not. The leases stand in the tables;
/// on several nodes each mailbox is read by one of them.
/// </summary>
public sealed class MailboxWatch(IServiceScopeFactory scopes, ILogger<MailboxWatch> log) : BackgroundService
{
    private static readonly TimeSpan _round = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, Task> _stays = new();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(_round);
        try
        {
            do
            {
                await RoundAsync(stoppingToken);
            } while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(_stays.Values);
        }
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (var id in await scope.ServiceProvider.GetRequiredService<MailboxRun>().DueAsync(cancel))
            {
                if (!_stays.TryGetValue(id, out var stay) || stay.IsCompleted)
                {
                    _stays[id] = Task.Run(() => StayAsync(id, cancel), CancellationToken.None);
                }
            }
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            log.LogWarning("The mailboxes cannot be looked up: {Reason}", trouble.Message);
        }
    }

    private async Task StayAsync(long id, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MailboxRun>().StayAsync(id, cancel);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        catch (Exception trouble)
        {
            log.LogError(trouble, "Mailbox {Mailbox} could not be read; it is tried again", id);
        }
    }
}
