using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Settings;

/// <summary>A line of a preview.</summary>
/// <param name="Says">How many, and what would become of them.</param>
/// <param name="References">The first of them.</param>
public sealed record Foreseen(Sentence Says, IReadOnlyList<string> References);

/// <summary>
/// Says what a rule would do to today's complaints before it is saved. It asks the rules themselves, which the sweep asks
/// too, writes nothing, and looks at a bounded number of complaints, the most urgent first.
/// </summary>
public sealed partial class Foreseeing(ComplaintsDb db, DeadlineBooks books, TimeProvider clock)
{
    /// <summary>Complaints that are looked at.</summary>
    public const int Most = 2_000;

    /// <summary>References that are named.</summary>
    public const int Named = 7;

    private const int Batch = 200;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What the ladder would raise now, by level; what was raised already is not counted.</summary>
    public async Task<IReadOnlyList<Foreseen>> LadderAsync(IReadOnlyList<EscalationRule> rules, CancellationToken cancel = default)
    {
        var (book, now, found) = (await books.OpenAsync(db, cancel), Now, new List<(int Level, string Reference)>());
        var looked = await EachAsync(
            async batch =>
            {
                var ids = batch.ConvertAll(c => c.Id);
                var raised = (await db.Escalations.AsNoTracking().Where(e => ids.Contains(e.ComplaintId)).ToListAsync(cancel)).ToLookup(e =>
                    e.ComplaintId
                );
                foreach (var complaint in batch)
                {
                    var seen = raised[complaint.Id].Select(e => new SeenLevel(e.Key, e.Level, e.RaisedAt)).ToList();
                    var levels = complaint
                        .Clocks.Select(k => EscalationPolicy.Decide(rules, k, book, seen, complaint.LoggedAt, now).Now)
                        .OfType<OwedLevel>()
                        .Select(o => o.Rule.Level)
                        .ToList();
                    if (levels.Count > 0)
                    {
                        found.Add((levels.Max(), complaint.Reference));
                    }
                }
            },
            cancel
        );
        return Levels(found, looked);
    }

    /// <summary>Who would be warned or escalated now because no person was in touch; what was raised already is not counted.</summary>
    public async Task<IReadOnlyList<Foreseen>> SilenceAsync(EscalationOptions options, CancellationToken cancel = default)
    {
        var (book, now, found) = (await books.OpenAsync(db, cancel), Now, new List<(int Level, string Reference)>());
        var looked = await EachAsync(
            async batch =>
            {
                var ids = batch.ConvertAll(c => c.Id);
                var raised = (
                    await db
                        .Escalations.AsNoTracking()
                        .Where(e => ids.Contains(e.ComplaintId) && e.Trigger == Trigger.Silence)
                        .Select(e => new { e.ComplaintId, e.Key })
                        .ToListAsync(cancel)
                ).ToLookup(e => e.ComplaintId, e => e.Key);
                foreach (var complaint in batch)
                {
                    if (SilencePolicy.Of(complaint, book, options) is not { } silence || silence.WarnAt > now)
                    {
                        continue;
                    }

                    var late = silence.RaiseAt <= now;
                    if (!raised[complaint.Id].Contains(SilencePolicy.KeyOf(silence, late)))
                    {
                        found.Add((late ? options.LevelOf(Trigger.Silence) : 0, complaint.Reference));
                    }
                }
            },
            cancel
        );
        return Levels(found, looked);
    }

    /// <summary>Open complaints that could not take the step a field is needed before, because it is empty.</summary>
    /// <param name="field">As typed; its id is 0 while it is new.</param>
    public async Task<IReadOnlyList<Foreseen>> FieldAsync(CaseField field, CancellationToken cancel = default)
    {
        if (field is not { RequiredAt: { } step, Active: true })
        {
            return [new Foreseen(new Sentence("No complaint would be held: the field may stay empty."), [])];
        }

        var before = step switch
        {
            Verb.Acknowledge => State.Received,
            Verb.Apologize => State.Acknowledged,
            Verb.Resolve => State.Apologized,
            _ => State.InFollowUp,
        };
        var open = db.Complaints.AsNoTracking().Where(c => c.IsOpen && !c.Historic && c.State <= before);
        if (field.CategoryId is { } top)
        {
            var below = (await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId }).ToListAsync(cancel)).ToLookup(
                c => c.ParentId,
                c => c.Id
            );
            var line = new HashSet<long>();
            void Add(long id)
            {
                if (line.Add(id))
                {
                    foreach (var child in below[id])
                    {
                        Add(child);
                    }
                }
            }

            Add(top);
            open = open.Where(c => c.CategoryId != null && line.Contains(c.CategoryId.Value));
        }

        var (id, values) = (field.Id, db.Set<CaseFieldValue>());
        var held = await open.Where(c => !values.Any(v => v.ComplaintId == c.Id && v.FieldId == id))
            .OrderBy(c => c.QueueAt)
            .Select(c => c.Reference)
            .Take(Most + 1)
            .ToListAsync(cancel);
        return
        [
            new Foreseen(
                held.Count > Most
                    ? new Sentence("More than {0} open complaints would be held at “{1}” until somebody fills the field in.", Most, step)
                    : new Sentence(
                        "{0|open complaint|open complaints} would be held at “{1}” until somebody fills the field in.",
                        held.Count,
                        step
                    ),
                [.. held.Take(Named)]
            ),
        ];
    }

    /// <summary>How remedies offered in the last 90 days would have fared, each by itself.</summary>
    public async Task<IReadOnlyList<Foreseen>> LimitsAsync(
        IReadOnlyList<RemedyLimit> before,
        IReadOnlyList<RemedyLimit> after,
        CancellationToken cancel = default
    )
    {
        var since = Now.AddDays(-90);
        var offered = await db
            .Grants.AsNoTracking()
            .Where(g => g.OfferedAt > since && g.Minor != null && g.OfferedById != null)
            .OrderByDescending(g => g.Id)
            .Take(Most)
            .Join(
                db.Staff,
                g => g.OfferedById!.Value,
                s => s.Id,
                (g, s) =>
                    new
                    {
                        g.Complaint.Reference,
                        g.Complaint.Tier,
                        Minor = g.Minor!.Value,
                        Currency = g.Currency!,
                        s.Role,
                        s.Seat,
                    }
            )
            .ToListAsync(cancel);
        bool Alone(IReadOnlyList<RemedyLimit> limits, int i) =>
            LedgerRules.Covers(
                Limits.Of(limits, offered[i].Role, offered[i].Seat, offered[i].Tier, offered[i].Currency),
                offered[i].Minor,
                0
            );
        var freed = Enumerable
            .Range(0, offered.Count)
            .Where(i => !Alone(before, i) && Alone(after, i))
            .Select(i => offered[i].Reference)
            .Distinct()
            .ToList();
        var bound = Enumerable
            .Range(0, offered.Count)
            .Where(i => Alone(before, i) && !Alone(after, i))
            .Select(i => offered[i].Reference)
            .Distinct()
            .ToList();
        return
        [
            new Foreseen(
                new Sentence(
                    "Of the remedies of the last 90 days, those of {0|complaint|complaints} would not have needed approval any more.",
                    freed.Count
                ),
                [.. freed.Take(Named)]
            ),
            new Foreseen(
                new Sentence(
                    "Of the remedies of the last 90 days, those of {0|complaint|complaints} would have needed approval, which they did not.",
                    bound.Count
                ),
                [.. bound.Take(Named)]
            ),
        ];
    }

    private async Task<int> EachAsync(Func<List<Complaint>, Task> look, CancellationToken cancel)
    {
        var ids = await db
            .Complaints.Where(c => c.IsOpen && !c.Historic)
            .OrderBy(c => c.QueueAt)
            .Select(c => c.Id)
            .Take(Most)
            .ToListAsync(cancel);
        foreach (var some in ids.Chunk(Batch))
        {
            await look(
                await db
                    .Complaints.AsNoTracking()
                    .Where(c => some.Contains(c.Id))
                    .Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .OrderBy(c => c.QueueAt)
                    .ToListAsync(cancel)
            );
        }

        return ids.Count;
    }

    private static IReadOnlyList<Foreseen> Levels(List<(int Level, string Reference)> found, int looked) =>
        [
            .. found
                .GroupBy(f => f.Level)
                .OrderByDescending(g => g.Key)
                .Select(g => new Foreseen(
                    g.Key == 0
                        ? new Sentence("For {0|open complaint|open complaints} the owner would be warned now.", g.Count())
                        : new Sentence("{0|open complaint|open complaints} would be escalated to level {1} now.", g.Count(), g.Key),
                    [.. g.Select(f => f.Reference).Take(Named)]
                )),
            looked < Most && found.Count == 0
                ? new Foreseen(new Sentence("Nothing would be raised now for any of {0|open complaint|open complaints}.", looked), [])
            : looked < Most
                ? new Foreseen(new Sentence("For the other {0} open complaints nothing would be raised now.", looked - found.Count), [])
            : new Foreseen(new Sentence("Only the {0} most urgent open complaints were looked at.", Most), []),
        ];
}
