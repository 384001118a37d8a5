using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>The same change to many complaints: picked in a list, looked at, done. A run is there for who asked for it alone.</summary>
[Needs(Right.Work)]
public sealed class BulkController(ComplaintsDb db, QueueReader queues, Offered offered, BulkRuns runs, Macros macros) : DeskController
{
    /// <summary>Takes what was picked along to a page that shows what would happen.</summary>
    [HttpPost("/queues/{list}/bulk")]
    public async Task<IActionResult> Create(string list, QueueFilter filter, BulkPick form)
    {
        var queue = Queue.Find(list) ?? throw new NotHere();
        var back = Url.IsLocalUrl(form.Back) ? form.Back! : queue.Url;
        var ids = form.Whole ? await queues.IdsAsync(queue, filter, BulkRun.Most) : form.Pick;
        if (ids.Count == 0)
        {
            Flash("Pick complaints first.");
            return LocalRedirect(back);
        }

        var run = new BulkRun
        {
            ById = Me.Member.Id,
            At = Now,
            Back = back.Length <= 2000 ? back : queue.Url,
            Picked = BulkRun.Pick(ids),
            What = BulkPage.Parts.Contains(form.What ?? "") ? form.What! : "note",
            Changes = (
                form.What == "macro" ? await MacroAsync(form.MacroId)
                : form is { What: "assign", OwnerId: > 0 } ? new CaseChanges { OwnerId = form.OwnerId }
                : new()
            ).Write(),
        };
        db.BulkRuns.Add(run);
        await db.SaveChangesAsync();
        return LocalRedirect(PathOf(run));
    }

    /// <summary>What would happen to each, or how far it came.</summary>
    /// <param name="id">The run.</param>
    /// <param name="from">Place in the list from which they are shown.</param>
    [HttpGet("/bulk/{id:long}")]
    public async Task<IActionResult> Show(long id, int from = 0) => View("Bulk", await PageAsync(await FindAsync(id), from));

    /// <summary>How far it came, alone.</summary>
    [HttpGet("/bulk/{id:long}/progress")]
    public async Task<IActionResult> Progress(long id) =>
        await FindAsync(id) is { StartedAt: not null } run ? PartialView("_BulkProgress", await PageAsync(run)) : throw new NotHere();

    /// <summary>Keeps what is to change and shows what would happen.</summary>
    [HttpPost("/bulk/{id:long}/changes")]
    public async Task<IActionResult> Update(long id, BulkForm form)
    {
        var run = await WaitingAsync(id);
        return await TryAsync(
            async () =>
            {
                run.Changes = form.Changes.Checked().Write();
                await db.SaveChangesAsync();
                return LocalRedirect(PathOf(run));
            },
            async () => View("Bulk", (await PageAsync(run)) with { Typed = form.Changes })
        );
    }

    /// <summary>Does it: few at once, many in the background.</summary>
    [HttpPost("/bulk/{id:long}/start")]
    public async Task<IActionResult> Start(long id)
    {
        var run = await WaitingAsync(id);
        return await TryAsync(
            async () =>
            {
                CaseChanges.Read(run.Changes).Checked();
                var now = Now;
                using (await db.Gate.EnterAsync())
                {
                    await db
                        .BulkRuns.Where(r => r.Id == id && r.StartedAt == null)
                        .ExecuteUpdateAsync(s => s.SetProperty(r => r.StartedAt, now));
                }

                if (run.Ids.Count <= BulkRuns.AtOnce)
                {
                    await runs.FinishAsync(id); // a browser that goes away stops nothing: the timetable finishes what was started
                }

                return LocalRedirect(PathOf(run));
            },
            async () => View("Bulk", await PageAsync(run))
        );
    }

    /// <summary>Something else with what was left.</summary>
    [HttpPost("/bulk/{id:long}/rest")]
    public async Task<IActionResult> Again(long id, BulkPick form)
    {
        var run = await FindAsync(id);
        return await Create(
            "all",
            new QueueFilter(),
            new BulkPick
            {
                Pick = form.Pick,
                What = form.What,
                OwnerId = form.OwnerId,
                MacroId = form.MacroId,
                Back = run.Back,
            }
        );
    }

    private async Task<CaseChanges> MacroAsync(long id) =>
        (await macros.AllAsync()).FirstOrDefault(m => m.Id == id) is { } macro ? CaseChanges.Read(macro.Changes) : throw new NotHere();

    private static string PathOf(BulkRun run) => $"/bulk/{run.Id}";

    private async Task<BulkRun> FindAsync(long id)
    {
        var me = Me.Member.Id;
        return await db.BulkRuns.FirstOrDefaultAsync(r => r.Id == id && r.ById == me) ?? throw new NotHere();
    }

    private async Task<BulkRun> WaitingAsync(long id) => await FindAsync(id) is { StartedAt: null } run ? run : throw new NotHere();

    private async Task<BulkPage> PageAsync(BulkRun run, int from = 0)
    {
        var start = Math.Clamp(from, 0, Math.Max(0, run.Ids.Count - 1)) / QueuePage.Size * QueuePage.Size;
        var lines = run.StartedAt is null ? await runs.PlanAsync(run, Me.Actor, start, QueuePage.Size) : [];
        return new BulkPage(run, CaseChanges.Read(run.Changes), start, lines, await offered.ReadAsync(), null)
        {
            Does = await macros.SayAsync(CaseChanges.Read(run.Changes)),
        };
    }
}

/// <summary>What was picked in a list, and for what.</summary>
public sealed class BulkPick
{
    /// <summary>Ids of complaints.</summary>
    public List<long> Pick { get; set; } = [];

    /// <summary>All of the list instead, at most <see cref="BulkRun.Most"/>.</summary>
    public bool Whole { get; set; }

    /// <summary>Which part of the form is wanted, see <see cref="BulkPage.Parts"/>.</summary>
    public string? What { get; set; }
    public long OwnerId { get; set; }
    public long MacroId { get; set; }

    /// <summary>Address of the list as it was shown.</summary>
    public string? Back { get; set; }
}

/// <summary>What is typed for many.</summary>
public sealed class BulkForm
{
    public long? OwnerId { get; set; }
    public Severity? Severity { get; set; }
    public string? Note { get; set; }
    public string? Acknowledgement { get; set; }
    public string? AddTags { get; set; }
    public string? RemoveTags { get; set; }
    public Verb? Ending { get; set; }
    public Outcome? Outcome { get; set; }
    public string? Reason { get; set; }
    public string? Body { get; set; }

    /// <summary>The same as changes; 0 hands back to nobody.</summary>
    internal CaseChanges Changes =>
        new()
        {
            OwnerId = OwnerId is 0 ? null : OwnerId,
            ToNobody = OwnerId is 0,
            Severity = Severity,
            Note = Note,
            Acknowledgement = Acknowledgement,
            AddTags = AddTags,
            RemoveTags = RemoveTags,
            Ending = Ending,
            Outcome = Outcome,
            Reason = Reason,
            Body = Body,
        };
}

/// <summary>The bar over a list.</summary>
/// <param name="MayTakeAll">The list is longer than what is shown.</param>
public sealed record BulkBar(Queue Queue, QueueChoices Choices, bool MayTakeAll);

/// <summary>A bulk action before, while and after it is done.</summary>
/// <param name="From">Place of the first line in the list.</param>
/// <param name="Typed">A form that was refused; null for none.</param>
public sealed record BulkPage(
    BulkRun Run,
    CaseChanges Changes,
    int From,
    IReadOnlyList<BulkLine> Lines,
    QueueChoices Choices,
    CaseChanges? Typed
)
{
    /// <summary>What is to be done, one sentence each.</summary>
    public IReadOnlyList<Sentence> Does { get; init; } = [];

    /// <summary>Who would get how many, where work is spread.</summary>
    public IReadOnlyList<(string Name, int Count)> Gets =>
        [
            .. (Changes.Owners ?? new Dictionary<long, long>())
                .GroupBy(o => o.Value)
                .Select(g => (Choices.People.FirstOrDefault(p => p.Id == g.Key)?.Name ?? "–", g.Count()))
                .OrderByDescending(g => g.Item2),
        ];

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["assign", "acknowledge", "note", "tag", "severity", "end", "macro"];

    /// <summary>What the form shows.</summary>
    public CaseChanges Shown => Typed ?? Changes;

    /// <summary>Whether that part stands open.</summary>
    public bool Opens(string part) => Run.What == part;

    /// <summary>Of those shown, how many would be changed, are so already, and would be refused.</summary>
    public int Will => Lines.Count(l => l is { Why: null, Will.Count: > 0 });
    public int Same => Lines.Count(l => l is { Why: null, Will.Count: 0 });
    public int Refused => Lines.Count(l => l.Why is not null);
}
