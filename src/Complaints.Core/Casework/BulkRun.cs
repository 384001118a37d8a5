using System.Text.Json;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>One that was refused, and why, as a kept sentence.</summary>
public sealed record RefusedOne(long Id, string Reference, string Why)
{
    /// <summary>Why.</summary>
    public Sentence Reason => KeptSentence.Read(Why);
}

/// <summary>
/// The same changes to many complaints: picked first, looked at, then done one by one. Only who asked for it sees it. How far
/// it came is saved together with each complaint, so that a stopped node, or two at once, leave none out and do none twice.
/// </summary>
public sealed class BulkRun
{
    /// <summary>Nobody overlooks more in one go.</summary>
    public const int Most = 500;

    public long Id { get; private set; }

    /// <summary>Who asked.</summary>
    public long ById { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Address of the list they were picked in.</summary>
    public required string Back { get; init; }

    /// <summary>Ids of complaints in the order of the list, JSON.</summary>
    public required string Picked { get; init; }

    /// <summary>What is to change, see <see cref="CaseChanges.Write"/>.</summary>
    public string Changes { get; set; } = "{}";

    /// <summary>Which part of the form is asked for, such as <c>note</c>.</summary>
    public required string What { get; init; }

    /// <summary>How many have been seen to, and how many of them were changed.</summary>
    public int Done { get; set; }
    public int Changed { get; set; }

    /// <summary>Those that were refused, JSON.</summary>
    public string Refused { get; set; } = "[]";

    /// <summary>UTC; null while it is only looked at.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>UTC; null until it is done.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The ids picked.</summary>
    public IReadOnlyList<long> Ids => JsonSerializer.Deserialize<List<long>>(Picked)!;

    /// <summary>Those refused.</summary>
    public IReadOnlyList<RefusedOne> RefusedOnes => JsonSerializer.Deserialize<List<RefusedOne>>(Refused)!;

    /// <summary>How the ids are kept; each once, and not more than <see cref="Most"/>.</summary>
    public static string Pick(IEnumerable<long> ids) => JsonSerializer.Serialize(ids.Distinct().Take(Most));
}
