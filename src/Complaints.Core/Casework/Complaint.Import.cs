using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>What an import knows of a complaint that was handled elsewhere.</summary>
public sealed record ImportFacts
{
    /// <summary>Who complained.</summary>
    public required Customer Customer { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>Required.</summary>
    public required string WhatHappened { get; init; }
    public string? Summary { get; init; }
    public string? DesiredOutcome { get; init; }
    public required long UnitId { get; init; }
    public long? CategoryId { get; init; }
    public Severity Severity { get; init; } = Severity.Normal;

    /// <summary>UTC time it was closed; null for one that is still open.</summary>
    public DateTime? ClosedAt { get; init; }

    /// <summary>What was done, for a closed one.</summary>
    public string? Solution { get; init; }

    /// <summary>What the customer got, for a closed one; null when not known.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Everything the source said, for the timeline.</summary>
    public required string Source { get; init; }

    /// <summary>Where it came from.</summary>
    public required string SourceName { get; init; }
}

/// <content>Complaints that come from elsewhere.</content>
public sealed partial class Complaint
{
    /// <summary>
    /// Takes over a complaint from elsewhere: no clock, no cause, nothing for the sweep. Its time of logging is that of
    /// receipt, because when the other system logged it is not known and a lag of years would spoil the figures.
    /// </summary>
    /// <exception cref="Refusal">Nothing about what happened, received in the future, or closed before it was received.</exception>
    public static Complaint Import(ImportFacts facts, string reference, Actor actor, DateTime now)
    {
        var what = Required(facts.WhatHappened, nameof(facts.WhatHappened), new Sentence("Write down what happened."));
        if (facts.ReceivedAt > now)
        {
            throw new Refusal(new Sentence("It cannot have been received in the future. Choose now or earlier."), nameof(facts.ReceivedAt));
        }

        if (facts.ClosedAt < facts.ReceivedAt)
        {
            throw new Refusal(new Sentence("It cannot have been closed before it was received."), nameof(facts.ClosedAt));
        }

        var complaint = new Complaint
        {
            Reference = reference,
            CustomerId = facts.Customer.Id,
            Customer = facts.Customer,
            Tier = facts.Customer.Tier,
            Channel = facts.Channel,
            ReceivedAt = facts.ReceivedAt,
            LoggedAt = facts.ReceivedAt,
            LoggedById = actor.StaffId,
            Summary = SummaryOf(facts.Summary, what),
            WhatHappened = what,
            DesiredOutcome = facts.DesiredOutcome,
            UnitId = facts.UnitId,
            CategoryId = facts.CategoryId,
            Severity = facts.Severity,
            LastHeardAt = facts.ReceivedAt,
            Historic = true,
        };
        if (facts.ClosedAt is { } closed)
        {
            (complaint.State, complaint.IsOpen) = (State.Closed, false);
            (complaint.ResolvedAt, complaint.ClosedAt) = (closed, closed);
            (complaint.Solution, complaint.Remedy) = (facts.Solution, facts.Remedy);
        }

        complaint.Record(EntryKind.Imported, actor, now, new Sentence("Imported from {0}", facts.SourceName), facts.Source, facts.Channel);
        return complaint;
    }

    /// <summary>An imported complaint that is still open becomes work like any other: its clocks run and the sweep looks at it.</summary>
    /// <param name="fromNow">Deadlines count from now instead of from receipt.</param>
    public void GoLive(Actor actor, DateTime now, bool fromNow, DeadlineBook book)
    {
        if (!Historic || !IsOpen)
        {
            return;
        }

        Historic = false;
        StartClocks(book, now);
        if (fromNow)
        {
            foreach (var clock in Clocks)
            {
                clock.MoveStart(now, book, now);
            }

            Recount();
        }

        Record(
            EntryKind.Deadline,
            actor,
            now,
            fromNow
                ? new Sentence("Taken into work from the import; deadlines count from now")
                : new Sentence("Taken into work from the import; deadlines count from receipt")
        );
    }
}
