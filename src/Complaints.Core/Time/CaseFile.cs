using Complaints.Language;
using CsvHelper;

namespace Complaints.Time;

/// <summary>
/// Answers a CSV file of worked cases, so that an administrator can check a calendar before switching it on. Every row comes
/// back with all its columns in their order and one more: the answer, or a sentence that says why there is none.
/// </summary>
public static class CaseFile
{
    private static readonly string[] _due = [CaseRow.Zone, CaseRow.Hours, CaseRow.Start, CaseRow.Minutes];
    private static readonly string[] _elapsed = [CaseRow.Zone, CaseRow.Hours, CaseRow.Start, CaseRow.End];

    /// <summary>
    /// Adds <c>due</c>: when <c>duration_minutes</c> working minutes from <c>start_local_or_utc</c> are used up. Optional columns:
    /// <c>holidays</c>, <c>make_up_days</c>, <c>pauses</c> (<c>from/to;from/to</c>).
    /// </summary>
    /// <param name="cases">CSV with a header row.</param>
    /// <param name="answers">Gets the CSV; nothing when the file as a whole cannot be read.</param>
    /// <param name="problems">Gets a sentence when the file as a whole cannot be read.</param>
    /// <returns>0, or 2 when the file as a whole cannot be read. Rows without an answer do not count as failure.</returns>
    public static int Due(TextReader cases, TextWriter answers, TextWriter problems) =>
        Answer(cases, answers, problems, _due, "due", row => row.Due());

    /// <summary>
    /// Adds <c>minutes</c>: the working minutes from <c>start_local_or_utc</c> to <c>end_local_or_utc</c>, with their fractions.
    /// Optional columns: <c>holidays</c>, <c>make_up_days</c>, <c>pauses</c>. Parameters and result as for <see cref="Due"/>.
    /// </summary>
    public static int Elapsed(TextReader cases, TextWriter answers, TextWriter problems) =>
        Answer(cases, answers, problems, _elapsed, "minutes", row => row.Elapsed());

    private static int Answer(
        TextReader cases,
        TextWriter answers,
        TextWriter problems,
        string[] needed,
        string column,
        Func<CaseRow, string> answer
    )
    {
        // The separator is fixed: a guess would read a column of comma-separated hours as several.
        using var reader = CsvReader.Create(cases, new CsvReaderOptions { Separator = ',', HasHeader = false }, leaveOpen: true);
        var header = reader.Read() ? Fields(reader) : [];
        if (Problem(header, needed) is { } problem)
        {
            problems.WriteLine(problem.ToString());
            return 2;
        }

        var places = Places(header);
        using var writer = CsvWriter.Create(answers, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord([.. header, column]);
        while (reader.Read())
        {
            var fields = Fields(reader);
            writer.WriteRecord([.. header.Select((_, i) => i < fields.Length ? fields[i] : ""), Said(fields, header, places, answer)]);
        }

        return 0;
    }

    private static string[] Fields(CsvReader reader) =>
        [
            .. Enumerable
                .Range(0, reader.FieldCount)
                .Select(reader.GetString)
                .Select((field, i) => i == 0 ? field.TrimStart('\uFEFF') : field),
        ];

    private static string Said(string[] fields, string[] header, Dictionary<string, int> places, Func<CaseRow, string> answer)
    {
        try
        {
            return fields.Length > header.Length
                ? throw new Refusal(
                    "The row has {0} fields and the header has {1}. Put quotation marks around fields that contain commas.",
                    fields.Length,
                    header.Length
                )
                : answer(new CaseRow(name => places.TryGetValue(name, out var i) && i < fields.Length ? fields[i].Trim() : ""));
        }
        catch (Refusal refusal)
        {
            return refusal.Sentence.ToString();
        }
    }

    private static Sentence? Problem(string[] header, string[] needed)
    {
        if (header.All(string.IsNullOrWhiteSpace))
        {
            return new Sentence("The file is empty. Its first line must name the columns: {0}.", string.Join(", ", needed));
        }

        var places = Places(header);
        var missing = needed.Where(n => !places.ContainsKey(n)).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        return header.Length == 1 && header[0].IndexOfAny([';', '\t', '|']) is >= 0 and var at
            ? new Sentence(
                "The columns must be separated by commas; this file uses {0}. Save it as CSV with commas and try again.",
                header[0][at] == '\t' ? "TAB" : header[0][at].ToString()
            )
            : new Sentence("The file lacks these columns: {0}. Add them to its first line and try again.", string.Join(", ", missing));
    }

    private static Dictionary<string, int> Places(string[] header)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Length; i++)
        {
            places.TryAdd(header[i].Trim(), i);
        }

        return places;
    }
}
