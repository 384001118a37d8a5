using System.Globalization;
using System.Text;

namespace Complaints.Data;

/// <summary>A text in the form in which it is compared, with the way back to the original for marking hits.</summary>
/// <param name="Original">As written.</param>
/// <param name="Folded">NFKC, lower case, no accents on Latin, Greek and Cyrillic letters.</param>
/// <param name="Origin">For each character of <paramref name="Folded"/> its place in the original; one more at the end.</param>
public sealed record SearchText(string Original, string Folded, IReadOnlyList<int> Origin)
{
    /// <summary>Folds a text; null is empty.</summary>
    public static SearchText Of(string? text)
    {
        var original = text ?? "";
        var folded = new StringBuilder(original.Length);
        var origin = new List<int>(original.Length + 1);
        for (var at = 0; at < original.Length; )
        {
            var c = original[at];
            var alone = c < 0x80 && (at + 1 == original.Length || original[at + 1] < 0x300);
            var length = alone ? 1 : StringInfo.GetNextTextElementLength(original.AsSpan(at));
            if (alone)
            {
                folded.Append(char.ToLowerInvariant(c));
                origin.Add(at);
            }
            else
            {
                foreach (var part in Folding(original.Substring(at, length)))
                {
                    folded.Append(part);
                    origin.Add(at);
                }
            }

            at += length;
        }

        origin.Add(original.Length);
        return new SearchText(original, folded.ToString(), origin);
    }

    private static string Folding(string element)
    {
        var bare = new StringBuilder(element.Length);
        var plainBase = false;
        foreach (var rune in Valid(element).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark && (plainBase || rune.Value is >= 0xFE00 and <= 0xFE0F))
            {
                continue; // an accent, or the selector that only says how an emoji is drawn
            }

            plainBase = rune.Value < 0x530;
            bare.Append(rune.ToString());
        }

        return bare.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    /// <summary>Half a surrogate pair cannot be normalised; it becomes U+FFFD.</summary>
    private static string Valid(string element)
    {
        if (!element.Any(char.IsSurrogate))
        {
            return element;
        }

        var whole = new StringBuilder(element.Length);
        foreach (var rune in element.EnumerateRunes())
        {
            whole.Append(rune.ToString());
        }

        return whole.ToString();
    }
}
