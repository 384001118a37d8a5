using System.Text.RegularExpressions;
using Complaints.Language;

namespace Complaints.Words;

/// <summary>
/// Whether the customer is called by their name: greetings to somebody else, and the name spelled nearly right, in Latin
/// letters and in Chinese. Pure.
/// </summary>
internal static partial class NameSpelling
{
    private const int ShortestLoose = 5;

    private static readonly HashSet<string> _nobody =
    [
        "sir",
        "madam",
        "customer",
        "customers",
        "guest",
        "guests",
        "all",
        "both",
        "there",
        "team",
        "everybody",
        "everyone",
        "again",
        "valued",
        "client",
        "passenger",
        "resident",
        "or",
        "and",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "family",
        "to",
        "you",
        "客户",
        "顾客",
        "用户",
        "客人",
        "贵宾",
        "各位",
        "大家",
        "先生",
        "女士",
        "小姐",
        "朋友",
        "旅客",
        "业主",
        "先生女士",
        "您",
        "你",
        "再次",
    ];

    /// <summary>What is wrong with the names.</summary>
    internal static IEnumerable<Advice> Read(FoldedText text, AdviceFacts facts)
    {
        if (facts.Customer is not { Length: > 0 } customer)
        {
            return [];
        }

        var names = facts.Names.Append(customer).Where(n => n.Length > 0).Distinct().ToList();
        return InLatin(text, customer, names, facts).Concat(InChinese(text, customer, names, facts));
    }

    private static IEnumerable<Advice> InLatin(FoldedText text, string customer, List<string> names, AdviceFacts facts)
    {
        var right = names.SelectMany(Words).Where(w => !FoldedText.IsHan(w[0])).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (right.Count == 0)
        {
            yield break;
        }

        var fine = right.Concat(facts.Known.SelectMany(Words)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var greeted = new List<(int, int)>();
        foreach (Match greeting in Greeting().Matches(text.Source))
        {
            var name = greeting.Groups["name"];
            var words = Words(name.Value).Where(w => !_nobody.Contains(w.ToLowerInvariant())).ToList();
            if (words.Count is 0 or > 5 || words.TrueForAll(fine.Contains) || FoldedText.IsHan(words[0][0]))
            {
                continue;
            }

            greeted.Add((name.Index, name.Index + name.Length));
            var wrong = words.Find(w => !fine.Contains(w))!;
            var near = right.Find(r => IsNear(wrong, r, 2));
            if (near is not null)
            {
                var at = text.Source.IndexOf(wrong, name.Index, StringComparison.Ordinal);
                yield return new(AdviceKind.Name, at, wrong.Length, wrong, new Sentence("The customer writes it “{0}”.", near), near);
            }
            else
            {
                yield return Other(name.Index, name.Value.Trim(), customer, customer);
            }
        }

        var long_ = right.Where(r => r.Length >= ShortestLoose).ToList();
        foreach (Match word in long_.Count == 0 ? [] : Capital().Matches(text.Source).AsEnumerable())
        {
            if (
                word.Length >= ShortestLoose
                && !fine.Contains(word.Value)
                && !greeted.Exists(g => word.Index >= g.Item1 && word.Index < g.Item2)
                && long_.Find(r => IsNear(word.Value, r, 1)) is { } near
                && !near.Equals(word.Value, StringComparison.OrdinalIgnoreCase)
            )
            {
                yield return new(
                    AdviceKind.Name,
                    word.Index,
                    word.Length,
                    word.Value,
                    new Sentence("The customer writes it “{0}”.", near),
                    near
                );
            }
        }
    }

    private static IEnumerable<Advice> InChinese(FoldedText text, string customer, List<string> names, AdviceFacts facts)
    {
        var right = names.Where(n => n.Length is >= 2 and <= 4 && n.All(FoldedText.IsHan)).ToList();
        if (right.Count == 0)
        {
            yield break;
        }

        foreach (Match greeting in GreetingZh().Matches(text.Source))
        {
            var name = greeting.Groups["name"];
            if (
                _nobody.Contains(name.Value)
                || right.Exists(r => r[1..] == name.Value || r.StartsWith(name.Value, StringComparison.Ordinal))
                || right.Exists(r => name.Value.EndsWith(r, StringComparison.Ordinal) || name.Value[^1] == r[0]) // “感谢王女士，”
                || facts.Known.Contains(name.Value)
            )
            {
                continue;
            }

            var near = right.Find(r => r.Length == name.Length && Same(r, name.Value) == r.Length - 1);
            yield return near is not null
                ? new(AdviceKind.Name, name.Index, name.Length, name.Value, new Sentence("The customer writes it “{0}”.", near), near)
                : Other(name.Index, name.Value, customer, name.Length == 1 ? right[0][..1] : customer);
        }

        // Elsewhere only what is one sign away from the whole name, before a title.
        foreach (Match title in TitleZh().Matches(text.Source))
        {
            foreach (var r in right)
            {
                var at = title.Index - r.Length;
                if (
                    at > 0
                    && text.Source.Substring(at, r.Length) is var there
                    && there[0] == r[0]
                    && Same(r, there) == r.Length - 1
                    && !facts.Known.Contains(there)
                    && there.All(FoldedText.IsHan)
                )
                {
                    yield return new(AdviceKind.Name, at, r.Length, there, new Sentence("The customer writes it “{0}”.", r), r);
                }
            }
        }
    }

    private static Advice Other(int at, string found, string customer, string better) =>
        new(AdviceKind.Name, at, found.Length, found, new Sentence("This greets somebody else. The customer is {0}.", customer), better);

    private static int Same(string one, string other) => one.Zip(other).Count(p => p.First == p.Second);

    private static IEnumerable<string> Words(string name) =>
        Word().Matches(name).Select(m => m.Value.EndsWith("'s", StringComparison.Ordinal) ? m.Value[..^2] : m.Value);

    /// <summary>At most so many letters apart, and begun alike; two letters exchanged count as one.</summary>
    private static bool IsNear(string word, string name, int most)
    {
        var (a, b) = (word.ToLowerInvariant(), name.ToLowerInvariant());
        if (a.Length < 3 || b.Length < 3 || Math.Abs(a.Length - b.Length) > most || (a[0] != b[0] && a[1] != b[1]))
        {
            return false;
        }

        if (b.Length < 5)
        {
            most = 1;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length] <= most;
    }

    [GeneratedRegex(
        @"(?:^|\n)[ \t]*(?i:dear|hello|hi|good morning|good afternoon|good evening)[ \t]+(?<name>[\p{L}'’.\- ]{2,60}?)[ \t]*(?=[,!:;\n]|$| –| —)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Greeting();

    [GeneratedRegex(@"(?<![\p{L}'’])\p{Lu}\p{Ll}{3,}(?![\p{L}])", RegexOptions.None, 1000)]
    private static partial Regex Capital();

    [GeneratedRegex(@"[\p{L}]+(?:['’\-][\p{L}]+)*", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"(?:^|\n)[ \t　]*(?:尊敬的|亲爱的)?(?:(?<name>[\u4e00-\u9fff]{1,4}?)(?:先生|女士|小姐|太太)(?=[，,：:！!\s]|您好|你好|$)|(?<name>[\u4e00-\u9fff]{2,4}?)(?=[，,：:\s]*[您你]好))",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex GreetingZh();

    [GeneratedRegex("先生|女士|小姐|太太", RegexOptions.None, 1000)]
    private static partial Regex TitleZh();
}
