using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Settings;

/// <summary>Everything that can be set, one line a page; and what a new house does first.</summary>
[Route("settings")]
[Needs(Right.Administer)]
public sealed class SettingsController(ComplaintsDb db, FirstSteps steps, EndpointDataSource pages) : DeskController
{
    private static readonly SettingsPage[] _all =
    [
        new("/settings/checklist", "check", new("First steps"), new("What a new desk needs before the first complaint")),
        new("/settings/history", "clock", new("History of settings"), new("Who changed what, and what it was before")),
        new("/settings/file", "download", new("All settings as one file"), new("Take them out, compare, bring them in")),
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
    public async Task<IActionResult> Checklist()
    {
        ViewData["Away"] = await steps.IsAwayAsync();
        return View("Checklist", await steps.ReadAsync());
    }

    /// <summary>Somebody looked and found it right as it is.</summary>
    [HttpPost("checklist/{what}")]
    public async Task<IActionResult> IsRight(string what)
    {
        if (!FirstSteps.Confirmed.Contains(what))
        {
            throw new NotHere();
        }

        await FirstSteps.NoteAsync(db, "checklist." + what);
        return RedirectToAction(nameof(Checklist));
    }

    /// <summary>Takes the list off the home page.</summary>
    [HttpPost("checklist/away")]
    public async Task<IActionResult> PutAway()
    {
        await FirstSteps.NoteAsync(db, FirstSteps.Away);
        Flash("Put away. You find it again under Settings, First steps.");
        return Redirect("/");
    }

    /// <summary>Puts it back.</summary>
    [HttpPost("checklist/back")]
    public async Task<IActionResult> TakeBack()
    {
        if (await db.Settings.FindAsync(FirstSteps.Away) is { } away)
        {
            db.Settings.Remove(away);
            await db.SaveChangesAsync();
        }

        return RedirectToAction(nameof(Checklist));
    }
}

/// <summary>A line of the settings page.</summary>
public sealed record SettingsPage(string Url, string Icon, Sentence Title, Sentence About);
