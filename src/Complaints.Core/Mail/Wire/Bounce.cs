using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>What a delivery report says about one recipient (RFC 3464). Anybody can forge one: believe it only when
/// <see cref="OriginalMessageId"/> is a mail that was really sent to <see cref="Recipient"/>.</summary>
/// <param name="Recipient">The address we had sent to, where the report says so; else the one it ended at.</param>
/// <param name="Status">Status code such as <c>5.1.1</c> (RFC 3463); empty when the report has none.</param>
/// <param name="Failed">The mail will not arrive. False: it is late and still being tried.</param>
/// <param name="Permanent">The status says that sending there again would fail too (5.x.x).</param>
/// <param name="OriginalMessageId">Id of the mail that came back, without brackets; null when the report does not carry its headers.</param>
/// <param name="Diagnostic">The other server's own words; empty when there are none.</param>
public sealed record Bounce(string Recipient, string Status, bool Failed, bool Permanent, string? OriginalMessageId, string Diagnostic)
{
    private const int MostRecipients = 200;
    private const int LongestDiagnostic = 1000;
    private const int LongestReport = 256 * 1024;

    /// <summary>What the report says about each recipient whose mail failed or is late; empty when the mail is no delivery
    /// report. Where there is no standard report, the common other forms are read (<see cref="OldBounce"/>).</summary>
    public static IReadOnlyList<Bounce> Of(ReadMail mail)
    {
        var original = OriginalMessage.IdIn(mail);
        List<Bounce> found =
        [
            .. Fields(mail, "message/delivery-status", "message/global-delivery-status")
                .Select(fields => About(fields, original))
                .OfType<Bounce>()
                .Take(MostRecipients),
        ];
        return found.Count > 0 || Delivered(mail) is not null ? found : OldBounce.Of(mail, original);
    }

    /// <summary>The address a positive report says the mail reached; null when it is no such report.</summary>
    public static string? Delivered(ReadMail mail) =>
        Fields(mail, "message/delivery-status", "message/global-delivery-status")
            .Where(f =>
                Value(f, "Action").ToLowerInvariant() is var action
                && (
                    action.StartsWith("delivered", StringComparison.Ordinal)
                    || action.StartsWith("relayed", StringComparison.Ordinal)
                    || action.StartsWith("expanded", StringComparison.Ordinal)
                )
            )
            .Select(RecipientIn)
            .FirstOrDefault(a => a.Length > 0);

    // Some servers write one report per recipient into the same mail.
    internal static IEnumerable<List<MailHeader>> Fields(ReadMail mail, params string[] types) =>
        mail.Parts.Where(p => types.Contains(p.Type, StringComparer.Ordinal)).SelectMany(p => Groups(p.First(LongestReport)));

    // Groups of fields with an empty line between them: first about the message, then one per recipient (RFC 3464, 2.1).
    private static IEnumerable<List<MailHeader>> Groups(ReadOnlyMemory<byte> rest)
    {
        for (var groups = 0; rest.Length > 0 && groups < MostRecipients * 2; groups++)
        {
            var (fields, after) = HeaderReader.Read(rest, out _);
            if (after.Length >= rest.Length)
            {
                yield break;
            }

            rest = after;
            yield return fields;
        }
    }

    private static Bounce? About(List<MailHeader> fields, string? original)
    {
        var action = Value(fields, "Action").ToLowerInvariant();
        var recipient = RecipientIn(fields);
        if (
            recipient.Length == 0
            || !(action.StartsWith("failed", StringComparison.Ordinal) || action.StartsWith("delayed", StringComparison.Ordinal))
        )
        {
            return null; // "delivered", "relayed" and "expanded" are good news
        }

        var diagnostic = Value(fields, "Diagnostic-Code");
        var status = StatusCode(Value(fields, "Status"));
        var failed = action.StartsWith("failed", StringComparison.Ordinal);
        status = status is "" or "5.0.0" or "4.0.0" && OldBounce.CodeIn(diagnostic) is { Length: > 0 } exact ? exact : status;
        return new Bounce(
            recipient,
            status,
            failed,
            failed && status.StartsWith('5'),
            original,
            diagnostic.Length <= LongestDiagnostic ? diagnostic : diagnostic[..LongestDiagnostic]
        );
    }

    internal static string Value(List<MailHeader> fields, string name) =>
        fields.Find(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";

    private static string RecipientIn(List<MailHeader> fields)
    {
        var asked = Address(Value(fields, "Original-Recipient"));
        return asked.Length > 0 ? asked : Address(Value(fields, "Final-Recipient"));
    }

    // "rfc822; somebody@example" (RFC 3464, 2.3.1), some servers with brackets around it; +XX is xtext (RFC 3461, 4).
    internal static string Address(string value)
    {
        var bare = value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
        var text = new StringBuilder(bare.Length);
        for (var i = 0; i < bare.Length; i++)
        {
            // Only =, + and controls need to be written so; "+2B" is a plus, but "+24news" in a real address is left alone.
            var coded =
                bare[i] == '+'
                && i + 2 < bare.Length
                && byte.TryParse(bare.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b)
                && b is (byte)'+' or (byte)'='
                    ? b
                    : 0;
            text.Append(coded > 0 ? (char)coded : bare[i]);
            i += coded > 0 ? 2 : 0;
        }

        return text.Length > 500 || !text.ToString().Contains('@', StringComparison.Ordinal) ? "" : text.ToString();
    }

    internal static string StatusCode(string value)
    {
        var word = value.Trim().Split([' ', '\t', '('], 2)[0];
        return word.Length is >= 5 and <= 11 && word[0] is '2' or '4' or '5' && word.All(c => char.IsAsciiDigit(c) || c == '.') ? word : "";
    }
}
