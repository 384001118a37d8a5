using Complaints.Data;
using Complaints.Escalation;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Timetable;

/// <summary>One piece of work and its last run; null when it never ran.</summary>
/// <param name="Paused">It does not run until somebody lets it go on.</param>
/// <param name="NextAt">UTC by the last run; null when it never ran.</param>
public sealed record WorkLine(NamedWork Work, WorkRun? Run, bool Paused, DateTime? NextAt);

/// <summary>The page.</summary>
/// <param name="OldestMail">UTC since when the oldest mail that is due waits; null when none does.</param>
/// <param name="Waiting">Mails due and waiting; stops at 1,000.</param>
/// <param name="Clock">Address of the alarm clock's own page; null when it has none.</param>
/// <param name="MayChange">Whoever looks may also run, pause and try again.</param>
public sealed record WorkPage(
    IReadOnlyList<WorkLine> Works,
    IReadOnlyList<WorkFailure> Failures,
    DateTime? OldestMail,
    int Waiting,
    string? Clock,
    bool MayChange
);

/// <summary>What runs in the background, how it went, and what could not be done; for administrators, and for auditors to look at.</summary>
[Route("settings/work")]
public sealed class WorkController(ComplaintsDb db, IEnumerable<NamedWork> works, AlarmClockPage? clock = null) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        if (!Me.May(Right.Audit))
        {
            Administrators();
        }

        return await PageAsync();
    }

    /// <summary>Runs a piece as soon as a node hears of it, within seconds.</summary>
    [HttpPost("{name}/run")]
    public Task<IActionResult> RunNow(string name)
    {
        Administrators();
        return TryAsync(
            async () =>
            {
                await WorkBook.AskAsync(db, works.FirstOrDefault(w => w.Name == name)?.Name ?? throw new NotHere());
                Flash("It runs within a few seconds.");
                return Redirect("/settings/work");
            },
            PageAsync
        );
    }

    /// <summary>Pauses a piece on every node, within seconds.</summary>
    [HttpPost("{name}/pause")]
    public Task<IActionResult> Pause(string name) => SetPausedAsync(name, paused: true);

    /// <summary>Lets a paused piece go on.</summary>
    [HttpPost("{name}/continuation")]
    public Task<IActionResult> Continue(string name) => SetPausedAsync(name, paused: false);

    /// <summary>Tries at once what failed.</summary>
    [HttpPost("failures/{id:long}/retry")]
    public Task<IActionResult> Retry(long id)
    {
        Administrators();
        return TryAsync(
            async () =>
            {
                await db.InTransactionAsync(async () =>
                {
                    var failure = await db.WorkFailures.FindAsync(id) ?? throw new NotHere();
                    failure.NextTryAt = Now;
                    await db.SaveChangesAsync();
                    if (failure is { Work: SweepFailures.Work, ComplaintId: { } complaint })
                    {
                        await SweepFailures.WakeAsync(db, complaint, Now);
                    }
                });
                Flash("It is tried again with the next run.");
                return Redirect("/settings/work");
            },
            PageAsync
        );
    }

    private Task<IActionResult> SetPausedAsync(string name, bool paused)
    {
        Administrators();
        return TryAsync(
            async () =>
            {
                await WorkBook.PauseAsync(db, works.FirstOrDefault(w => w.Name == name)?.Name ?? throw new NotHere(), paused, Now);
                Flash(paused ? "It is paused. What is owed waits until it goes on." : "It goes on within a few seconds.");
                return Redirect("/settings/work");
            },
            PageAsync
        );
    }

    private async Task<IActionResult> PageAsync()
    {
        var now = Now;
        var runs = await db.WorkRuns.AsNoTracking().ToDictionaryAsync(r => r.Name);
        var paused = await WorkBook.PausedAsync(db);
        var mail = db.OutDeliveries.Where(d => d.State == DeliveryState.Waiting && d.NextTryAt != null && d.NextTryAt <= now);
        return View(
            "Work",
            new WorkPage(
                [
                    .. works.Select(w =>
                    {
                        var run = runs.GetValueOrDefault(w.Name);
                        return new WorkLine(w, run, paused.Contains(w.Name), run is null ? null : Next(run.StartedAt, w.Every, now));
                    }),
                ],
                await db.WorkFailures.AsNoTracking().OrderByDescending(f => f.At).Take(200).ToListAsync(),
                await mail.MinAsync(d => d.NextTryAt),
                await mail.Take(1000).CountAsync(),
                clock?.Path,
                Me.May(Right.Administer)
            )
        );
    }

    /// <summary>Idle runs are noted once a minute only, so the last start may lie some intervals back.</summary>
    private static DateTime Next(DateTime started, TimeSpan every, DateTime now)
    {
        var passed = now > started ? (now - started).Ticks / every.Ticks : 0;
        return started + ((passed + 1) * every);
    }

    private void Administrators()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }
}
