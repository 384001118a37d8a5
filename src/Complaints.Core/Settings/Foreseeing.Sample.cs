using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Settings;

/// <content>Who would not be asked whether it is solved.</content>
public sealed partial class Foreseeing
{
    /// <summary>
    /// Whom of those already planned the share, and then the pause between two questions to one customer, would leave out: in the
    /// order in which they would be asked, each question counting for the next. Who asked not to be asked is left out by no rule.
    /// </summary>
    public async Task<IReadOnlyList<Foreseen>> SampleAsync(FollowUpOptions options, CancellationToken cancel = default)
    {
        var planned = await db
            .FollowUps.AsNoTracking()
            .Where(f => f.State == FollowUpState.Planned && f.Touch == 1)
            .OrderBy(f => f.PlannedAt)
            .ThenBy(f => f.Id)
            .Include(f => f.Complaint!.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Take(Most)
            .ToListAsync(cancel);
        var willing = planned.Where(f => f.Complaint!.Customer.NoSurveysSince is null).ToList();
        var left = willing.Where(f => !Sampling.IsIn(f.Complaint!, options.AskShare)).Select(f => f.Complaint!.Reference).ToList();
        var cooling =
            options.CoolDownDays == 0
                ? []
                : await CoolingAsync([.. willing.Where(f => Sampling.IsIn(f.Complaint!, options.AskShare))], options.CoolDownDays, cancel);
        List<Foreseen> foreseen =
        [
            new(
                new Sentence(
                    "Of {0|follow-up|follow-ups} planned now, {1} would not be asked, because they are not in the sample.",
                    planned.Count,
                    left.Count
                ),
                [.. left.Take(Named)]
            ),
        ];
        if (options.CoolDownDays > 0)
        {
            foreseen.Add(
                new Foreseen(
                    new Sentence(
                        "{0} more would not be asked, because their customer is asked about another complaint within {1|day|days}.",
                        cooling.Count,
                        options.CoolDownDays
                    ),
                    [.. cooling.Take(Named)]
                )
            );
        }

        return foreseen;
    }

    private async Task<List<string>> CoolingAsync(List<PlannedFollowUp> planned, int days, CancellationToken cancel)
    {
        var asked = await AskedAsync([.. planned.Select(f => f.Complaint!.CustomerId).Distinct()], Sampling.CoolSince(Now, days), cancel);
        var cooling = new List<string>();
        foreach (var plan in planned)
        {
            var (complaint, at) = (plan.Complaint!, plan.PlannedAt > Now ? plan.PlannedAt : Now);
            var theirs = asked.TryGetValue(complaint.CustomerId, out var known) ? known : asked[complaint.CustomerId] = [];
            var since = Sampling.CoolSince(at, days);
            if (theirs.Exists(a => a.ComplaintId != complaint.Id && a.At > since))
            {
                cooling.Add(complaint.Reference);
            }
            else if (complaint.UsableMail is not null) // a call that reaches nobody asks nobody
            {
                theirs.Add((complaint.Id, at));
            }
        }

        return cooling;
    }

    /// <summary>When these customers were asked, or answered, after <paramref name="since"/> (UTC), and about which complaint.</summary>
    private async Task<Dictionary<long, List<(long ComplaintId, DateTime At)>>> AskedAsync(
        IReadOnlyList<long> customers,
        DateTime since,
        CancellationToken cancel
    )
    {
        var asked = new Dictionary<long, List<(long, DateTime)>>();
        foreach (var some in customers.Chunk(Batch))
        {
            var (plans, given) = (db.FollowUps, db.SurveyAnswers);
            var theirs = db.Complaints.Where(c => some.Contains(c.CustomerId));
            var rows = (
                await theirs
                    .Join(
                        plans.Where(f => f.AskedAt > since),
                        c => c.Id,
                        f => f.ComplaintId,
                        (c, f) =>
                            new
                            {
                                c.CustomerId,
                                c.Id,
                                At = f.AskedAt!.Value,
                            }
                    )
                    .ToListAsync(cancel)
            ).Concat(
                await theirs
                    .Join(
                        given.Where(a => a.AnsweredAt > since),
                        c => c.Id,
                        a => a.ComplaintId,
                        (c, a) =>
                            new
                            {
                                c.CustomerId,
                                c.Id,
                                At = a.AnsweredAt,
                            }
                    )
                    .ToListAsync(cancel)
            );
            foreach (var of in rows.GroupBy(r => r.CustomerId))
            {
                asked[of.Key] = [.. of.Select(r => (r.Id, r.At))];
            }
        }

        return asked;
    }
}
