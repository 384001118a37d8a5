using System.Text.Json;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>One deadline that would move; times in UTC.</summary>
public sealed record PolicyMove(string Reference, ClockName Name, DateTime Before, DateTime After);

/// <summary>What applying the policy in force to open complaints would do, as far as it is counted; the last count stays.</summary>
/// <param name="PolicyVersion">The policy it was asked for.</param>
/// <param name="AskedAt">UTC; also tells two counts apart.</param>
/// <param name="Total">Open complaints when it was asked for.</param>
/// <param name="Done">Complaints looked at.</param>
/// <param name="Moving">Complaints with a deadline that would move.</param>
/// <param name="Earlier">Deadlines that would fall earlier.</param>
/// <param name="Later">Deadlines that would fall later.</param>
/// <param name="First">The first of them, at most <see cref="PolicyCount.Shown"/>.</param>
/// <param name="After">Id of the last complaint looked at.</param>
/// <param name="EndedAt">UTC; null while it runs.</param>
public sealed record PolicyCounted(
    long PolicyVersion,
    DateTime AskedAt,
    int Total,
    int Done,
    int Moving,
    int Earlier,
    int Later,
    IReadOnlyList<PolicyMove> First,
    long After,
    DateTime? EndedAt
)
{
    /// <summary>With one more open complaint looked at.</summary>
    public PolicyCounted With(Complaint complaint, DateTime now, DeadlineBook book)
    {
        var moves = complaint.WouldMove(now, book);
        return this with
        {
            Done = Done + 1,
            Moving = Moving + (moves.Count > 0 ? 1 : 0),
            Earlier = Earlier + moves.Count(m => m.After < m.Before),
            Later = Later + moves.Count(m => m.After > m.Before),
            First =
            [
                .. First,
                .. moves.Take(PolicyCount.Shown - First.Count).Select(m => new PolicyMove(complaint.Reference, m.Name, m.Before, m.After)),
            ],
            After = complaint.Id,
        };
    }
}

/// <summary>
/// Counts what applying the policy would move, in the background and batch by batch, because a house may have tens of
/// thousands of open complaints. Nothing is changed but the count; how far it came is kept after each batch, so that a
/// stopped node goes on where it was and of two nodes one goes first.
/// </summary>
public sealed class PolicyCount(ComplaintsDb db, DeadlineBooks books, TimeProvider clock, WorkReport report)
{
    /// <summary>Deadlines kept to be shown.</summary>
    public const int Shown = 50;

    /// <summary>Complaints read at once.</summary>
    public const int BatchSize = 500;

    private const string Name = "policy.count";

    /// <summary>The last one; null when nothing was ever counted.</summary>
    public static async Task<PolicyCounted?> LastAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        Read(await db.SettingAsync(Name, cancel));

    /// <summary>Asks for it; the timetable does it. One that runs starts anew.</summary>
    public static async Task AskAsync(ComplaintsDb db, long policyVersion, DateTime now, CancellationToken cancel = default)
    {
        var total = await PolicyChange.Open(db).CountAsync(cancel);
        var value = Write(new PolicyCounted(policyVersion, now, total, 0, 0, 0, 0, [], 0, null));
        await db.KeepSettingAsync(Name, value, cancel);

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Does what was asked for; nothing when nothing was.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        for (var lost = 0; lost < 3; )
        {
            cancel.ThrowIfCancellationRequested();
            var value = await db.SettingAsync(Name, cancel);
            if (Read(value) is not { EndedAt: null } at)
            {
                return;
            }

            lost = await KeepAsync(value!, await NextAsync(at, cancel), cancel) ? 0 : lost + 1; // another node counts, or it was asked for anew
        }
    }

    private async Task<PolicyCounted> NextAsync(PolicyCounted at, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var batch = await PolicyChange
            .Open(db)
            .AsNoTracking()
            .Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Where(c => c.Id > at.After)
            .OrderBy(c => c.Id)
            .Take(BatchSize)
            .ToListAsync(cancel);
        if (batch.Count == 0)
        {
            return at with { EndedAt = now };
        }

        var book = await books.OpenAsync(db, cancel);
        return batch.Aggregate(at, (counted, complaint) => counted.With(complaint, now, book));
    }

    private async Task<bool> KeepAsync(string was, PolicyCounted next, CancellationToken cancel)
    {
        using var turn = await db.Gate.EnterAsync(cancel);
        var mine = await db
            .Settings.Where(s => s.Name == Name && s.Value == was)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Value, Write(next)), cancel);
        report.Say("{0} of {1} open complaints counted, {2} would move", next.Done, next.Total, next.Moving);
        return mine == 1;
    }

    private static PolicyCounted? Read(string? value) => value is null ? null : JsonSerializer.Deserialize<PolicyCounted>(value);

    private static string Write(PolicyCounted counted) => JsonSerializer.Serialize(counted);
}
