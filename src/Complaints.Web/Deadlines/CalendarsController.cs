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
