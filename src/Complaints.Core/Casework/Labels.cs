using System.Globalization;
using Complaints.Data;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>A word complaints are marked with, one list for the whole house; made by typing it.</summary>
public sealed class Tag
{
    /// <summary>Longest name, and how many one complaint may have.</summary>
    public const int Longest = 40;
    public const int MostOnOne = 20;

    public long Id { get; private set; }

    /// <summary>As first written; leads rename it.</summary>
    public required string Name { get; set; }

    /// <summary>The form in which names are compared; unique.</summary>
    public required string Folded { get; set; }

    /// <summary>Names typed with commas between, each once.</summary>
    /// <exception cref="Refusal">One is too long.</exception>
    public static IReadOnlyList<string> Read(string? typed)
    {
        var names = (typed ?? "")
            .Split([',', '，', '、', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .DistinctBy(Fold)
            .ToList();
        return names.Find(n => n.Length > Longest) is { } long1
            ? throw new Refusal(new Sentence("“{0}” is too long for a tag; {1} characters fit.", long1, Longest), "Tags")
            : names;
    }

    /// <summary>The form in which names are compared.</summary>
    public static string Fold(string name) => SearchCodes.Fold(name.Trim());
}

/// <summary>A tag on a complaint.</summary>
public sealed class CaseTag
{
    public long ComplaintId { get; init; }
    public long TagId { get; init; }
    public Tag Tag { get; init; } = null!;
}

/// <summary>What can be filled into a field.</summary>
public enum FieldKind
{
    [Words("Text", "文本")]
    Text = 0,

    [Words("Number", "数字")]
    Number = 1,

    [Words("Date", "日期")]
    Date = 2,

    [Words("Choice", "选项")]
    Choice = 3,
}

/// <summary>A field the house added to its complaints.</summary>
public sealed class CaseField
{
    /// <summary>Longest value.</summary>
    public const int LongestValue = 500;

    public long Id { get; private set; }
    public required string Name { get; set; }
    public string? NameZh { get; set; }
    public FieldKind Kind { get; set; }

    /// <summary>Only for complaints of this category and those below it; null for all.</summary>
    public long? CategoryId { get; set; }

    /// <summary>What can be chosen, one a line.</summary>
    public string Choices { get; set; } = "";

    /// <summary>The step that is refused while it is empty; null when it may stay empty.</summary>
    public Verb? RequiredAt { get; set; }
    public bool Active { get; set; } = true;
    public int Position { get; set; }

    /// <summary>Steps that can ask for a field.</summary>
    public static IReadOnlyList<Verb> Steps { get; } = [Verb.Acknowledge, Verb.Apologize, Verb.Resolve, Verb.Close];

    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<string> Offered => Choices.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;

    /// <summary>What was typed in the one form it is kept in: a number without separators, a date as 2026-11-23; null for nothing.</summary>
    /// <exception cref="Refusal">It is no number, no date or not one of the choices; names the field.</exception>
    public string? Read(string? typed)
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Kind switch
        {
            FieldKind.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw Refused(new Sentence("“{0}” is no number for “{1}”. Write it like 1250.50.", text, Name)),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? text
                : throw Refused(new Sentence("“{0}” is no date for “{1}”. Write it like 2026-11-23.", text, Name)),
            FieldKind.Choice => Offered.Contains(text, StringComparer.Ordinal)
                ? text
                : throw Refused(new Sentence("“{0}” cannot be chosen for “{1}”.", text, Name)),
            _ => text.Length <= LongestValue ? text : throw Refused(new Sentence("“{0}” takes up to {1} characters.", Name, LongestValue)),
        };
    }

    private Refusal Refused(Sentence say) => new(say, string.Create(CultureInfo.InvariantCulture, $"Field{Id}"));
}

/// <summary>What stands in a field of a complaint; no row when it is empty.</summary>
public sealed class CaseFieldValue
{
    public long ComplaintId { get; init; }
    public long FieldId { get; init; }

    /// <summary>As <see cref="CaseField.Read"/> keeps it.</summary>
    public required string Value { get; set; }
}
