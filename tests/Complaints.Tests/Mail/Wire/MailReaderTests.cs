using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class MailReaderTests
{
    static MailReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string, string> Charsets =>
        new()
        {
            { "gb2312", "gb18030", "镕基先生：产品质量问题，請尽快处理" },
            { "GBK", "gb18030", "投诉𠮷野家" },
            { "gb18030", "gb18030", "投诉𠮷野家" },
            { "big5", "big5", "投訴產品品質" },
            { "iso-8859-1", "windows-1252", "Beschwerde über “Qualität” – 5 €" },
            { "windows-1251", "windows-1251", "Жалоба" },
            { "iso-8859-5", "iso-8859-5", "Жалоба" },
            { "\"utf-8\"", "utf-8", "投诉 😀" },
            { "shift_jis", "shift_jis", "苦情" },
            { "us-ascii", "gb18030", "您好，我要投诉你们的服务态度" },
            { "no-such-set", "utf-8", "投诉" },
        };

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Character_sets_are_read_as_they_are_meant(string declared, string really, string words)
    {
        var bytes = Encoding.GetEncoding(really).GetBytes(words);
        byte[] eightBit =
        [
            .. Ascii($"From: a@b.example\r\nContent-Type: text/plain; charset={declared}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"),
            .. bytes,
        ];
        var base64 = Ascii(
            $"From: a@b.example\r\nContent-Type: text/plain; charset={declared}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bytes)}"
        );

        Assert.Equal(words, MailReader.Read(eightBit).Text);
        Assert.Equal(words, MailReader.Read(base64).Text);
        Assert.Equal(declared == "no-such-set", MailReader.Read(base64).Problems.Count == 1);
    }

    [Theory]
    [InlineData("=?GB2312?B?zbbL3w==?=", "投诉")]
    [InlineData("Re: =?utf-8?Q?=E6=8A=95?= =?utf-8?Q?=E8=AF=89?= 42", "Re: 投诉 42")]
    [InlineData("=?utf-8?B?5oo=?= =?utf-8?B?leiviQ==?=", "投诉")]
    [InlineData("=?utf-8?B?5oqV?=\r\n =?gb2312?B?y98=?=", "投诉")]
    [InlineData("=?utf-8*en?Q?a_b?=", "a b")]
    [InlineData("=?utf-8?Q?broken", "=?utf-8?Q?broken")]
    [InlineData("=?utf-8?X?what?=", "=?utf-8?X?what?=")]
    [InlineData("=?utf-8?Q??=x", "x")]
    [InlineData("a =?b", "a =?b")]
    [InlineData("=?no-such-set?B?YWJj?=", "abc")]
    public void Encoded_words_are_decoded_and_damage_is_shown_as_it_stands(string raw, string expected) =>
        Assert.Equal(expected, MailReader.Read(Ascii($"From: a@b.example\r\nSubject: {raw}\r\n\r\nx")).Subject);

    [Theory]
    [InlineData("a@b.example", "|a@b.example")]
    [InlineData("Anna Meier <a@b.example>", "Anna Meier|a@b.example")]
    [InlineData("\"Meier, Anna\" <a@b.example>, c@d.example", "Meier, Anna|a@b.example", "|c@d.example")]
    [InlineData("a@b.example (Anna (the first))", "Anna (the first)|a@b.example")]
    [InlineData("friends: a@b.example, Bo <c@d.example>;", "|a@b.example", "Bo|c@d.example")]
    [InlineData("a@b.example; c@d.example", "|a@b.example", "|c@d.example")]
    [InlineData("=?utf-8?B?5byg5LiJLCDmnY7lm5s=?= <a@b.example>", "张三, 李四|a@b.example")]
    [InlineData("\"=?utf-8?B?5byg5LiJ?=\" <a@b.example>", "张三|a@b.example")]
    [InlineData("Anna <a@b.example", "Anna|a@b.example")]
    [InlineData("<@relay.example:a@b.example>", "|a@b.example")]
    [InlineData("\"odd\\\"quote\" <a@b.example>", "odd\"quote|a@b.example")]
    [InlineData("nobody at all")]
    [InlineData("\"never closed <a@b.example>", "never closed|a@b.example")]
    [InlineData("\"Anna\" <>")]
    [InlineData("<Undisclosed-Recipient:@relay.example;>")]
    [InlineData("anna@home.example bo@home.example", "|anna@home.example", "|bo@home.example")]
    [InlineData(", , anna@home   . example", "|anna@home.example")]
    [InlineData("Anna Q. Meier anna @ home.example", "Anna Q. Meier|anna@home.example")]
    public void Addresses_are_read(string raw, params string[] expected) =>
        Assert.Equal(expected, MailReader.Read(Ascii($"From: {raw}\r\n\r\nx")).From.Select(p => $"{p.Name}|{p.Address}"));

    [Theory]
    [InlineData("Mon, 9 Mar 2026 09:05:07 +0100", "2026-03-09T08:05:07")]
    [InlineData("9 Mar 2026 09:05 -0330 (comment)", "2026-03-09T12:35:00")]
    [InlineData("Mon, 09 Mar 26 08:05:07 GMT", "2026-03-09T08:05:07")]
    [InlineData("Mon Mar  9 03:05:07 EST 2026", "2026-03-09T08:05:07")]
    [InlineData("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06")]
    [InlineData("(a (nested) one) 9 Mar 2026 09:05:07 +0100", "2026-03-09T08:05:07")]
    [InlineData("Thu, 13 Feb 1969 23:32:54 -0330", "1969-02-14T03:02:54")]
    [InlineData("Thu, 13 Feb 1899 23:32:54 -0330", null)]
    [InlineData("30 Feb 2026 08:00 +0000", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Dates_are_read(string raw, string? expected) =>
        Assert.Equal(
            expected,
            MailReader
                .Read(Ascii($"From: a@b.example\r\nDate: {raw}\r\n\r\nx"))
                .Date?.ToString("s", System.Globalization.CultureInfo.InvariantCulture)
        );

    [Fact]
    public void Nested_parts_give_the_words_and_the_attachments()
    {
        var mail = MailReader.Read(
            Ascii(
                """
                From: a@b.example
                Content-Type: multipart/mixed; boundary="out er"

                preamble
                --out er
                Content-Type: multipart/alternative; boundary=in

                --in
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                H=C3=A9llo =
                there=ZZ
                --in
                Content-Type: text/html

                <p>Hello</p>
                --in--
                --out er
                Content-Type: application/pdf; name*0*=utf-8''%E6%8A%95; name*1="%.pdf"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment

                JVBE
                Rg==
                --out er
                Content-Type: image/png; name="../../etc/x.png"

                png
                --out er
                Content-Type: text/plain

                A second text.
                --out er--
                epilogue
                """
            )
        );

        Assert.Equal("Héllo there=ZZ", mail.Text);
        Assert.Equal(["投%.pdf", "x.png", "text.txt"], mail.Attachments.Select(a => a.Name));
        Assert.Equal("%PDF", Encoding.ASCII.GetString(mail.Attachments[0].Bytes));
        Assert.Equal("application/pdf", mail.Attachments[0].Type);
        Assert.Empty(mail.Problems);
    }

    [Fact]
    public void Html_alone_becomes_text()
    {
        var mail = MailReader.Read(
            Ascii(
                """
                From: a@b.example
                Content-Type: text/html; charset=utf-8

                <html><head><title>no</title><style>p{}</style></head><body><div style="display: none">preview</div>
                <p>Dear&nbsp;desk,</p><p>it is <b>broken</b>:<br>badly</p><ul><li>one<li>two</ul>
                <script>alert(1)</script><blockquote><p>you wrote</p><p>this</p></blockquote><table><tr><td>a<td>b</table>
                """
            )
        );

        Assert.True(mail.TextWasHtml);
        Assert.Equal("Dear desk,\n\nit is broken:\nbadly\n\n- one\n- two\n\n> you wrote\n>\n> this\n\na b", mail.Text);
        Assert.Empty(mail.Attachments);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\r\n\r\n", "empty")]
    [InlineData("just some words\nand more", "not a mail")]
    [InlineData("From: a@b.example\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB", "encrypted")]
    public void What_cannot_be_read_says_why(string raw, string expected)
    {
        var mail = MailReader.Read(Ascii(raw));
        Assert.True(mail.Unreadable);
        Assert.Contains(expected, mail.Problems[^1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: a@b.example\r\nContent-Type: multipart/mixed\r\n\r\nHello")]
    [InlineData("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nHello")]
    [InlineData("From: a@b.example\r\nthis is no header\r\nHello")]
    [InlineData("From: a@b.example\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nHello")]
    public void Damage_is_named_and_the_words_are_still_there(string raw)
    {
        var mail = MailReader.Read(Ascii(raw));
        Assert.False(mail.Unreadable);
        Assert.NotEmpty(mail.Problems);
        Assert.Contains("Hello", mail.Text, StringComparison.Ordinal);
    }

    private static byte[] Ascii(string text) => Encoding.UTF8.GetBytes(text);
}
