using Complaints.Language;

namespace Complaints.FollowUp;

/// <content>What was heard, and what it adds up to.</content>
public static partial class ReadWords
{
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
}
