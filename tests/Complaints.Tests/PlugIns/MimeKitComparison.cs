#if PLUGINS
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using MimeKit;
using Xunit.Abstractions;

namespace Complaints.Tests.PlugIns;

/// <summary>
/// The mail corpus read by our reader and by MimeKit. Every difference is known, with the verdict who is right; a new one
/// fails, and so does a known one that is gone.
/// </summary>
public sealed class MimeKitComparison(ITestOutputHelper output)
{
    [Fact]
    public void Own_mails_are_read_as_MimeKit_reads_them() => Compare(OwnMails.All.Select(m => (m.Key, m.Value)));

    [RealMailFact]
    public void The_collection_of_real_mails_is_read_as_MimeKit_reads_it() =>
        Compare(
            Directory
                .EnumerateFiles(RealMailFactAttribute.Folder!, "*.eml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => (Path.GetFileNameWithoutExtension(f), File.ReadAllBytes(f)))
        );

    // Mail, what differs, and why ours stays as it is.
    private static readonly Dictionary<string, string> _known = new(StringComparer.Ordinal)
    {
        ["calendar: text"] = "Ours tells an invitation in words; MimeKit leaves that to its user.",
        ["winmail: text"] = "Ours opens winmail.dat for the words; MimeKit leaves that to its user.",
        ["attachment_message_rfc822_inline_image: parts"] = "Ours, RFC 2045, 6.7 (3): blanks at the end of a quoted-printable line go.",
        ["sparrow: parts"] = "Ours, RFC 2045, 6.7 (3): blanks at the end of a quoted-printable line go.",
        ["attachment_pdf_non_ascii: text"] = Mislabelled,
        ["attachment_pdf_non_ascii_lf: text"] = Mislabelled,
        ["content_transfer_encoding_7-bit: text"] = Mislabelled,
        ["content_transfer_encoding_7-bit: html"] = Mislabelled,
        ["content_transfer_encoding_empty: html"] = Mislabelled,
        ["content_transfer_encoding_plain: text"] = Mislabelled,
        ["raw_email6: text"] = Mislabelled,
        ["attachment_with_encoded_name: names"] = Damaged,
        ["raw_email8: names"] = Damaged,
        ["bad_encoded_subject: headers"] = Damaged,
        ["bad_encoded_subject: subject"] = Damaged,
        ["bad_date_header: in reply to"] =
            "MimeKit, RFC 5322, 3.6.4: an id stands in brackets. Ours takes one without too; it can only help to find the thread.",
        ["bad_date_header2: date"] = "Ours: “59:10” is no time of day, and MimeKit makes midnight of it.",
        ["bad_date_header2: parts"] = NoParts,
        ["empty_in_reply_to: parts"] = NoParts,
        ["missing_body: parts"] = NoParts,
        ["must_supply_encoding: parts"] = NoParts,
        ["mix_caps_content_type: from"] =
            "MimeKit, RFC 5322, 3.4: there is no address without brackets behind a name. Ours finds the sender all the same.",
        ["multiple_references_with_one_invalid: headers"] = BrokenHeader,
        ["raw_email_incorrect_header: headers"] = BrokenHeader,
        ["example13: headers"] = BrokenHeader,
        ["example13: to"] = BrokenHeader,
        ["example13: date"] = "Ours, RFC 5322, 4.3: a comment and blanks inside the time; it is 15:55:06 UTC, and MimeKit reads midnight.",
        ["example13: id"] = "MimeKit, RFC 5322, 4.5.4: a comment inside an id. Ours keeps it: ids are compared as programs copy them.",
    };

    private const string Mislabelled =
        "MimeKit reads as declared. Ours reads what is valid UTF-8 as such, whatever was declared: senders mislabel, and nobody writes such words.";
    private const string Damaged = "Neither: the name or subject is damaged, and nothing says how that is to be read.";
    private const string NoParts = "Neither, RFC 2046, 5.1: a multipart without any part. Ours shows what is there, MimeKit nothing.";
    private const string BrokenHeader =
        "Neither, RFC 5322, 2.2: a line among the headers is none. Ours joins it to the one above, MimeKit makes headers of it.";

    private void Compare(IEnumerable<(string Name, byte[] Bytes)> mails)
    {
        var count = 0;
        var found = new List<(string What, string Says)>();
        var names = new HashSet<string>();
        foreach (var (name, bytes) in mails)
        {
            count++;
            names.Add(name);
            found.AddRange(Differences(bytes).Select(d => ($"{name}: {d.What}", d.Says)));
        }

        output.WriteLine($"{count} mails, {found.Count} differences");
        foreach (var (what, says) in found)
        {
            output.WriteLine($"{what}: {says}. {_known.GetValueOrDefault(what, "NOT JUDGED YET")}");
        }

        Assert.DoesNotContain(found, f => !_known.ContainsKey(f.What));
        Assert.Empty(_known.Keys.Where(k => names.Contains(k.Split(':')[0])).Except(found.Select(f => f.What)));
    }

    private static IEnumerable<(string What, string Says)> Differences(byte[] bytes)
    {
        var ours = MailReader.Read(bytes);
        using var stream = new MemoryStream(bytes);
        MimeMessage? theirs;
        string? refused = null;
        try
        {
            theirs = MimeMessage.Load(stream);
        }
        catch (FormatException e)
        {
            theirs = null;
            refused = e.Message;
        }

        if (theirs is null || ours.Unreadable)
        {
            if (theirs is not null || !ours.Unreadable)
            {
                yield return ("readable", $"ours {!ours.Unreadable}, theirs {refused ?? "yes"}");
            }

            yield break;
        }

        var names = ours
            .Parts.Zip(theirs.BodyParts)
            .Select(p => (Ours: p.First.Name, Theirs: NameOf(p.Second)))
            .Where(n => n.Theirs is not null)
            .ToList();
        (string What, string Ours, string Theirs)[] pairs =
        [
            (
                "headers",
                Lines(ours.Headers.Select(h => $"{h.Name.ToUpperInvariant()}: {One(h.Value)}").Order(StringComparer.Ordinal)),
                Lines(
                    theirs
                        .Headers.Concat(theirs.Body?.Headers ?? []) // those of the content stand with the content
                        .Select(h => $"{h.Field.ToUpperInvariant()}: {One(h.Value)}")
                        .Order(StringComparer.Ordinal)
                )
            ),
            ("from", People(ours.From), People(theirs.From)),
            ("to", People(ours.To), People(theirs.To)),
            ("cc", People(ours.Cc), People(theirs.Cc)),
            ("reply-to", People(ours.ReplyTo), People(theirs.ReplyTo)),
            ("subject", One(ours.Subject), One(theirs.Subject ?? "")),
            ("date", Date(ours.Date), Date(theirs.Date == DateTimeOffset.MinValue ? null : theirs.Date.UtcDateTime)),
            ("id", ours.MessageId ?? "", theirs.MessageId ?? ""),
            ("in reply to", ours.InReplyTo.Count > 0 ? ours.InReplyTo[0] : "", theirs.InReplyTo ?? ""),
            ("references", Lines(ours.References), Lines(theirs.References)),
            ("type", ours.ContentType, (theirs.Body?.ContentType.MimeType ?? "text/plain").ToLowerInvariant()),
            ("text", ours.TextWasHtml ? "" : Text(ours.Text), Text(theirs.TextBody ?? "")),
            ("html", Text(ours.Html ?? ""), Text(theirs.HtmlBody ?? "")),
            ("parts", Lines(ours.Parts.Select(Part)), Lines(theirs.BodyParts.Select(Part))),
            ("names", Lines(names.Select(n => n.Ours)), Lines(names.Select(n => n.Theirs!))),
        ];
        foreach (var (what, our, their) in pairs)
        {
            if (our != their)
            {
                var at = our.Zip(their).TakeWhile(p => p.First == p.Second).Count();
                yield return (what, $"ours “{Around(our, at)}”, theirs “{Around(their, at)}”");
            }
        }
    }

    private static string Around(string text, int at) =>
        text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 70)].Replace("\n", "⏎", StringComparison.Ordinal);

    private static string Part(MailPart part) =>
        part.Type is "message/rfc822" or "text/rfc822-headers" ? part.Type : $"{part.Type} {Hash(part.Bytes)} {part.Bytes.Length}";

    private static string Part(MimeEntity entity)
    {
        var type = entity.ContentType.MimeType.ToLowerInvariant();
        if (entity is not MimePart part)
        {
            return type; // a message inside is taken apart there and kept whole here
        }

        using var content = new MemoryStream();
        part.Content?.DecodeTo(content);
        return $"{type} {Hash(content.ToArray())} {content.Length}";
    }

    private static string? NameOf(MimeEntity entity) =>
        (entity.ContentDisposition?.FileName ?? entity.ContentType.Name) is { Length: > 0 } name ? name : null;

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..8];

    private static string People(IEnumerable<Correspondent> people) => Lines(people.Select(p => $"{One(p.Name)} <{p.Address}>"));

    private static string People(InternetAddressList people) => Lines(people.Mailboxes.Select(p => $"{One(p.Name ?? "")} <{p.Address}>"));

    private static string Date(DateTime? date) => date?.ToString("s", CultureInfo.InvariantCulture) ?? "";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Text(string text) => text.ReplaceLineEndings("\n").TrimEnd();

    private static string One(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
#endif
