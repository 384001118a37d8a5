using System.Globalization;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Web.Deadlines;

/// <summary>The form with what the calendar it describes does.</summary>
/// <param name="Form">As typed.</param>
/// <param name="Days">The next fourteen days in the calendar's zone with their openings; empty when it cannot be read.</param>
/// <param name="Answer">The due time of the try, in the calendar's zone; null when nothing was tried.</param>
/// <param name="Problem">Why the try has no answer.</param>
public sealed record CalendarPage(CalendarForm Form, IReadOnlyList<(DateOnly Day, string Open)> Days, DateTime? Answer, Sentence? Problem)
{
    /// <summary>Computes what can be shown of a form.</summary>
    public static CalendarPage Of(CalendarForm form, DateTime now)
    {
        WorkingCalendar calendar;
        try
        {
            calendar = form.Build();
        }
        catch (Refusal)
        {
            return new(form, [], null, null); // the error summary says it when the form was sent
        }

        var today = calendar.DateOf(now);
        var days = Enumerable
            .Range(0, 14)
            .Select(today.AddDays)
            .Select(d => (d, string.Join(", ", calendar.HoursOn(d).Select(Text))))
            .ToList();
        if (string.IsNullOrWhiteSpace(form.Start) && string.IsNullOrWhiteSpace(form.Minutes))
        {
            return new(form, days, null, null);
        }

        try
        {
            if (!decimal.TryParse(form.Minutes, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes))
            {
                throw new Refusal("“{0}” is not a number of minutes. Write 90, or 1.5 for a minute and a half.", form.Minutes ?? "");
            }

            if (
                !DateTime.TryParseExact(
                    form.Start,
                    ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"],
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var start
                )
            )
            {
                throw new Refusal("Give the start of the try as a day and a time.");
            }

            return new(
                form,
                days,
                calendar.LocalOf(new Target(minutes, TargetUnit.WorkingMinutes).DueFrom(calendar.UtcOf(start), calendar)),
                null
            );
        }
        catch (Refusal refused)
        {
            return new(form, days, null, refused.Sentence);
        }
    }

    private static string Text(HourSpan span) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{span.Opens:hh\\:mm}–{(span.Closes.TotalHours == 24 ? "24:00" : span.Closes.ToString("hh\\:mm", CultureInfo.InvariantCulture))}"
        );
}
