using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>Everything that can be set, one line a page; and what a new house does first.</summary>
[Route("settings")]
[Needs(Right.Administer)]
public sealed class SettingsController(ComplaintsDb db, IConfiguration settings, EndpointDataSource pages) : DeskController
{
    private const string CalendarSeen = "checklist.calendar";

    private static readonly SettingsPage[] _all =
    [
        new("/settings/checklist", "check", new("First steps"), new("What a new desk needs before the first complaint")),
        new("/settings/organisation", "building", new("Organisation"), new("Name, time zone, currency")),
        new("/settings/units", "building", new("Units"), new("Branches and departments: calendar, regimes, equal treatment")),
        new("/staff", "users", new("Staff"), new("Invite, change role and unit, mark away, deactivate")),
        new("/settings/calendars", "calendar", new("Calendars"), new("Working hours, holidays, make-up days")),
        new("/settings/policy", "clock", new("Deadlines"), new("Targets for each step, by tier, severity, channel, category")),
        new("/settings/regimes", "scales", new("Regulators"), new("Their clocks and the documents they demand")),
        new("/settings/escalation", "escalate", new("Escalation"), new("Levels, moments, words that need attention")),
        new("/settings/follow-up", "star", new("Follow-up"), new("When customers are asked, reminded and called, and who is")),
        new(
            "/settings/questionnaires",
            "star",
            new("Questions and call script"),
            new("What customers are asked, by unit and category; old answers keep their questions")
        ),
        new("/settings/web-form", "globe", new("Public form"), new("Where customers complain, and which unit gets it")),
        new("/settings/categories", "menu", new("Categories"), new("What complaints are about")),
        new("/settings/fields", "edit", new("Fields|settings"), new("What you want to know about complaints beside the usual")),
        new(
            "/settings/checklists",
            "check",
            new("Checklists"),
            new("What is to be done about complaints of a kind, and before which step")
        ),
        new("/settings/causes", "menu", new("Root causes"), new("Why it happened, chosen when resolving")),
        new("/settings/caller", "phone", new("Callers"), new("What is asked on the phone before anything is told")),
        new("/settings/limits", "scales", new("Remedy limits"), new("What each role and seat may grant alone, and when it is to be paid")),
        new("/settings/mail", "mail", new("Mail"), new("The mail server, and a test")),
        new("/settings/mailboxes", "inbox", new("Mailboxes"), new("Where customers' mail comes in, and which unit gets it")),
        new("/settings/files", "paperclip", new("Files"), new("What is blocked, how large files may be, and the virus scanner")),
        new("/settings/customers", "users", new("Customers"), new("From how many complaints on a customer stands out")),
        new("/settings/receipts", "inbox", new("Receipts|settings"), new("How many receipts one address gets at most")),
        new("/mail", "send", new("Mail traffic"), new("What waits, was refused, or has to be decided")),
        new("/settings/templates", "letter", new("Templates"), new("The words of every mail, in each language")),
        new(
            "/phrases",
            "chat",
            new("Phrase book"),
            new("Phrases to put in where somebody writes to a customer, and how they are received")
        ),
        new(
            "/settings/writing-advice",
            "edit",
            new("Writing adviser"),
            new("Blunt wording and better forms, jargon, promises without a date")
        ),
        new("/settings/work", "refresh", new("Background work"), new("What runs by itself, when it last did, and what failed")),
        new("/sandbox", "inbox", new("Mail sandbox"), new("Mail that was written and not sent out")),
    ];

    /// <summary>The pages, as far as this version has them.</summary>
    [HttpGet("")]
    public IActionResult Index()
    {
        var there = pages.Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.Trim('/')).ToHashSet();
        return View("Settings", _all.Where(p => there.Contains(p.Url)).ToList());
    }

    /// <summary>The list that ticks itself.</summary>
    [HttpGet("checklist")]
    public async Task<IActionResult> Checklist() => View("Checklist", await StepsAsync());

    /// <summary>Somebody looked at the hours of the first unit's calendar and found them right.</summary>
    [HttpPost("checklist/calendar")]
    public async Task<IActionResult> CalendarIsRight()
    {
        if (await db.Settings.FindAsync(CalendarSeen) is null)
        {
            db.Settings.Add(new Setting { Name = CalendarSeen, Value = Me.Member.Name });
            await db.SaveChangesAsync();
        }

        return RedirectToAction(nameof(Checklist));
    }

    private async Task<IReadOnlyList<FirstStep>> StepsAsync()
    {
        var mail = await db.Settings.AnyAsync(s => s.Name == "mail.smtp") || settings["Smtp:Host"] is { Length: > 0 };
        var tested = await db.OutMessages.AnyAsync(m =>
            m.Purpose == MailPurpose.Test && m.Deliveries.Any(d => d.State == DeliveryState.Sent)
        );
        var first = await db.Units.Where(u => u.ParentId == null).Select(u => u.CalendarId).FirstOrDefaultAsync();
        var calendar = await db.Calendars.Where(c => c.Id == first).Select(c => c.Zone + ", " + c.Hours).FirstOrDefaultAsync();
        return
        [
            new("/staff/new", new("Invite the first colleague"), await db.Staff.CountAsync() > 1),
            new(
                "/settings/calendars",
                new("Check the working hours: {0}", calendar),
                await db.Settings.AnyAsync(s => s.Name == CalendarSeen),
                "/settings/checklist/calendar"
            ),
            new("/settings/mail", new("Name the mail server; until then mail stays in the sandbox"), mail),
            new("/settings/mail", new("Send a test mail and see it arrive"), tested),
            new(
                null,
                new("Set PublicUrl, the address in every mail, where the program is started"),
                settings["PublicUrl"] is { Length: > 0 }
            ),
            new(null, new("Let somebody log the first complaint"), await db.Complaints.AnyAsync()),
        ];
    }
}

/// <summary>A line of the settings page.</summary>
public sealed record SettingsPage(string Url, string Icon, Sentence Title, Sentence About);

/// <summary>A line of the checklist.</summary>
/// <param name="Url">Where it is done; null when elsewhere.</param>
/// <param name="Confirm">Where a look is confirmed; null when it ticks itself.</param>
public sealed record FirstStep(string? Url, Sentence What, bool Done, string? Confirm = null);
