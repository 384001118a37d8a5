using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Web.Deadlines;

/// <summary>What is typed about a calendar, and what to try with it.</summary>
public sealed class CalendarForm
{
    public long? Id { get; set; }
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameZh { get; set; }
    public string? Zone { get; set; }
    public string? Hours { get; set; }
    public string? Holidays { get; set; }
    public string? MakeUpDays { get; set; }

    /// <summary>Local time in the calendar's zone, as typed.</summary>
    public string? Start { get; set; }

    /// <summary>Working minutes, as typed.</summary>
    public string? Minutes { get; set; }

    /// <summary>Set by the button that only tries.</summary>
    public string? Try { get; set; }

    /// <summary>The form of one that is there.</summary>
    public static CalendarForm Of(CalendarSetting c) =>
        new()
        {
            Id = c.Id,
            Version = c.Version,
            Name = c.Name,
            NameZh = c.NameZh,
            Zone = c.Zone,
            Hours = c.Hours,
            Holidays = c.Holidays,
            MakeUpDays = c.MakeUp,
        };

    /// <summary>The calendar that is typed.</summary>
    /// <exception cref="Refusal">Something cannot be read; its field says which.</exception>
    public WorkingCalendar Build() =>
        string.IsNullOrWhiteSpace(Name) ? throw new Refusal(new Sentence("Give the calendar a name."), nameof(Name))
        : Name.Length > 200 ? throw new Refusal(new Sentence("That name is too long; 200 characters fit."), nameof(Name))
        : Zones.Find(Zone ?? "") is null
            ? throw new Refusal(new Sentence("A calendar that deadlines run on needs a time zone, such as Europe/London."), nameof(Zone))
        : (Hours?.Length ?? 0) > 4000 ? throw new Refusal(new Sentence("That text is too long."), nameof(Hours))
        : (Holidays?.Length ?? 0) > 20_000 ? throw new Refusal(new Sentence("That text is too long."), nameof(Holidays))
        : (MakeUpDays?.Length ?? 0) > 20_000 ? throw new Refusal(new Sentence("That text is too long."), nameof(MakeUpDays))
        : WorkingCalendar.Parse(Name.Trim(), Zone!.Trim(), Hours ?? "", Holidays ?? "", MakeUpDays ?? "");

    /// <summary>Changes one that is there.</summary>
    public void WriteTo(CalendarSetting calendar)
    {
        calendar.Name = Name!.Trim();
        calendar.NameZh = string.IsNullOrWhiteSpace(NameZh) ? null : NameZh.Trim();
        calendar.Zone = Zone!.Trim();
        calendar.Hours = Hours ?? "";
        calendar.Holidays = Holidays ?? "";
        calendar.MakeUp = MakeUpDays ?? "";
    }
}
