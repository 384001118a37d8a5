using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.FollowUp;

/// <summary>What customers are asked, by unit and category. Saving makes a new version; old ones stay with their answers.</summary>
[Route("settings/questionnaires")]
[Needs(Right.Administer)]
public sealed class QuestionnairesController(ComplaintsDb db, Questionnaires questionnaires) : DeskController
{
    /// <summary>Those in force, and the versions before them.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        var all = await db.Questionnaires.AsNoTracking().OrderByDescending(q => q.Id).ToListAsync();
        return View("Questionnaires", new QuestionnairesPage(all, await UnitsAsync(), await CategoriesAsync()));
    }

    /// <summary>An empty form, or one that starts from a version.</summary>
    /// <param name="from">Id of the version to start from.</param>
    [HttpGet("new")]
    public async Task<IActionResult> New(long? from)
    {
        var start = from is null
            ? null
            : await db.Questionnaires.AsNoTracking().FirstOrDefaultAsync(q => q.Id == from) ?? throw new NotHere();
        return await FormAsync(start is null ? new QuestionnaireForm() : QuestionnaireForm.Of(start));
    }

    /// <summary>Keeps it as the version in force.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(QuestionnaireForm form) =>
        TryAsync(
            async () =>
            {
                if (form.IsEmpty)
                {
                    throw new Refusal(
                        new Sentence("Write at least one question or the script; what is left empty stays the house's own."),
                        nameof(Questions.Solved) + Tongue.English
                    );
                }

                await questionnaires.KeepAsync(
                    await db.Units.AnyAsync(u => u.Id == form.UnitId) ? form.UnitId : null,
                    await db.Categories.AnyAsync(c => c.Id == form.CategoryId) ? form.CategoryId : null,
                    form.AsksParts,
                    form.Texts(),
                    Me.Actor,
                    Now
                );
                await db.SaveChangesAsync();
                Flash("Saved. Customers asked from now on see these questions; whoever was asked before keeps theirs.");
                return RedirectToAction(nameof(Index));
            },
            () => FormAsync(form)
        );

    /// <summary>Takes one out of use: the next wider one asks instead.</summary>
    [HttpPost("{id:long}/end")]
    public async Task<IActionResult> End(long id)
    {
        var there = await db.Questionnaires.FirstOrDefaultAsync(q => q.Id == id) ?? throw new NotHere();
        there.ReplacedAt ??= Now;
        await db.SaveChangesAsync();
        Flash("Taken out of use. Answers keep its questions.");
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> FormAsync(QuestionnaireForm form)
    {
        ViewData["Units"] = await UnitsAsync();
        ViewData["Categories"] = await CategoriesAsync();
        return View("QuestionnaireForm", form);
    }

    private async Task<IReadOnlyDictionary<long, string>> UnitsAsync() =>
        (await db.Units.AsNoTracking().OrderBy(u => u.Path).ToListAsync()).ToDictionary(u => u.Id, u => u.NameIn(T.Reader.Language));

    private async Task<IReadOnlyDictionary<long, string>> CategoriesAsync() =>
        (await db.Categories.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync()).ToDictionary(
            c => c.Id,
            c => c.NameIn(T.Reader.Language)
        );
}

/// <summary>One version as it was asked, for whoever reads the answers to it.</summary>
[Needs(Right.Read)]
public sealed class AskedQuestionsController(ComplaintsDb db) : DeskController
{
    /// <summary>The questions.</summary>
    [HttpGet("/questionnaires/{id:long}")]
    public async Task<IActionResult> Show(long id) =>
        View("AskedQuestions", await db.Questionnaires.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id) ?? throw new NotHere());
}

/// <summary>The list.</summary>
/// <param name="All">All versions, newest first.</param>
/// <param name="Units">Names.</param>
/// <param name="Categories">Names.</param>
public sealed record QuestionnairesPage(
    IReadOnlyList<Questionnaire> All,
    IReadOnlyDictionary<long, string> Units,
    IReadOnlyDictionary<long, string> Categories
);

/// <summary>Questions as typed.</summary>
public sealed class QuestionnaireForm
{
    public long? UnitId { get; set; }
    public long? CategoryId { get; set; }
    public bool AsksParts { get; set; } = true;

    /// <summary>English; null on a form that does not carry it.</summary>
    public Questions? En { get; set; }

    /// <summary>Chinese.</summary>
    public Questions? Zh { get; set; }

    /// <summary>Nothing was typed that differs from the house's own.</summary>
    public bool IsEmpty => AsksParts && Clean(En) == new Questions() && Clean(Zh) == new Questions();

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, Questions> Texts() =>
        new Dictionary<string, Questions> { [Tongue.English] = Clean(En), [Tongue.Chinese] = Clean(Zh) };

    /// <summary>The form that starts from a version.</summary>
    public static QuestionnaireForm Of(Questionnaire q) =>
        new()
        {
            UnitId = q.UnitId,
            CategoryId = q.CategoryId,
            AsksParts = q.AsksParts,
            En = q.In(Tongue.English),
            Zh = q.In(Tongue.Chinese),
        };

    private static Questions Clean(Questions? typed) =>
        typed is null
            ? new Questions()
            : new Questions
            {
                Introduction = Of(typed.Introduction),
                Solved = Of(typed.Solved),
                Skill = Of(typed.Skill),
                Attitude = Of(typed.Attitude),
                Timeliness = Of(typed.Timeliness),
                Parts = Of(typed.Parts),
                Overall = Of(typed.Overall),
                Comment = Of(typed.Comment),
                Script = Of(typed.Script?.ReplaceLineEndings("\n")),
            };

    private static string? Of(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
