using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class WriterAndReaderTests
{
    private static readonly MailToWrite _plain = new()
    {
        From = new Correspondent("Customer desk", "desk@shop.example"),
        To = new Correspondent("Anna Meier", "anna@home.example"),
        Subject = "Your complaint C-26-00482-7",
        Text = "Dear Anna,\n\nwe have your letter.\n",
        MessageId = "1@shop.example",
        Date = new DateTime(2026, 3, 9, 8, 5, 7, DateTimeKind.Utc),
    };

    public static TheoryData<string> Words =>
        new()
        {
            "Plain words",
            "",
            "关于您在三月九日提出的投诉，我们已经收到，并将在两个工作日内由专人与您联系，请您保持电话畅通，给您带来的不便我们深表歉意。",
            "شكوى بخصوص الطلب رقم ٤٢ שלום עולם",
            "👩‍👩‍👧‍👦 family 🇨🇳 flags 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
            "=?utf-8?B?bm90IGVuY29kZWQ=?= typed by hand",
            "  blanks   kept  ",
            "a_b=c?d \"quoted\" <not@an.address>, (comment); \\ back",
            "é",
            new string('x', 900),
        };

    [Theory]
    [MemberData(nameof(Words))]
    public void Any_words_come_back_from_subject_name_and_body(string words)
    {
        var mail = _plain with
        {
            Subject = words,
            Text = words,
            Html = $"<p>{System.Net.WebUtility.HtmlEncode(words)}</p>",
            From = new Correspondent(words.Trim(), "desk@shop.example"),
            Language = "zh-Hans",
        };
        var bytes = MailWriter.Write(mail);
        var read = MailReader.Read(bytes);

        Assert.Empty(read.Problems);
        Assert.Equal(words.Trim(), read.Subject.Trim());
        Assert.Equal(words.Trim(), Assert.Single(read.From).Name);
        Assert.Equal(words.TrimEnd(), read.Text.TrimEnd());
        Assert.Empty(read.Attachments);
        Assert.Equal("zh-Hans", read.Header("Content-Language"));
        WellFormed(bytes);
    }

    [Fact]
    public void The_envelope_of_a_mail_comes_back()
    {
        var read = MailReader.Read(
            MailWriter.Write(
                _plain with
                {
                    ReplyTo = new Correspondent("desk+c482@shop.example"),
                    InReplyTo = "<first@home.example>",
                    References = ["zero@home.example", "<first@home.example>"],
                    Headers = [new("Auto-Submitted", "auto-generated"), new("X-Case", "投诉")],
                }
            )
        );

        Assert.Equal(new Correspondent("Customer desk", "desk@shop.example"), Assert.Single(read.From));
        Assert.Equal(new Correspondent("Anna Meier", "anna@home.example"), Assert.Single(read.To));
        Assert.Equal("desk+c482@shop.example", Assert.Single(read.ReplyTo).Address);
        Assert.Equal(_plain.Date, read.Date);
        Assert.Equal(DateTimeKind.Utc, read.Date!.Value.Kind);
        Assert.Equal("1@shop.example", read.MessageId);
        Assert.Equal(["first@home.example"], read.InReplyTo);
        Assert.Equal(["zero@home.example", "first@home.example"], read.References);
        Assert.Equal("auto-generated", read.Header("auto-submitted"));
        Assert.Equal("投诉", read.Header("X-Case"));
    }

    [Fact]
    public void A_megabyte_of_text_comes_back()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"第{i}行：这是一段很长的中文文本 and some English.\n"));
        var bytes = MailWriter.Write(_plain with { Text = text });
        Assert.Equal(text.TrimEnd(), MailReader.Read(bytes).Text.TrimEnd());
        WellFormed(bytes);

        var oneLine = new string('y', 1_000_000) + "é";
        bytes = MailWriter.Write(_plain with { Text = oneLine });
        Assert.Equal(oneLine, MailReader.Read(bytes).Text.TrimEnd());
        WellFormed(bytes);
    }

    [Fact]
    public void The_same_mail_always_gives_the_same_bytes() =>
        Assert.Equal(MailWriter.Write(_plain with { Html = "<p>x</p>" }), MailWriter.Write(_plain with { Html = "<p>x</p>" }));

    [Theory]
    [InlineData("x\r\nBcc: evil@x.example")]
    [InlineData("x\nBcc: evil@x.example\n\nnew body")]
    [InlineData("x\rBcc: evil@x.example")]
    [InlineData("x\u2028Bcc: evil@x.example\u0085Bcc: evil@x.example\0")]
    public void No_value_can_begin_a_header_of_its_own(string evil)
    {
        var bytes = MailWriter.Write(
            _plain with
            {
                Subject = evil,
                From = new Correspondent(evil, "desk@shop.example"),
                InReplyTo = evil,
                References = [evil, "ok@shop.example"],
                Language = evil,
                Headers = [new("X-Any", evil)],
            }
        );
        var read = MailReader.Read(bytes);
        Assert.Null(read.Header("Bcc"));
        Assert.Null(read.Header("Content-Language"));
        Assert.StartsWith("Dear Anna", read.Text, StringComparison.Ordinal);
        WellFormed(bytes);
    }

    [Fact]
    public void What_is_no_address_id_or_header_name_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            MailWriter.Write(_plain with { To = new Correspondent("x", "a@b.example>\r\nBcc: <c@d.example") })
        );
        Assert.Throws<ArgumentException>(() => MailWriter.Write(_plain with { MessageId = " \r\n" }));
        Assert.Throws<ArgumentException>(() => MailWriter.Write(_plain with { Headers = [new("X: y\r\nBcc", "z")] }));
        Assert.Throws<ArgumentException>(() => MailWriter.Write(_plain with { Headers = [new("Subject", "a second one")] }));
    }

    [Fact]
    public void Encoded_words_hold_whole_characters()
    {
        var text = Encoding.ASCII.GetString(MailWriter.Write(_plain with { Subject = string.Concat(Enumerable.Repeat("诉😀", 60)) }));
        foreach (
            var word in text.Split(["\r\n", " "], StringSplitOptions.None).Where(w => w.StartsWith("=?utf-8?B?", StringComparison.Ordinal))
        )
        {
            Assert.True(word.Length <= 75, word);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])));
        }
    }

    // Seven bits, CRLF only, nothing over the limits; a folded line may be longer than 78 only where one word is.
    private static void WellFormed(byte[] bytes)
    {
        Assert.All(bytes, b => Assert.True(b < 0x80, "a byte beyond ASCII"));
        var text = Encoding.ASCII.GetString(bytes);
        var lines = text.Split("\r\n");
        Assert.DoesNotContain(lines, l => l.Contains('\r', StringComparison.Ordinal) || l.Contains('\n', StringComparison.Ordinal));
        Assert.All(lines, l => Assert.True(l.Length <= 78 || !l.Trim().Contains(' ', StringComparison.Ordinal), l));
        Assert.All(lines, l => Assert.True(l.Length <= 998, "a line over 998"));
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
    }
}
