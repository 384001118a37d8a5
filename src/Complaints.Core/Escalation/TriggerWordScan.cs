using System.Globalization;
using System.Text;

namespace Complaints.Escalation;

/// <summary>A word to look for.</summary>
/// <param name="Word">The word or phrase.</param>
/// <param name="Exceptions">Longer words that contain it and do not count.</param>
public sealed record Watched(string Word, IReadOnlyList<string> Exceptions);

/// <summary>
/// Finds words of the list in what a customer wrote. Scripts with spaces are matched by whole words, in any case and
/// width; Chinese has no spaces, so a word counts wherever it stands, after its exceptions were taken out. Pure.
/// </summary>
public static class TriggerWordScan
{
    /// <summary>The words found, in the order of the list, each once.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<Watched> words)
    {
        var plain = Plain(text);
        return [.. words.Where(w => Stands(plain, w)).Select(w => w.Word).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static bool Stands(string plain, Watched watched)
    {
        var word = Plain(watched.Word);
        if (word.Length == 0 || At(plain, word, 0) < 0)
        {
            return false;
        }

        var left = plain;
        foreach (var exception in watched.Exceptions.Select(Plain).Where(e => e.Length > 0).OrderByDescending(e => e.Length))
        {
            left = Without(left, exception);
        }

        return At(left, word, 0) >= 0;
    }

    private static string Without(string text, string exception)
    {
        // What is taken out leaves a gap that no word reaches over.
        for (var at = At(text, exception, 0); at >= 0; at = At(text, exception, at + 1))
        {
            text = string.Concat(text.AsSpan(0, at), new string('\n', exception.Length), text.AsSpan(at + exception.Length));
        }

        return text;
    }

    /// <summary>Where the word stands from <paramref name="from"/> on; −1 when nowhere.</summary>
    private static int At(string text, string word, int from)
    {
        for (var at = from; at <= text.Length - word.Length; at++)
        {
            at = text.IndexOf(word, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return -1;
            }

            var end = at + word.Length;
            if ((at == 0 || !Joined(text[at - 1], text[at])) && (end == text.Length || !Joined(text[end - 1], text[end])))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether two neighbours belong to one word: letters of scripts with spaces, or digits. A number beside letters is
    /// a word of its own ("打12315投诉" as well as "ring 12315now"), and Han signs join nothing.
    /// </summary>
    private static bool Joined(char left, char right) => (Spaced(left) && Spaced(right)) || (char.IsDigit(left) && char.IsDigit(right));

    private static bool Spaced(char c) => (char.IsLetter(c) && !IsHan(c)) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark;

    private static bool IsHan(char c) =>
        c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');

    /// <summary>One width, lower case, one space where there were several, straight apostrophes.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // half a surrogate pair would stop the normalisation
        foreach (var c in whole.Normalize(NormalizationForm.FormKC))
        {
            var one =
                char.IsWhiteSpace(c) ? ' '
                : c is '\u2019' or '\u2018' ? '\''
                : char.ToLowerInvariant(c);
            if (one != ' ' || (plain.Length > 0 && plain[^1] != ' '))
            {
                plain.Append(one);
            }
        }

        return plain.ToString();
    }
}
