using System.Text.RegularExpressions;
using Complaints.Language;

namespace Complaints.Words;

/// <summary>
/// Reads words to a customer before they leave and says what could be better. It advises and never blocks; whoever sends
/// a regime's final answer asks <see cref="DemandedSentences"/> as well. Pure. Source of the rules: the house's
/// requirements on wording; the lists are data, see <see cref="AdviceRule"/>.
/// </summary>
/// <param name="rules">The active rules of every language.</param>
public sealed partial class WritingAdviser(IEnumerable<AdviceRule> rules)
{
    /// <summary>More than so many remarks help nobody.</summary>
    public const int MostAdvice = 30;

    private const int MostCharacters = 50_000;

    private readonly ILookup<(string, AdviceList), RuleMatch> _rules = rules
        .Where(r => r.Active)
        .Select(r => new RuleMatch(r))
        .ToLookup(m => (m.Rule.Language, m.Rule.List));

    /// <summary>What could be better, in the order of the text.</summary>
    /// <param name="text">The words; line ends of any kind.</param>
    /// <param name="language">Language they are written in.</param>
    /// <param name="facts">What is known beside them.</param>
    public IReadOnlyList<Advice> Read(string text, string language, AdviceFacts facts)
    {
        var plain = text.ReplaceLineEndings("\n");
        var folded = new FoldedText(plain.Length > MostCharacters ? plain[..MostCharacters] : plain);
        var all = new List<Advice>();
        Replace(folded, language, AdviceList.Blunt, facts, all);
        Replace(folded, language, AdviceList.Blame, facts, all);
        Replace(folded, language, AdviceList.Jargon, facts, all);
        Refusals(folded, language, all);
        Apologies(folded, language, facts, all);
        Promises(folded, language, facts, all);
        Places(folded, facts, all);
        SomebodyElses(folded, facts, all);
        all.AddRange(NameSpelling.Read(folded, facts));
        var kept = new List<Advice>();
        foreach (var one in all.OrderBy(a => a.At).ThenByDescending(a => a.Length).ThenBy(a => a.Kind))
        {
            if (kept.Count == 0 || one.At >= kept[^1].At + kept[^1].Length)
            {
                kept.Add(one);
            }
        }

        var missing = DemandedSentences
            .Missing(plain + "\n" + facts.Around, facts.Demanded)
            .Select(s => new Advice(
                AdviceKind.Demanded,
                plain.Length,
                0,
                "",
                new Sentence("The regulator demands this sentence in the answer: “{0}”", s),
                s
            ));
        return [.. kept.Take(MostAdvice), .. missing];
    }

    private void Replace(FoldedText text, string language, AdviceList list, AdviceFacts facts, List<Advice> all)
    {
        foreach (var match in _rules[(language, list)].Where(m => !facts.Apologizing || !m.Rule.ExceptApology))
        {
            foreach (var (at, length) in match.In(text))
            {
                var found = text.Source.Substring(at, length);
                all.Add(
                    list switch
                    {
                        AdviceList.Blunt => new(
                            AdviceKind.Blunt,
                            at,
                            length,
                            found,
                            new Sentence("This sounds blunt to whoever is upset already."),
                            Cased(found, match.Rule.Better)
                        ),
                        AdviceList.Blame => new(
                            AdviceKind.Blame,
                            at,
                            length,
                            found,
                            new Sentence("This blames the customer. Say what happened, or what helps now."),
                            Cased(found, match.Rule.Better)
                        ),
                        _ => new(
                            AdviceKind.Jargon,
                            at,
                            length,
                            found,
                            new Sentence("Customers do not use this word."),
                            Cased(found, match.Rule.Better)
                        ),
                    }
                );
            }
        }
    }

    // An alternative counts in the same sentence, the one before and the two after.
    private void Refusals(FoldedText text, string language, List<Advice> all)
    {
        foreach (var match in _rules[(language, AdviceList.Refusal)])
        {
            foreach (var (at, length) in match.In(text))
            {
                if (!Near(text, language, AdviceList.Alternative, at, before: 1, after: 2))
                {
                    var found = text.Source.Substring(at, length);
                    all.Add(
                        new(
                            AdviceKind.Refusal,
                            at,
                            length,
                            found,
                            new Sentence("A refusal and nothing else. Say what you can do instead."),
                            Cased(found, match.Rule.Better)
                        )
                    );
                }
            }
        }
    }

    private void Apologies(FoldedText text, string language, AdviceFacts facts, List<Advice> all)
    {
        if (facts.ShortfallNamed)
        {
            return;
        }

        foreach (var match in _rules[(language, AdviceList.Apology)])
        {
            foreach (var (at, length) in match.In(text))
            {
                if (!Near(text, language, AdviceList.Shortfall, at, before: 1, after: 1))
                {
                    var found = text.Source.Substring(at, length);
                    all.Add(
                        new(
                            AdviceKind.Apology,
                            at,
                            length,
                            found,
                            new Sentence(
                                "An apology that does not say for what. Name what went wrong, or what it was like for the customer."
                            ),
                            Cased(found, match.Rule.Better)
                        )
                    );
                    return; // once is enough for the whole letter
                }
            }
        }
    }

    private void Promises(FoldedText text, string language, AdviceFacts facts, List<Advice> all)
    {
        if (facts.NamesATime is not { } namesATime)
        {
            return;
        }

        var told = new Dictionary<int, bool>();
        foreach (var match in _rules[(language, AdviceList.Promise)])
        {
            foreach (var (at, length) in match.In(text))
            {
                var sentence = text.SentenceAt(at);
                var (start, end) = text.Sentences[sentence];
                if (told.Count > 10 * MostAdvice || told.ContainsKey(sentence))
                {
                    continue;
                }

                if (!(told[sentence] = namesATime(text.Source[start..end])))
                {
                    var found = text.Source.Substring(at, length);
                    all.Add(
                        new(
                            AdviceKind.Promise,
                            at,
                            length,
                            found,
                            new Sentence("A promise without a time. Say by when, so that nobody has to wait and wonder."),
                            Cased(found, match.Rule.Better)
                        )
                    );
                }
            }
        }
    }

    private static void Places(FoldedText text, AdviceFacts facts, List<Advice> all)
    {
        if (text.Text.AsSpan().IndexOfAny("{[［_x") < 0)
        {
            return;
        }

        foreach (Match place in Place().Matches(text.Source))
        {
            var value = place.Groups["field"].Success ? facts.Fields.GetValueOrDefault(place.Groups["field"].Value) : null;
            all.Add(
                new(
                    AdviceKind.Placeholder,
                    place.Index,
                    place.Length,
                    place.Value,
                    new Sentence("A place that was left open. Fill it in before it leaves."),
                    string.IsNullOrEmpty(value) ? null : value
                )
            );
        }
    }

    private static void SomebodyElses(FoldedText text, AdviceFacts facts, List<Advice> all)
    {
        foreach (var foreign in facts.SomebodyElses.Where(f => f.Length > 0))
        {
            for (var at = text.Source.IndexOf(foreign, StringComparison.Ordinal); at >= 0; )
            {
                all.Add(
                    new(
                        AdviceKind.SomebodyElse,
                        at,
                        foreign.Length,
                        foreign,
                        new Sentence("This belongs to another customer or another complaint. Take it out."),
                        facts.Fields.GetValueOrDefault("reference") is { } own && Mentioned.IsReference(foreign) ? own : null
                    )
                );
                at = text.Source.IndexOf(foreign, at + foreign.Length, StringComparison.Ordinal);
            }
        }
    }

    private bool Near(FoldedText text, string language, AdviceList signs, int at, int before, int after)
    {
        var sentence = text.SentenceAt(at);
        var from = text.Sentences[Math.Max(0, sentence - before)].Start;
        var to = text.Sentences[Math.Min(text.Sentences.Count - 1, sentence + after)].End;
        return _rules[(language, signs)].Any(m => m.StandsIn(text, from, to));
    }

    /// <summary>The better form with the first letter as large as that of what it replaces.</summary>
    private static string? Cased(string found, string? better) =>
        string.IsNullOrEmpty(better) ? null
        : char.IsUpper(found[0]) ? char.ToUpperInvariant(better[0]) + better[1..]
        : char.IsLower(found[0]) && !(better[0] == 'I' && (better.Length == 1 || !char.IsLetter(better[1])))
            ? char.ToLowerInvariant(better[0]) + better[1..]
        : better;

    [GeneratedRegex(
        @"\{\{\s*(?<field>\w*)[^{}]{0,60}\}\}|\[[^\[\]\n]{1,80}\](?!\()|［[^［］\n]{1,80}］|_{3,}|\b[Xx]{3,}\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Place();
}
