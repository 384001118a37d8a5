using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;

namespace Complaints.Intake;

/// <summary>A row understood, before anything is looked up.</summary>
public sealed record ImportRow
{
    /// <summary>Unique over all imports: source and the row's own number, or a hash of the row.</summary>
    public required string SourceKey { get; init; }

    /// <summary>UTC. A date without a time is noon in the unit's zone: the day stays right wherever it is read.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>UTC; null while open.</summary>
    public DateTime? ClosedAt { get; init; }

    public required string WhatHappened { get; init; }
    public string? Summary { get; init; }
    public string? Wanted { get; init; }
    public required string CustomerName { get; init; }
    public string? Mail { get; init; }
    public string? Phone { get; init; }
    public string? PostalCode { get; init; }

    /// <summary>From the top of the tree down; empty when none.</summary>
    public IReadOnlyList<string> Category { get; init; } = [];
    public required Channel Channel { get; init; }
    public required Severity Severity { get; init; }
    public required long UnitId { get; init; }

    /// <summary>What the source says of its answer.</summary>
    public string? Status { get; init; }

    /// <summary>What the answer gave, when its words say so.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Every filled column, one a line.</summary>
    public required string Source { get; init; }
}
