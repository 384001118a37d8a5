using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>
/// What the sweep does for follow-ups: plans one when a complaint is resolved, asks, reminds, has somebody call, closes
/// what is over, and stops when the complaint is reopened. What is owed when is decided by <see cref="FollowUpPlan"/>.
/// </summary>
public sealed class FollowUpDuty(ComplaintsDb db, SurveyMails mails, Questionnaires questionnaires, SecondTouch second) : IDuty
{
    /// <inheritdoc />
    public async Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel)
    {
        if (complaint.Historic)
        {
            return null;
        }

        var plans = await db.FollowUps.Where(f => f.ComplaintId == complaint.Id).ToListAsync(cancel);
        var asks = complaint.State is State.Resolved or State.InFollowUp;
        foreach (
            var over in plans.Where(p =>
                p.IsLive && (p.Cycle != complaint.Cycle || !(p.Touch == 1 ? asks : complaint.State == State.Closed))
            )
        )
        {
            var why = new Sentence("The complaint moved on: {0}", complaint.State);
            over.End(FollowUpState.Cancelled, why, now, over.AskedAt is null && over.Attempts == 0 ? NotAsked.MovedOn : null);
            await EndTasksAsync(db, complaint, null, now, new Sentence("No longer needed|task"), cancel);
            await mails.DropWaitingAsync(over, now);
        }

        if (complaint.State == State.Closed)
        {
            return await second.DoAsync(complaint, plans, ZoneOf(complaint, book), now, cancel);
        }

        if (!asks)
        {
            return null;
        }

        var options = await FollowUpOptions.ReadAsync(db, cancel);
        var plan = Planned(db, plans.Find(p => p.Cycle == complaint.Cycle && p.Touch == 1), complaint, book, options);
        if (plan.Id == 0)
        {
            return plan.NextAt = plan.PlannedAt; // its id stands in the link, so the first mail waits until it is saved
        }

        if (plan.State == FollowUpState.Answered)
        {
            await CloseRecoveredAsync(complaint, now, cancel);
            return null;
        }

        return plan.NextAt = await DoAsync(complaint, plan, book, now, options, cancel);
    }

    /// <summary>The zone of the customer's day: their own, else the unit's.</summary>
    public static TimeZoneInfo ZoneOf(Complaint complaint, DeadlineBook book) =>
        complaint.Customer.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : book.Calendar(book.Unit(complaint.UnitId).CalendarId).Zone ?? TimeZoneInfo.Utc;

    /// <summary>The plan of the present cycle: as it is, made, or taken up again after the resolution was taken back.</summary>
    public static PlannedFollowUp Planned(
        ComplaintsDb db,
        PlannedFollowUp? plan,
        Complaint complaint,
        DeadlineBook book,
        FollowUpOptions options
    )
    {
        var at = FollowUpPlan.PlannedAt(
            complaint.ResolvedAt!.Value,
            complaint.Targets(book).FollowUpDays,
            ZoneOf(complaint, book),
            options
        );
        if (plan is null)
        {
            plan = new PlannedFollowUp
            {
                ComplaintId = complaint.Id,
                Cycle = complaint.Cycle,
                PlannedAt = at,
            };
            db.FollowUps.Add(plan);
        }
        else if (complaint.State == State.Resolved && plan.State is FollowUpState.Cancelled)
        {
            (plan.State, plan.PlannedAt, plan.AskedAt, plan.Reminders, plan.Attempts, plan.Why) = (
                FollowUpState.Planned,
                at,
                null,
                0,
                0,
                null
            );
        }

        return plan;
    }

    /// <summary>Ends open tasks of the follow-up; all kinds when <paramref name="kind"/> is null.</summary>
    internal static async Task EndTasksAsync(
        ComplaintsDb db,
        Complaint complaint,
        TaskKind? kind,
        DateTime now,
        Sentence result,
        CancellationToken cancel = default
    )
    {
        await db.DeskTasks.Where(t => t.ComplaintId == complaint.Id && t.DoneAt == null).LoadAsync(cancel);
        foreach (
            var task in complaint.Tasks.Where(t =>
                t.DoneAt is null
                && (kind is null ? t.Kind is TaskKind.FollowUpCall or TaskKind.ReadAnswer or TaskKind.Recovery : t.Kind == kind)
            )
        )
        {
            (task.DoneAt, task.Result) = (now, KeptSentence.Write(result));
        }
    }

    private async Task<DateTime?> DoAsync(
        Complaint complaint,
        PlannedFollowUp plan,
        DeadlineBook book,
        DateTime now,
        FollowUpOptions options,
        CancellationToken cancel
    )
    {
        var zone = ZoneOf(complaint, book);
        // A survey that came back has put the complaint back to Resolved: it is not tried again by mail, somebody calls.
        var cameBack = plan.State == FollowUpState.Asked && complaint.State == State.Resolved;
        var notAsked =
            plan.State == FollowUpState.Planned && now >= plan.PlannedAt ? await SkipAsync(complaint, options, now, cancel) : null;
        while (true)
        {
            var decision = FollowUpPlan.Next(FactsOf(complaint, plan, cameBack) with { NotAsked = notAsked }, now, zone, options);
            switch (decision.Move)
            {
                case FollowUpMove.Ask:
                    plan.LinkExpiresAt = now.AddDays(options.LinkDays);
                    plan.QuestionnaireId = await questionnaires.ForAsync(complaint, cancel);
                    var mail = await mails.AskAsync(complaint, plan, reminder: false, cancel);
                    complaint.AskForSatisfaction(Actor.System, now, Channel.Email, mail?.Key);
                    (plan.State, plan.AskedAt) = (FollowUpState.Asked, now);
                    break;
                case FollowUpMove.Remind:
                    var reminder = await mails.AskAsync(complaint, plan, reminder: true, cancel);
                    plan.Reminders = decision.Reminder;
                    complaint.Record(
                        EntryKind.AutomaticMail,
                        Actor.System,
                        now,
                        new Sentence("Reminder {0}: is it solved?", decision.Reminder),
                        message: reminder?.Key
                    );
                    break;
                case FollowUpMove.Call:
                    plan.QuestionnaireId ??= await questionnaires.ForAsync(complaint, cancel);
                    AskForCall(complaint, plan, now, book, zone, options, WhyCall(complaint, plan, cameBack));
                    cameBack = false;
                    break;
                case FollowUpMove.ReadWords:
                    var due = FollowUpPlan.InDaytime(now.AddHours(options.CallWithinHours), zone, options);
                    var why = new Sentence("The customer wrote instead of giving marks: read it and record the answer");
                    if (!await IsBeingReadAsync(complaint, cancel))
                    {
                        complaint.Ask(TaskKind.ReadAnswer, now, due, complaint.OwnerId, why);
                    }

                    complaint.StartCallClock(due, now, book);
                    plan.State = FollowUpState.InWords;
                    break;
                case FollowUpMove.CloseUnasked:
                    var reason = complaint.Customer.NoSurveysSince is not null ? NotAsked.OptedOut : notAsked!.Value;
                    var unasked = new Sentence("{0}", reason);
                    complaint.StartFollowUp(Actor.System, now, new Sentence("Not asked whether it is solved: {0}", unasked));
                    Close(complaint, plan, FollowUpState.NotAsked, unasked, now, notAsked: reason);
                    return null;
                case FollowUpMove.CloseUnanswered:
                    await EndTasksAsync(db, complaint, null, now, new Sentence("No longer needed|task"), cancel);
                    Close(complaint, plan, FollowUpState.NoAnswer, new Sentence("No answer to the follow-up"), now);
                    return null;
                default:
                    return decision.At;
            }
        }
    }

    /// <summary>A call task, with its clock; moves a resolved complaint into follow-up.</summary>
    internal static void AskForCall(
        Complaint complaint,
        PlannedFollowUp plan,
        DateTime now,
        DeadlineBook book,
        TimeZoneInfo zone,
        FollowUpOptions options,
        Sentence why,
        DateTime? at = null
    )
    {
        var due = at ?? FollowUpPlan.InDaytime(now.AddHours(options.CallWithinHours), zone, options);
        if (complaint.State == State.Resolved)
        {
            complaint.StartFollowUp(Actor.System, now, new Sentence("To be asked on the phone: {0}", why));
        }

        complaint.Ask(TaskKind.FollowUpCall, now, due, null, why);
        complaint.StartCallClock(due, now, book);
        (plan.State, plan.Why) = (FollowUpState.CallDue, KeptSentence.Write(why));
    }

    /// <summary>Closes the complaint with the finding it was resolved with.</summary>
    internal static void Close(
        Complaint complaint,
        PlannedFollowUp plan,
        FollowUpState state,
        Sentence why,
        DateTime now,
        Actor? by = null,
        NotAsked? notAsked = null
    )
    {
        complaint.CloseWhenKept(by ?? Actor.System, now, complaint.Outcome ?? Outcome.Upheld, why);
        plan.End(state, why, now, notAsked ?? (state == FollowUpState.NoAnswer && plan.AskedAt is null ? NotAsked.NotReached : null));
    }

    // Who asked not to be asked goes first; it is the customer's own word.
    private async Task<NotAsked?> SkipAsync(Complaint complaint, FollowUpOptions options, DateTime now, CancellationToken cancel)
    {
        if (complaint.Customer.NoSurveysSince is not null)
        {
            return NotAsked.OptedOut;
        }

        if (!Sampling.IsIn(complaint, options.AskShare))
        {
            return NotAsked.NotInSample;
        }

        if (options.CoolDownDays == 0)
        {
            return null;
        }

        var (since, plans, given) = (Sampling.CoolSince(now, options.CoolDownDays), db.FollowUps, db.SurveyAnswers);
        var lately = await db
            .Complaints.Where(c => c.CustomerId == complaint.CustomerId && c.Id != complaint.Id)
            .AnyAsync(
                c =>
                    plans.Any(f => f.ComplaintId == c.Id && f.AskedAt > since)
                    || given.Any(a => a.ComplaintId == c.Id && a.AnsweredAt > since),
                cancel
            );
        return lately ? NotAsked.AskedLately : null;
    }

    private static FollowUpFacts FactsOf(Complaint complaint, PlannedFollowUp plan, bool cameBack) =>
        new(
            plan.State,
            plan.PlannedAt,
            plan.AskedAt,
            plan.Reminders,
            plan.Attempts,
            complaint.UsableMail is not null && !cameBack,
            complaint.Customer.NoSurveysSince is not null,
            complaint.LastHeardAt
        );

    private static Sentence WhyCall(Complaint complaint, PlannedFollowUp plan, bool cameBack) =>
        cameBack || (plan.AskedAt is not null && complaint.UsableMail is null) ? new Sentence("The survey mail did not arrive")
        : plan.AskedAt is not null ? new Sentence("No answer to the mails")
        : complaint.Customer.ContactPoints.Exists(c => c.Kind == ContactKind.Mail) ? new Sentence("Mails to the customer do not arrive")
        : new Sentence("No mail address is known");

    private Task<bool> IsBeingReadAsync(Complaint complaint, CancellationToken cancel) =>
        db.DeskTasks.AnyAsync(t => t.ComplaintId == complaint.Id && t.Kind == TaskKind.ReadAnswer && t.DoneAt == null, cancel);

    // The task may have been ticked off anywhere; an unhappy customer's complaint closes when nobody is winning them back any more.
    private async Task CloseRecoveredAsync(Complaint complaint, DateTime now, CancellationToken cancel)
    {
        if (
            complaint.State == State.InFollowUp
            && complaint.Tasks.TrueForAll(t => t.DoneAt is not null || t.Kind != TaskKind.Recovery)
            && !await db.DeskTasks.AnyAsync(t => t.ComplaintId == complaint.Id && t.Kind == TaskKind.Recovery && t.DoneAt == null, cancel)
        )
        {
            complaint.CloseWhenKept(
                Actor.System,
                now,
                complaint.Outcome ?? Outcome.Upheld,
                new Sentence("Solved, and the customer was called on")
            );
        }
    }
}
