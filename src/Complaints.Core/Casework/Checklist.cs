using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>One thing to do about complaints of a kind.</summary>
/// <param name="Key">Its name across versions of the list, so that what is ticked stays ticked; never shown.</param>
/// <param name="Text">What to do.</param>
/// <param name="TextZh">The same in Chinese; empty shows <paramref name="Text"/>.</param>
/// <param name="Step">The step it belongs to; null for no particular one.</param>
/// <param name="Required">That step, or without one the resolution, is refused until it is done.</param>
public sealed record ChecklistPoint(string Key, string Text, string? TextZh, Verb? Step, bool Required)
{
    /// <summary>The words, for a sentence.</summary>
    [JsonIgnore]
    public InBoth Words => new(Text, TextZh);

    /// <summary>The words in the reader's language.</summary>
    public string In(string language) => Words.In(language);

    /// <summary>The step that is refused until it is done; null for none.</summary>
    [JsonIgnore]
    public Verb? Blocks => Required ? Step ?? Verb.Resolve : null;
}

/// <summary>
/// What is to be done about complaints of a category and of all below it, as it was from one day on. A version never changes:
/// a complaint keeps the list it started with until somebody takes the new one over.
/// </summary>
public sealed class ChecklistVersion
{
    /// <summary>Points in one list, and characters of one.</summary>
    public const int Most = 20;
    public const int Longest = 200;

    public long Id { get; private set; }

    /// <summary>Null for all complaints.</summary>
    public long? CategoryId { get; init; }

    /// <summary>UTC from when it holds.</summary>
    public DateTime At { get; init; }

    /// <summary>UTC since when a newer one holds; null while it is in force.</summary>
    public DateTime? ReplacedAt { get; set; }

    /// <summary>Who wrote it; null for the command line.</summary>
    public long? ById { get; init; }

    /// <summary>The points as JSON, in order; an empty list ends it.</summary>
    public string Kept { get; init; } = "[]";

    /// <summary>The points in order.</summary>
    public IReadOnlyList<ChecklistPoint> Points => Read(Kept);

    /// <summary>The points of a text as <see cref="Kept"/> holds them.</summary>
    /// <exception cref="JsonException">It holds none.</exception>
    public static IReadOnlyList<ChecklistPoint> Read(string kept) => JsonSerializer.Deserialize<List<ChecklistPoint>>(kept) ?? [];

    /// <summary>As <see cref="Kept"/> holds them.</summary>
    public static string Keep(IEnumerable<ChecklistPoint> points) => JsonSerializer.Serialize(points);
}

/// <summary>A point done on a complaint; no row while it is not.</summary>
public sealed class ChecklistTick
{
    public long ComplaintId { get; init; }
    public required string Key { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public long ById { get; init; }
    public required string By { get; init; }
}

/// <summary>A complaint that took over a newer list than the one it started with.</summary>
public sealed class ChecklistTaken
{
    public long ComplaintId { get; init; }

    /// <summary>UTC: the lists as they were then.</summary>
    public DateTime AsOf { get; set; }
}
