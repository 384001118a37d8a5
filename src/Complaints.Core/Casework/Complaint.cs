using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>
/// A complaint. What can be done with it are its verbs, each taking who and when and appending to the timeline:
/// <list type="bullet">
/// <item>Complaint.Steps.cs: log, acknowledge, apologize, resolve, approve, ask for satisfaction, close, reopen, set beside;</item>
/// <item>Complaint.Contacts.cs: hear from and speak to the customer, wait, note, documents;</item>
/// <item>Complaint.Changes.cs: assign, change severity, tier, unit, time of receipt, take a step back;</item>
/// <item>Complaint.Points.cs: the points it is about, each answered by itself;</item>
/// <item>Complaint.Ledger.cs, Complaint.Payments.cs: offer, approve, accept, pay and confirm remedies;</item>
/// <item>Complaint.Clocks.cs: what its clocks do meanwhile.</item>
/// </list>
/// An illegal step throws <see cref="StepRefused"/>; missing words throw <see cref="Refusal"/> naming the field. Every
/// verb sets <see cref="NextActionAt"/>, so that the sweep looks at it next.
/// </summary>
public sealed partial class Complaint : IVersioned
{
    private Complaint() { }

    public long Id { get; private set; }

    /// <summary>What people say on the phone; see <see cref="Casework.Reference"/>.</summary>
    public string Reference { get; private set; } = "";

    public long CustomerId { get; private set; }
    public Customer Customer { get; private set; } = null!;

    /// <summary>How it came in.</summary>
    public Channel Channel { get; private set; }

    /// <summary>UTC; the clocks start here.</summary>
    public DateTime ReceivedAt { get; private set; }

    /// <summary>UTC; never before <see cref="ReceivedAt"/>.</summary>
    public DateTime LoggedAt { get; private set; }

    public long? LoggedById { get; private set; }
    public string? ProofOfChannel { get; private set; }

    /// <summary>One line that names it.</summary>
    public string Summary { get; private set; } = "";

    public string WhatHappened { get; private set; } = "";
    public string? DesiredOutcome { get; private set; }
    public long? CategoryId { get; private set; }

    /// <summary>As chosen; <see cref="Weight"/> counts one step more when public.</summary>
    public Severity Severity { get; private set; }

    /// <summary>Visible on social media.</summary>
    public bool Public { get; private set; }

    /// <summary>Tier the deadlines were set for.</summary>
    public Tier Tier { get; private set; }

    /// <summary>Minor units in dispute; null when none.</summary>
    public long? DisputeMinor { get; private set; }
    public string? DisputeCurrency { get; private set; }
    public string? AffectedPerson { get; private set; }
    public string? Authority { get; private set; }
    public Need? Need { get; private set; }
    public ServiceStage? Stage { get; private set; }
    public bool? Technical { get; private set; }
    public bool? OnSite { get; private set; }
    public bool? Paid { get; private set; }

    /// <summary>The unit that handles it.</summary>
    public long UnitId { get; private set; }
    public Unit Unit { get; private set; } = null!;

    /// <summary>Who holds it; null in the unassigned queue.</summary>
    public long? OwnerId { get; private set; }
    public StaffMember? Owner { get; private set; }

    /// <summary>Member of staff complained about: may neither work nor read it.</summary>
    public long? ComplainedAboutId { get; private set; }

    public State State { get; private set; }

    /// <summary>True while the house owes work; kept for indexes.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>1, and one more with every reopening.</summary>
    public int Cycle { get; private set; } = 1;

    /// <summary>Level of the highest escalation that has not ended; 0 for none. Set by the Escalation room.</summary>
    public int Level { get; set; }

    /// <summary>Acknowledged, apologized and resolved while the customer was there. Undone by a reopening within 14 days.</summary>
    public bool OnTheSpot { get; private set; }

    /// <summary>A remedy waits for somebody whose limit covers it, with the resolution or by itself.</summary>
    public bool AwaitingApproval { get; private set; }

    /// <summary>Who proposed that it is no complaint; a second person decides. Null when nobody did.</summary>
    public long? ProposedById { get; private set; }
    public string? ProposedByName { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? ProposedAt { get; private set; }
    public string? ProposedWhy { get; private set; }

    /// <summary>UTC since when the customer has to answer; null when not waiting.</summary>
    public DateTime? WaitingSince { get; private set; }
    public string? WaitingFor { get; private set; }

    public string? Solution { get; private set; }
    public Remedy? Remedy { get; private set; }
    public long? RemedyMinor { get; private set; }
    public string? RemedyCurrency { get; private set; }
    public long? RootCauseId { get; private set; }
    public string? CorrectiveAction { get; private set; }
    public bool? CustomerAgreed { get; private set; }
    public Outcome? Outcome { get; private set; }

    /// <summary>UTC times of the steps, of the present cycle.</summary>
    public DateTime? AcknowledgedAt { get; private set; }
    public DateTime? ApologizedAt { get; private set; }
    public DateTime? ResolvedAt { get; private set; }
    public long? ResolvedById { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>The complaint this one repeats, when <see cref="State.Duplicate"/>.</summary>
    public long? DuplicateOfId { get; private set; }

    /// <summary>The complaint under whose common cause it stands; null for none.</summary>
    public long? ParentId { get; private set; }

    /// <summary>UTC time the customer last heard from a person; automatic mail, notes and bounces do not count.</summary>
    public DateTime? LastPersonContactAt { get; private set; }

    /// <summary>UTC time we last heard from the customer.</summary>
    public DateTime? LastHeardAt { get; private set; }

    /// <summary>Earliest live deadline, UTC; null when none runs.</summary>
    public DateTime? NextDueAt { get; private set; }

    /// <summary>What <see cref="NextDueAt"/> belongs to.</summary>
    public ClockName? NextDueName { get; private set; }

    /// <summary><see cref="NextDueAt"/>, or the far future: the order of lists, which page by key.</summary>
    public DateTime QueueAt { get; private set; } = Never;

    /// <summary>UTC moment at which the sweep has something to look at; null when nothing is owed. Set by verbs and the sweep.</summary>
    [Quiet]
    public DateTime? NextActionAt { get; set; }

    /// <summary>Imported: sends, escalates and surveys nothing.</summary>
    public bool Historic { get; private set; }

    /// <summary>Key of the form it was logged with; unique.</summary>
    public string? SubmissionKey { get; private set; }

    /// <summary>Head of the timeline's chain and how many entries it has.</summary>
    public string TimelineHead { get; internal set; } = "";
    public int TimelineCount { get; private set; }

    /// <inheritdoc />
    public long Version { get; private set; }

    public List<DeadlineClock> Clocks { get; private set; } = [];

    /// <summary>New entries are added here; old ones are only there when loaded.</summary>
    public List<TimelineEntry> Timeline { get; private set; } = [];

    /// <summary>New causes for an immediate escalation or follow-up; old ones only when loaded.</summary>
    public List<Cause> Causes { get; private set; } = [];

    /// <summary>Remedies that wait or waited for approval; load them before approving.</summary>
    public List<Approval> Approvals { get; private set; } = [];

    /// <summary>New tasks; old ones only when loaded.</summary>
    public List<DeskTask> Tasks { get; private set; } = [];

    /// <summary>The severity that counts: one step higher when public.</summary>
    public Severity Weight => Public && Severity < Severity.Critical ? Severity + 1 : Severity;

    /// <summary>Amount in dispute.</summary>
    public Money? Dispute => DisputeMinor is { } minor ? new Money(minor, DisputeCurrency!) : null;

    /// <summary>Amount of the remedy.</summary>
    public Money? RemedyAmount => RemedyMinor is { } minor ? new Money(minor, RemedyCurrency!) : null;

    /// <summary>The far future, in <see cref="QueueAt"/> of what has no deadline.</summary>
    public static DateTime Never { get; } = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The next step of the four, or null when none is owed.</summary>
    public Verb? NextStep => IsOpen ? Lifecycle.Open(State).First() : null;

    /// <summary>Refuses a form that was opened before somebody else changed the complaint.</summary>
    /// <exception cref="StaleEdit">The complaint has another version.</exception>
    public void Expect(long version)
    {
        if (version != Version)
        {
            throw new StaleEdit();
        }
    }

    /// <summary>Appends to the timeline.</summary>
    public TimelineEntry Record(
        EntryKind kind,
        Actor actor,
        DateTime now,
        Sentence say,
        string? words = null,
        Channel? channel = null,
        string? before = null,
        string? after = null,
        string? message = null
    )
    {
        TimelineCount++;
        var body = new EntryBody
        {
            Say = KeptSentence.Write(say),
            By = actor.Name,
            Words = words,
            Channel = channel,
            Before = before,
            After = after,
            Message = message,
        };
        var entry = new TimelineEntry
        {
            Seq = TimelineCount,
            At = UtcMilliseconds.Cut(now),
            Kind = kind,
            ActorId = actor.StaffId,
            Content = new EntryContent { Seq = TimelineCount, Text = body.Write() },
        };
        Timeline.Add(entry);
        Wake(now);
        return entry;
    }

    /// <summary>The sweep looks at it at <paramref name="at"/> or earlier. Historic complaints sleep.</summary>
    public void Wake(DateTime at)
    {
        if (!Historic && (NextActionAt is null || NextActionAt > at))
        {
            NextActionAt = at;
        }
    }

    private static string Required(string? words, string field, Sentence missing)
    {
        var text = words?.Trim();
        return string.IsNullOrEmpty(text) ? throw new Refusal(missing, field)
            : text.Length <= 1_000_000 ? text
            : throw new Refusal(
                new Sentence("That text has {0} characters; 1,000,000 fit. Attach it as a file instead.", text.Length),
                field
            );
    }
}

/// <summary>Somebody else changed the complaint since the form was opened.</summary>
public sealed class StaleEdit()
    : Refusal(
        new Sentence("Somebody changed this complaint while you were writing. See what is new above, then send again: your words are kept.")
    );
