using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Intake;

/// <summary>A row understood, before anything is looked up.</summary>
public sealed record ImportRow
{
    /// <summary>Unique over all imports: source and the row's own number, or a hash of the row.</summary>
    public required string SourceKey { get; init; }

    /// <summary>UTC. A date without a time is noon in the unit's zone: the day stays right wherever it is read.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>UTC; null while open.</summary>
    public DateTime? ClosedAt { get; init; }

    public required string WhatHappened { get; init; }
    public string? Summary { get; init; }
    public string? Wanted { get; init; }
    public required string CustomerName { get; init; }
    public string? Mail { get; init; }
    public string? Phone { get; init; }
    public string? PostalCode { get; init; }

    /// <summary>From the top of the tree down; empty when none.</summary>
    public IReadOnlyList<string> Category { get; init; } = [];
    public required Channel Channel { get; init; }
    public required Severity Severity { get; init; }
    public required long UnitId { get; init; }

    /// <summary>What the source says of its answer.</summary>
    public string? Status { get; init; }

    /// <summary>What the answer gave, when its words say so.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Every filled column, one a line.</summary>
    public required string Source { get; init; }
}

/// <summary>Understands the rows of one file by its plan. Pure.</summary>
/// <param name="plan">What the columns mean.</param>
/// <param name="header">The columns.</param>
/// <param name="units">Ids of units by lower-case name, in every language.</param>
/// <param name="book">Gives each unit its zone.</param>
public sealed class ImportRows(ImportPlan plan, IReadOnlyList<string> header, IReadOnlyDictionary<string, long> units, DeadlineBook book)
{
    private static readonly string[] _dates =
    [
        "M/d/yyyy",
        "M/d/yyyy H:mm",
        "M/d/yyyy H:mm:ss",
        "M/d/yyyy h:mm tt",
        "yyyy-M-d",
        "yyyy-M-d H:mm",
        "yyyy-M-d H:mm:ss",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy/M/d",
        "yyyy/M/d H:mm",
        "yyyy/M/d H:mm:ss",
        "yyyy.M.d",
        "yyyy年M月d日",
        "yyyy年M月d日 H:mm",
    ];

    private static readonly Dictionary<string, Channel> _channels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["telephone"] = Channel.Phone,
        ["call"] = Channel.Phone,
        ["email"] = Channel.Email,
        ["e-mail"] = Channel.Email,
        ["post"] = Channel.Letter,
        ["postal mail"] = Channel.Letter,
        ["fax"] = Channel.Letter,
        ["referral"] = Channel.Regulator,
        ["web referral"] = Channel.Regulator,
        ["website"] = Channel.Web,
        ["来电"] = Channel.Phone,
        ["热线"] = Channel.Phone,
        ["来访"] = Channel.Counter,
        ["来信"] = Channel.Letter,
        ["网站"] = Channel.Web,
        ["微信"] = Channel.Social,
        ["微博"] = Channel.Social,
        ["电子邮件"] = Channel.Email,
    };

    private static readonly string[] _closed =
    [
        "closed",
        "resolved",
        "done",
        "completed",
        "finished",
        "关闭",
        "已关闭",
        "办结",
        "已办结",
        "结案",
        "已结案",
        "已解决",
        "完成",
        "已完成",
    ];

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
        var received = DateOf(Needed(ImportField.Received, fields), calendar);
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
            Channel = Of(ImportField.Channel) is { } channel ? ChannelOf(channel) : plan.Channel,
            Severity = Of(ImportField.Severity) is { } severity ? Choice<Severity>(severity) : Severity.Normal,
            UnitId = unit,
            Status = status,
            Remedy = RemedyOf(status),
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

    private static DateTime DateOf(string text, WorkingCalendar calendar)
    {
        if (
            text.Length > 10
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)
            && (
                text.EndsWith('Z')
                || text[10..].Contains('+', StringComparison.Ordinal)
                || text[10..].Contains('-', StringComparison.Ordinal)
            )
        )
        {
            return Cut(exact.UtcDateTime);
        }

        if (
            !DateTime.TryParseExact(text, _dates, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local)
            || local.Year < 1950
        )
        {
            throw new Refusal("“{0}” is not a date. Write 2015-03-19, or 3/19/2015 with the month first.", text);
        }

        return Cut(calendar.UtcOf(text.Contains(':', StringComparison.Ordinal) ? local : local.AddHours(12)));
    }

    private static DateTime Cut(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    // Only what says it is closed is closed. Without a date of its own it closed on the last date the row names.
    private static DateTime? ClosedAt(
        string? status,
        string? closed,
        string? passedOn,
        DateTime received,
        WorkingCalendar calendar,
        DateTime now
    )
    {
        var says = status is not null && Array.Exists(_closed, c => status.StartsWith(c, StringComparison.OrdinalIgnoreCase));
        if (closed is not null && (says || status is null))
        {
            var at = DateOf(closed, calendar);
            return at < received ? throw new Refusal("It was closed on {0}, before it was received. Correct one of the dates.", closed)
                : at > now ? throw new Refusal("The date of closing {0} lies in the future.", closed)
                : at;
        }

        return !says ? null
            : passedOn is not null && DateOf(passedOn, calendar) is var passed && passed > received && passed <= now ? passed
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

    private static Remedy? RemedyOf(string? status) =>
        status is null ? null
        : status.Contains("non-monetary", StringComparison.OrdinalIgnoreCase) ? null
        : status.Contains("monetary relief", StringComparison.OrdinalIgnoreCase) ? Remedy.Compensation
        : status.Contains("explanation", StringComparison.OrdinalIgnoreCase) ? Remedy.Explanation
        : null;

    private static Channel ChannelOf(string text) => _channels.TryGetValue(text, out var channel) ? channel : Choice<Channel>(text);

    private static TEnum Choice<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (
                string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)
                || string.Equals(Tongue.Name(Tongue.English, value), text, StringComparison.OrdinalIgnoreCase)
                || string.Equals(Tongue.Name(Tongue.Chinese, value), text, StringComparison.OrdinalIgnoreCase)
            )
            {
                return value;
            }
        }

        throw new Refusal(
            "“{0}” is not known here. Write one of: {1}.",
            text,
            string.Join(", ", Enum.GetValues<TEnum>().Select(v => Tongue.Name(Tongue.English, v)))
        );
    }

    private static string? Joined(string? one, string? other) =>
        other is null ? one
        : one is null ? other
        : $"{one}: {other}";

    private static string Bounded(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
