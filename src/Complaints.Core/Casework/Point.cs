using System.Globalization;
using Complaints.Data;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>
/// One of the things a complaint is about, with its own evidence, finding, outcome, cause and remedy. A complaint without
/// any is answered as a whole. Changed only by the verbs of <see cref="Complaint"/>.
/// </summary>
public sealed class Point
{
    /// <summary>More than so many in one complaint are a list, and no longer a complaint that one letter answers.</summary>
    public const int Most = 20;

    /// <summary>Most characters of <see cref="What"/>.</summary>
    public const int LongestWhat = 200;

    public long Id { get; private set; }
    public long ComplaintId { get; private set; }

    /// <summary>1, 2, 3 … in its complaint; a withdrawn one keeps its number.</summary>
    public int Number { get; init; }

    /// <summary>What is complained about, in a few words. Stands in the letter to the customer.</summary>
    public required string What { get; set; }
    public long? CategoryId { get; set; }

    /// <summary>What speaks for it and against it; stays in the house.</summary>
    public string? Evidence { get; set; }

    /// <summary>Ids of files of the complaint that belong to it, with commas between them.</summary>
    public string EvidenceFiles { get; set; } = "";

    /// <summary>What was found, in words the customer reads; null while it is open.</summary>
    public string? Finding { get; internal set; }

    /// <summary>Null while it is open.</summary>
    public Outcome? Outcome { get; internal set; }

    /// <summary>Cause from the editable tree; null where the one of the whole complaint counts.</summary>
    public long? RootCauseId { get; internal set; }
    public Remedy? Remedy { get; internal set; }

    /// <summary>Minor units; null when the remedy is not money.</summary>
    public long? RemedyMinor { get; internal set; }
    public string? RemedyCurrency { get; internal set; }

    /// <summary>What keeps it from happening again; never sent.</summary>
    public string? CorrectiveAction { get; internal set; }

    /// <summary>UTC.</summary>
    public DateTime AddedAt { get; init; }

    /// <summary>UTC of the answer that stands; null while it is open.</summary>
    public DateTime? AnsweredAt { get; internal set; }
    public long? AnsweredById { get; internal set; }

    /// <summary>UTC; null while it counts.</summary>
    public DateTime? WithdrawnAt { get; internal set; }
    public string? WithdrawnWhy { get; internal set; }

    /// <summary>True unless it was withdrawn.</summary>
    public bool Counts => WithdrawnAt is null;

    /// <summary>True while it has to be answered.</summary>
    public bool IsOpen => Counts && AnsweredAt is null;

    /// <summary>Amount of its remedy.</summary>
    public Money? Amount => RemedyMinor is { } minor ? new Money(minor, RemedyCurrency!) : null;

    /// <summary>See <see cref="EvidenceFiles"/>.</summary>
    public IReadOnlyList<long> FileIds =>
        [.. EvidenceFiles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>The answer that stands; null while it is open.</summary>
    public PointAnswer? Answer =>
        AnsweredAt is null
            ? null
            : new PointAnswer(Finding!, Outcome!.Value, RootCauseId, Remedy ?? Casework.Remedy.None, Amount, CorrectiveAction);
}

/// <summary>What a point is about.</summary>
/// <param name="What">In a few words. Required.</param>
/// <param name="Evidence">What speaks for it and against it.</param>
/// <param name="Files">Ids of files of the same complaint.</param>
public sealed record PointFacts(string What, long? CategoryId = null, string? Evidence = null, IReadOnlyList<long>? Files = null);

/// <summary>How a point is answered.</summary>
/// <param name="Finding">What was found, for the customer to read. Required.</param>
/// <param name="RootCauseId">Cause from the editable tree; null where the one of the whole complaint counts.</param>
/// <param name="Amount">Required for refund and compensation.</param>
/// <param name="CorrectiveAction">What keeps it from happening again; may be empty.</param>
public sealed record PointAnswer(
    string Finding,
    Outcome Outcome,
    long? RootCauseId,
    Remedy Remedy,
    Money? Amount,
    string? CorrectiveAction
);
