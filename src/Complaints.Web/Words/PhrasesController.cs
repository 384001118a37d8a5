using System.Globalization;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Words;

/// <summary>The phrase book: administrators change all of it, leads what belongs to their units.</summary>
[Route("phrases")]
public sealed class PhrasesController(ComplaintsDb db) : DeskController
{
    /// <summary>Is there anything here for the person to change?</summary>
    public static bool MayOpen(Me me) => Rights.MayEditPhrases(me.Actor, me.Actor.UnitPath);

    /// <summary>The phrases of a language.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? language) => await ShowAsync(new PhraseForm { Language = language }, null);

    /// <summary>The same, with one open for changes.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Edit(long id)
    {
        var phrase = await FindAsync(id);
        return await ShowAsync(
            new PhraseForm
            {
                Purpose = phrase.Purpose,
                Language = phrase.Language,
                Text = phrase.Text,
                UnitId = phrase.UnitId,
                Active = phrase.Active,
                Version = phrase.Version,
            },
            id
        );
    }

    /// <summary>Adds one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(PhraseForm form) => SaveAsync(null, form);

    /// <summary>Changes one, or takes it out of use.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, PhraseForm form) => SaveAsync(id, form);

    /// <summary>Moves it one place up or down among those of its purpose. At the end nothing happens.</summary>
    [HttpPost("{id:long}/place")]
    public async Task<IActionResult> Place(long id, bool up)
    {
        var moved = await FindAsync(id);
        var row = (
            await db
                .Phrases.Include(p => p.Unit)
                .Where(p => p.Language == moved.Language && p.Purpose == moved.Purpose)
                .OrderBy(p => p.Position)
                .ThenBy(p => p.Id)
                .ToListAsync()
        )
            .Where(IsShown)
            .ToList();
        var (from, to) = (row.FindIndex(p => p.Id == id), row.FindIndex(p => p.Id == id) + (up ? -1 : 1));
        if (to >= 0 && to < row.Count)
        {
            // A lead moves only among what is the unit's own: the order of the house's is the house's.
            if (!Rights.MayEditPhrases(Me.Actor, row[to].Unit?.Path))
            {
                return Back(moved);
            }

            (row[from], row[to]) = (row[to], row[from]);
            foreach (var (phrase, i) in row.Select((p, i) => (p, i)).Where(p => Rights.MayEditPhrases(Me.Actor, p.p.Unit?.Path)))
            {
                phrase.Position = i;
            }

            await db.SaveChangesAsync();
        }

        return Back(moved);
    }

    private RedirectResult Back(Phrase moved) =>
        Redirect(string.Create(CultureInfo.InvariantCulture, $"/phrases?language={moved.Language}&moved={moved.Id}#p{moved.Id}"));

    private Task<IActionResult> SaveAsync(long? id, PhraseForm form) =>
        TryAsync(
            async () =>
            {
                Allow();
                var phrase = id is { } known ? await FindAsync(known) : null;
                var text = Typed.Needed(form.Text?.ReplaceLineEndings("\n"), nameof(form.Text), Phrase.MostCharacters);
                PhraseBook.Check(text, nameof(form.Text));
                var unit = form.UnitId is { } unitId
                    ? await db.Units.FirstOrDefaultAsync(u => u.Id == unitId) ?? throw new NotHere()
                    : null;
                if (!Rights.MayEditPhrases(Me.Actor, unit?.Path))
                {
                    throw new Refusal(
                        new Sentence(
                            "Choose a unit of yours. Phrases of the whole house and of other units are changed by an administrator."
                        ),
                        nameof(form.UnitId)
                    );
                }

                if (phrase is not null && phrase.Version != form.Version)
                {
                    throw new Refusal(
                        "Somebody changed this phrase while you were writing. Open it again beside this page and bring the two together."
                    );
                }

                var language = Tongue.Nearest(form.Language);
                if (phrase is null)
                {
                    phrase = db.Add(new Phrase { Language = language, Text = text }).Entity;
                    phrase.Position =
                        (await db.Phrases.Where(p => p.Language == language && p.Purpose == form.Purpose).MaxAsync(p => (int?)p.Position))
                            + 1
                        ?? 0;
                }

                (phrase.Purpose, phrase.Text, phrase.UnitId) = (form.Purpose, text, unit?.Id);
                phrase.Active = id is null || form.Active;
                await db.SaveChangesAsync();
                Flash("Saved.");
                return Redirect($"/phrases?language={phrase.Language}");
            },
            () => ShowAsync(form, id)
        );

    private async Task<Phrase> FindAsync(long id)
    {
        Allow();
        var phrase = await db.Phrases.Include(p => p.Unit).FirstOrDefaultAsync(p => p.Id == id);
        return phrase is not null && Rights.MayEditPhrases(Me.Actor, phrase.Unit?.Path) ? phrase : throw new NotHere();
    }

    private async Task<IActionResult> ShowAsync(PhraseForm form, long? open)
    {
        Allow();
        form.Language = Tongue.Nearest(form.Language ?? T.Reader.Language);
        var all = await db
            .Phrases.AsNoTracking()
            .Include(p => p.Unit)
            .Where(p => p.Language == form.Language)
            .OrderBy(p => p.Purpose)
            .ThenBy(p => p.Position)
            .ThenBy(p => p.Id)
            .ToListAsync();
        var units = await db.Units.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Path).ToListAsync();
        return View(
            "Phrases",
            new PhrasesPage(
                form,
                open,
                [.. all.Where(IsShown).Select(p => new PhraseLine(p, Rights.MayEditPhrases(Me.Actor, p.Unit?.Path)))],
                await PhraseFigures.OfAsync(db),
                [.. units.Where(u => Rights.MayEditPhrases(Me.Actor, u.Path))],
                Rights.MayEditPhrases(Me.Actor, null)
            )
        );
    }

    /// <summary>A lead sees what is offered in the units they lead, and nothing of other units.</summary>
    private bool IsShown(Phrase phrase) =>
        phrase.Unit is null
        || Rights.MayEditPhrases(Me.Actor, phrase.Unit.Path)
        || Me.Actor.UnitPath.StartsWith(phrase.Unit.Path, StringComparison.Ordinal);

    private void Allow()
    {
        if (!MayOpen(Me))
        {
            throw new NotHere();
        }
    }
}

/// <summary>What is typed about a phrase.</summary>
public sealed class PhraseForm
{
    public PhrasePurpose Purpose { get; set; }
    public string? Language { get; set; }
    public string? Text { get; set; }
    public long? UnitId { get; set; }
    public bool Active { get; set; } = true;
    public long Version { get; set; }
}

/// <summary>A phrase on the page.</summary>
public sealed record PhraseLine(Phrase Phrase, bool MayEdit);

/// <summary>The page.</summary>
/// <param name="Form">The phrase being written.</param>
/// <param name="Open">Id of the one being changed; null while a new one is.</param>
/// <param name="Lines">All of the language, by purpose and place.</param>
/// <param name="Figures">Use and satisfaction, by id.</param>
/// <param name="Units">Units the person may write for.</param>
/// <param name="WholeHouse">May the person write for the whole house?</param>
public sealed record PhrasesPage(
    PhraseForm Form,
    long? Open,
    IReadOnlyList<PhraseLine> Lines,
    IReadOnlyDictionary<long, PhraseFigure> Figures,
    IReadOnlyList<Unit> Units,
    bool WholeHouse
);
