using System.Text.Json.Nodes;
using Complaints.Language;

namespace Complaints.Settings;

/// <summary>How a field of a setting is treated.</summary>
public enum FieldRole
{
    /// <summary>Shown in the history, carried in the file.</summary>
    Plain,

    /// <summary>As plain, but it stays what it was when the row was made.</summary>
    Fixed,

    /// <summary>Never shown and never carried: the history says only that it changed.</summary>
    Secret,

    /// <summary>JSON inside a text: each part is a field of its own, see <see cref="Field.Parts"/>.</summary>
    Json,

    /// <summary>A place in an order: carried in the file; the history says only that the order changed.</summary>
    Place,

    /// <summary>Carried in the file, of no interest in the history.</summary>
    FileOnly,

    /// <summary>In the history, not in the file.</summary>
    HistoryOnly,
}

/// <summary>A field of a setting, for the history and the file of the whole configuration.</summary>
/// <param name="Name">Name of the property.</param>
/// <param name="Label">What people call it.</param>
public sealed record Field(string Name, Sentence Label)
{
    public FieldRole Role { get; init; }

    /// <summary>The kind of row whose id it holds; null for a value of its own.</summary>
    public Type? To { get; init; }

    /// <summary>For <see cref="FieldRole.Json"/>: what is in it.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>It may not be empty.</summary>
    public bool Needed { get; init; }

    /// <summary>What its text is a list of: in the file each stands on a line of its own.</summary>
    public char Split { get; init; } = '\n';

    /// <summary>The value as people read it, out of the row and the value, a sentence or a text; null where it speaks for itself.</summary>
    public Func<object, object, object?>? Say { get; init; }

    /// <summary>For a text that is a list in the file: out of the text, and into it, which refuses what is none.</summary>
    public (Func<string, JsonArray> Write, Func<JsonArray, string> Read)? Listed { get; init; }

    /// <summary>Its name in the file where that is not the property's.</summary>
    public string? CalledInFile { get; init; }

    /// <summary>Its name in the file.</summary>
    public string InFile =>
        CalledInFile
        ?? char.ToLowerInvariant(Name[0]) + (To is not null && Name.EndsWith("Id", StringComparison.Ordinal) ? Name[1..^2] : Name[1..]);
}

/// <summary>A part of a JSON text: its path with dots, such as <c>Levels.Silence</c>; a last <c>*</c> stands for any name.</summary>
public sealed record Part(string Path, Sentence Label)
{
    /// <summary>The enumeration its numbers or names belong to.</summary>
    public Type? Of { get; init; }
    public bool Secret { get; init; }

    /// <summary>A text of several lines; in the file each stands on a line of its own.</summary>
    public bool Text { get; init; }

    /// <summary>Not carried in the file: it belongs to this house alone.</summary>
    public bool Own { get; init; }
}

/// <summary>What becomes of a row that is here and not in a file that is brought in.</summary>
public enum Missing
{
    /// <summary>It stays: complaints may point at it.</summary>
    Stays,

    /// <summary>It is removed.</summary>
    Goes,

    /// <summary>It is removed unless something uses it.</summary>
    GoesUnlessUsed,
}

/// <summary>A table of settings, described once for the history and the file.</summary>
/// <param name="Topic">Where it is changed.</param>
/// <param name="Type">The row.</param>
/// <param name="Name">What a row is called.</param>
/// <param name="Fields">In the order they are shown and written.</param>
public sealed record Described(Topic Topic, Type Type, Func<object, Sentence> Name, IReadOnlyList<Field> Fields)
{
    /// <summary>Where it stands in the file; null when it does not.</summary>
    public string? Section { get; init; }

    /// <summary>Names in the file whose values together name a row, a seeded row's own key before them; never null for a section.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>What is sorted by in the file before <see cref="Key"/>.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];
    public Missing Missing { get; init; }

    /// <summary>Two rows with the same key cannot be.</summary>
    public bool Unique { get; init; }

    /// <summary>The row itself, as a property of the file's object, holds a seeded key that wins over <see cref="Key"/>.</summary>
    public bool Seeded { get; init; }

    /// <summary>Which rows count; others are somebody's own.</summary>
    public Func<object, bool> Counts { get; init; } = _ => true;

    /// <summary>Refuses a row that the page would refuse.</summary>
    public Action<object> Check { get; init; } = _ => { };

    /// <summary>The field by its name in the file.</summary>
    public Field? InFile(string name) => Fields.FirstOrDefault(f => f.InFile == name && IsCarried(f));

    /// <summary>True when the file carries the field.</summary>
    public static bool IsCarried(Field f) => f.Role is not (FieldRole.Secret or FieldRole.HistoryOnly);
}

/// <summary>A setting kept as text under a name.</summary>
/// <param name="Topic">Where it is changed.</param>
/// <param name="Name">Name in the table of settings.</param>
/// <param name="Label">What people call it.</param>
public sealed record NamedSetting(Topic Topic, string Name, Sentence Label)
{
    /// <summary>Parts of its JSON; empty for plain text.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>The kind of row whose id it holds; null for a value of its own.</summary>
    public Type? To { get; init; }

    /// <summary>The text that holds while nothing is set; null for none.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The text as it is kept, checked.</summary>
    public Func<string, string> Read { get; init; } = t => t;

    /// <summary>The kept text put into place, out of the text before it: what the file does not carry stays.</summary>
    public Func<string, string?, string> Keep { get; init; } = (text, _) => text;

    /// <summary>Its text as a node of the file; null when nothing is set.</summary>
    public JsonNode? Node(string? text) =>
        text is null or "" ? null
        : Parts.Count > 0 ? JsonParts.Carried(JsonNode.Parse(text)!, Parts)
        : JsonValue.Create(text);
}
