using System.Globalization;
using System.Text;

namespace Complaints.Intake;

/// <summary>
/// Whether two texts are likely about the same thing. Words for alphabets, pairs of neighbouring characters for Han,
/// which writes no spaces; what the shorter text says must largely stand in the longer one. Pure.
/// </summary>
public static class Duplicates
{
    private const int LongestRead = 20_000; // a megabyte of pasted mail is about what its beginning is about
    private const double Likely = 0.5;

    private static readonly HashSet<string> _small =
    [
        .. "a an the and or but of to in on at for by with from is was are were be been it its this that i we you he she they me my our your his her their not no has have had do did as so".Split(
            ' '
        ),
    ];

    /// <summary>Between 0 for nothing in common and 1 for the same words.</summary>
    public static double Similarity(string one, string other)
    {
        var (a, b) = (Parts(one), Parts(other));
        if (a.Count == 0 || b.Count == 0)
        {
            return 0;
        }

        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        var shared = few.Count(many.Contains);
        return shared < 2 && few.Count > 1 ? 0 : (double)shared / few.Count;
    }

    /// <summary>True when somebody should look before a second complaint is made.</summary>
    public static bool LooksAlike(string one, string other) => Similarity(one, other) >= Likely;

    private static HashSet<string> Parts(string text)
    {
        var read = (text.Length > LongestRead ? text[..LongestRead] : text).ReplaceLineEndings(" ");
        var parts = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        Rune? before = null;
        foreach (var rune in Folded(read).EnumerateRunes())
        {
            var han = IsHan(rune);
            if (han && before is { } left && IsHan(left))
            {
                parts.Add(left.ToString() + rune);
            }

            if (!han && Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune);
            }
            else
            {
                Take(word, parts);
            }

            before = rune;
        }

        Take(word, parts);
        return parts;
    }

    private static string Folded(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return text.ToLower(CultureInfo.InvariantCulture); // a lone surrogate, cut off at the end or pasted
        }
    }

    private static void Take(StringBuilder word, HashSet<string> parts)
    {
        var text = word.ToString();
        word.Clear();
        if (text.Length > 1 && !_small.Contains(text))
        {
            // "charged" and "charges" are the same matter: long words count by their beginning.
            parts.Add(text.Length > 6 ? text[..6] : text);
        }
    }

    private static bool IsHan(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x3134F);
}
