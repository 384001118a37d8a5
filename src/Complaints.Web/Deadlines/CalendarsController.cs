using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>Working calendars: list, add, change, try, delete. Deadlines that run are never moved by it.</summary>
public sealed class CalendarsController(ComplaintsDb db) : DeskController
{
    /// <summary>All of them.</summary>
    [HttpGet("settings/calendars")]
    public async Task<IActionResult> Index()
    {
        Allow();
        return View("Calendars", await db.Calendars.AsNoTracking().OrderBy(c => c.Name).ToListAsync());
    }

    /// <summary>An empty form.</summary>
    [HttpGet("settings/calendars/new")]
    public IActionResult New()
    {
        Allow();
        return Form(new CalendarForm { Zone = T.Reader.Zone.Id, Hours = "Mon-Fri 09:00-17:00" });
    }

    /// <summary>One of them.</summary>
    [HttpGet("settings/calendars/{id:long}")]
    public async Task<IActionResult> Edit(long id) => Form(CalendarForm.Of(await FindAsync(id)));

    /// <summary>Adds or changes one; with <c>Try</c> it only shows what the typed calendar does.</summary>
    [HttpPost("settings/calendars")]
    public async Task<IActionResult> Save(CalendarForm form)
    {
        Allow();
        return await TryAsync(
            async () =>
            {
                var built = form.Build(); // refuses what cannot be read
                if (form.Try is not null)
                {
                    return Form(form);
                }

                if (form.Id is { } id)
                {
                    var calendar = await FindAsync(id);
                    if (calendar.Version != form.Version)
                    {
                        throw new Refusal("Somebody changed this in the meantime. Open it again and repeat your change.");
                    }

                    form.WriteTo(calendar);
                }
                else
                {
                    db.Calendars.Add(
                        new CalendarSetting
                        {
                            Name = built.Name,
                            NameZh = form.NameZh,
                            Zone = form.Zone!,
                            Hours = form.Hours!,
                            Holidays = form.Holidays ?? "",
                            MakeUp = form.MakeUpDays ?? "",
                        }
                    );
                }

                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
                Flash("The calendar is saved. New deadlines use it; those that run stay as they are.");
                return Redirect("/settings/calendars");
            },
            () => Task.FromResult(Form(form))
        );
    }

    /// <summary>Deletes one that nothing uses.</summary>
    [HttpPost("settings/calendars/{id:long}/deletion")]
    public async Task<IActionResult> Delete(long id)
    {
        var calendar = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                if (
                    await db.Units.AnyAsync(u => u.CalendarId == id)
                    || await db.Regimes.AnyAsync(r => r.CalendarId == id)
                    || await db.Clocks.AnyAsync(c => c.CalendarId == id)
                )
                {
                    throw new Refusal("A unit, a regime or a deadline uses this calendar. Give them another one first.");
                }

                db.Remove(calendar);
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
                Flash("The calendar is deleted.");
                return Redirect("/settings/calendars");
            },
            Index
        );
    }

    private void Allow()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }

    private async Task<CalendarSetting> FindAsync(long id)
    {
        Allow();
        return await db.Calendars.FirstOrDefaultAsync(c => c.Id == id) ?? throw new NotHere();
    }

    private IActionResult Form(CalendarForm form) => View("Calendar", CalendarPage.Of(form, Now));
}

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
