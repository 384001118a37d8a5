using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Runs a macro on one complaint: all of it or nothing.</summary>
public sealed class MacroRunController(Macros macros, CaseChanging changing) : CaseController
{
    /// <summary>Runs it.</summary>
    [HttpPost("complaints/{reference}/macros")]
    public Task<IActionResult> Create(string reference, long macro) =>
        ChangeAsync(
            reference,
            "macro",
            async (complaint, book) =>
            {
                var chosen =
                    (await macros.AllAsync()).FirstOrDefault(m => m.Id == macro)
                    ?? throw new Refusal(new Sentence("Choose a macro."), "macro");
                var done = await changing.DoAsync(complaint, CaseChanges.Read(chosen.Changes), Me.Actor, Now, book);
                return Mentions.NotTold(done.Named) is { Count: > 0 } untold
                        ? new Sentence(
                            "Done: {0}. Not told, because they may not read this complaint: {1}.",
                            chosen.Name,
                            string.Join(", ", untold)
                        )
                    : done.Changed ? new Sentence("Done: {0}.", chosen.Name)
                    : new Sentence("Nothing was different.");
            }
        );
}

/// <summary>Making and changing macros.</summary>
[Needs(Right.Work)]
[Route("macros")]
public sealed class MacrosController(ComplaintsDb db, Macros macros, Offered offered, ReadyReplies replies) : DeskController
{
    /// <summary>All one has.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index() => View("Macros", await PageAsync(null, null));

    /// <summary>The same with one open for changes.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Edit(long id) => View("Macros", await PageAsync(id, null));

    /// <summary>Makes one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(MacroForm form) => SaveAsync(null, form);

    /// <summary>Changes one.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, MacroForm form) => SaveAsync(id, form);

    /// <summary>Deletes one; what it did stays.</summary>
    [HttpPost("{id:long}/removal")]
    public async Task<IActionResult> Delete(long id)
    {
        db.Remove(await FindAsync(id));
        await db.SaveChangesAsync();
        return LocalRedirect("/macros");
    }

    private Task<IActionResult> SaveAsync(long? id, MacroForm form) =>
        TryAsync(
            async () =>
            {
                var name = Shared.Typed.Needed(form.Name, nameof(form.Name), Macro.LongestName);
                var changes = form.Changes.Checked().Write();
                var me = Me.Member.Id;
                if (id is null && await db.Macros.CountAsync(m => m.OwnerId == me) >= Macro.Most)
                {
                    throw new Refusal("You have {0} macros already. Delete one you no longer use.", Macro.Most);
                }

                var macro = id is { } known
                    ? await FindAsync(known)
                    : db.Add(
                        new Macro
                        {
                            OwnerId = me,
                            Name = name,
                            Changes = changes,
                        }
                    ).Entity;
                if (form.UnitId is { } unitId && unitId != macro.UnitId)
                {
                    var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == unitId && u.Active);
                    if (unit is null || !SavedView.MayShare(Me.Actor, unit))
                    {
                        throw new Refusal(
                            new Sentence("Sharing is for team leads, with their own unit and those below."),
                            nameof(form.UnitId)
                        );
                    }
                }

                (macro.Name, macro.Changes, macro.UnitId) = (name, changes, form.UnitId);
                await db.SaveChangesAsync();
                TempData["draft-done"] = "macro-" + (id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "new");
                Flash("Saved.");
                return LocalRedirect("/macros");
            },
            async () => View("Macros", await PageAsync(id, form))
        );

    private async Task<Macro> FindAsync(long id)
    {
        var macro = await db.Macros.Include(m => m.Unit).FirstOrDefaultAsync(m => m.Id == id);
        return macro is not null && macro.IsEditableBy(Me.Actor) ? macro : throw new NotHere();
    }

    private async Task<MacrosPage> PageAsync(long? open, MacroForm? typed)
    {
        db.ChangeTracker.Clear();
        var one = open is { } id ? await FindAsync(id) : null;
        var lines = new List<MacroLine>();
        foreach (var macro in await macros.AllAsync())
        {
            lines.Add(new MacroLine(macro, await macros.SayAsync(CaseChanges.Read(macro.Changes)), macro.IsEditableBy(Me.Actor)));
        }

        return new MacrosPage(
            lines,
            one,
            typed ?? new MacroForm { Name = one?.Name, UnitId = one?.UnitId },
            typed?.Changes ?? (one is null ? new CaseChanges() : CaseChanges.Read(one.Changes)),
            await offered.ReadAsync(),
            await ViewsController.SharableAsync(db, Me),
            await replies.ReadAsync(typed?.Changes ?? (one is null ? new CaseChanges() : CaseChanges.Read(one.Changes)))
        );
    }
}

/// <summary>What is typed about a macro.</summary>
public sealed class MacroForm
{
    public string? Name { get; set; }
    public long? UnitId { get; set; }

    /// <summary>Id, <c>me</c> or <c>nobody</c>; empty leaves it as it is.</summary>
    public string? Owner { get; set; }
    public Severity? Severity { get; set; }
    public string? AddTags { get; set; }
    public string? RemoveTags { get; set; }
    public string? Acknowledgement { get; set; }
    public string? Apology { get; set; }
    public string? Shortfall { get; set; }
    public string? Reply { get; set; }
    public string? ReplyEnglish { get; set; }
    public string? ReplyChinese { get; set; }
    public long? PhraseEnglish { get; set; }
    public long? PhraseChinese { get; set; }
    public string? ReplyDocument { get; set; }
    public string? Promise { get; set; }
    public string? Note { get; set; }
    public Verb? Ending { get; set; }
    public Outcome? Outcome { get; set; }
    public string? Reason { get; set; }
    public string? Body { get; set; }

    internal CaseChanges Changes =>
        new()
        {
            ToMe = Owner == "me",
            ToNobody = Owner == "nobody",
            OwnerId = long.TryParse(Owner, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null,
            Severity = Severity,
            AddTags = AddTags,
            RemoveTags = RemoveTags,
            Acknowledgement = Acknowledgement,
            Apology = Apology,
            Shortfall = Shortfall,
            Reply = Reply,
            ReplyEnglish = ReplyEnglish,
            ReplyChinese = ReplyChinese,
            PhraseEnglish = PhraseEnglish,
            PhraseChinese = PhraseChinese,
            ReplyDocument = ReplyDocument,
            Promise = Promise,
            Note = Note,
            Ending = Ending,
            Outcome = Outcome,
            Reason = Reason,
            Body = Body,
        };
}

/// <summary>A macro with what it does.</summary>
public sealed record MacroLine(Macro Macro, IReadOnlyList<Sentence> Does, bool MayEdit);

/// <summary>The page of macros.</summary>
/// <param name="Open">The one being changed; null while a new one is made.</param>
/// <param name="Changes">What stands in the form.</param>
/// <param name="Units">Units it may be shared with.</param>
/// <param name="Replies">What a reply can be taken from.</param>
public sealed record MacrosPage(
    IReadOnlyList<MacroLine> Lines,
    Macro? Open,
    MacroForm Form,
    CaseChanges Changes,
    QueueChoices Choices,
    IReadOnlyList<Unit> Units,
    ReadyWords Replies
);
