using System.Globalization;
using Complaints.Language;

namespace Complaints.Time;

/// <summary>One row of a case file: a calendar and a question to it.</summary>
/// <param name="field">The trimmed field of a column; empty when there is none.</param>
internal sealed class CaseRow(Func<string, string> field)
{
    internal const string Zone = "timezone";
    internal const string Hours = "weekly_hours";
    internal const string Start = "start_local_or_utc";
    internal const string End = "end_local_or_utc";
    internal const string Minutes = "duration_minutes";
    private const string Holidays = "holidays";
    private const string MakeUpDays = "make_up_days";
    private const string Pauses = "pauses";

    /// <summary>When the minutes are used up, written as the start was.</summary>
    /// <exception cref="Refusal">There is no answer, and why.</exception>
    internal string Due()
    {
        var calendar = Calendar();
        var start = WrittenTime.Parse(Needed(Start), calendar);
        var target = new Target(Number(Needed(Minutes)), TargetUnit.WorkingMinutes);
        var clock = new ClockRun(calendar, target, start.Utc, Stops(calendar), start.Utc);
        return start.Answer(clock.Due, calendar);
    }

    /// <summary>The working minutes between start and end, to ten places.</summary>
    /// <exception cref="Refusal">There is no answer, and why.</exception>
    internal string Elapsed()
    {
        var calendar = Calendar();
        var start = WrittenTime.Parse(Needed(Start), calendar);
        var end = WrittenTime.Parse(Needed(End), calendar);
        if (end.Utc < start.Utc)
        {
            throw new Refusal("The end lies before the start. Check the two times.");
        }

        var holes = Pause.InOrder(Stops(calendar), start.Utc, start.Utc).ConvertAll(p => p.Span);
        var worked = calendar.OpenFrom(start.Utc, end.Utc).Without(holes).LengthUntil(end.Utc);
        return ((decimal)worked.Ticks / TimeSpan.TicksPerMinute).ToString("0.##########", CultureInfo.InvariantCulture);
    }

    private static decimal Number(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes))
        {
            throw new Refusal("“{0}” is not a number of minutes. Write 90, or 1.5 for a minute and a half.", text);
        }

        return minutes >= 0 ? minutes : throw new Refusal("The duration {0} is negative. Write zero or more minutes.", text);
    }

    private WorkingCalendar Calendar() => WorkingCalendar.Parse("", Needed(Zone), Needed(Hours), field(Holidays), field(MakeUpDays));

    private string Needed(string column) =>
        field(column) is { Length: > 0 } text ? text : throw new Refusal("The column {0} is empty in this row. Fill it in.", column);

    private List<Pause> Stops(WorkingCalendar calendar) =>
        field(Pauses)
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Stop(text, calendar))
            .ToList();

    private static Pause Stop(string text, WorkingCalendar calendar)
    {
        var ends = text.Split('/', StringSplitOptions.TrimEntries);
        return ends is [{ Length: > 0 } from, { Length: > 0 } to]
            ? new Pause(WrittenTime.Parse(from, calendar).Utc, WrittenTime.Parse(to, calendar).Utc)
            : throw new Refusal("“{0}” is not a pause. Write its two times as from/to; a pause without an end has no due time.", text);
    }
}
