using Complaints.Casework;

namespace Complaints.Web.Casework;

/// <summary>Another complaint as it is named on the page of one.</summary>
/// <param name="NextDueAt">UTC; null when nothing is due.</param>
public sealed record JoinedCase(
    long Id,
    string Reference,
    string Summary,
    string Customer,
    State State,
    DateTime ReceivedAt,
    DateTime? NextDueAt,
    string? SubmissionKey
);

/// <summary>A complaint that was merged here.</summary>
/// <param name="UndoUntil">UTC; null when it came here inside another one, or it is too late.</param>
public sealed record MergedCase(JoinedCase Case, DateTime? UndoUntil);

/// <summary>A complaint that was linked.</summary>
public sealed record LinkedCase(JoinedCase Case, CaseLink Link);

/// <summary>What a complaint was merged, linked, split or put together with, as far as the reader may see it.</summary>
public sealed record Joined
{
    /// <summary>Id and reference of the complaint and of all that were merged into it.</summary>
    public required IReadOnlyDictionary<long, string> References { get; init; }

    /// <summary>What was merged into it.</summary>
    public required IReadOnlyList<MergedCase> Merged { get; init; }

    /// <summary>When it was merged itself: UTC time until which that can be undone; null when it cannot.</summary>
    public DateTime? UndoUntil { get; init; }

    /// <summary>Related ones, and where it was split.</summary>
    public required IReadOnlyList<LinkedCase> Links { get; init; }

    /// <summary>Open ones of the same customer that say much the same.</summary>
    public required IReadOnlyList<JoinedCase> Likely { get; init; }

    /// <summary>The complaint under whose cause it stands; null for none.</summary>
    public JoinedCase? Parent { get; init; }

    /// <summary>How many stand under it.</summary>
    public int Children { get; init; }

    /// <summary>The message a complaint was born of, by its id; null when it came in another way.</summary>
    public string? BornOf(long complaintId, string? own) =>
        References.Count == 1 ? own
        : Merged.FirstOrDefault(m => m.Case.Id == complaintId) is { } merged ? merged.Case.SubmissionKey
        : own;

    /// <summary>What was split out of that entry of the complaint.</summary>
    public IEnumerable<JoinedCase> SplitFrom(long id, int seq) =>
        Links.Where(l => l.Link.Kind == LinkKind.Split && l.Link.LowId == id && l.Link.Seq == seq).Select(l => l.Case);
}
