using System.Text.Json;
using Complaints.Language;

namespace Complaints.FollowUp;

/// <summary>
/// The words a customer is asked with, on the survey and on the phone, for a unit or a category and all below. A version
/// never changes: saving makes another one, and every answer keeps the questions it was given to. What the marks mean
/// stays the same everywhere (<see cref="Dimension"/>), so that figures can be compared.
/// </summary>
public sealed class Questionnaire
{
    public long Id { get; private set; }

    /// <summary>For this unit and all below; null for every unit.</summary>
    public long? UnitId { get; init; }

    /// <summary>For this category and all below; null for every category.</summary>
    public long? CategoryId { get; init; }

    /// <summary>1 for the first of its unit and category.</summary>
    public int Version { get; init; } = 1;

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; init; }

    /// <summary>Who wrote this version.</summary>
    public long? MadeById { get; init; }

    /// <summary>UTC another version took its place, or it was taken out of use; null while in force.</summary>
    public DateTime? ReplacedAt { get; set; }

    /// <summary>False leaves out the mark for parts and supplies, where there never are any.</summary>
    public bool AsksParts { get; init; } = true;

    /// <summary>JSON: language to <see cref="Questions"/>.</summary>
    public required string Texts { get; init; }

    /// <summary>The words in a language; those left empty are the house's own.</summary>
    public Questions In(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, Questions>>(Texts)!.GetValueOrDefault(language) ?? new Questions();

    /// <summary>The texts as kept.</summary>
    public static string Write(IReadOnlyDictionary<string, Questions> texts) => JsonSerializer.Serialize(texts);
}

/// <summary>The questions in one language; null or empty where the house's own stands.</summary>
public sealed record Questions
{
    /// <summary>Above the questions.</summary>
    public string? Introduction { get; init; }
    public string? Solved { get; init; }
    public string? Skill { get; init; }
    public string? Attitude { get; init; }
    public string? Timeliness { get; init; }
    public string? Parts { get; init; }
    public string? Overall { get; init; }
    public string? Comment { get; init; }

    /// <summary>Lines of the script for the phone, each with fields such as <c>{{customer}}</c>; empty for the house's own.</summary>
    public string? Script { get; init; }

    /// <summary>The question for a dimension; null for the house's own.</summary>
    public string? this[Dimension dimension] =>
        dimension switch
        {
            Dimension.Skill => Skill,
            Dimension.Attitude => Attitude,
            Dimension.Timeliness => Timeliness,
            Dimension.Parts => Parts,
            _ => Overall,
        };

    /// <summary>Lines of the script; empty for the house's own.</summary>
    public IReadOnlyList<string> Lines =>
        (Script ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
