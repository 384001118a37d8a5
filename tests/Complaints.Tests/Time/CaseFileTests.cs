using System.Globalization;
using Complaints.Time;
using CsvHelper;
using Xunit;

namespace Complaints.Tests.Time;

public sealed class CaseFileTests
{
    private const string Header = "id,timezone,weekly_hours,holidays,start_local_or_utc,duration_minutes,pauses";

    /// <summary>The last field of the only row.</summary>
    private static string Due(string row, string header = Header) => Said(CaseFile.Due, header, row);

    private static string Minutes(string row) =>
        Said(CaseFile.Elapsed, "id,timezone,weekly_hours,holidays,start_local_or_utc,end_local_or_utc", row);

    private static string Said(Func<TextReader, TextWriter, TextWriter, int> command, string header, string row)
    {
        var (code, answers, problems) = Run(command, $"{header}\n{row}\n");
        Assert.Equal((0, ""), (code, problems));
        var lines = answers.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(header + ",", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(row + ",", lines[1], StringComparison.Ordinal);
        return lines[1][(row.Length + 1)..].Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private static (int Code, string Answers, string Problems) Run(Func<TextReader, TextWriter, TextWriter, int> command, string file)
    {
        using var cases = new StringReader(file);
        using var answers = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var problems = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        return (command(cases, answers, problems), answers.ToString(), problems.ToString());
    }

    [Theory]
    [InlineData("1,Etc/UTC,Mon-Fri 09:00-17:00,,2026-03-02T16:00:00Z,60,", "2026-03-02T17:00:00Z")]
    [InlineData("1,Asia/Shanghai,Mon-Fri 09:00-17:00,,2026-03-02T16:00:00,90.5,", "2026-03-03T09:30:30")]
    [InlineData("1,Asia/Shanghai,Mon-Fri 09:00-17:00,,2026-03-02T16:00:00Z,60,", "2026-03-03T02:00:00Z")]
    [InlineData("1,Asia/Shanghai,Mon-Fri 09:00-17:00,,2026-03-02T16:00:00+09:00,60,", "2026-03-02T17:00:00+09:00")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,2026-03-03,2026-03-02 16:00,60.001,", "2026-03-04T09:00:00.06")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T16:00:00Z,0,", "2026-03-02T16:00:00Z")]
    [InlineData("1,floating,Sat 22:00-06:00,,2026-03-07T23:00:00,120,", "2026-03-08T01:00:00")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,every year: 03-02,2026-03-02T10:00:00,0,", "2026-03-03T09:00:00")]
    [InlineData(
        "1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,60,2026-03-02T10:30:00/2026-03-02T11:00:00;2026-03-02T11:10:00/2026-03-03T09:00:00",
        "2026-03-03T09:20:00"
    )]
    [InlineData("1,Europe/London,Sun 00:00-06:00,,2026-10-25T00:00:00,420,", "2026-10-25T06:00:00")]
    [InlineData("1,GMT Standard Time,Mon-Fri 09:00-17:00,,2026-07-06T07:00:00Z,60,", "2026-07-06T09:00:00Z")]
    public void A_due_time_is_written_the_way_the_start_was(string row, string due) => Assert.Equal(due, Due(row));

    [Theory]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,-5,", "The duration -5 is negative.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,soon,", "“soon” is not a number of minutes.")]
    [InlineData("1,Mars/Olympus,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,5,", "There is no time zone “Mars/Olympus”.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,yesterday,5,", "“yesterday” is not a time.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-02-30T10:00:00,5,", "“2026-02-30T10:00:00” is not a time.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,0001-01-01T10:00:00,5,", "The time “0001-01-01T10:00:00” lies outside")]
    [InlineData("1,floating,Mon-Fri 9 to 5,,2026-03-02T10:00:00,5,", "“9 to 5” is not an opening time.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,Xmas,2026-03-02T10:00:00,5,", "“Xmas” is not a holiday.")]
    [InlineData("1,floating,,,2026-03-02T10:00:00,5,", "The column weekly_hours is empty in this row.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,5,2026-03-02T10:00:00/", "“2026-03-02T10:00:00/” is not a pause.")]
    [InlineData(
        "1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,5,2026-03-02T10:00:00/2026-03-02T09:00:00",
        "A pause cannot end before it begins."
    )]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,99999999999999999999999999999999999,", "is not a number of minutes.")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,99999999999,", "The due date would lie more than 100 years ahead.")]
    public void A_bad_row_gets_its_reason(string row, string reason) => Assert.Contains(reason, Due(row), StringComparison.Ordinal);

    [Fact]
    public void A_bad_row_never_stops_the_others()
    {
        var (code, answers, _) = Run(
            CaseFile.Due,
            "\uFEFFid,note,timezone,weekly_hours,start_local_or_utc,duration_minutes\n"
                + "1,\"a, \"\"b\"\"\",floating,\"Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00\",2026-03-02T11:00:00,120\n"
                + "2,too,many,fields,in,this,row\n"
                + "3,few\n"
                + "\n"
                + "4,,floating,Mon-Sun 00:00-24:00,2026-03-02T23:00:00,120\n"
        );
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "id,note,timezone,weekly_hours,start_local_or_utc,duration_minutes,due",
                "1,\"a, \"\"b\"\"\",floating,\"Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00\",2026-03-02T11:00:00,120,2026-03-02T15:00:00",
                "2,too,many,fields,in,this,The row has 7 fields and the header has 6. Put quotation marks around fields that contain commas.",
                "3,few,,,,,The column timezone is empty in this row. Fill it in.",
                "4,,floating,Mon-Sun 00:00-24:00,2026-03-02T23:00:00,120,2026-03-03T01:00:00",
            ],
            answers.TrimEnd('\n').Split('\n')
        );
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("\n\n", "The file is empty.")]
    [InlineData(
        "id;timezone;weekly_hours;holidays;start_local_or_utc;duration_minutes\n1;2;3;4;5;6\n",
        "separated by commas; this file uses ;."
    )]
    [InlineData("id\ttimezone\tweekly_hours\tstart_local_or_utc\tduration_minutes\n", "this file uses TAB.")]
    [InlineData("id,timezone,start_local_or_utc\n", "lacks these columns: weekly_hours, duration_minutes.")]
    public void A_file_that_cannot_be_read_is_said_and_answers_nothing(string file, string said)
    {
        var (code, answers, problems) = Run(CaseFile.Due, file);
        Assert.Equal((2, ""), (code, answers));
        Assert.Contains(said, problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-06T16:00:00,2026-03-09T10:00:30", "120.5")]
    [InlineData("1,Europe/London,Sun 00:00-06:00,,2026-03-28T00:00:00,2026-03-30T00:00:00", "300")]
    [InlineData("1,Asia/Shanghai,Mon-Fri 09:00-17:00,2026-03-02,2026-03-01T16:00:00Z,2026-03-03T10:00:00", "60")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T09:00:00,2026-03-02T09:00:20", "0.3333333333")]
    [InlineData("1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,2026-03-02T10:00:00", "0")]
    [InlineData(
        "1,floating,Mon-Fri 09:00-17:00,,2026-03-02T10:00:00,2026-03-02T09:00:00",
        "The end lies before the start. Check the two times."
    )]
    public void Elapsed_working_minutes_keep_their_fractions(string row, string minutes) => Assert.Equal(minutes, Minutes(row));

    [WorkedExamplesFact]
    public void All_worked_examples_are_right()
    {
        using var cases = new StreamReader(WorkedExamplesFactAttribute.File!);
        using var answers = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Equal(0, CaseFile.Due(cases, answers, TextWriter.Null));
        using var text = new StringReader(answers.ToString());
        using var rows = CsvReader.Create(text, new CsvReaderOptions { Separator = ',' });
        var checkedRows = 0;
        while (rows.Read())
        {
            Assert.Equal((rows.GetString("id"), rows.GetString("expected_due")), (rows.GetString("id"), rows.GetString("due")));
            checkedRows++;
        }

        Assert.True(checkedRows >= 19, $"only {checkedRows} rows");
    }
}

/// <summary>Runs where the shared folder of open data lies beside the repository, and is shown as skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkedExamplesFactAttribute : FactAttribute
{
    public WorkedExamplesFactAttribute()
    {
        if (File is null)
        {
            Skip = "../shared/data/working_time.csv is not beside the repository";
        }
    }

    internal static string? File { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("Complaints.sln*").Any())
            {
                var file = Path.Combine(folder.FullName, "..", "shared", "data", "working_time.csv");
                return System.IO.File.Exists(file) ? file : null;
            }
        }

        return null;
    }
}
