using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;

namespace Complaints.Intake;

/// <summary>The follow-ups of the demo's past: what was asked, what was answered.</summary>
internal static class DemoFollowUps
{
    /// <summary>Three days after resolution, as seeded in the standard policy.</summary>
    public static DateTime AskedAt(DateTime resolvedAt) => resolvedAt.AddDays(3);

    /// <summary>Adds a plan for every complaint that was asked, and the answers.</summary>
    public static async Task AddAsync(ComplaintsDb db, List<(DemoComplaint Seed, Complaint Complaint)> lived, DateTime now)
    {
        var plans = new List<(PlannedFollowUp Plan, DemoSurvey? Survey, Complaint Complaint)>();
        foreach (var (seed, complaint) in lived.Where(l => l.Complaint.State is State.InFollowUp or State.Closed))
        {
            var asked = complaint.Timeline.Find(e => e.Kind == EntryKind.FollowUpAsked)!.At;
            var open = complaint.State == State.InFollowUp;
            var plan = new PlannedFollowUp
            {
                ComplaintId = complaint.Id,
                Cycle = 1,
                PlannedAt = asked,
                AskedAt = asked,
                LinkExpiresAt = asked.AddDays(30),
                NextAt = open ? Later(asked.AddDays(2), now.AddHours(3)) : null,
                State =
                    open ? FollowUpState.Asked
                    : seed.Survey is null ? FollowUpState.NoAnswer
                    : FollowUpState.Answered,
            };
            complaint.NextActionAt = new[] { plan.NextAt, complaint.PaymentDueAt }.Min();
            db.FollowUps.Add(plan);
            plans.Add((plan, seed.Survey, complaint));
        }

        await db.SaveChangesAsync(); // answers hold the id of their follow-up
        foreach (var (plan, survey, complaint) in plans.Where(p => p.Survey is not null))
        {
            var answer = Answer(plan, survey!, complaint);
            complaint.Customer.LastMark = answer.Mean;
            db.SurveyAnswers.Add(answer);
        }

        await db.SaveChangesAsync();
    }

    private static SurveyAnswer Answer(PlannedFollowUp plan, DemoSurvey survey, Complaint complaint)
    {
        return new SurveyAnswer
        {
            FollowUpId = plan.Id,
            ComplaintId = complaint.Id,
            CustomerId = complaint.CustomerId,
            UnitId = complaint.UnitId,
            AnsweredAt = complaint.ReceivedAt.AddHours(survey.HoursAfter),
            Solved = survey.Solved,
            Skill = survey.Skill,
            Attitude = survey.Attitude,
            Timeliness = survey.Timeliness,
            Parts = survey.Parts,
            Overall = survey.Overall,
            Comment = survey.Comment,
            Leaving = survey.Leaving,
            Mean = survey.Mean,
            Vetoed = survey.Vetoed,
            Result = survey.Result,
        };
    }

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
