using System.Globalization;
using Complaints.Language;
using CsvHelper;

namespace Complaints.Intake;

/// <summary>Writes refused rows as a CSV file that can be corrected and imported again: the file's columns, then line and reason.</summary>
public static class RefusedRows
{
    /// <summary>Writes them; a row with too many fields has the rest in its last column.</summary>
    public static void Write(TextWriter to, ImportPlan plan, IEnumerable<RefusedRow> rows, Reader reader)
    {
        using var writer = CsvWriter.Create(to, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        writer.WriteRecord([.. plan.Header, "line", "reason"]);
        foreach (var row in rows)
        {
            var fields = row.Row.Split('\u001f');
            var kept = plan.Header.Select(
                (_, i) =>
                    i >= fields.Length ? ""
                    : i == plan.Header.Count - 1 ? string.Join(plan.Separator, fields[i..])
                    : fields[i]
            );
            writer.WriteRecord([.. kept, row.Line.ToString(CultureInfo.InvariantCulture), Tongue.Say(reader, KeptSentence.Read(row.Why))]);
        }
    }
}
