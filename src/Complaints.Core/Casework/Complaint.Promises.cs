using Complaints.Customers;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Promises: made, kept, agreed anew, and what waits for them. Load the open ones before changing any.</content>
public sealed partial class Complaint
{
    private const int LongestPromise = 200;

    /// <summary>Promises; those made now, and old ones when loaded.</summary>
    public List<Promise> Promises { get; private set; } = [];

    /// <summary>UTC time the earliest open promise is due; null when none is open. In the past: it is broken and still owed.</summary>
    public DateTime? PromiseDueAt { get; private set; }

    /// <summary>It would be closed with this finding but for an open promise; null when it would not.</summary>
    public Outcome? ClosesAs { get; private set; }

    /// <summary>We promise the customer something.</summary>
    /// <param name="what">In our words to the customer.</param>
    /// <param name="channel">How the customer will hear.</param>
    /// <param name="dueAt">UTC.</param>
    /// <param name="keeperId">Who keeps it; null for whoever of the unit comes first.</param>
    /// <param name="message">Key of the mail it is made in; null for none.</param>
    /// <exception cref="Refusal">No words, a time that is past or more than a year away, or a complaint that has ended.</exception>
    public Promise MakePromise(
        Actor actor,
        DateTime now,
        string what,
        Channel channel,
        DateTime dueAt,
        long? keeperId,
        string? message = null
    )
    {
        var text = Promisable(what, now, dueAt);
        var say = new Sentence("Promised by {0}: {1}", dueAt, text);
        var task = new DeskTask
        {
            Kind = TaskKind.KeepPromise,
            CreatedAt = now,
            DueAt = dueAt,
            OwnerId = keeperId,
            UnitId = UnitId,
            Why = KeptSentence.Write(new Sentence("{0}", text)),
        };
        Tasks.Add(task);
        var promise = new Promise
        {
            What = text,
            Channel = channel,
            DueAt = dueAt,
            MadeAt = now,
            KeeperId = keeperId,
            MessageKey = message,
            Task = task,
            Seq = Record(EntryKind.Promise, actor, now, say, channel: channel).Seq,
        };
        Promises.Add(promise);
        RecountPromises();
        return promise;
    }

    /// <summary>It was done, in time or late.</summary>
    public TimelineEntry KeepPromise(Promise promise, Actor actor, DateTime now, string? words = null)
    {
        End(promise, PromiseEnd.Kept, actor, now, words);
        var entry = Record(
            EntryKind.Promise,
            actor,
            now,
            now >= promise.DueAt ? new Sentence("Promise kept, late: {0}", promise.What) : new Sentence("Promise kept: {0}", promise.What),
            words
        );
        CloseIfWanted(now);
        return entry;
    }

    /// <summary>The customer agreed to something else, or to another time.</summary>
    /// <exception cref="Refusal">As <see cref="MakePromise"/>, or no reason is given.</exception>
    public Promise MovePromise(Promise promise, Actor actor, DateTime now, string what, DateTime dueAt, string reason)
    {
        var why = Required(reason, "Reason", new Sentence("Say what the customer agreed to, and why."));
        Promisable(what, now, dueAt); // before the old one is ended: refused means nothing happened
        End(promise, PromiseEnd.Moved, actor, now, why);
        Record(EntryKind.Promise, actor, now, new Sentence("Promise agreed anew: {0}", promise.What), why);
        return MakePromise(actor, now, what, promise.Channel, dueAt, promise.KeeperId);
    }

    /// <summary>The customer needs it no longer.</summary>
    public TimelineEntry ReleasePromise(Promise promise, Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, "Reason", new Sentence("Say why it is no longer needed."));
        End(promise, PromiseEnd.Released, actor, now, why);
        var entry = Record(EntryKind.Promise, actor, now, new Sentence("Promise no longer needed: {0}", promise.What), why);
        CloseIfWanted(now);
        return entry;
    }

    /// <summary>The mail it was made in never left.</summary>
    public void TakeBackPromises(string message, Actor actor, DateTime now)
    {
        foreach (var promise in Promises.Where(p => p.IsOpen && p.MessageKey == message).ToList())
        {
            End(promise, PromiseEnd.Released, actor, now, null);
            Record(EntryKind.Promise, actor, now, new Sentence("Promise taken back with its mail: {0}", promise.What));
        }

        CloseIfWanted(now); // nothing else may have held it
    }

    /// <summary>The time has come and it is not kept: on the timeline, and a reason to escalate. It stays owed.</summary>
    public void BreakPromise(Promise promise, DateTime now)
    {
        promise.BrokenAt = now;
        var entry = Record(EntryKind.Promise, Actor.System, now, new Sentence("Promise not kept: {0}", promise.What));
        Cause(Trigger.PromiseBroken, entry);
    }

    /// <summary>Its keeper is reminded.</summary>
    public void RemindOfPromise(Promise promise, DateTime now)
    {
        promise.RemindedAt = now;
        Causes.Add(
            new Cause
            {
                Trigger = Trigger.PromiseSoon,
                Seq = promise.Seq,
                At = now,
            }
        );
    }

    /// <summary>Closes it, or as soon as the last promise is kept: the customer has been asked, and nobody must be forgotten.</summary>
    public TimelineEntry CloseWhenKept(Actor actor, DateTime now, Outcome outcome, Sentence why)
    {
        if (PromiseDueAt is null)
        {
            return Close(actor, now, outcome, why);
        }

        _ = Lifecycle.Row(State, Verb.Close, actor);
        ClosesAs = outcome;
        return Record(EntryKind.Promise, actor, now, new Sentence("It closes when its promise is kept: {0}", why));
    }

    /// <summary>The words of a promise that can be made.</summary>
    private string Promisable(string what, DateTime now, DateTime dueAt)
    {
        var text = Required(what, "Promise", new Sentence("Say what is promised, and when."));
        if (text.Length > LongestPromise)
        {
            throw new Refusal(
                new Sentence("A promise has up to {0} characters; this one has {1}.", LongestPromise, text.Length),
                "Promise"
            );
        }

        if (!IsOpen)
        {
            throw new Refusal("This complaint has ended. Reopen it to promise something.");
        }

        if (dueAt <= now || dueAt > now.AddYears(1))
        {
            throw new Refusal(new Sentence("{0} is not within the next year. Promise something that can still be kept.", dueAt), "Promise");
        }

        return text;
    }

    private void CloseIfWanted(DateTime now)
    {
        if (ClosesAs is { } outcome && PromiseDueAt is null && State == State.InFollowUp)
        {
            Close(Actor.System, now, outcome, new Sentence("The last promise is kept"));
        }
    }

    private void NothingPromised()
    {
        if (PromiseDueAt is { } due)
        {
            throw new Refusal(
                new Sentence("A promise to the customer is still open, due {0}. Keep it, or agree on something else, before it ends.", due)
            );
        }
    }

    private void End(Promise promise, PromiseEnd end, Actor actor, DateTime now, string? words)
    {
        if (!promise.IsOpen)
        {
            throw new Refusal("This promise was ended already.");
        }

        (promise.End, promise.EndedAt) = (end, now);
        (promise.Task.DoneAt, promise.Task.DoneById, promise.Task.Result) = (now, actor.StaffId, words);
        RecountPromises();
    }

    private void RecountPromises() => PromiseDueAt = Promises.Where(p => p.IsOpen).Min(p => (DateTime?)p.DueAt);
}
