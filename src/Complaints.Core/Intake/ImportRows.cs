using System.Security.Cryptography;
using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Intake;

/// <summary>Understands the rows of one file by its plan. Pure.</summary>
/// <param name="plan">What the columns mean.</param>
/// <param name="header">The columns.</param>
/// <param name="units">Ids of units by lower-case name, in every language.</param>
/// <param name="book">Gives each unit its zone.</param>
public sealed class ImportRows(ImportPlan plan, IReadOnlyList<string> header, IReadOnlyDictionary<string, long> units, DeadlineBook book)
{
    private readonly Dictionary<ImportField, int> _places = plan.Columns.ToDictionary(
        c => c.Key,
        c => header.Index().First(h => string.Equals(h.Item, c.Value, StringComparison.OrdinalIgnoreCase)).Index
    );

    /// <summary>The row understood.</summary>
    /// <exception cref="Refusal">Why it cannot be.</exception>
    public ImportRow Read(ImportLine line, DateTime now)
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

        string? Of(ImportField field) => _places.TryGetValue(field, out var at) && fields[at].Length > 0 ? fields[at] : null;

        var unit = UnitOf(Of(ImportField.Unit));
        var calendar = book.Calendar(book.Unit(unit).CalendarId);
        var received = ImportWords.DateOf(Needed(ImportField.Received, fields), calendar);
        if (received > now)
        {
            throw new Refusal("The date of receipt {0} lies in the future.", Of(ImportField.Received));
        }

        var status = Of(ImportField.Status);
        var postal = PostalCodeOf(Of(ImportField.PostalCode));
        return new ImportRow
        {
            SourceKey = KeyOf(fields),
            ReceivedAt = received,
            ClosedAt = ClosedAt(status, Of(ImportField.Closed), Of(ImportField.PassedOn), received, calendar, now),
            WhatHappened = WhatHappened(Of),
            Summary =
                Of(ImportField.Summary)
                ?? Joined(Of(ImportField.Issue), Of(ImportField.SubIssue))
                ?? Joined(Of(ImportField.Category), Of(ImportField.SubCategory)),
            Wanted = Of(ImportField.Wanted),
            CustomerName = Bounded(Of(ImportField.CustomerName) ?? Nameless(postal, Of(ImportField.Region)), 300),
            Mail = Of(ImportField.Mail) is { } mail && mail.Contains('@', StringComparison.Ordinal) ? Bounded(mail, 390) : null,
            Phone = Of(ImportField.Phone) is { } phone && phone.Any(char.IsDigit) ? Bounded(phone, 390) : null,
            PostalCode = postal,
            Category = [.. new[] { Of(ImportField.Category), Of(ImportField.SubCategory) }.OfType<string>().Select(c => Bounded(c, 390))],
            Channel = Of(ImportField.Channel) is { } channel ? ImportWords.ChannelOf(channel) : plan.Channel,
            Severity = Of(ImportField.Severity) is { } severity ? ImportWords.Choice<Severity>(severity) : Severity.Normal,
            UnitId = unit,
            Status = status,
            Remedy = ImportWords.RemedyOf(status),
            Source = string.Join(
                '\n',
                header.Zip(fields).Where(p => p.First.Length > 0 && p.Second.Length > 0).Select(p => $"{p.First}: {p.Second}")
            ),
        };
    }

    private string Needed(ImportField field, string[] fields) =>
        fields[_places[field]] is { Length: > 0 } text
            ? text
            : throw new Refusal("The column {0} is empty in this row. Fill it in.", plan.Columns[field]);

    private string KeyOf(string[] fields)
    {
        var own = _places.ContainsKey(ImportField.Key)
            ? Needed(ImportField.Key, fields)
            : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', fields))));
        return own.Length <= 120
            ? $"{plan.Source}:{own}"
            : $"{plan.Source}:#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(own)))}";
    }

    private long UnitOf(string? name) =>
        name is null ? plan.UnitId
        : units.TryGetValue(name.ToLowerInvariant(), out var id) ? id
        : throw new Refusal("There is no unit “{0}”. Correct the name, or add the unit first.", name);

    // Without a date of its own it closed on the last date the row names.
    private static DateTime? ClosedAt(
        string? status,
        string? closed,
        string? passedOn,
        DateTime received,
        WorkingCalendar calendar,
        DateTime now
    )
    {
        var says = ImportWords.SaysClosed(status);
        if (closed is not null && (says || status is null))
        {
            var at = ImportWords.DateOf(closed, calendar);
            return at < received ? throw new Refusal("It was closed on {0}, before it was received. Correct one of the dates.", closed)
                : at > now ? throw new Refusal("The date of closing {0} lies in the future.", closed)
                : at;
        }

        return !says ? null
            : passedOn is not null && ImportWords.DateOf(passedOn, calendar) is var passed && passed > received && passed <= now ? passed
            : received;
    }

    private string WhatHappened(Func<ImportField, string?> of)
    {
        var told = of(ImportField.WhatHappened);
        ImportField[] kept = told is null
            ? [ImportField.Issue, ImportField.SubIssue, ImportField.Status, ImportField.Timely, ImportField.Disputed]
            : [ImportField.Timely, ImportField.Disputed];
        if (told is null && of(ImportField.Issue) is null && of(ImportField.Summary) is null && of(ImportField.Category) is null)
        {
            throw new Refusal("The row does not say what happened. Fill in the text, the issue or the category.");
        }

        var lines = kept.Where(f => of(f) is not null).Select(f => $"{plan.Columns[f]}: {of(f)}");
        var text = string.Join('\n', told is null ? [.. new[] { of(ImportField.Summary) }.OfType<string>(), .. lines] : [told, .. lines]);
        return text.Length > 0 ? text : of(ImportField.Category)!;
    }

    private string? PostalCodeOf(string? text)
    {
        // A spreadsheet took a US ZIP code for a number and dropped its leading zeros.
        var zip =
            text is { Length: < 5 }
            && text.All(char.IsAsciiDigit)
            && plan.Columns[ImportField.PostalCode].Contains("zip", StringComparison.OrdinalIgnoreCase);
        return zip ? text!.PadLeft(5, '0')
            : text is null ? null
            : Bounded(text, 20);
    }

    private static string Nameless(string? postal, string? region) =>
        (postal, region) switch
        {
            (null, null) => "Consumer",
            (null, _) => $"Consumer ({region})",
            (_, null) => $"Consumer, ZIP {postal}",
            _ => $"Consumer, ZIP {postal} ({region})",
        };

    private static string? Joined(string? one, string? other) =>
        other is null ? one
        : one is null ? other
        : $"{one}: {other}";

    private static string Bounded(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
