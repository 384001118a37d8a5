using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>An answer as given, by the customer or taken down on the phone.</summary>
/// <param name="Solved">Required: the one question that decides.</param>
/// <param name="Marks">1 to 5 each; all may be left out.</param>
/// <param name="Comment">The customer's words.</param>
/// <param name="Leaving">Why they leave, if they do.</param>
public sealed record GivenAnswer(bool? Solved, Marks Marks, string? Comment, LeavingReason? Leaving);

/// <summary>That an answer was read out of a mail, and why it was read so.</summary>
/// <param name="Why">What it was told by.</param>
/// <param name="Message">Key of the message on the timeline.</param>
public sealed record ReadFromMail(Sentence Why, string Message);

/// <summary>
/// Takes answers and does what they call for: satisfied and between close (a lead sees the latter), not solved reopens
/// for somebody else and escalates, solved but dissatisfied asks for a recovery by somebody else and escalates, without
/// a new resolution clock; the complaint stays in follow-up until the recovery is done.
/// </summary>
public sealed class Answers(ComplaintsDb db, SurveyMails mails)
{
    /// <summary>The follow-up with everything an answer needs; null when there is none.</summary>
    public Task<PlannedFollowUp?> FindAsync(long id) =>
        db
            .FollowUps.Include(f => f.Complaint!.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(f => f.Complaint!.Customer.ContactPoints)
            .Include(f => f.Complaint!.Unit)
            .Include(f => f.Complaint!.Owner)
            .AsSplitQuery()
            .FirstOrDefaultAsync(f => f.Id == id);

    /// <summary>The answer that counts; null before the first.</summary>
    public Task<SurveyAnswer?> CurrentAsync(PlannedFollowUp plan) =>
        db.SurveyAnswers.FirstOrDefaultAsync(a => a.FollowUpId == plan.Id && a.Current);

    /// <summary>Records an answer and saves. The same answer sent twice is one; another one replaces it and the first stays as history.</summary>
    /// <param name="plan">As loaded by <see cref="FindAsync"/>.</param>
    /// <param name="given">What was said.</param>
    /// <param name="by">The customer, or who took it down on the phone.</param>
    /// <param name="now">UTC.</param>
    /// <param name="book">For the clocks of a reopened complaint.</param>
    /// <param name="mail">When it was read out of a mail, which stands on the timeline already; null for a form.</param>
    /// <exception cref="Refusal">Not said whether it is solved, or a mark outside 1 to 5.</exception>
    public Task<SurveyAnswer> RecordAsync(
        PlannedFollowUp plan,
        GivenAnswer given,
        Actor by,
        DateTime now,
        DeadlineBook book,
        ReadFromMail? mail = null
    ) =>
        db.InTransactionAsync(async () =>
        {
            var answer = Read(plan, given, by, now, mail);
            var before = await CurrentAsync(plan);
            if (before is not null)
            {
                if (Same(before, answer))
                {
                    return before;
                }

                before.Current = false;
                await db.SaveChangesAsync(); // one current answer at a time is a unique index
            }

            db.SurveyAnswers.Add(answer);
            var complaint = plan.Complaint!;
            var entry = complaint.Record(
                EntryKind.FollowUpAnswered,
                by,
                now,
                mail is null ? Say(answer, before) : new Sentence("{0}. {1}", Say(answer, before), mail.Why),
                mail is null ? answer.Comment : null, // the mail's own entry has the words
                    mail is not null || (by.IsStaff && before?.Why is not null) ? Channel.Email
                    : by.IsStaff ? Channel.Phone
                    : Channel.Web,
                message: mail?.Message
            );
            if (answer.Comment is not null && !by.IsStaff && mail is null)
            {
                complaint.Because(Trigger.CustomerWords, entry);
            }

            complaint.Customer.LastMark = answer.Mean ?? complaint.Customer.LastMark;
            await ActAsync(complaint, plan, answer, before, entry, by, now, book);
            plan.End(FollowUpState.Answered, null, now);
            await mails.DropWaitingAsync(plan, now);
            await db.SaveChangesAsync();
            return answer;
        });

    private async Task ActAsync(
        Complaint complaint,
        PlannedFollowUp plan,
        SurveyAnswer answer,
        SurveyAnswer? before,
        TimelineEntry entry,
        Actor by,
        DateTime now,
        DeadlineBook book
    )
    {
        var done = new Sentence("The customer answered");
        await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.FollowUpCall, now, done);
        await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.ReadAnswer, now, done);
        complaint.StopCallClock(now);
        if (plan.Cycle != complaint.Cycle || complaint.State is not (State.Resolved or State.InFollowUp or State.Closed))
        {
            return; // already being worked again: the new words stand on the timeline, there is nothing to move
        }

        if (!answer.Solved)
        {
            await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.Recovery, now, done);
            await ReopenAsync(complaint, answer, entry, by, now, book);
            return;
        }

        if (complaint.State == State.Resolved)
        {
            complaint.StartFollowUp(by, now, new Sentence("The customer answered before being asked"));
        }

        if (answer.Result == Satisfaction.Dissatisfied)
        {
            await RecoverAsync(complaint, before, entry, now, book);
            return;
        }

        await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.Recovery, now, done);
        if (complaint.State == State.InFollowUp)
        {
            complaint.CloseWhenKept(
                Actor.System,
                now,
                complaint.Outcome ?? Outcome.Upheld,
                answer.Result == Satisfaction.Satisfied
                    ? new Sentence("The customer is satisfied")
                    : new Sentence("The customer says it is solved")
            );
        }
    }

    // Whoever settled it without success does not get it again: it goes to the queue the team lead hands out from.
    private async Task ReopenAsync(Complaint complaint, SurveyAnswer answer, TimelineEntry entry, Actor by, DateTime now, DeadlineBook book)
    {
        var reason = answer.Comment ?? Tongue.Say(complaint.Customer.Language, new Sentence("The customer says it is not solved."));
        complaint.Reopen(by.IsStaff ? by : Actor.Customer, now, reason, book);
        complaint.Assign(Actor.System, now, null, null);
        await Recusals.ReopenedAsync(db, complaint, now, book);
        complaint.Because(Trigger.Dissatisfied, entry);
        var due = complaint.Clocks.Find(c => c.Name == ClockName.Resolve)?.DueAt;
        await mails.TellReopenedAsync(complaint, now, FollowUpDuty.ZoneOf(complaint, book), due);
    }

    private async Task RecoverAsync(Complaint complaint, SurveyAnswer? before, TimelineEntry entry, DateTime now, DeadlineBook book)
    {
        if (before is { Solved: true, Result: Satisfaction.Dissatisfied })
        {
            return; // somebody is already asked to win them back
        }

        var options = await FollowUpOptions.ReadAsync(db);
        var due = FollowUpPlan.InDaytime(now.AddHours(options.RecoveryWithinHours), FollowUpDuty.ZoneOf(complaint, book), options);
        complaint.Ask(
            TaskKind.Recovery,
            now,
            due,
            null,
            new Sentence("Solved, but the customer is dissatisfied: somebody else gets in touch")
        );
        complaint.Because(Trigger.Dissatisfied, entry);
    }

    private static SurveyAnswer Read(PlannedFollowUp plan, GivenAnswer given, Actor by, DateTime now, ReadFromMail? mail)
    {
        var solved = given.Solved ?? throw new Refusal(new Sentence("Please say first whether it is solved."), nameof(given.Solved));
        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            if (given.Marks[dimension] is < 1 or > 5)
            {
                throw new Refusal(new Sentence("Marks go from 1 to 5."), dimension.ToString());
            }
        }

        var comment = string.IsNullOrWhiteSpace(given.Comment) ? null : given.Comment.Trim();
        if (comment?.Length > 20_000)
        {
            throw new Refusal(
                new Sentence("That text has {0} characters; 20,000 fit. Please shorten it, or send it by mail.", comment.Length),
                nameof(given.Comment)
            );
        }

        var reading = ReadAnswer.Read(solved, given.Marks);
        return new SurveyAnswer
        {
            FollowUpId = plan.Id,
            ComplaintId = plan.ComplaintId,
            CustomerId = plan.Complaint!.CustomerId,
            UnitId = plan.Complaint.UnitId,
            Touch = plan.Touch,
            QuestionnaireId = plan.QuestionnaireId,
            AnsweredAt = now,
            Solved = solved,
            Skill = given.Marks.Skill,
            Attitude = given.Marks.Attitude,
            Timeliness = given.Marks.Timeliness,
            Parts = given.Marks.Parts,
            Overall = given.Marks.Overall,
            Comment = comment,
            Leaving = given.Leaving,
            ByStaffId = by.StaffId,
            Mean = reading.Mean,
            Result = reading.Result,
            Vetoed = reading.Vetoed,
            Why = mail is null ? null : KeptSentence.Write(mail.Why),
        };
    }

    private static bool Same(SurveyAnswer a, SurveyAnswer b) =>
        (a.Solved, a.Marks, a.Comment, a.Leaving) == (b.Solved, b.Marks, b.Comment, b.Leaving);

    private static Sentence Say(SurveyAnswer answer, SurveyAnswer? before)
    {
        Sentence? marks = null;
        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            if (answer.Marks[dimension] is { } mark)
            {
                var one = new Sentence("{0}: {1}", dimension, mark);
                marks = marks is null ? one : new Sentence("{0}; {1}", marks, one);
            }
        }

        return new Sentence(
            "{0}: {1}. {2}. Reads as: {3}",
            before is null ? new Sentence("Answer")
                : before.Why is not null && answer.ByStaffId is not null ? new Sentence("What was read from the mail, corrected")
                : new Sentence("Answer changed"),
            answer.Solved ? new Sentence("solved") : new Sentence("not solved"),
            marks ?? new Sentence("No marks"),
            answer.Result
        );
    }
}
