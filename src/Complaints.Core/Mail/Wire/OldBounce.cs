namespace Complaints.Mail.Wire;

/// <summary>
/// Reads mails that say in words alone that a mail came back: qmail, Exim, old Exchange, Postfix without reports, Lotus,
/// and the large Chinese providers. Stricter than for standard reports: the sender must look like a mail server, and the
/// words must name an address.
/// </summary>
internal static class OldBounce
{
    private const int MostRecipients = 50;
    private const int Looked = 20_000;

    private static readonly string[] _senders =
    [
        "mailer-daemon",
        "postmaster",
        "mail-daemon",
        "maildaemon",
        "mailerdaemon",
        "mdaemon",
        "mailsystem",
        "mail-system",
        "bounce",
        "bounces",
        "noreply-mailer",
    ];

    private static readonly string[] _subjects =
    [
        "undeliver",
        "returned mail",
        "mail delivery fail",
        "delivery status notification",
        "delivery notification",
        "delivery failure",
        "failure notice",
        "mail system error",
        "non-delivery",
        "nondeliverable",
        "message not delivered",
        "delivery has failed",
        "delivery incomplete",
        "warning: could not send",
        "unzustellbar",
        "nicht zugestellt",
        "non remis",
        "non distribu",
        "no se puede entregar",
        "no entregado",
        "退信",
        "系统退信",
        "系統退信",
        "投递失败",
        "发送失败",
        "邮件发送失败",
        "未送达",
        "无法投递",
        "無法傳遞",
        "無法送達",
    ];

    private static readonly string[] _late =
    [
        "delayed",
        "warning: could not send",
        "delivery incomplete",
        "still being tried",
        "will keep trying",
        "will be retried",
        "do not need to resend",
        "延迟",
        "延遲",
        "继续尝试",
        "verzögert",
    ];

    private static readonly string[] _gone =
    [
        "user unknown",
        "unknown user",
        "no such user",
        "no such recipient",
        "does not exist",
        "doesn't exist",
        "no mailbox here",
        "mailbox unavailable",
        "mailbox not found",
        "address rejected",
        "recipient rejected",
        "not found",
        "不存在",
        "查无此人",
        "查無此人",
        "existiert nicht",
        "n'existe pas",
        "no existe",
    ];

    private static readonly string[] _full =
    [
        "mailbox full",
        "mailbox is full",
        "over quota",
        "quota exceeded",
        "邮箱已满",
        "空间已满",
        "信箱已滿",
    ];

    /// <summary>What it says about each recipient; empty when it is no such mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="original">The id of the mail that came back, where a part of it says so.</param>
    public static IReadOnlyList<Bounce> Of(ReadMail mail, string? original)
    {
        var failed = mail.All("X-Failed-Recipients").SelectMany(v => v.Split(',')).Select(Bounce.Address).Where(a => a.Length > 0).ToList();
        if (failed.Count == 0 && !(FromServer(mail) && Says(mail.Subject, _subjects)))
        {
            return [];
        }

        var words = mail.Text.Length > Looked ? mail.Text[..Looked] : mail.Text;
        original ??= OriginalMessage.IdIn(mail.Text.Length > 200_000 ? mail.Text[..200_000] : mail.Text);
        var report = Report(words);
        var status = CodeIn(report);
        status =
            status.Length > 0 ? status
            : Says(report, _full) ? "4.2.2"
            : Says(report, _gone) ? "5.1.1"
            : "";
        var late = !status.StartsWith('5') && (Says(mail.Subject, _late) || Says(report, _late));
        var recipients = failed.Count > 0 ? failed : Addresses(report, mail);
        return
        [
            .. recipients
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MostRecipients)
                .Select(r => new Bounce(r, status, !late, !late && status.StartsWith('5'), original, Diagnostic(report, r))),
        ];
    }

    /// <summary>The first status code in the words: an enhanced one (RFC 3463), else one made from a reply such as <c>550</c>; empty when there is none.</summary>
    internal static string CodeIn(string words)
    {
        var plain = "";
        for (var i = 0; i + 2 < words.Length; i++)
        {
            var starts = words[i] is '4' or '5' && (i == 0 || !(char.IsAsciiLetterOrDigit(words[i - 1]) || words[i - 1] is '.' or '@'));
            if (!starts)
            {
                continue;
            }

            if (words[i + 1] == '.')
            {
                var end = i + 1;
                while (end < words.Length && end - i < 9 && (char.IsAsciiDigit(words[end]) || words[end] == '.'))
                {
                    end++;
                }

                var code = words[i..end].TrimEnd('.');
                if (code.Split('.') is [_, { Length: > 0 and <= 3 }, { Length: > 0 and <= 3 }])
                {
                    return code;
                }
            }
            else if (plain.Length == 0 && char.IsAsciiDigit(words[i + 1]) && char.IsAsciiDigit(words[i + 2]) && Ends(words, i + 3))
            {
                plain = words[i..(i + 3)] switch
                {
                    "550" or "551" or "553" => "5.1.1",
                    "552" => "5.2.2",
                    "554" => "5.0.0",
                    "421" or "450" or "451" => "4.0.0",
                    "452" => "4.2.2",
                    _ => "",
                };
            }
        }

        return plain;

        static bool Ends(string words, int at) => at == words.Length || words[at] is ' ' or '-' or '\n' or '\t' or ':' or ',';
    }

    private static bool FromServer(ReadMail mail) =>
        mail.Header("Return-Path")?.Replace(" ", "", StringComparison.Ordinal) == "<>"
        || mail.From.Count == 0
        || mail.From.Any(f => _senders.Contains(f.Address.Split('@')[0].ToLowerInvariant(), StringComparer.Ordinal));

    // What the server says, without the mail it sends back below.
    private static string Report(string words)
    {
        var end = words.Length;
        foreach (
            var mark in (string[])
                ["\n--- Below this line", "\n------ This is a copy", "\n----- Original message", "\nReceived: ", "\nReturn-Path: "]
        )
        {
            var at = words.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            end = at > 0 ? Math.Min(end, at) : end;
        }

        return words[..end];
    }

    // Addresses in the words that are neither the server's own nor ours.
    private static IEnumerable<string> Addresses(string report, ReadMail mail)
    {
        var not = mail.From.Concat(mail.To).Select(p => p.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var at = report.IndexOf('@', StringComparison.Ordinal); at >= 0; at = report.IndexOf('@', at + 1))
        {
            // Chinese stands directly beside an address, so the address ends where its letters do.
            var (start, end) = (at, at + 1);
            while (start > 0 && at - start < 64 && Letter(report[start - 1]))
            {
                start--;
            }

            while (end < report.Length && end - at < 255 && Letter(report[end]))
            {
                end++;
            }

            var bare = report[start..end].Trim('.', '\'', '*', '-', '=');
            if (
                Correspondent.IsAddress(bare)
                && !not.Contains(bare)
                && !_senders.Contains(bare.Split('@')[0].ToLowerInvariant(), StringComparer.Ordinal)
            )
            {
                yield return bare;
            }
        }
    }

    private static bool Letter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '=' or '%' or '\'' or '/' or '*';

    private static string Diagnostic(string report, string recipient)
    {
        var at = report.IndexOf(recipient, StringComparison.OrdinalIgnoreCase);
        var rest = at < 0 ? "" : report[(at + recipient.Length)..].TrimStart('>', ':', '"', ')', ' ', '\n', '\r');
        var words = string.Join(' ', rest.Split(['\n', ' ', '\t'], 80, StringSplitOptions.RemoveEmptyEntries).Take(60));
        return words.Length <= 500 ? words : words[..500];
    }

    private static bool Says(string text, string[] words) => Array.Exists(words, w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
}
