using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Somebody a mail is from or to.</summary>
/// <param name="Name">The name shown, decoded; empty when there is none.</param>
/// <param name="Address">The bare address; as it stood in the message when read, so not necessarily a good one.</param>
public sealed record Correspondent(string Name, string Address)
{
    /// <summary>Somebody without a name.</summary>
    public Correspondent(string address)
        : this("", address) { }

    /// <summary>Could mail be sent there? Looks at the form only: one at-sign with something on both sides, and nothing
    /// in it that could end the line or the address early.</summary>
    public static bool IsAddress(string? text) => text is not null && EnvelopeAddress.Of(text) is not null;
}

/// <summary>An address in the form that goes over the wire.</summary>
public static class EnvelopeAddress
{
    private const int Longest = 254; // RFC 5321, 4.5.3.1.3: 256 with the angle brackets
    private static readonly IdnMapping _domains = new() { UseStd3AsciiRules = false };

    /// <summary>
    /// The address with its domain in ASCII (RFC 5890), its local part as it is; null when it is no address. Line
    /// breaks, blanks, controls, brackets and invisible direction marks never get through.
    /// </summary>
    public static string? Of(string text)
    {
        var at = text.LastIndexOf('@');
        if (
            at < 1
            || at == text.Length - 1
            || text.Length > Longest
            || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || Forbidden(c))
            || !WellFormed(text)
        )
        {
            return null;
        }

        var local = text[..at];
        var domain = text[(at + 1)..];
        if (local.Contains('@', StringComparison.Ordinal) && !(local[0] == '"' && local[^1] == '"' && local.Length > 2))
        {
            return null;
        }

        if (!domain.All(char.IsAscii))
        {
            try
            {
                domain = _domains.GetAscii(domain);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        var literal = domain[0] == '[' && domain[^1] == ']';
        var labels =
            literal || domain.Split('.').All(l => l.Length is > 0 and <= 63 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        var whole = $"{local}@{domain}";
        return labels && Encoding.UTF8.GetByteCount(whole) <= Longest ? whole : null;
    }

    private static bool Forbidden(char c) =>
        c is '<' or '>' or ',' or ';' or '\\' or '(' or ')'
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool WellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
