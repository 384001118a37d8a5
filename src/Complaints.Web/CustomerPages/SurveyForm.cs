using System.Globalization;
using Complaints.FollowUp;

namespace Complaints.Web.CustomerPages;

/// <summary>The survey as typed; text, so that nothing a link carries can break the page.</summary>
public sealed class SurveyForm
{
    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Solved { get; set; }
    public string? Skill { get; set; }
    public string? Attitude { get; set; }
    public string? Timeliness { get; set; }
    public string? Parts { get; set; }
    public string? Overall { get; set; }
    public string? Comment { get; set; }

    /// <summary>Ticked by who leaves; the reason only counts with it.</summary>
    public bool IsLeaving { get; set; }
    public LeavingReason? Leaving { get; set; }

    /// <summary>The mark typed for a dimension; null when none.</summary>
    public string? this[Dimension dimension] =>
        dimension switch
        {
            Dimension.Skill => Skill,
            Dimension.Attitude => Attitude,
            Dimension.Timeliness => Timeliness,
            Dimension.Parts => Parts,
            _ => Overall,
        };

    /// <summary>A form that shows an answer given before.</summary>
    public static SurveyForm Of(SurveyAnswer answer) =>
        new()
        {
            Solved = answer.Solved ? "yes" : "no",
            Skill = Text(answer.Skill),
            Attitude = Text(answer.Attitude),
            Timeliness = Text(answer.Timeliness),
            Parts = Text(answer.Parts),
            Overall = Text(answer.Overall),
            Comment = answer.Comment,
            IsLeaving = answer.Leaving is not null,
            Leaving = answer.Leaving,
        };

    /// <summary>A form that suggests what was read out of a customer's words.</summary>
    public static SurveyForm Of(WordsRead read, string words) =>
        new()
        {
            Solved = read.Solved switch
            {
                true => "yes",
                false => "no",
                _ => null,
            },
            Skill = Text(read.Marks.Skill),
            Attitude = Text(read.Marks.Attitude),
            Timeliness = Text(read.Marks.Timeliness),
            Parts = Text(read.Marks.Parts),
            Overall = Text(read.Marks.Overall),
            Comment = words.Length <= 20_000 ? words : words[..20_000],
        };

    /// <summary>Nothing was typed yet.</summary>
    public bool IsEmpty => (Solved, Skill, Attitude, Timeliness, Parts, Overall, Comment, Leaving) == default && !IsLeaving;

    /// <summary>What was said.</summary>
    public GivenAnswer Given() =>
        new(
            Solved switch
            {
                "yes" => true,
                "no" => false,
                _ => null,
            },
            new Marks(Mark(Skill), Mark(Attitude), Mark(Timeliness), Mark(Parts), Mark(Overall)),
            Comment,
            IsLeaving ? Leaving ?? LeavingReason.Other : null
        );

    private static string? Text(int? mark) => mark?.ToString(CultureInfo.InvariantCulture);

    // What is no number becomes 0 and is refused with the sentence about marks.
    private static int? Mark(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark
        : 0;
}
