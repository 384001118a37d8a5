using Complaints.Casework;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>A complaint that stands for a cause behind many: who stands under it, and one answer to all.</summary>
[Route("complaints/{reference}/common-cause")]
public sealed class CommonCauseController : CaseController
{
    private const int PageLength = 50;

    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(string reference, long? after) => View("CommonCause", await PageAsync(reference, after: after));

    /// <summary>How far sending has come.</summary>
    [HttpGet("progress")]
    public async Task<IActionResult> Progress(string reference) =>
        PartialView("_CommonProgress", await PageAsync(reference) is { Last: not null } page ? page : throw new NotHere());

    /// <summary>Puts another one under it.</summary>
    [HttpPost("children")]
    public Task<IActionResult> Add(string reference, string? child) =>
        TryAsync(
            async () =>
            {
                var parent = await Cases.FindAsync(reference, Right.Work);
                var other = await FindOtherAsync(child);
                other.PutUnder(parent, Me.Actor, Now, await Db.Complaints.AnyAsync(c => c.ParentId == other.Id));
                await Db.SaveChangesAsync();
                Flash("{0} stands under {1}.", other.Reference, parent.Reference);
                return LocalRedirect(PathOf(parent));
            },
            () => BackAsync(reference)
        );

    /// <summary>Takes one out.</summary>
    [HttpPost("children/{child}/removal")]
    public Task<IActionResult> Remove(string reference, string child) =>
        TryAsync(
            async () =>
            {
                var parent = await Cases.FindAsync(reference, Right.Work);
                var other = await Cases.FindAsync(child, Right.Work);
                if (other.ParentId != parent.Id)
                {
                    throw new NotHere();
                }

                other.PutUnder(null, Me.Actor, Now, parentStandsUnder: false);
                await Db.SaveChangesAsync();
                Flash("{0} stands by itself again.", other.Reference);
                return LocalRedirect(PathOf(parent));
            },
            () => BackAsync(reference)
        );

    /// <summary>Says who would get the text, and sends nothing.</summary>
    [HttpPost("plan")]
    public Task<IActionResult> Plan(string reference, string? text) =>
        TryAsync(
            async () =>
            {
                var parent = await Cases.FindAsync(reference, Right.Lead);
                CommonWords.Checked(text);
                return View("CommonCause", await PageAsync(reference, text, await CommonAnswers.PlanAsync(Db, parent.Id, Me.Actor)));
            },
            () => BackAsync(reference, text)
        );

    /// <summary>Sends it to everybody, in the background.</summary>
    [HttpPost("answers")]
    public Task<IActionResult> Answer(string reference, string? text) =>
        TryAsync(
            async () =>
            {
                var parent = await Cases.FindAsync(reference, Right.Lead);
                var asked = await CommonAnswers.AskAsync(Db, parent.Id, Me.Actor, text, Now);
                parent.Record(
                    EntryKind.Joined,
                    Me.Actor,
                    Now,
                    new Sentence("One answer to everybody under this cause, {0} complaints", asked.Total)
                );
                await Db.SaveChangesAsync();
                TempData["draft-done"] = $"common-{parent.Reference}";
                return LocalRedirect(PathOf(parent));
            },
            () => BackAsync(reference, text)
        );

    private static string PathOf(Complaint parent) => $"/complaints/{parent.Reference}/common-cause";

    private async Task<IActionResult> BackAsync(string reference, string? text = null)
    {
        Db.ChangeTracker.Clear();
        return View("CommonCause", await PageAsync(reference, text));
    }

    private async Task<CommonCausePage> PageAsync(string reference, string? text = null, CommonPlan? plan = null, long? after = null)
    {
        var parent = await Cases.FindAsync(reference);
        var id = parent.Id;
        var children = await JoinedReader
            .Named(Cases.Visible(Db.Complaints.AsNoTracking().Where(c => c.ParentId == id && c.Id > (after ?? 0))).OrderBy(c => c.Id))
            .Take(PageLength + 1)
            .ToListAsync();
        return new CommonCausePage(
            parent,
            [.. children.Take(PageLength)],
            children.Count > PageLength ? children[PageLength - 1].Id : null,
            text,
            plan,
            await Db.CommonAnswers.AsNoTracking().Where(a => a.ParentId == id).OrderByDescending(a => a.Id).FirstOrDefaultAsync(),
            Now,
            Me.May(Right.Work),
            Me.May(Right.Lead) && Me.May(Right.Work)
        );
    }
}
