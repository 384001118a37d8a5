using Complaints.Language;

namespace Complaints.Casework;

/// <summary>How two complaints belong together, or that they do not.</summary>
public enum LinkKind
{
    /// <summary>Somebody who works on one should know the other.</summary>
    [Words("Related", "相关")]
    Related = 0,

    /// <summary>The later one was split out of the earlier one.</summary>
    [Words("Split out", "拆分")]
    Split = 1,

    /// <summary>They look alike, and somebody has decided that they are two matters.</summary>
    [Words("Not the same", "并非同一件事")]
    Different = 2,
}

/// <summary>What somebody said about two complaints; the same seen from either.</summary>
public sealed class CaseLink
{
    public long Id { get; private set; }

    /// <summary>The one with the smaller id; for a split the one it came from.</summary>
    public long LowId { get; init; }

    /// <summary>The one with the larger id.</summary>
    public long HighId { get; init; }
    public LinkKind Kind { get; init; }

    /// <summary>Why; null where the kind says it.</summary>
    public string? Reason { get; init; }

    /// <summary>For a split, the entry it came from.</summary>
    public int? Seq { get; init; }

    /// <summary>Who said so.</summary>
    public long? ById { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>UTC; null while it stands.</summary>
    public DateTime? RemovedAt { get; internal set; }

    /// <summary>The other end, seen from <paramref name="id"/>.</summary>
    public long Other(long id) => id == LowId ? HighId : LowId;
}
