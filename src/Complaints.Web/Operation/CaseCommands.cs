using Complaints.Language;
using Complaints.Time;

namespace Complaints.Web.Operation;

/// <summary>Checks a calendar: when are working minutes used up? Touches no database.</summary>
public sealed record DueCommand()
    : Command(
        "due",
        "answers a CSV of cases with their due times, to check a calendar",
        "complaints due --cases FILE.csv\n"
            + "Columns: timezone, weekly_hours, start_local_or_utc, duration_minutes; optional holidays, make_up_days and pauses\n"
            + "(from/to;from/to). Prints every row with a last column “due”, or the reason there is none.\n"
            + "  timezone      Europe/London, Asia/Shanghai …, or floating for none\n"
            + "  weekly_hours  Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00\n"
            + "  holidays      2026-12-28;every year: 12-25\n"
            + "A start with Z is answered with Z, a local one locally. Exit code 0, or 2 when the file cannot be read as a whole."
    )
{
    /// <inheritdoc />
    public override Task<int> RunAsync(string[] args) => Task.FromResult(CaseQuestions.Answer(args, CaseFile.Due));
}

/// <summary>Checks a calendar: how many working minutes lie between? Touches no database.</summary>
public sealed record ElapsedCommand()
    : Command(
        "elapsed",
        "answers a CSV of cases with the working minutes between two times",
        "complaints elapsed --cases FILE.csv\n"
            + "Columns: timezone, weekly_hours, start_local_or_utc, end_local_or_utc; optional holidays, make_up_days and pauses.\n"
            + "Prints every row with a last column “minutes”, or the reason there is none. “complaints help due” explains the columns."
    )
{
    /// <inheritdoc />
    public override Task<int> RunAsync(string[] args) => Task.FromResult(CaseQuestions.Answer(args, CaseFile.Elapsed));
}

/// <summary>Reads the file both commands are asked about.</summary>
internal static class CaseQuestions
{
    internal static int Answer(string[] args, Func<TextReader, TextWriter, TextWriter, int> answer)
    {
        try
        {
            using var cases = new StreamReader(FileOf(args));
            var result = answer(cases, Console.Out, Console.Error);
            Console.Out.Flush();
            return result;
        }
        catch (Refusal refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 2;
        }
    }

    private static string FileOf(string[] args)
    {
        var at = Array.IndexOf(args, "--cases");
        var file =
            at >= 0 && at + 1 < args.Length
                ? args[at + 1]
                : (Array.Find(args, a => a.StartsWith("--cases=", StringComparison.Ordinal)) ?? "--cases=")["--cases=".Length..];
        return file is "" or "-" || file.StartsWith("--", StringComparison.Ordinal)
                ? throw new Refusal("Name the CSV file with the cases: --cases FILE.csv. It is read from a file, never from the keyboard.")
            : File.Exists(file) ? file
            : throw new Refusal("There is no file {0}. Check the name and the folder you are in.", Path.GetFullPath(file));
    }
}
