using System.Text.Json;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>How far applying the policy to open complaints has come; the last one asked for stays.</summary>
/// <param name="StaffId">Who asked.</param>
/// <param name="PolicyVersion">The policy they saw; another one is not applied in their name.</param>
/// <param name="Total">Open complaints when it was asked for.</param>
/// <param name="Done">Complaints looked at.</param>
/// <param name="Moved">Complaints with a deadline that moved.</param>
/// <param name="After">Id of the last complaint looked at.</param>
/// <param name="EndedAt">UTC; null while it runs.</param>
/// <param name="Overtaken">True when the policy was changed again in between; the rest was left as it was.</param>
public sealed record PolicyProgress(
    long StaffId,
    long PolicyVersion,
    int Total,
    int Done,
    int Moved,
    long After,
    DateTime? EndedAt,
    bool Overtaken
);

/// <summary>
/// Applies the policy in force to open complaints, in the background and batch by batch. Each batch is committed together
/// with the note of how far it came, so that a stopped node, or two nodes at once, leave none out and move none twice.
/// </summary>
public sealed class PolicyChange(ComplaintsDb db, DeadlineBooks books, TimeProvider clock, WorkReport report)
{
    /// <summary>Complaints in one commit.</summary>
    public const int BatchSize = 100;

    private const string Name = "policy.application";
    private const int Tries = 20;

    /// <summary>The complaints it concerns.</summary>
    public static IQueryable<Complaint> Open(ComplaintsDb db) => db.Complaints.Where(c => c.IsOpen && !c.Historic);

    /// <summary>How far the last one came; null when there was none.</summary>
    public static async Task<PolicyProgress?> ProgressAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        Read(await db.SettingAsync(Name, cancel));

    /// <summary>Asks for it; the timetable does it.</summary>
    /// <exception cref="Refusal">It runs already.</exception>
    public static async Task AskAsync(ComplaintsDb db, long staffId, long policyVersion, CancellationToken cancel = default)
    {
        if (Read(await db.SettingAsync(Name, cancel)) is { EndedAt: null })
        {
            throw new Refusal("The targets are being applied already. Wait until that is done.");
        }

        var value = Write(new PolicyProgress(staffId, policyVersion, await Open(db).CountAsync(cancel), 0, 0, 0, null, false));
        await db.KeepSettingAsync(Name, value, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Does what was asked for; nothing when nothing was.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        for (var tries = 0; tries < Tries; )
        {
            cancel.ThrowIfCancellationRequested();
            var value = await db.SettingAsync(Name, cancel);
            if (Read(value) is not { EndedAt: null } at)
            {
                return;
            }

            try
            {
                tries = await NextAsync(at, value!, cancel) ? 0 : tries + 1;
            }
            catch (DbUpdateConcurrencyException)
            {
                tries++; // somebody works on one of them at this moment: the same hundred again, as they are now
            }

            db.ChangeTracker.Clear();
        }
    }

    /// <summary>One batch; false when another node did it meanwhile.</summary>
    private async Task<bool> NextAsync(PolicyProgress at, string was, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var overtaken = !await db.Policies.AnyAsync(p => p.Version == at.PolicyVersion && p.Id == db.Set<Policy>().Max(q => q.Id), cancel);
        var batch = overtaken
            ? []
            : await Open(db)
                .Include(c => c.Clocks)
                    .ThenInclude(k => k.Pauses)
                .Where(c => c.Id > at.After)
                .OrderBy(c => c.Id)
                .Take(BatchSize)
                .ToListAsync(cancel);
        var next = at with { EndedAt = now, Overtaken = overtaken };
        if (batch.Count > 0)
        {
            var book = await books.OpenAsync(db, cancel);
            var actor = Actor.Of(await db.Staff.Include(s => s.Unit).SingleAsync(s => s.Id == at.StaffId, cancel), TimeZoneInfo.Utc);
            var moved = batch.Count(c => c.WouldMove(now, book).Count > 0 && c.ApplyPolicy(actor, now, book).Count > 0);
            next = at with { Done = at.Done + batch.Count, Moved = at.Moved + moved, After = batch[^1].Id };
        }

        report.Say("{0} of {1} open complaints, {2} moved", next.Done, next.Total, next.Moved);
        return await db.InTransactionAsync(
            async () =>
            {
                var mine = await db
                    .Settings.Where(s => s.Name == Name && s.Value == was)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.Value, Write(next)), cancel);
                if (mine == 1)
                {
                    await db.SaveChangesAsync(cancel);
                }

                return mine == 1;
            },
            cancel
        );
    }

    private static PolicyProgress? Read(string? value) => value is null ? null : JsonSerializer.Deserialize<PolicyProgress>(value);

    private static string Write(PolicyProgress progress) => JsonSerializer.Serialize(progress);
}
