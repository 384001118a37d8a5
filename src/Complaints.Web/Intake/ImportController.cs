using System.Text;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Intake;

/// <summary>Importing files: bring one, match its columns, check, run, see what became of it.</summary>
public sealed class ImportController(ComplaintsDb db, Importer importer, ImportStart start, ImportFolder folder, GoingLive live)
    : DeskController
{
    /// <summary>All imports, newest first, and the form that brings a file.</summary>
    [HttpGet("import")]
    public async Task<IActionResult> Index(ImportWhat what = ImportWhat.Complaints)
    {
        Allow();
        ViewData["what"] = what;
        return View("Imports", await db.ImportJobs.AsNoTracking().OrderByDescending(j => j.Id).Take(50).ToListAsync());
    }

    /// <summary>Takes a file in.</summary>
    [HttpPost("import")]
    [RequestSizeLimit(400_000_000)]
    [RequestFormLimits(MultipartBodyLengthLimit = 400_000_000)]
    public Task<IActionResult> Create(IFormFile? file, string? encoding, ImportWhat what = ImportWhat.Complaints)
    {
        Allow();
        return TryAsync(
            async () =>
            {
                if (file is null || file.Length == 0)
                {
                    throw new Refusal(new Sentence("Choose a CSV file first."), "file");
                }

                await using var content = file.OpenReadStream();
                var unit = (await UnitsAsync())[0].Id;
                var known = string.IsNullOrEmpty(encoding) ? null : encoding;
                var job = await start.NewAsync(content, Path.GetFileName(file.FileName), Me.Member.Id, unit, Now, known, what);
                return Redirect($"/import/{job.Id}");
            },
            () => Index(what)
        );
    }

    /// <summary>One import: its columns while it waits for them, then how far it is, then what became of it.</summary>
    [HttpGet("import/{id:long}")]
    public async Task<IActionResult> Show(long id)
    {
        var job = await FindAsync(id);
        return job.State == ImportState.Mapping
            ? await ColumnsAsync(job, ImportPlan.Read(job.Mapping))
            : View("Import", await ResultAsync(job));
    }

    /// <summary>How far it is; asked for again and again while it runs.</summary>
    [HttpGet("import/{id:long}/progress")]
    public async Task<IActionResult> Progress(long id) => PartialView("_Progress", await ResultAsync(await FindAsync(id)));

    /// <summary>Keeps the chosen columns and goes on to the check.</summary>
    [HttpPost("import/{id:long}/columns")]
    public async Task<IActionResult> Choose(long id, ImportForm form)
    {
        var job = await FindAsync(id);
        var plan = form.On(ImportPlan.Read(job.Mapping));
        return await TryAsync(
            async () =>
            {
                if (job.State != ImportState.Mapping)
                {
                    throw new Refusal("This import was started already.");
                }

                if (plan.What == ImportWhat.Complaints && (await UnitsAsync()).TrueForAll(u => u.Id != plan.UnitId))
                {
                    throw new NotHere();
                }

                plan.Check(plan.Header);
                job.Mapping = plan.Write();
                await db.SaveChangesAsync();
                return Redirect($"/import/{id}/check");
            },
            () => ColumnsAsync(job, plan)
        );
    }

    /// <summary>The dry run: reads everything and changes nothing.</summary>
    [HttpGet("import/{id:long}/check")]
    public async Task<IActionResult> Check(long id, CancellationToken cancel)
    {
        var job = await FindAsync(id);
        if (job.State != ImportState.Mapping)
        {
            return Redirect($"/import/{id}");
        }

        var plan = ImportPlan.Read(job.Mapping);
        return await TryAsync(
            async () =>
            {
                var found = await importer.CheckAsync(folder.Of(job.Sha256), plan, cancel);
                return View("Check", new CheckPage(job, plan, found));
            },
            () => ColumnsAsync(job, plan)
        );
    }

    /// <summary>Starts it; background work takes it up.</summary>
    [HttpPost("import/{id:long}/run")]
    public async Task<IActionResult> Run(long id)
    {
        var job = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                await start.StartAsync(job, ImportPlan.Read(job.Mapping));
                return Redirect($"/import/{id}");
            },
            () => Show(id)
        );
    }

    /// <summary>Throws away what was never started.</summary>
    [HttpPost("import/{id:long}/discard")]
    public async Task<IActionResult> Discard(long id)
    {
        var job = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                await start.DiscardAsync(job);
                Flash("The file was thrown away; nothing was imported.");
                return Redirect("/import");
            },
            () => Show(id)
        );
    }

    /// <summary>Every refused row with its reason, as CSV.</summary>
    [HttpGet("import/{id:long}/refused.csv")]
    public async Task<IActionResult> Refused(long id)
    {
        var job = await FindAsync(id);
        var rows = await db.RefusedRows.AsNoTracking().Where(r => r.JobId == id).OrderBy(r => r.Line).ToListAsync();
        using var text = new StringWriter();
        RefusedRows.Write(text, ImportPlan.Read(job.Mapping), rows, T.Reader);
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
        return File(bytes, "text/csv; charset=utf-8", $"refused-{Path.GetFileNameWithoutExtension(job.FileName)}.csv");
    }

    /// <summary>Goes live with the open ones: a choice of its own, never made by importing.</summary>
    [HttpPost("import/{id:long}/live")]
    public async Task<IActionResult> Live(long id, bool fromNow)
    {
        var job = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                if (job.State != ImportState.Done || job.LiveAt is not null)
                {
                    throw new Refusal("These were taken into work already, or the import is not done yet.");
                }

                (job.LiveById, job.LiveFromNow, job.LiveAt) = (Me.Member.Id, fromNow, Now);
                await db.SaveChangesAsync();
                return Redirect($"/import/{id}");
            },
            () => Show(id)
        );
    }

    private void Allow()
    {
        if (!Me.May(Right.Import))
        {
            throw new NotHere();
        }
    }

    private async Task<ImportJob> FindAsync(long id)
    {
        Allow();
        return await db.ImportJobs.FirstOrDefaultAsync(j => j.Id == id) ?? throw new NotHere();
    }

    // Administrators bring files for everybody, managers for their unit and those below.
    private async Task<List<Unit>> UnitsAsync() =>
        await db
            .Units.AsNoTracking()
            .Where(u => u.Active && (Me.Member.Role == Role.Administrator || u.Path.StartsWith(Me.Actor.UnitPath)))
            .OrderBy(u => u.Path)
            .ToListAsync();

    private async Task<IActionResult> ColumnsAsync(ImportJob job, ImportPlan plan)
    {
        using var file = ImportFile.Open(folder.Of(job.Sha256), plan.Encoding, plan.Separator);
        return View("Columns", new ColumnsPage(job, plan, [.. file.Rows().Take(3)], await UnitsAsync()));
    }

    private async Task<ImportPage> ResultAsync(ImportJob job)
    {
        var weekAgo = Now.AddDays(-7);
        var open = job.State == ImportState.Done ? await live.Open(job.Id).CountAsync() : 0;
        var old = open == 0 ? 0 : await live.Open(job.Id).CountAsync(c => c.ReceivedAt < weekAgo);
        var refused = await db.RefusedRows.AsNoTracking().Where(r => r.JobId == job.Id).OrderBy(r => r.Line).Take(20).ToListAsync();
        return new ImportPage(job, open, old, refused);
    }
}

/// <summary>What was chosen for a file.</summary>
public sealed class ImportForm
{
    public Dictionary<ImportField, string?> Columns { get; set; } = [];
    public string? Source { get; set; }
    public long UnitId { get; set; }
    public Complaints.Customers.Channel Channel { get; set; }

    /// <summary>The plan with these choices.</summary>
    public ImportPlan On(ImportPlan plan) =>
        plan with
        {
            Columns = Columns.Where(c => !string.IsNullOrEmpty(c.Value)).ToDictionary(c => c.Key, c => c.Value!),
            Source = string.IsNullOrWhiteSpace(Source) ? plan.Source : Source.Trim()[..Math.Min(60, Source.Trim().Length)],
            UnitId = UnitId,
            Channel = Channel,
        };
}

/// <summary>Matching the columns.</summary>
public sealed record ColumnsPage(ImportJob Job, ImportPlan Plan, IReadOnlyList<ImportLine> Sample, IReadOnlyList<Unit> Units);

/// <summary>The dry run.</summary>
public sealed record CheckPage(ImportJob Job, ImportPlan Plan, ImportCheck Found);

/// <summary>What became of it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Open">Open complaints that are still historic.</param>
/// <param name="Old">Those of them received more than a week ago.</param>
/// <param name="Refused">The first refused rows.</param>
public sealed record ImportPage(ImportJob Job, int Open, int Old, IReadOnlyList<RefusedRow> Refused);
