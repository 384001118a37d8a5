using System.Data.Common;
using System.Text.Json;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Complaints.Casework;

/// <summary>What would become of one of those picked: what happens, or why not.</summary>
/// <param name="Will">What would stand on its timeline; empty when it is so already.</param>
/// <param name="Why">Why it would be refused; null when it would not.</param>
public sealed record BulkLine(long Id, string Reference, string Summary, string Customer, IReadOnlyList<Sentence> Will, Sentence? Why);

/// <summary>Looks at bulk actions before, and does them: each complaint in a transaction of its own.</summary>
public sealed class BulkRuns(
    ComplaintsDb db,
    DeadlineBooks books,
    CaseChanging changing,
    TimeProvider clock,
    WorkReport report,
    ILogger<BulkRuns> log
)
{
    /// <summary>Not more than this are done while the person waits.</summary>
    public const int AtOnce = 50;

    private const int Tries = 5;
    private static readonly TimeSpan _kept = TimeSpan.FromDays(14);

    /// <summary>What would happen to those of a run from a place on. Those the person may not see do not exist for them.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanAsync(BulkRun run, Actor actor, int from, int count, CancellationToken cancel = default)
    {
        var ids = run.Ids.Skip(from).Take(count).ToList();
        var found = await CaseChanging.Whole(db.Complaints.Where(c => ids.Contains(c.Id))).AsNoTracking().ToListAsync(cancel);
        var book = await books.OpenAsync(db, cancel);
        var (changes, now) = (CaseChanges.Read(run.Changes), clock.GetUtcNow().UtcDateTime);
        var lines = new List<BulkLine>();
        foreach (
            var complaint in ids.Select(id => found.Find(c => c.Id == id)).OfType<Complaint>().Where(c => CommonWords.Reaches(actor, c))
        )
        {
            var line = new BulkLine(complaint.Id, complaint.Reference, complaint.Summary, complaint.Customer.Name, [], null);
            try
            {
                var will = changes.IsEmpty ? [] : await changing.TryAsync(complaint, changes, actor, now, book, cancel);
                lines.Add(line with { Will = will });
            }
            catch (Refusal refused)
            {
                lines.Add(line with { Why = refused.Sentence });
            }
        }

        return lines;
    }

    /// <summary>Does what was started and is not done; nothing when nothing was. Forgets what is long over.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        while (
            await db
                .BulkRuns.Where(r => r.StartedAt != null && r.EndedAt == null)
                .OrderBy(r => r.Id)
                .Select(r => (long?)r.Id)
                .FirstOrDefaultAsync(cancel)
                is { } id
        )
        {
            await FinishAsync(id, cancel);
        }

        var old = clock.GetUtcNow().UtcDateTime - _kept;
        var gone = clock.GetUtcNow().UtcDateTime - (CaseVisit.Lasts * 5);
        if (await db.CaseVisits.AnyAsync(v => v.SeenAt < gone, cancel))
        {
            using var turn = await db.Gate.EnterAsync(cancel);
            await db.CaseVisits.Where(v => v.SeenAt < gone).ExecuteDeleteAsync(cancel);
        }

        var told = old - (_kept * 6);
        if (await db.Notices.AnyAsync(n => n.At < told, cancel))
        {
            using var turn = await db.Gate.EnterAsync(cancel);
            await db.Notices.Where(n => n.At < told).ExecuteDeleteAsync(cancel);
        }

        if (await db.BulkRuns.AnyAsync(r => r.At < old, cancel))
        {
            using var turn = await db.Gate.EnterAsync(cancel);
            await db.BulkRuns.Where(r => r.At < old && (r.StartedAt == null || r.EndedAt != null)).ExecuteDeleteAsync(cancel);
        }
    }

    /// <summary>Does one run to its end.</summary>
    public async Task FinishAsync(long id, CancellationToken cancel = default)
    {
        var book = await books.OpenAsync(db, cancel);
        for (var tries = 0; tries < Tries; )
        {
            cancel.ThrowIfCancellationRequested();
            db.ChangeTracker.Clear();
            var run = await db.BulkRuns.AsNoTracking().SingleAsync(r => r.Id == id, cancel);
            if (run.EndedAt is not null)
            {
                return;
            }

            try
            {
                if (await NextAsync(run, book, tries == Tries - 1, cancel))
                {
                    tries = 0; // and where another node was faster: the next one, as that node left it
                }

                report.Say("{0} of {1} complaints of a bulk action", run.Done, run.Ids.Count);
            }
            catch (DbUpdateException)
            {
                tries++; // somebody works on it at this moment: once more as it is now, and in the end it is left as it is
            }
        }
    }

    /// <summary>The next complaint of a run, with the note that it was seen to. False when another node was faster.</summary>
    private async Task<bool> NextAsync(BulkRun run, DeadlineBook book, bool giveUp, CancellationToken cancel)
    {
        var (ids, was, now) = (run.Ids, run.Done, clock.GetUtcNow().UtcDateTime);
        if (was >= ids.Count)
        {
            return await NoteAsync(run, was, now, cancel);
        }

        var id = ids[was];
        var member = await db.Staff.Include(s => s.Unit).SingleAsync(s => s.Id == run.ById, cancel);
        var zone = member.TimeZone is { } own
            ? TimeZoneInfo.FindSystemTimeZoneById(own)
            : book.Calendar(book.Unit(member.UnitId).CalendarId).Zone;
        var actor = Actor.Of(member, zone ?? TimeZoneInfo.Utc);
        var complaint = await CaseChanging.Whole(db.Complaints).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (complaint is not null)
        {
            var refused = await DoAsync(run, complaint, member, actor, now, book, giveUp, cancel);
            if (refused is not null)
            {
                db.ChangeTracker.Clear();
                RefusedOne one = new(id, complaint.Reference, KeptSentence.Write(refused));
                run.Refused = JsonSerializer.Serialize(run.RefusedOnes.Append(one));
            }
        }

        run.Done = was + 1;
        if (run.Done < ids.Count)
        {
            return await NoteAsync(run, was, null, cancel);
        }

        await TellAsync(run, actor, now, cancel);
        return await NoteAsync(run, was, now, cancel);
    }

    /// <summary>Tells those named in the notes of a run, each once with the number; saved together with the end of the run.</summary>
    private async Task TellAsync(BulkRun run, Actor actor, DateTime now, CancellationToken cancel)
    {
        var named = run.NamedOnes;
        var ids = named.Select(n => n.ComplaintId).Distinct().ToList();
        var first = ids.Count == 0 ? [] : await db.Complaints.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var told = named
            .Where(n => first.ContainsKey(n.ComplaintId))
            .Select(n => new Told(n.StaffId, NoticeKind.Mention, first[n.ComplaintId], n.Seq, actor.Name, Say(n)) { Number = n.Number });
        await Telling.TellAsync(db, [.. told], now, cancel);
    }

    private static Sentence Say(NamedInRun named) =>
        named.Number == 1 ? new Sentence("Note")
        : named.Number == named.References.Count
            ? new Sentence("One note on {0} complaints: {1}", named.Number, string.Join(", ", named.References))
        : new Sentence("One note on {0} complaints, among them {1}", named.Number, string.Join(", ", named.References));

    private async Task<Sentence?> DoAsync(
        BulkRun run,
        Complaint complaint,
        StaffMember member,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        bool giveUp,
        CancellationToken cancel
    )
    {
        if (!member.Active || !CommonWords.Reaches(actor, complaint))
        {
            return new Sentence("It is not yours to change any more.");
        }

        if (giveUp)
        {
            return new Sentence("somebody changed it just now.");
        }

        try
        {
            var done = await changing.DoAsync(complaint, CaseChanges.Read(run.Changes), actor, now, book, tell: false, cancel);
            run.Changed += done.Changed ? 1 : 0;
            run.CountNamed(complaint, done.Note?.Seq ?? 0, [.. done.Named.Where(p => p.Reads).Select(p => p.Id)]);
            return null;
        }
        catch (Refusal refused)
        {
            return refused.Sentence;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or DbException or DbUpdateException))
        {
            log.LogError(fault, "A bulk action could not be done on {Reference}", complaint.Reference);
            return new Sentence("A fault of the program; it was left as it was. Tell your administrator.");
        }
    }

    private Task<bool> NoteAsync(BulkRun run, int was, DateTime? ended, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var mine = await db
                    .BulkRuns.Where(r => r.Id == run.Id && r.Done == was && r.EndedAt == null)
                    .ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(r => r.Done, run.Done)
                                .SetProperty(r => r.Changed, run.Changed)
                                .SetProperty(r => r.Refused, run.Refused)
                                .SetProperty(r => r.Named, run.Named)
                                .SetProperty(r => r.EndedAt, ended),
                        cancel
                    );
                if (mine == 1)
                {
                    await db.SaveChangesAsync(cancel);
                }

                return mine == 1;
            },
            cancel
        );
}
