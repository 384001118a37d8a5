using System.Globalization;
using System.Text;

namespace Complaints.Data;

/// <summary>
/// The one tokenizer of the search, for what is stored and for what is asked, on both databases. Text is brought to one
/// form (NFKC, lower case, without accents on Latin, Greek and Cyrillic letters) and cut: runs of Han, kana and Hangul into single characters and
/// pairs, everything else into whole words and numbers, emoji one by one. Each becomes an ASCII code, because the
/// databases' own tokenizers disagree about anything else. Pure.
/// </summary>
public static class SearchCodes
{
    /// <summary>Codes of one document at most; a text with more different words is a data dump.</summary>
    public const int Most = 20_000;

    /// <summary>The code of a unit that handles a complaint.</summary>
    public static string OfUnit(long id) => string.Create(CultureInfo.InvariantCulture, $"u{id}");

    /// <summary>The code of somebody who holds it.</summary>
    public static string OfHolder(long id) => string.Create(CultureInfo.InvariantCulture, $"h{id}");

    /// <summary>The codes of free text.</summary>
    public static IEnumerable<string> Of(string? text)
    {
        foreach (var (kind, value, _) in Pieces(Fold(text)))
        {
            if (kind != PieceKind.Run)
            {
                yield return Code(value);
                continue;
            }

            var letters = Letters(value);
            for (var i = 0; i < letters.Count; i++)
            {
                yield return Code(letters[i]);
                if (i > 0)
                {
                    yield return Code(letters[i - 1] + letters[i]);
                }
            }
        }
    }

    /// <summary>The codes of a name: as text, and the beginnings of each word from two letters on.</summary>
    public static IEnumerable<string> OfName(string? name) =>
        Of(name)
            .Concat(
                Pieces(Fold(name))
                    .Where(p => p.Kind == PieceKind.Word)
                    .SelectMany(p => Beginnings(p.Value, 2, 12).Select(b => "n" + Code(b)))
            );

    /// <summary>The codes of a number people read out: its beginnings from four digits on, and its ends, because of prefixes.</summary>
    public static IEnumerable<string> OfPhone(string? phone)
    {
        var digits = Digits(phone);
        return Beginnings(digits, 4, 20)
            .Concat(new[] { 4, 7, 8, 9, 10, 11 }.Where(n => n < digits.Length).Select(n => digits[^n..]))
            .Select(d => "p" + d);
    }

    /// <summary>The codes of a reference: the beginnings of its digits, and its running number without zeros in front.</summary>
    public static IEnumerable<string> OfReference(string reference)
    {
        var digits = Digits(reference);
        var number = digits.Length > 3 ? digits[2..^1].TrimStart('0') : "";
        return Beginnings(digits, 3, 20).Append(number).Where(d => d.Length > 0).Select(d => "r" + d);
    }

    /// <summary>The digits alone; full-width ones too.</summary>
    public static string Digits(string? text) => new([.. Fold(text).Where(char.IsAsciiDigit)]);

    /// <summary>The form in which texts are compared.</summary>
    public static string Fold(string? text) => SearchText.Of(text).Folded;

    /// <summary>The code of one folded piece: ASCII letters and digits as they are, anything else as the hex of its UTF-8.</summary>
    public static string Code(string piece)
    {
        var plain = piece.Length <= 60 && piece.All(char.IsAsciiLetterOrDigit);
        var bytes = plain ? [] : Encoding.UTF8.GetBytes(piece.Length <= 60 ? piece : piece[..60]);
        return plain ? "w" + piece : "x" + Convert.ToHexStringLower(bytes);
    }

    internal enum PieceKind
    {
        Word,
        Run,
        Sign,
    }

    /// <summary>Cuts folded text into words, runs of characters that are written without spaces, and signs such as emoji.</summary>
    internal static IEnumerable<(PieceKind Kind, string Value, int At)> Pieces(string folded)
    {
        var at = 0;
        while (at < folded.Length)
        {
            Rune.DecodeFromUtf16(folded.AsSpan(at), out var rune, out var length);
            var kind = KindOf(rune);
            var end = at + length;
            while (kind is PieceKind.Word or PieceKind.Run && end < folded.Length)
            {
                Rune.DecodeFromUtf16(folded.AsSpan(end), out var next, out var more);
                if (KindOf(next) != kind && !(kind == PieceKind.Word && IsMark(next)))
                {
                    break;
                }

                end += more;
            }

            if (kind is { } found)
            {
                yield return (found, folded[at..end], at);
            }

            at = end;
        }
    }

    internal static List<string> Letters(string run) => [.. run.EnumerateRunes().Select(r => r.ToString())];

    private static PieceKind? KindOf(Rune rune) =>
        IsUnspaced(rune.Value) ? PieceKind.Run
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            ? PieceKind.Word
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.CurrencySymbol ? PieceKind.Sign
        : null;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Han with its extensions, kana, Hangul.</summary>
    private static bool IsUnspaced(int c) =>
        c
            is (>= 0x3400 and <= 0x9FFF and not (>= 0x4DC0 and <= 0x4DFF))
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x323AF)
                or (>= 0x3041 and <= 0x30FF)
                or (>= 0xAC00 and <= 0xD7A3)
                or 0x3005
                or 0x3007;

    private static IEnumerable<string> Beginnings(string text, int shortest, int longest)
    {
        for (var n = Math.Min(shortest, text.Length); n > 0 && n <= Math.Min(longest, text.Length); n++)
        {
            if (n == text.Length || !char.IsHighSurrogate(text[n - 1]))
            {
                yield return text[..n];
            }
        }
    }
}
