using System.Text.RegularExpressions;
using Complaints.Language;

namespace Complaints.FollowUp;

/// <summary>What a customer's own words amount to as an answer to "is it solved?".</summary>
/// <param name="Solved">Null when it cannot be told for sure: a person reads it.</param>
/// <param name="Marks">Marks named in the words.</param>
/// <param name="Stop">The customer does not want to be asked.</param>
/// <param name="Kind">Only thanks, only a wish to be left alone, or more.</param>
/// <param name="Why">How it was read, for whoever looks it over.</param>
public sealed record WordsRead(bool? Solved, Marks Marks, bool Stop, WordsKind Kind, Sentence Why);

/// <summary>How much was said.</summary>
public enum WordsKind
{
    /// <summary>An answer, or something a person has to read.</summary>
    Answer,

    /// <summary>Yes or thanks and nothing else: no mark, no complaint.</summary>
    Thanks,

    /// <summary>Only that they do not want to be asked.</summary>
    OnlyStop,
}

/// <summary>
/// Reads a reply to a follow-up mail: a mark, five marks in the order of the form, yes and thanks, no and still not, and
/// "stop". A no may come with a story; a yes may not, because closing a complaint on half of what was said is the worse
/// mistake. Whatever is mixed, asked or unknown goes to a person. Pure.
/// </summary>
public static partial class ReadWords
{
    private const int Longest = 2000;
    private static readonly Marks _none = new();

    private static readonly (Dimension Dimension, string[] Names)[] _names =
    [
        (Dimension.Skill, ["skill", "skills", "服务技能", "技能"]),
        (Dimension.Attitude, ["attitude", "服务态度", "态度"]),
        (Dimension.Timeliness, ["timeliness", "服务及时性", "及时性", "及时"]),
        (Dimension.Parts, ["parts and supplies", "parts", "配件供应", "配件"]),
        (Dimension.Overall, ["overall", "服务综合", "综合", "总体"]),
    ];

    /// <summary>Reads them.</summary>
    /// <param name="visible">What the sender wrote now, without quotations.</param>
    /// <param name="sender">The sender's name, which may stand under the words; null when unknown.</param>
    public static WordsRead Read(string visible, string? sender = null)
    {
        var text = AnswerWords.Plain(visible).Trim();
        if (text.Length > Longest)
        {
            return Unclear(stop: false, new Sentence("It says more than can be read without a person."));
        }

        var name = AnswerWords.Plain(sender ?? "").Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var heard = new Heard();
        var rest = Numbered(text, heard) ? "" : text;
        foreach (var clause in Breaks().Split(rest))
        {
            heard.Take(Edges().Replace(clause, ""), clause.Trim(), name);
        }

        return heard.Conclude(text.Contains('?', StringComparison.Ordinal));
    }

    // "1. 5" to "5. 4", each on a line of its own: the number first, then the mark.
    private static bool Numbered(string text, Heard heard)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = lines.Select(l => NumberedLine().Match(l)).ToList();
        if (lines.Length != 5 || !found.TrueForAll(m => m.Success) || found.Where((m, i) => m.Groups["number"].Value != $"{i + 1}").Any())
        {
            return false;
        }

        heard.Marks.AddRange(found.Select(m => (int?)(m.Groups["mark"].Value[0] - '0')));
        return true;
    }

    private static WordsRead Unclear(bool stop, Sentence why) => new(null, _none, stop, WordsKind.Answer, why);

    [GeneratedRegex(@"[\n.,;!?…。、，；！？]+|\s[-–—]\s", RegexOptions.None, 1000)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"^[\s:""'“”()\[\]~*_>-]+|[\s:""'“”()\[\]~*_-]+$", RegexOptions.None, 1000)]
    private static partial Regex Edges();

    [GeneratedRegex(
        @"^(?:(?:i|we|i'd) (?:would )?(?:give|say)(?: you)?(?: a)? ?|(?:mark|rating|score|评分|打分|我给|给)\s*[:=]?\s*)?(?<mark>[1-5])\s*(?:/\s*5|out of 5|points?|stars?|分|星)?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OneMark();

    [GeneratedRegex(@"^(?<number>[1-5])\s*[.):]\s*(?<mark>[1-5])\s*(?:/\s*5|分)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedLine();
}
