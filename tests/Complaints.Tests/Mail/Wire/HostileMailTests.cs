using System.Text;
using Complaints.Mail.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace Complaints.Tests.Mail.Wire;

public sealed class HostileMailTests
{
    private static readonly string[] _pieces =
    [
        "From: ",
        "To: ",
        "Subject: ",
        "Date: ",
        "Content-Type: ",
        "multipart/mixed; boundary=x",
        "multipart/report",
        "text/plain",
        "text/html",
        "; charset=",
        "gb2312",
        "utf-7",
        "\r\n",
        "\n",
        "\r\n\r\n",
        "--x",
        "--x--",
        "--",
        " ",
        "\t",
        "\"",
        "<",
        ">",
        "(",
        ")",
        ":",
        ";",
        ",",
        "=",
        "?",
        "=?utf-8?B?",
        "=?gb2312?Q?",
        "?=",
        "*0*=",
        "''",
        "%E4",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "=E4=",
        "=\r\n",
        "<p>",
        "<div hidden>",
        "</",
        "<blockquote>",
        "On 1 May x wrote:",
        "> ",
        "-- ",
        "发件人:",
        "message/delivery-status",
        "Action: failed",
        "Final-Recipient: rfc822;a@b.example",
        "Status: 5.",
        "\0",
        "\u00ff",
        "投",
        "😀",
        "\ud800",
        "@",
        "a@b.example",
        "Auto-Submitted: ",
        "9 Mar 2026 ",
        "99:99",
    ];

    [Fact]
    public void Random_bytes_never_throw()
    {
        var bytes = Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf();
        Prop.ForAll(bytes.ToArbitrary(), raw => Survives(raw) && Survives([.. "From: a@b.example\r\n"u8, .. raw]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(2000));
    }

    [Fact]
    public void Pieces_of_mail_in_any_order_never_throw()
    {
        var pieces = Gen.Elements(_pieces).ArrayOf().Select(p => Encoding.UTF8.GetBytes(string.Concat(p)));
        Prop.ForAll(
                pieces.ToArbitrary(),
                raw =>
                    Survives(raw)
                    && Survives([.. "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"u8, .. raw])
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(400));
    }

    public static TheoryData<string, string> Monsters =>
        new()
        {
            {
                "nested multiparts",
                "From: a@b.example\r\n"
                    + string.Concat(
                        Enumerable.Range(0, 20_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")
                    )
            },
            {
                "one boundary for all",
                "From: a@b.example\r\n"
                    + string.Concat(Enumerable.Repeat("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 100_000))
            },
            {
                "zeroes",
                "From: \0=?utf-8?B?AAo=?= <a\0@b.example>\r\nSubject: =?utf-8?Q?a=00=0Ab?=\r\nContent-Type: text/plain; charset=\"\0\"\r\n\r\n\0"
            },
            {
                "many parts",
                "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                    + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 300_000))
            },
            { "many headers", string.Concat(Enumerable.Repeat("From: a@b.example\r\n", 300_000)) },
            { "one long header", "Subject: " + string.Concat(Enumerable.Repeat("=?utf-8?B?", 500_000)) },
            { "folded for ever", "From: a@b.example\r\nSubject: x" + string.Concat(Enumerable.Repeat("\r\n y", 1_000_000)) },
            { "many addresses", "From: " + string.Concat(Enumerable.Repeat("x <a@b.example>, ", 30_000)) + "\r\n\r\nx" },
            { "colons", "From: " + new string('[', 200_000) + new string(':', 200_000) + "\r\n\r\nx" },
            { "brackets", "From: " + string.Concat(Enumerable.Repeat("<(\"", 150_000)) + "\r\n\r\nx" },
            { "blanks", "From: a@b.example\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + new string(' ', 5_000_000) },
            {
                "soft breaks",
                "From: a@b.example\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                    + string.Concat(Enumerable.Repeat("=     ", 1_000_000))
            },
            { "deep html", "From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<div>", 500_000)) },
            {
                "deep quotes",
                "From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<blockquote>x", 300_000))
            },
            {
                "formatting html",
                "From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<b><p><i>", 200_000))
            },
            {
                "distinct formatting",
                "From: a@b.example\r\nContent-Type: text/html\r\n\r\n"
                    + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"<a id={i}><font c={i}>"))
                    + string.Concat(Enumerable.Repeat("<p>x</b>", 20_000))
            },
            {
                "nested tables",
                "From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<table><tr><td>", 50_000))
            },
            {
                "attributes",
                "From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p "
                    + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i} "))
                    + ">"
            },
            { "attributions", "From: a@b.example\r\n\r\n" + string.Concat(Enumerable.Repeat("On 1 x\n", 500_000)) },
            { "header blocks", "From: a@b.example\r\n\r\n" + string.Concat(Enumerable.Repeat("From: x\n", 500_000)) },
            {
                "parameters",
                "From: a@b.example\r\nContent-Type: text/plain"
                    + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"; x*{i}=y"))
                    + "\r\n\r\nx"
            },
            {
                "digits",
                "From: a@b.example\r\nDate: "
                    + new string('9', 100_000)
                    + "\r\nContent-Type: text/plain; x*99999999999999=1; charset="
                    + new string('c', 10_000)
                    + "\r\n\r\n\u00ff"
            },
        };

    [Theory]
    [MemberData(nameof(Monsters), DisableDiscoveryEnumeration = true)] // megabytes of test names otherwise
    public void Mails_made_to_be_slow_are_read_in_time(string what, string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var start = TimeProvider.System.GetTimestamp();
        Assert.True(Survives(bytes), what);
        var took = TimeProvider.System.GetElapsedTime(start);
        Assert.True(took < TimeSpan.FromSeconds(5), $"{what} took {took}");
    }

    [RealMailFact]
    public void Every_real_mail_is_read_in_under_two_seconds()
    {
        var files = Directory.GetFiles(Path.Combine(RealMailFactAttribute.Folder!, "messages"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            var start = TimeProvider.System.GetTimestamp();
            Assert.True(Survives(bytes), file);
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(2), file);
        }
    }

    // The belt in MailReader.Read turns an exception into a problem; here that counts as having thrown.
    private static bool Survives(byte[] raw)
    {
        var mail = MailReader.Read(raw);
        _ = VisibleAnswer.Of(mail);
        _ = CleanHtml.Of(mail.Html ?? mail.Text);
        _ = MailKind.Of(mail).Why.ToString();
        _ = AutomaticMail.Why(mail)?.ToString();
        _ = Bounce.Of(mail);
        Assert.DoesNotContain(
            '\0',
            mail.Text
                + mail.Subject
                + string.Concat(mail.From)
                + string.Concat(mail.Headers)
                + string.Concat(mail.Problems)
                + string.Concat(mail.Attachments.Select(a => a.Name))
        );
        return !mail.Problems.Any(p => p.Text.StartsWith("The message could not be read", StringComparison.Ordinal));
    }
}
