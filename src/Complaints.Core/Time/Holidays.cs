using System.Globalization;
using Complaints.Language;

namespace Complaints.Time;

/// <summary>Days that are closed though their weekday works, as written <c>2026-12-25;every year: 12-25</c>.</summary>
public sealed class Holidays
{
    private const string EveryYear = "every year";

    private readonly HashSet<DateOnly> _once;
    private readonly HashSet<DateOnly> _yearly; // kept in the leap year 2000, so that 02-29 can be one

    private Holidays(HashSet<DateOnly> once, HashSet<DateOnly> yearly) => (_once, _yearly) = (once, yearly);

    /// <summary>Whether every day of every year is one.</summary>
    public bool CoverTheYear => _yearly.Count == 366;

    /// <summary>Whether <paramref name="date"/> is one. 02-29 is one in leap years only.</summary>
    public bool Contains(DateOnly date) => _once.Contains(date) || _yearly.Contains(new DateOnly(2000, date.Month, date.Day));

    /// <summary>Reads the written form; parts are separated by ; or , and empty text is none.</summary>
    /// <exception cref="Refusal">A part is no date; the sentence names it.</exception>
    public static Holidays Parse(string text)
    {
        var once = new HashSet<DateOnly>();
        var yearly = new HashSet<DateOnly>();
        foreach (var part in Written.Parts(text, ';', ','))
        {
            if (Written.Date(part, out var date))
            {
                once.Add(date);
            }
            else if (Yearly(part, out date))
            {
                yearly.Add(date);
            }
            else
            {
                throw new Refusal(
                    new Sentence("“{0}” is not a holiday. Write a date such as 2026-12-25, or every year: 12-25.", part),
                    "Holidays"
                );
            }
        }

        return new Holidays(once, yearly);
    }

    /// <summary>The written form: single days in order, then the yearly ones.</summary>
    public override string ToString() =>
        string.Join(
            ';',
            _once
                .Order()
                .Select(d => d.Text())
                .Concat(_yearly.Order().Select(d => string.Create(CultureInfo.InvariantCulture, $"{EveryYear}: {d:MM-dd}")))
        );

    private static bool Yearly(string part, out DateOnly date)
    {
        date = default;
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && part[..colon].Trim() is var word
            && (word.Equals(EveryYear, StringComparison.OrdinalIgnoreCase) || word == "每年")
            && DateOnly.TryParseExact(
                $"2000-{part[(colon + 1)..].Trim()}",
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out date
            );
    }
}
