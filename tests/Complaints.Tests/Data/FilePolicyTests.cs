using System.Text;
using Complaints.Data;
using Complaints.Language;

namespace Complaints.Tests.Data;

public sealed class FilePolicyTests
{
    [Theory]
    [InlineData("setup.exe", "MZ\u0090\0\u0003\0\0\0", "program (exe)")]
    [InlineData("invoice.pdf", "MZ\u0090\0\u0003\0\0\0", "program (pdf)")]
    [InlineData("invoice", "\u007fELF\u0002", "program")]
    [InlineData("Run.BAT", "echo hello", "script (bat)")]
    [InlineData("run.exe. ", "just words", "program (exe)")]
    [InlineData("photo.png", "<?xml version='1.0'?><svg xmlns='x'>", "SVG drawing (png)")]
    [InlineData("notes.txt", "<!doctype html><p>", "web page (txt)")]
    [InlineData("disk.iso", "anything", "a file ending in “iso”")]
    [InlineData("notes.txt", "MZ is where we met", null)]
    [InlineData("all.zip", "PK\u0003\u0004....a.txt", null)]
    [InlineData("bill.pdf", "%PDF-1.7", null)]
    public void What_is_blocked_is_told_by_the_content_and_by_the_ending(string name, string start, string? blocked) =>
        Assert.Equal(blocked, Said(FilePolicy.Seeded.Blocked(name, Encoding.Latin1.GetBytes(start), "text/plain")));

    [Fact]
    public void Only_what_is_on_the_list_is_blocked()
    {
        var policy = FilePolicy.Seeded with { Classes = [FileClass.Archive], Endings = FilePolicy.ReadEndings(" *.TAR, .xyz、xyz ") };
        Assert.Equal(["tar", "xyz"], policy.Endings);
        Assert.Null(policy.Blocked("setup.exe", "MZ\u0090\0\u0003\0\0\0"u8, ""));
        Assert.Equal("packed archive (docm)", Said(policy.Blocked("a.docm", "PK\u0003\u0004....a.txt"u8, "")));
        Assert.Equal("a file ending in “xyz”", Said(policy.Blocked("a.xyz", "words"u8, "")));
    }

    [Theory]
    [InlineData(FileDoor.Staff, 20)]
    [InlineData(FileDoor.Public, 10)]
    public void A_file_over_the_limit_of_its_door_is_refused_with_the_limit(FileDoor door, int mb)
    {
        FilePolicy.Seeded.Check("film.mov", "words"u8, "", mb << 20, door, "Files");
        var refused = Assert.Throws<Refusal>(() => FilePolicy.Seeded.Check("film.mov", "words"u8, "", (mb << 20) + 1, door, "Files"));
        Assert.Equal("Files", refused.Field);
        Assert.StartsWith($"“film.mov” is larger than {mb} MB", Said(refused.Sentence), StringComparison.Ordinal);
        Assert.StartsWith($"“film.mov”超过 {mb} MB", Tongue.Say(Tongue.Chinese, refused.Sentence), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_and_endings_that_cannot_be_are_refused()
    {
        Assert.Throws<Refusal>(() => (FilePolicy.Seeded with { PublicMb = 0 }).CheckItself());
        Assert.Throws<Refusal>(() => (FilePolicy.Seeded with { MailMb = FilePolicy.Highest + 1 }).CheckItself());
        Assert.Throws<Refusal>(() => (FilePolicy.Seeded with { Endings = ["a/b"] }).CheckItself());
        FilePolicy.Seeded.CheckItself();
    }

    private static string? Said(Sentence? sentence) => sentence is null ? null : Tongue.Say(Tongue.English, sentence);
}
