using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>After the resolution: the question whether it is solved, the end, and back to work.</content>
public sealed partial class Complaint
{
    /// <summary>The customer is asked whether it is solved.</summary>
    public TimelineEntry AskForSatisfaction(Actor actor, DateTime now, Channel channel, string? message = null)
    {
        State = Lifecycle.Row(State, Verb.FollowUp, actor).To;
        return Record(
            EntryKind.FollowUpAsked,
            actor,
            now,
            new Sentence("Asked whether it is solved, by {0}", channel),
            null,
            channel,
            message: message
        );
    }

    /// <summary>The follow-up begins without a mail: by a call task, by the customer's own answer, or not at all because nobody is to be asked.</summary>
    public TimelineEntry StartFollowUp(Actor actor, DateTime now, Sentence say)
    {
        State = Lifecycle.Row(State, Verb.FollowUp, actor).To;
        return Record(EntryKind.FollowUpAsked, actor, now, say);
    }

    /// <summary>Closes it; all house clocks end.</summary>
    /// <exception cref="Refusal">A promise is still open.</exception>
    public TimelineEntry Close(Actor actor, DateTime now, Outcome outcome, Sentence why)
    {
        var to = Lifecycle.Row(State, Verb.Close, actor).To;
        NothingPromised();
        State = to;
        if (Outcome is not null && Outcome != outcome)
        {
            NowDecidedBy([.. Recusal.Ids(DecidedBy), actor.StaffId]); // another finding is another decision
        }

        (Outcome, ClosesAs) = (outcome, null);
        ClosedAt = now;
        IsOpen = false;
        EndHouseClocks(now);
        var entry = Record(EntryKind.Closed, actor, now, new Sentence("Closed, {0}: {1}", outcome, why));
        SayStillOwed(actor, now);
        return entry;
    }

    /// <summary>
    /// Back to work in a new cycle with half the resolution target. Acknowledgement and apology are not owed again. It
    /// counts as a recurrence and escalates one level; on the spot no longer counts when it comes within 14 days. Whoever
    /// decided it is kept out of it from now on; the caller has <see cref="Recusals"/> settle that.
    /// </summary>
    public TimelineEntry Reopen(Actor actor, DateTime now, string reason, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why it is reopened."));
        State = Lifecycle.Row(State, Verb.Reopen, actor).To;
        OnTheSpot = OnTheSpot && now - ResolvedAt > TimeSpan.FromDays(14);
        (IsOpen, ClosedAt, ResolvedAt, CustomerAgreed, ClosesAs) = (true, null, null, null, null);
        Cycle++;
        DecidedUntilNow(DecidedBy);
        RestartResolution(book, now);
        var entry = Record(EntryKind.Reopened, actor, now, new Sentence("Reopened"), why);
        Cause(Cycle > 2 ? Trigger.ReopenedAgain : Trigger.Reopened, entry);
        return entry;
    }
}
