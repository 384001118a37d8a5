using System.Globalization;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using CsvHelper;

namespace Complaints.Intake;

/// <summary>
/// Customers as a CSV file that a spreadsheet opens without running anything in it, and that the import reads again. What
/// helps those who need more care is not in it.
/// </summary>
public static class CustomerFile
{
    private const string Between = "; ";

    /// <summary>Names of the columns.</summary>
    public static IReadOnlyList<string> Header { get; } =
    [
        "Customer number",
        "Name",
        "Contact person",
        "Kind",
        "Tier",
        "Language",
        "Preferred channel",
        "Mail",
        "Phone",
        "Handle",
        "Postal code",
        "Time zone",
        "Needs and preferences",
        "No surveys since",
        "Customer since",
    ];

    /// <summary>The line of names.</summary>
    public static string Head() => Written([Header]);

    /// <summary>Lines of customers, contact points loaded.</summary>
    public static string Lines(IEnumerable<Customer> customers) => Written(customers.Select(Fields));

    /// <summary>Several values of one field of a row.</summary>
    public static IEnumerable<string> Several(string? text) =>
        (text ?? "")
            .Split([';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(SheetField.Plain);

    private static IReadOnlyList<string> Fields(Customer c) =>
        [
            c.ExternalNumber ?? "",
            c.Name,
            c.ContactPerson ?? "",
            Tongue.Name(Tongue.English, c.Kind),
            Tongue.Name(Tongue.English, c.Tier),
            c.Language,
            Tongue.Name(Tongue.English, c.PreferredChannel),
            Points(c, ContactKind.Mail),
            Points(c, ContactKind.Phone),
            Points(c, ContactKind.Social),
            c.PostalCode ?? "",
            c.TimeZone ?? "",
            c.Notes ?? "",
            Day(c.NoSurveysSince),
            Day(c.CreatedAt),
        ];

    private static string Points(Customer c, ContactKind kind) =>
        string.Join(Between, c.ContactPoints.Where(p => p.Kind == kind).OrderBy(p => p.Id).Select(p => p.Value));

    private static string Day(DateTime? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Written(IEnumerable<IReadOnlyList<string>> records)
    {
        using var text = new StringWriter();
        using (var writer = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true))
        {
            foreach (var record in records)
            {
                writer.WriteRecord([.. record.Select(SheetField.Harmless)]);
            }
        }

        return text.ToString();
    }
}
