using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class WholeReaderTests
{
    static WholeReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string, string> Charsets =>
        new()
        {
            { "koi8-r", "koi8-r", "Жалоба на чайник" },
            { "koi8-u", "koi8-u", "Скарга на чайник, ї" },
            { "windows-1250", "windows-1250", "Stížnost ř" },
            { "windows-1253", "windows-1253", "παράπονο" },
            { "windows-1255", "windows-1255", "תלונה" },
            { "windows-1256", "windows-1256", "شكوى" },
            { "iso-2022-jp", "iso-2022-jp", "苦情です" },
            { "euc-jp", "euc-jp", "苦情です" },
            { "euc-kr", "ks_c_5601-1987", "불만입니다" },
            { "hz-gb-2312", "hz-gb-2312", "投诉产品" },
            { "us-ascii", "iso-2022-jp", "苦情です" },
            { "iso-8859-1", "utf-8", "投诉你们的服务" },
            { "iso-8859-1", "gb18030", "我要投诉你们的服务态度" },
            { "iso-8859-1", "windows-1252", "Größe, déjà vu, ça" },
            { "gb2312", "utf-8", "我要投诉你们的服务态度！" },
            { "utf-8", "gb18030", "我要投诉你们的服务态度" },
            { "us-ascii", "big5", "我要投訴你們的服務態度" },
        };

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Character_sets_are_read_even_under_a_wrong_name(string declared, string really, string words)
    {
        byte[] raw =
        [
            .. OwnMails.Raw($"From: a@b.example\nContent-Type: text/plain; charset={declared}\n\n"),
            .. Encoding.GetEncoding(really).GetBytes(words),
        ];
        Assert.Equal(words, MailReader.Read(raw).Text);
    }

    [Theory]
    [InlineData("+ZbmKAA- leaks +- a lot", "方言 leaks + a lot")]
    [InlineData("a+", "a+")]
    [InlineData("+AGE", "a")]
    public void Utf7_is_read(string raw, string expected) =>
        Assert.Equal(expected, MailReader.Read(OwnMails.Raw($"From: a@b.example\nContent-Type: text/plain; charset=utf-7\n\n{raw}")).Text);

    [Theory]
    [InlineData("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab")]
    [InlineData("=?utf-8?Q?two words here?=", "two words here")]
    [InlineData("=?utf-8?Q?why?=3F?=", "why??")]
    [InlineData("=?UTF-8?B?5oqV?=x=?UTF-8?B?6K+J?=", "投x诉")]
    [InlineData("=?utf-8?B?5oqV6K+J", "=?utf-8?B?5oqV6K+J")]
    [InlineData("\"=?utf-8?B?5oqV6K+J?=\"", "\"投诉\"")]
    [InlineData("=?utf-8?b?5oqV6K+J=?=", "投诉")]
    public void Abused_encoded_words_are_read(string raw, string expected) =>
        Assert.Equal(expected, MailReader.Read(OwnMails.Raw($"From: a@b.example\nSubject: {raw}\n\nx")).Subject);

    [Theory]
    [InlineData("name=two words.pdf", "two words.pdf")]
    [InlineData("name*0=\"=?utf-8?B?5oqV\"; name*1=\"6K+J?=.pdf\"", "投诉.pdf")]
    [InlineData("name*1*=%89.pdf; name*0*=utf-8'zh'%E6%8A%95%E8%AF", "投诉.pdf")]
    [InlineData("name*=gbk''%CD%B6%CB%DF.pdf", "投诉.pdf")]
    [InlineData("name=\"safe\u202Efdp.exe\"", "safefdp.exe")]
    public void File_names_are_read(string parameter, string expected)
    {
        var mail = MailReader.Read(
            OwnMails.Raw(
                $"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf; {parameter}\n\nx\n--b--"
            )
        );
        Assert.Equal(expected, Assert.Single(mail.Attachments).Name);
    }

    [Fact]
    public void A_forgotten_semicolon_and_a_header_cut_in_two_do_no_harm()
    {
        var mail = MailReader.Read(
            OwnMails.Raw("From: a@b.example\nSubject: a long\nsubject\nContent-Type: text/plain charset=koi8-r\nMIME-Version: 1.0\n\nx")
        );
        Assert.Equal("a long subject", mail.Subject);
        Assert.Equal("text/plain", mail.ContentType);
        Assert.Equal("x", mail.Text);
        Assert.NotEmpty(mail.Problems);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed")]
    [InlineData("Content-Type: multipart/mixed; boundary=other")]
    public void Parts_are_found_where_the_boundary_is_named_wrongly(string header)
    {
        var mail = MailReader.Read(
            OwnMails.Raw(
                $"From: a@b.example\n{header}\n\npreamble\n--real\nContent-Type: text/plain\n\nHello\n--real\nContent-Type: image/gif\n\nGIF89a\n--real--\nlate\n--real\n\nAfter the end\n"
            )
        );
        Assert.Equal("Hello", mail.Text);
        Assert.Equal(["picture.gif", "text.txt"], mail.Attachments.Select(a => a.Name));
        Assert.Single(mail.Problems);
    }

    [Fact]
    public void Flowed_text_inline_pictures_and_uuencode_are_read()
    {
        var mail = MailReader.Read(OwnMails.All["mixed"]);
        Assert.StartsWith("The kettle leaks at the bottom.\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(["Küche.png", "two words.txt"], mail.Attachments.Select(a => a.Name));
        Assert.Equal("pic@home", mail.Attachments[0].ContentId);
        Assert.Equal("Cat", Encoding.ASCII.GetString(mail.Attachments[1].Bytes));
        Assert.Contains("cid:pic@home", mail.Html!, StringComparison.Ordinal);
        Assert.Empty(mail.Problems);
    }

    [Fact]
    public void Files_packed_into_the_words_become_attachments()
    {
        var mail = MailReader.Read(
            OwnMails.Raw("From: a@b.example\n\nSee this:\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\nbegin 6 months ago")
        );
        Assert.Equal("See this:\nBye\nbegin 6 months ago", mail.Text);
        Assert.Equal(("cat.txt", 3L), (mail.Attachments[0].Name, mail.Attachments[0].Length));
    }

    [Fact]
    public void Winmail_dat_gives_its_words_and_files()
    {
        var mail = MailReader.Read(OwnMails.All["winmail"]);
        Assert.Equal("It leaks ä lot.\n工作", mail.Text);
        var file = Assert.Single(mail.Attachments);
        Assert.Equal(("报价单.pdf", "application/pdf", 14L), (file.Name, file.Type, file.Length));
        Assert.Empty(mail.Problems);
    }

    [Fact]
    public void A_damaged_winmail_dat_is_kept_as_it_came()
    {
        var mail = MailReader.Read(
            OwnMails.Raw("From: a@b.example\nContent-Type: application/ms-tnef; name=winmail.dat\n\nnothing of the kind")
        );
        Assert.Equal("winmail.dat", Assert.Single(mail.Attachments).Name);
        Assert.Contains("winmail.dat", Assert.Single(mail.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_answered_is_read_in_words()
    {
        var mail = MailReader.Read(OwnMails.All["calendar"]);
        Assert.Equal("ACCEPTED\nVisit, at home\nstart: 20260310T090000Z", mail.Text);
        Assert.Equal(MailSort.Automatic, MailKind.Of(mail).Sort);
    }

    [Fact]
    public async Task A_large_attachment_is_read_as_a_stream_with_little_memory()
    {
        var content = new byte[6_000_000];
        new Random(1).NextBytes(content);
        var raw = OwnMails.Raw(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
                + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)
                + "\n--b--\n"
        );
        _ = MailReader.Read(raw);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var mail = MailReader.Read(raw);
        Assert.Equal("Hello", mail.Text);
        Assert.Equal(content.Length, mail.Attachments[0].Length);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 500_000);
        using var copy = new MemoryStream();
        await using (var stream = mail.Attachments[0].Open())
        {
            await stream.CopyToAsync(copy);
        }

        Assert.Equal(content, copy.ToArray());
        Assert.Equal(content, mail.Attachments[0].Bytes);
    }
}
