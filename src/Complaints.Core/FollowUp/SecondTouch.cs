using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>
/// Weeks after closing, who said it is solved is asked once more, by mail and without reminders or calls: only then does
/// one know whether it held. Not solved reopens, as every answer does.
/// </summary>
public sealed class SecondTouch(ComplaintsDb db, SurveyMails mails, Questionnaires questionnaires)
{
    /// <summary>Does what is owed of it for a closed complaint.</summary>
    /// <param name="complaint">Closed.</param>
    /// <param name="plans">All of the complaint.</param>
    /// <param name="zone">Of the customer's day.</param>
    /// <param name="now">UTC.</param>
    /// <returns>UTC of the next thing; null when nothing is to come.</returns>
    public async Task<DateTime?> DoAsync(
        Complaint complaint,
        IReadOnlyList<PlannedFollowUp> plans,
        TimeZoneInfo zone,
        DateTime now,
        CancellationToken cancel
    )
    {
        var plan = plans.FirstOrDefault(p => p.Cycle == complaint.Cycle && p.Touch == 2);
        if (plan is { IsLive: false })
        {
            return null;
        }

        var options = await FollowUpOptions.ReadAsync(db, cancel);
        if (plan is null)
        {
            var first = plans.FirstOrDefault(p => p.Cycle == complaint.Cycle && p.Touch == 1);
            if (options.SecondTouchDays == 0 || first?.State != FollowUpState.Answered || !await SaidSolvedAsync(first, cancel))
            {
                return null;
            }

            var at = FollowUpPlan.DaysLater(complaint.ClosedAt ?? now, options.SecondTouchDays, zone, options);
            plan = new PlannedFollowUp
            {
                ComplaintId = complaint.Id,
                Cycle = complaint.Cycle,
                Touch = 2,
                PlannedAt = at,
                NextAt = at,
            };
            db.FollowUps.Add(plan);
            return at;
        }

        if (plan.State == FollowUpState.Asked)
        {
            if (now < plan.LinkExpiresAt)
            {
                return plan.NextAt = plan.LinkExpiresAt;
            }

            plan.End(FollowUpState.NoAnswer, new Sentence("No answer to the follow-up"), now);
            return null;
        }

        if (FollowUpPlan.InDaytime(plan.PlannedAt > now ? plan.PlannedAt : now, zone, options) is var moment && moment > now)
        {
            return plan.NextAt = moment;
        }

        NotAsked? skip =
            complaint.Customer.NoSurveysSince is not null ? NotAsked.OptedOut
            : complaint.UsableMail is null ? NotAsked.NoAddress
            : null;
        if (skip is { } reason)
        {
            plan.End(FollowUpState.NotAsked, new Sentence("{0}", reason), now, reason);
            return null;
        }

        (plan.LinkExpiresAt, plan.QuestionnaireId) = (now.AddDays(options.LinkDays), await questionnaires.ForAsync(complaint, cancel));
        var mail = await mails.AskAgainAsync(complaint, plan, cancel);
        complaint.Record(
            EntryKind.AutomaticMail,
            Actor.System,
            now,
            new Sentence("Asked again, weeks later: is it still solved?"),
            message: mail?.Key
        );
        (plan.State, plan.AskedAt) = (FollowUpState.Asked, now);
        return plan.NextAt = plan.LinkExpiresAt;
    }

    private Task<bool> SaidSolvedAsync(PlannedFollowUp first, CancellationToken cancel) =>
        db.SurveyAnswers.AnyAsync(a => a.FollowUpId == first.Id && a.Current && a.Solved, cancel);
}
