using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>What passes between us and the customer, and among ourselves.</content>
public sealed partial class Complaint
{
    /// <summary>The customer, or somebody for them, was in touch. Ends waiting.</summary>
    public TimelineEntry HearFrom(Actor actor, DateTime now, Channel channel, string words, DeadlineBook book, string? message = null)
    {
        var text = Required(words, nameof(words), new Sentence("Write down what the customer said."));
        EndWaiting(actor, now, book, new Sentence("The customer was in touch"));
        LastHeardAt = now;
        var entry = Record(
            EntryKind.ContactIn,
            actor,
            now,
            new Sentence("The customer was in touch by {0}", channel),
            text,
            channel,
            message: message
        );
        Cause(Trigger.CustomerWords, entry);
        return entry;
    }

    /// <summary>We wrote, called or met the customer outside the four steps.</summary>
    public TimelineEntry SpeakTo(Actor actor, DateTime now, Statement said, string? message = null) =>
        Said(
            EntryKind.ContactOut,
            actor,
            now,
            said.Posted ? new Sentence("Letter posted") : new Sentence("We were in touch by {0}", said.Channel),
            said,
            Required(said.Words, nameof(said.Words), new Sentence("Write down what was said or sent.")),
            message
        );

    /// <summary>What we said last never arrived: the customer last heard from a person at <paramref name="before"/> (UTC, null for never).</summary>
    public void NotHeard(DateTime? before) => LastPersonContactAt = before;

    /// <summary>A note among colleagues; the customer never sees it.</summary>
    public TimelineEntry Note(Actor actor, DateTime now, string words) =>
        Record(EntryKind.Note, actor, now, new Sentence("Note"), Required(words, nameof(words), new Sentence("Write the note first.")));

    /// <summary>The customer owes us something: the house's resolution clock pauses, and regulators' clocks whose regime says so.</summary>
    public TimelineEntry WaitForCustomer(Actor actor, DateTime now, string what, DeadlineBook book)
    {
        var why = Required(what, nameof(what), new Sentence("Say what we are waiting for."));
        if (!IsOpen || State >= State.Resolved)
        {
            throw new Refusal(new Sentence("Waiting is for complaints that are being worked; this one is {0}.", State));
        }

        if (WaitingSince is not null)
        {
            throw new Refusal(new Sentence("It is already waiting for the customer, for: {0}", WaitingFor));
        }

        (WaitingSince, WaitingFor) = (now, why.Length <= 390 ? why : why[..390]);
        PauseClocks(now, new Sentence("Waiting for the customer: {0}", WaitingFor), actor.StaffId, book);
        return Record(EntryKind.Waiting, actor, now, new Sentence("Waiting for the customer: {0}", WaitingFor));
    }

    /// <summary>Stops waiting without a contact.</summary>
    public void StopWaiting(Actor actor, DateTime now, DeadlineBook book) => EndWaiting(actor, now, book, new Sentence("Waiting ended"));

    /// <summary>A document that a regime demands has left the house: accepted by the mail server, or posted.</summary>
    public TimelineEntry DocumentLeft(Actor actor, DateTime at, DateTime now, string documentKey, Sentence name)
    {
        foreach (
            var clock in Clocks.Where(c =>
                c.IsLive && c.Name == ClockName.Regime && c.RegimeClock.EndsWith("#" + documentKey, StringComparison.Ordinal)
            )
        )
        {
            clock.Stop(at);
        }

        Recount();
        return Record(EntryKind.DocumentSent, actor, now, new Sentence("Document sent: {0}", name));
    }

    /// <summary>The document came back: the regulator's clock it had stopped runs again.</summary>
    public void DocumentCameBack(DateTime now, string documentKey, DeadlineBook book)
    {
        foreach (
            var clock in Clocks.Where(c =>
                c.State == ClockState.Stopped
                && c.Name == ClockName.Regime
                && c.RegimeClock.EndsWith("#" + documentKey, StringComparison.Ordinal)
            )
        )
        {
            clock.TakeBack(book, now);
        }

        Recount();
    }

    /// <summary>Something for a person to do on the phone or otherwise; call tasks of the follow-up have a clock of their own.</summary>
    public DeskTask Ask(TaskKind kind, DateTime now, DateTime dueAt, long? ownerId, Sentence why)
    {
        var task = new DeskTask
        {
            Kind = kind,
            CreatedAt = now,
            DueAt = dueAt,
            OwnerId = ownerId,
            UnitId = UnitId,
            Why = KeptSentence.Write(why),
        };
        Tasks.Add(task);
        Record(EntryKind.Task, Actor.System, now, new Sentence("Task: {0} ({1})", kind, why));
        return task;
    }

    /// <summary>A task was done; what came of it stays on the timeline.</summary>
    public TimelineEntry Finish(DeskTask task, Actor actor, DateTime now, string result)
    {
        var text = Required(result, nameof(result), new Sentence("Say what came of it."));
        if (task.DoneAt is not null)
        {
            throw new Refusal("This task was done already.");
        }

        (task.DoneAt, task.DoneById, task.Result) = (now, actor.StaffId, text);
        return Record(EntryKind.Task, actor, now, new Sentence("Task done: {0}", task.Kind), text);
    }

    /// <summary>A file was added; its row is made by the caller with the entry's number.</summary>
    public TimelineEntry Attach(Actor actor, DateTime now, string fileName) =>
        Record(EntryKind.Attachment, actor, now, new Sentence("File added: {0}", fileName));

    private TimelineEntry Said(EntryKind kind, Actor actor, DateTime now, Sentence say, Statement said, string words, string? message)
    {
        if (actor.IsStaff)
        {
            LastPersonContactAt = now;
        }

        return Record(kind, actor, now, say, words, said.Channel, message: message);
    }

    private void EndWaiting(Actor actor, DateTime now, DeadlineBook book, Sentence why)
    {
        if (WaitingSince is null)
        {
            return;
        }

        (WaitingSince, WaitingFor) = (null, null);
        ResumeClocks(now, book);
        Record(EntryKind.WaitingEnded, actor, now, new Sentence("No longer waiting: {0}", why));
    }

    private void Cause(Trigger trigger, TimelineEntry entry) =>
        Causes.Add(
            new Cause
            {
                Trigger = trigger,
                Seq = entry.Seq,
                At = entry.At,
            }
        );

    /// <summary>Records why the sweep should escalate at once or follow up.</summary>
    public void Because(Trigger trigger, TimelineEntry entry)
    {
        Cause(trigger, entry);
        Wake(entry.At);
    }
}
