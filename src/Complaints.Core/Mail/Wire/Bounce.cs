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

    /// <summary>What the report says about each recipient whose mail failed or is late; empty when the mail is no delivery report.</summary>
    public static IReadOnlyList<Bounce> Of(ReadMail mail)
    {
        var original = mail
            .Parts.Where(p =>
                p.Type
                    is "message/rfc822"
                        or "text/rfc822-headers"
                        or "message/global"
                        or "message/global-headers"
                        or "message/rfc822-headers"
            )
            .Select(p =>
                MessageIds.FirstIn(
                    HeaderReader
                        .Read(p.Bytes, out _)
                        .Headers.Find(h => h.Name.Equals("Message-ID", StringComparison.OrdinalIgnoreCase))
                        ?.Raw
                )
            )
            .FirstOrDefault(id => id is not null);

        // Some servers write one report per recipient into the same mail.
        return
        [
            .. mail
                .Parts.Where(p => p.Type is "message/delivery-status" or "message/global-delivery-status")
                .SelectMany(p => Groups(p.Bytes))
                .Select(fields => About(fields, original))
                .OfType<Bounce>()
                .Take(MostRecipients),
        ];
    }

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
        var action = Value("Action").ToLowerInvariant();
        var recipient = Address(Value("Original-Recipient"));
        recipient = recipient.Length > 0 ? recipient : Address(Value("Final-Recipient"));
        if (
            recipient.Length == 0
            || !(action.StartsWith("failed", StringComparison.Ordinal) || action.StartsWith("delayed", StringComparison.Ordinal))
        )
        {
            return null; // "delivered", "relayed" and "expanded" are good news
        }

        var status = StatusCode(Value("Status"));
        var failed = action.StartsWith("failed", StringComparison.Ordinal);
        var diagnostic = Value("Diagnostic-Code");
        return new Bounce(
            recipient,
            status,
            failed,
            failed && status.StartsWith('5'),
            original,
            diagnostic.Length <= LongestDiagnostic ? diagnostic : diagnostic[..LongestDiagnostic]
        );

        string Value(string name) => fields.Find(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";
    }

    // "rfc822; somebody@example" (RFC 3464, 2.3.1), some servers with brackets around it; +XX is xtext (RFC 3461, 4).
    private static string Address(string value)
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

    private static string StatusCode(string value)
    {
        var word = value.Trim().Split([' ', '\t', '('], 2)[0];
        return word.Length is >= 5 and <= 11 && word[0] is '2' or '4' or '5' && word.All(c => char.IsAsciiDigit(c) || c == '.') ? word : "";
    }
}
