using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class MailFilesTests
{
    private static readonly MailToWrite _letter = new()
    {
        From = new Correspondent("Customer desk", "desk@shop.example"),
        To = new Correspondent("anna@home.example"),
        Subject = "With files",
        Text = "See below.",
        Html = "<html><body><p>See below.</p><img src=\"cid:p1@pictures\"></body></html>",
        MessageId = "1@shop.example",
        Date = new DateTime(2026, 3, 9, 8, 5, 7, DateTimeKind.Utc),
    };

    [Fact]
    public void Copies_files_and_pictures_come_back_as_they_went()
    {
        var noise = new byte[100_001];
        new Random(7).NextBytes(noise);
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 1, 2, 3];
        var bytes = MailWriter.Write(
            _letter with
            {
                Cc = [.. Enumerable.Range(1, 10).Select(i => new Correspondent($"somebody.with.a.long.name.{i}@company.example"))],
                Files = [new("账单 2026年3月.pdf", "application/pdf", noise), new("room.png", "image/png", picture, "p1@pictures")],
            }
        );
        var read = MailReader.Read(bytes);

        Assert.Empty(read.Problems);
        Assert.Equal(10, read.Cc.Count);
        Assert.Equal("somebody.with.a.long.name.10@company.example", read.Cc[9].Address);
        Assert.Equal("See below.", read.Text.Trim());
        Assert.Contains("cid:p1@pictures", read.Html);
        Assert.Equal(picture, Assert.Single(read.Parts, p => p.ContentId == "p1@pictures").Bytes.ToArray());
        var file = Assert.Single(read.Attachments, a => a.ContentId is null);
        Assert.Equal(("账单 2026年3月.pdf", "application/pdf"), (file.Name, file.Type));
        Assert.Equal(noise, file.Bytes.ToArray());
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), l => Assert.True(l.Length <= 100, l));
        Assert.DoesNotContain(bytes, b => b >= 0x80);
    }

    [Theory]
    [InlineData("bill.pdf")]
    [InlineData("a \"quoted\" name\r\nBcc: evil@x.example.txt")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData(
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.png"
    )]
    public void No_name_breaks_out_of_its_header(string name)
    {
        var read = MailReader.Read(MailWriter.Write(_letter with { Files = [new(name, "text/html\r\nX-Evil: 1", "x"u8.ToArray())] }));
        var file = Assert.Single(read.Attachments);
        Assert.Equal("application/octet-stream", file.Type);
        Assert.DoesNotContain('/', file.Name);
        Assert.NotEqual("", file.Name);
        Assert.Equal(Path.GetExtension(name.Split('\n')[^1]), Path.GetExtension(file.Name));
        Assert.Null(read.Header("Bcc"));
        Assert.Null(read.Header("X-Evil"));
    }

    [Fact]
    public void A_bad_address_among_the_copies_is_refused_and_text_alone_carries_pictures_as_files()
    {
        Assert.Throws<ArgumentException>(() =>
            MailWriter.Write(_letter with { Cc = [new Correspondent("a@b.example\r\nBcc: x@y.example")] })
        );
        var read = MailReader.Read(
            MailWriter.Write(_letter with { Html = null, Files = [new("room.png", "image/png", "x"u8.ToArray(), "p1@pictures")] })
        );
        Assert.Equal("room.png", Assert.Single(read.Attachments).Name);
        Assert.Null(read.Html);
    }
}
