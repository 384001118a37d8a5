using System.Text.RegularExpressions;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>The mailboxes customers write to: add, try, pause, and see how each is doing.</summary>
[Route("settings/mailboxes")]
[Needs(Right.Administer)]
public sealed partial class MailboxesController(ComplaintsDb db, MailboxDoor door, Keys keys) : DeskController
{
    /// <summary>All of them, with what waits and what was set aside.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        var waiting = await CountAsync(InState.Waiting);
        var aside = await CountAsync(InState.Quarantined);
        var boxes = await db.Mailboxes.AsNoTracking().Include(m => m.Unit).OrderBy(m => m.Name).ToListAsync();
        return View(
            "Mailboxes",
            boxes.ConvertAll(m => new MailboxLine(m, waiting.GetValueOrDefault(m.Name), aside.GetValueOrDefault(m.Name)))
        );
    }

    /// <summary>The empty form for one kind.</summary>
    [HttpGet("new")]
    public Task<IActionResult> New(MailboxKind kind = MailboxKind.Imap) =>
        FormAsync(null, new MailboxForm { Kind = kind, Folder = kind == MailboxKind.Imap ? "INBOX" : "" });

    /// <summary>Adds one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(MailboxForm form) =>
        TryAsync(
            async () =>
            {
                var name = form.Name?.Trim() ?? "";
                if (!Name().IsMatch(name) || name == InboxStore.Sandbox)
                {
                    throw new Refusal(
                        new Sentence("Give a short name of lower-case letters, digits and dashes, such as complaints-north."),
                        "Name"
                    );
                }

                if (await db.Mailboxes.AnyAsync(m => m.Name == name))
                {
                    throw new Refusal(new Sentence("There is a mailbox “{0}” already. Choose another name.", name), "Name");
                }

                var box = new Mailbox { Name = name, Kind = form.Kind };
                await FillAsync(box, form);
                db.Mailboxes.Add(box);
                await db.SaveChangesAsync();
                Flash("Added. Try it to see whether it works.");
                return RedirectToAction(nameof(Edit), new { id = box.Id });
            },
            () => FormAsync(null, form)
        );

    /// <summary>One of them.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Edit(long id)
    {
        var box = await FindAsync(id);
        return await FormAsync(box, MailboxForm.Of(box));
    }

    /// <summary>Changes it. A reader that stays at the server notices within a minute and begins anew.</summary>
    [HttpPost("{id:long}")]
    public async Task<IActionResult> Update(long id, MailboxForm form)
    {
        var box = await FindAsync(id);
        form.Kind = box.Kind;
        return await TryAsync(
            async () =>
            {
                await FillAsync(box, form);
                (box.NotBefore, box.Failures) = (null, 0);
                await db.SaveChangesAsync();
                Flash("Saved. Try it to see whether it works.");
                return RedirectToAction(nameof(Edit), new { id });
            },
            () => FormAsync(box, form)
        );
    }

    /// <summary>Connects as set and says exactly what fails; fetches and marks nothing.</summary>
    [HttpPost("{id:long}/test")]
    public async Task<IActionResult> Test(long id)
    {
        var box = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                try
                {
                    await using var source = door.Open(box);
                    var folder = await source.OpenAsync(HttpContext.RequestAborted);
                    Flash("It works: the folder is there and holds {0|message|messages}.", folder.Exists);
                }
                catch (MailSourceFailure failure)
                {
                    throw new Refusal(failure.Why);
                }

                return RedirectToAction(nameof(Edit), new { id });
            },
            () => FormAsync(box, MailboxForm.Of(box))
        );
    }

    /// <summary>Pauses it, or goes on.</summary>
    [HttpPost("{id:long}/pause")]
    public async Task<IActionResult> Pause(long id, bool paused)
    {
        var box = await FindAsync(id);
        (box.Paused, box.NotBefore, box.Failures) = (paused, null, 0);
        await db.SaveChangesAsync();
        Flash(paused ? "“{0}” is paused. Mail waits where it is." : "“{0}” is read again.", box.Name);
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Makes a new token to hand messages in with; the old one ends. Shown this once.</summary>
    [HttpPost("{id:long}/token")]
    public async Task<IActionResult> NewToken(long id)
    {
        var box = await FindAsync(id);
        if (box.Kind != MailboxKind.Http)
        {
            throw new NotHere();
        }

        var token = MailboxToken.Make();
        box.TokenHash = MailboxToken.Hash(token);
        await db.SaveChangesAsync();
        ViewData["Token"] = token;
        return await FormAsync(box, MailboxForm.Of(box));
    }

    /// <summary>Takes it away. Messages that came by it stay.</summary>
    [HttpPost("{id:long}/removal")]
    public async Task<IActionResult> Remove(long id)
    {
        var box = await FindAsync(id);
        db.Mailboxes.Remove(box);
        await db.SaveChangesAsync();
        Flash("“{0}” was taken away. Messages that came by it stay.", box.Name);
        return RedirectToAction(nameof(Index));
    }

    private Task<Dictionary<string, int>> CountAsync(InState state) =>
        db.InMessages.Where(m => m.State == state).GroupBy(m => m.Mailbox).ToDictionaryAsync(g => g.Key, g => g.Count());

    private async Task<Mailbox> FindAsync(long id) => await db.Mailboxes.FirstOrDefaultAsync(m => m.Id == id) ?? throw new NotHere();

    private async Task<IActionResult> FormAsync(Mailbox? box, MailboxForm form)
    {
        var language = Me.Reader.Language;
        var units = await db.Units.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Path).ToListAsync();
        var house = (await FilePolicies.ReadAsync(db)).MailMb;
        return View("Mailbox", new MailboxPage(box, form, [.. units.Select(u => (u.Id, u.NameIn(language)))], house));
    }

    private async Task FillAsync(Mailbox box, MailboxForm form)
    {
        if (!Correspondent.IsAddress(form.Address?.Trim()))
        {
            throw new Refusal(new Sentence("Give the mail address customers write to."), "Address");
        }

        if (!await db.Units.AnyAsync(u => u.Id == form.UnitId && u.Active))
        {
            throw new Refusal(new Sentence("Choose the unit whose complaints come in here."), "UnitId");
        }

        if (form.LargestFileMb is { } mb)
        {
            FilePolicy.CheckLimit(mb, nameof(form.LargestFileMb));
        }

        box.LargestFileMb = form.LargestFileMb;
        (box.Address, box.UnitId) = (form.Address!.Trim(), form.UnitId);
        if (box.Kind == MailboxKind.Imap)
        {
            form.Fill(box, keys);
        }
        else if (box.Kind == MailboxKind.Maildir)
        {
            var folder = form.Folder?.Trim() ?? "";
            box.Folder = Path.IsPathFullyQualified(folder)
                ? folder
                : throw new Refusal(new Sentence("Give the whole path of the folder, such as /var/mail/complaints."), "Folder");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,58}$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}

/// <summary>A line of the list.</summary>
public sealed record MailboxLine(Mailbox Box, int Waiting, int Aside);

/// <summary>The page of one; <paramref name="Box"/> is null while it is new.</summary>
/// <param name="HouseMb">The largest attachment where it has no limit of its own.</param>
public sealed record MailboxPage(Mailbox? Box, MailboxForm Form, IReadOnlyList<(long Id, string Name)> Units, int HouseMb);
