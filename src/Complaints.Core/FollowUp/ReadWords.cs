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

    /// <summary>What was heard clause by clause.</summary>
    private sealed class Heard
    {
        private readonly Dictionary<Dimension, int> _named = [];
        private string? _yes,
            _thanks,
            _no,
            _stop,
            _unknown,
            _but;

        public List<int?> Marks { get; } = [];

        public void Take(string clause, string raw, IReadOnlyCollection<string> sender)
        {
            if (TakeMarks(clause, raw))
            {
                return;
            }

            switch (AnswerWords.Of(clause, sender))
            {
                case Clause.Thanks:
                    _thanks ??= clause;
                    break;
                case Clause.Yes:
                    _yes ??= clause;
                    break;
                case Clause.No:
                    _no ??= clause;
                    break;
                case Clause.Stop:
                    _stop ??= clause;
                    break;
                case Clause.But:
                    _but ??= clause;
                    Take(AnswerWords.AfterBut(clause), "", sender);
                    break;
                case Clause.Unknown:
                    _unknown ??= clause;
                    break;
                default:
                    break;
            }
        }

        public WordsRead Conclude(bool asks)
        {
            if (MarksGiven() is not { } marks)
            {
                return Unclear(_stop is not null, new Sentence("It names {0} marks; one, or five in order, can be read.", Marks.Count));
            }

            var given = marks.Given;
            var low = given.Count > 0 && (given.Contains(1) || given.Average() < 3);
            if (_stop is not null && (_yes ?? _thanks ?? _no ?? _unknown) is null && given.Count == 0)
            {
                return new WordsRead(null, _none, true, WordsKind.OnlyStop, new Sentence("“{0}” asks not to be asked again.", _stop));
            }

            if (asks)
            {
                return Unclear(_stop is not null, new Sentence("It asks something."));
            }

            if (_no is not null)
            {
                return _yes is not null || (given.Count > 0 && !low && given.Average() >= 4)
                    ? Unclear(_stop is not null, new Sentence("It says both: “{0}” and “{1}”.", _yes ?? string.Join(", ", given), _no))
                    : new WordsRead(false, marks, _stop is not null, WordsKind.Answer, new Sentence("“{0}” says it is not solved.", _no));
            }

            if ((_but ?? _unknown) is { } more)
            {
                return Unclear(_stop is not null, new Sentence("It says something only a person can judge: “{0}”.", Short(more)));
            }

            return Good(marks, low);
        }

        private WordsRead Good(Marks marks, bool low)
        {
            var stop = _stop is not null;
            var given = string.Join(", ", marks.Given);
            if (_yes is not null)
            {
                return given.Length == 0
                    ? new WordsRead(true, marks, stop, WordsKind.Thanks, new Sentence("“{0}” says it is solved.", _yes))
                    : new WordsRead(
                        true,
                        marks,
                        stop,
                        WordsKind.Answer,
                        new Sentence("“{0}” says it is solved, with the marks {1}.", _yes, given)
                    );
            }

            if (given.Length > 0)
            {
                return low
                    ? new WordsRead(
                        false,
                        marks,
                        stop,
                        WordsKind.Answer,
                        new Sentence("Marks of {0} and no word that it is solved: read as not solved.", given)
                    )
                    : new WordsRead(
                        true,
                        marks,
                        stop,
                        WordsKind.Answer,
                        new Sentence("Marks of {0} and no word against: read as solved.", given)
                    );
            }

            return _thanks is not null
                ? new WordsRead(true, marks, stop, WordsKind.Thanks, new Sentence("“{0}” and nothing against: read as solved.", _thanks))
                : Unclear(stop, new Sentence("It holds no answer that can be read."));
        }

        /// <summary>Null when the numbers are neither one mark nor five.</summary>
        private Marks? MarksGiven() =>
            _named.Count > 0
                ? Marks.Count > 0
                    ? null
                    : new Marks(
                        Of(Dimension.Skill),
                        Of(Dimension.Attitude),
                        Of(Dimension.Timeliness),
                        Of(Dimension.Parts),
                        Of(Dimension.Overall)
                    )
                : Marks.Count switch
                {
                    0 => _none,
                    1 => new Marks(Overall: Marks[0]),
                    5 => new Marks(Marks[0], Marks[1], Marks[2], Marks[3], Marks[4]),
                    _ => null,
                };

        private int? Of(Dimension dimension) => _named.TryGetValue(dimension, out var mark) ? mark : null;

        private bool TakeMarks(string clause, string raw)
        {
            if (StarsIn(raw) is { } stars)
            {
                Marks.Add(stars);
                return true;
            }

            foreach (var (dimension, names) in _names)
            {
                var name = Array.Find(names, n => clause.StartsWith(n, StringComparison.Ordinal));
                if (name is null)
                {
                    continue;
                }

                var said = clause[name.Length..].Trim(' ', ':', '-', '=');
                if (OneMark().Match(said) is { Success: true } mark && said.Length > 0)
                {
                    _named.TryAdd(dimension, mark.Groups["mark"].Value[0] - '0');
                    return true;
                }
            }

            if (OneMark().Match(clause) is { Success: true } one)
            {
                Marks.Add(one.Groups["mark"].Value[0] - '0');
                return true;
            }

            if (clause is "满分" or "五星" or "五星好评" or "five stars")
            {
                Marks.Add(5);
                return true;
            }

            var row = clause.Split([' ', '/', '|', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (row.Length > 1 && Array.TrueForAll(row, w => w is [>= '1' and <= '5'] or "-" or "–" or "n/a" or "无"))
            {
                Marks.AddRange(row.Select(w => w[0] is >= '1' and <= '5' ? w[0] - '0' : (int?)null));
                return true;
            }

            // In a row of marks the parts may not apply: "5, 4, 5, -, 4".
            if (Marks.Count == 3 && (clause is "n/a" or "none" or "无" || raw is "-" or "–"))
            {
                Marks.Add(null);
                return true;
            }

            return false;
        }

        private static int? StarsIn(string raw)
        {
            var stars = raw.Replace(" ", "", StringComparison.Ordinal);
            var full = stars.Count(c => c is '★' or '⭐' or '*');
            return full is >= 1 and <= 5 && stars.Length <= 5 && stars.All(c => c is '★' or '⭐' or '*' or '☆') ? full : null;
        }

        private static string Short(string clause) => clause.Length <= 80 ? clause : string.Concat(clause.AsSpan(0, 79), "…");
    }

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
