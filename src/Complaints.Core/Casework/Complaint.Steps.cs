using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>The first two steps of the work. Resolving and what follows have files of their own.</content>
public sealed partial class Complaint
{
    /// <summary>The customer knows that we have it and who looks after it.</summary>
    public TimelineEntry Acknowledge(Actor actor, DateTime now, Statement said, DeadlineBook book, string? message = null)
    {
        var words = Required(said.Words, nameof(said.Words), new Sentence("Write down what was said or sent."));
        State = Lifecycle.Row(State, Verb.Acknowledge, actor).To;
        AcknowledgedAt = now;
        Stop(ClockName.Acknowledge, now);
        StartRegimeClocks(book, RegimeStart.Acknowledged, now, now);
        return Said(EntryKind.Acknowledged, actor, now, new Sentence("Acknowledged by {0}", said.Channel), said, words, message);
    }

    /// <summary>We are sorry, and say for what.</summary>
    public TimelineEntry Apologize(Actor actor, DateTime now, Apology apology, Statement said, string? message = null)
    {
        var words = Required(said.Words, nameof(said.Words), new Sentence("Write down the words of the apology."));
        var shortfall = apology.NoFaultFound
            ? null
            : Required(
                apology.Shortfall,
                nameof(apology.Shortfall),
                new Sentence("Name the shortfall we own up to, or mark “no fault found so far”.")
            );
        State = Lifecycle.Row(State, Verb.Apologize, actor).To;
        ApologizedAt = now;
        Stop(ClockName.Apologize, now);
        var say = shortfall is null
            ? new Sentence("Apologized by {0}: regret for the experience, no fault found so far", said.Channel)
            : new Sentence("Apologized by {0} for: {1}", said.Channel, shortfall);
        return Said(EntryKind.Apologized, actor, now, say, said, words, message);
    }
}
