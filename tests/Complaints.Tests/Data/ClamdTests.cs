using System.Text;
using Complaints.Data;
using Complaints.Tests.World;

namespace Complaints.Tests.Data;

public sealed class ClamdTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clamd-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_content_goes_over_whole_and_the_answer_is_read(bool unix)
    {
        await using var server = new ClamdServer(unix ? Path.Combine(_folder, "clamd.ctl") : "tcp");
        var clamd = Clamd.From(server.Setting)!;
        var content = new byte[300_001];
        new Random(7).NextBytes(content);
        Assert.Equal(ScanState.Clean, (await clamd.ScanAsync(new MemoryStream(content))).State);
        Assert.Equal(content, server.Seen.Single());

        var answer = await clamd.ScanAsync(new MemoryStream(Encoding.ASCII.GetBytes("x" + ClamdServer.Virus)));
        Assert.Equal((ScanState.Infected, "Eicar-Test-Signature"), (answer.State, answer.Found));
        Assert.Equal(ScanState.Clean, (await clamd.ScanAsync(Stream.Null)).State);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(30_000_000)]
    public async Task One_larger_than_it_takes_is_not_scanned(int length)
    {
        await using var server = new ClamdServer(largest: 100_000);
        try
        {
            var answer = await Clamd.From(server.Setting)!.ScanAsync(new MemoryStream(new byte[length]));
            Assert.Equal((ScanState.NotScanned, true), (answer.State, answer.TooLarge));
        }
        catch (ClamdGone gone)
        {
            Assert.True(gone.Midway); // it hung up on us before its answer came through: then it is this content's matter
        }
    }

    [Fact]
    public async Task One_that_is_not_there_or_hangs_up_is_gone()
    {
        string setting;
        await using (var server = new ClamdServer())
        {
            setting = server.Setting;
            server.Up = false;
            await Assert.ThrowsAsync<ClamdGone>(() => Clamd.From(setting)!.ScanAsync(new MemoryStream(new byte[10])));
        }

        var gone = await Assert.ThrowsAsync<ClamdGone>(() => Clamd.From(setting)!.ScanAsync(new MemoryStream(new byte[10])));
        Assert.False(gone.Midway);
        gone = await Assert.ThrowsAsync<ClamdGone>(() => Clamd.From("unix:/nowhere/clamd.ctl")!.ScanAsync(Stream.Null));
        Assert.False(gone.Midway);
    }

    [Theory]
    [InlineData("stream: OK", ScanState.Clean)]
    [InlineData("stream: Win.Test FOUND", ScanState.Infected)]
    [InlineData("stream: OK but", ScanState.NotScanned)]
    [InlineData("stream: Can't allocate memory ERROR", ScanState.NotScanned)]
    [InlineData("UNKNOWN COMMAND", ScanState.NotScanned)]
    [InlineData("", ScanState.NotScanned)]
    public void Only_its_clear_answers_are_believed(string line, ScanState state) => Assert.Equal(state, ClamdAnswer.Read(line).State);

    [Fact]
    public void The_setting_is_read_or_refused()
    {
        Assert.Null(Clamd.From(" "));
        Assert.NotNull(Clamd.From("tcp:[::1]:3310"));
        foreach (var wrong in new[] { "/run/clamd.ctl", "tcp:3310", "tcp:host:0", "unix:relative", "http://x" })
        {
            Assert.Throws<InvalidOperationException>(() => Clamd.From(wrong));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
