using Complaints.Web.Operation;

namespace Complaints.Tests.Operation;

[Collection("console")]
public sealed class CaseCommandTests
{
    [Fact]
    public async Task Due_prints_the_rows_with_their_due_time_and_touches_no_database()
    {
        var (code, said, problems) = await RunAsync(
            "due",
            """
            timezone,weekly_hours,start_local_or_utc,duration_minutes
            Europe/London,Mon-Fri 09:00-17:00,2026-11-23T16:30:00,60
            Mars/Base,Mon-Fri 09:00-17:00,2026-11-23T16:30:00,60
            """
        );
        Assert.Equal(0, code);
        Assert.Contains("2026-11-24T09:30:00", said, StringComparison.Ordinal);
        Assert.Contains("There is no time zone “Mars/Base”", said, StringComparison.Ordinal);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Elapsed_prints_minutes()
    {
        var (code, said, _) = await RunAsync(
            "elapsed",
            """
            timezone,weekly_hours,start_local_or_utc,end_local_or_utc
            Europe/London,Mon-Fri 09:00-17:00,2026-11-23T16:30:00,2026-11-24T09:30:00
            """
        );
        Assert.Equal(0, code);
        Assert.EndsWith(",60", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("due", "-")]
    [InlineData("elapsed", "not-there.csv")]
    [InlineData("due", null)]
    public async Task Without_a_file_it_says_what_to_write(string command, string? file)
    {
        var (code, said, problems) = await CaptureAsync(file is null ? [command] : [command, "--cases", file]);
        Assert.Equal(2, code);
        Assert.Empty(said);
        Assert.Matches("--cases FILE.csv|There is no file", problems);
    }

    private static async Task<(int Code, string Said, string Problems)> RunAsync(string command, string csv)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, csv);
            return await CaptureAsync(command, "--cases", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Code, string Said, string Problems)> CaptureAsync(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var problems = new StringWriter();
        try
        {
            Console.SetOut(said);
            Console.SetError(problems);
            return (await Commands.RunAsync(args), said.ToString(), problems.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
