using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;

namespace Complaints.Intake;

/// <summary>A customer's row understood, before anything is looked up. Null is what the file does not say.</summary>
/// <param name="Points">Mail addresses, phones and handles; each once.</param>
internal sealed record CustomerRow(
    string? Number,
    string Name,
    string? ContactPerson,
    IReadOnlyList<ContactPoint> Points,
    CustomerKind? Kind,
    Tier? Tier,
    string? Language,
    Channel? Channel,
    string? PostalCode,
    string? TimeZone,
    string? Notes
);

/// <summary>Understands the rows of a file of customers by its plan. Pure.</summary>
internal sealed class CustomerRows(ImportPlan plan, IReadOnlyList<string> header)
{
    private readonly Dictionary<ImportField, int> _places = plan.Columns.ToDictionary(
        c => c.Key,
        c => header.Index().First(h => string.Equals(h.Item, c.Value, StringComparison.OrdinalIgnoreCase)).Index
    );

    /// <summary>The row understood.</summary>
    /// <exception cref="Refusal">Why it cannot be.</exception>
    public CustomerRow Read(ImportLine line)
    {
        var fields = line.Fields;
        if (fields.Length != header.Count)
        {
            throw new Refusal(
                "The row has {0} fields and the header has {1}. Put quotation marks around fields that contain commas.",
                fields.Length,
                header.Count
            );
        }

        string? Of(ImportField field, int most)
        {
            if (!_places.TryGetValue(field, out var at) || SheetField.Plain(fields[at]) is not { Length: > 0 } text)
            {
                return null;
            }

            return text.Length <= most
                ? text
                : throw new Refusal("The column {0} has {1} characters in this row; {2} fit.", plan.Columns[field], text.Length, most);
        }

        var points = Points(Of(ImportField.Mail, 4000), Of(ImportField.Phone, 4000), Of(ImportField.Handle, 4000));
        var number = Of(ImportField.CustomerNumber, 100);
        return number is null && points.Count == 0
            ? throw new Refusal(
                "The row has no number, mail address, phone or handle, so nobody can be told from others by it. Fill one in."
            )
            : new CustomerRow(
                number,
                Of(ImportField.CustomerName, 300)
                    ?? throw new Refusal("The column {0} is empty in this row. Fill it in.", plan.Columns[ImportField.CustomerName]),
                Of(ImportField.ContactPerson, 300),
                points,
                Of(ImportField.Kind, 100) is { } kind ? ImportWords.Choice<CustomerKind>(kind) : null,
                Of(ImportField.Tier, 100) is { } tier ? ImportWords.Choice<Tier>(tier) : null,
                Of(ImportField.Language, 100) is { } language ? LanguageOf(language) : null,
                Of(ImportField.Channel, 100) is { } channel ? ImportWords.ChannelOf(channel) : null,
                Of(ImportField.PostalCode, 20),
                Of(ImportField.TimeZone, 100) is { } zone ? ZoneOf(zone) : null,
                Of(ImportField.Notes, 20_000)
            );
    }

    private static List<ContactPoint> Points(string? mails, string? phones, string? handles) =>
        [
            .. CustomerFile
                .Several(mails)
                .Select(m =>
                    IsAddress(m)
                        ? Point(ContactKind.Mail, m)
                        : throw new Refusal("“{0}” is no mail address. Write it like name@example.com.", m)
                )
                .Concat(
                    CustomerFile
                        .Several(phones)
                        .Select(p =>
                            p.Count(char.IsAsciiDigit) >= 3
                                ? Point(ContactKind.Phone, p)
                                : throw new Refusal("“{0}” is no phone number.", p)
                        )
                )
                .Concat(CustomerFile.Several(handles).Select(h => Point(ContactKind.Social, h)))
                .DistinctBy(p => (p.Kind, p.Normalised)),
        ];

    private static ContactPoint Point(ContactKind kind, string value) =>
        value.Length > 200
            ? throw new Refusal("A phone number or address has at most {0} characters.", 200)
            : new ContactPoint
            {
                Kind = kind,
                Value = value,
                Normalised = Matching.Normalise(kind, value),
            };

    private static bool IsAddress(string text) =>
        System.Net.Mail.MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !text.Any(char.IsControl);

    private static string LanguageOf(string text) =>
        text.ToLowerInvariant() switch
        {
            "en" or "english" or "英语" or "英文" => Tongue.English,
            "zh" or "zh-cn" or "zh-hans" or "chinese" or "中文" or "汉语" or "简体中文" => Tongue.Chinese,
            _ => throw new Refusal("“{0}” is not known here. Write one of: {1}.", text, "en, zh-Hans"),
        };

    private static string ZoneOf(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out _)
            ? text
            : throw new Refusal("“{0}” is no time zone. Write it like Europe/London, or leave it empty.", text);
}
