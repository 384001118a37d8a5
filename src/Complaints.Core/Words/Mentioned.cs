using System.Text.RegularExpressions;

namespace Complaints.Words;

/// <summary>What a text mentions that could be another customer's: references, mail addresses, phone numbers, as written. Pure.</summary>
/// <param name="References">Look like references of complaints.</param>
/// <param name="Mails">Mail addresses.</param>
/// <param name="Phones">Numbers of at least seven digits.</param>
public sealed partial record Mentioned(IReadOnlyList<string> References, IReadOnlyList<string> Mails, IReadOnlyList<string> Phones)
{
    private const int Most = 50;

    /// <summary>Reads it out of a text; at most fifty of each.</summary>
    public static Mentioned In(string text)
    {
        var references = Found(Reference(), text);
        return new(
            references,
            text.Contains('@', StringComparison.Ordinal) ? Found(Mail(), text) : [],
            [
                .. Found(Phone(), text)
                    .Where(p =>
                        p.Count(char.IsAsciiDigit) is >= 7 and <= 15 && !references.Any(r => r.Contains(p, StringComparison.Ordinal))
                    ),
            ]
        );
    }

    /// <summary>True for what looks like a reference.</summary>
    public static bool IsReference(string text) => Reference().Match(text) is { Success: true } m && m.Length == text.Length;

    private static List<string> Found(Regex what, string text) => [.. what.Matches(text).Select(m => m.Value).Distinct().Take(Most)];

    [GeneratedRegex(@"(?<![A-Za-z\d])[Cc]-?\d{2}-?\d{5,}-?\d(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+", RegexOptions.None, 1000)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<![A-Za-z\d])\+?\(?\d[\d \-()]{5,20}\d(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex Phone();
}
