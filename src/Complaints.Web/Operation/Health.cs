using Complaints.Data;
using Complaints.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>For whoever watches the servers: says whether the process lives and whether it can do its work. No personal data.</summary>
[AllowAnonymous]
[Route("health")]
public sealed class HealthController(ComplaintsDb db, DataFolder folder, TimeProvider clock, IConfiguration settings) : Controller
{
    private const long LeastFree = 200_000_000;
    private static readonly TimeSpan _longestSilence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _oldestMail = TimeSpan.FromMinutes(30);

    /// <summary>The process answers.</summary>
    [HttpGet("live")]
    public IActionResult Live() => Ok(new { status = "alive" });

    /// <summary>The database answers, mail leaves, the sweep ticks, the disk has room; 503 when one of them does not.</summary>
    [HttpGet("ready")]
    public async Task<IActionResult> Ready(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var checks = new Dictionary<string, Check>();
        try
        {
            checks["mail"] = await MailAsync(now, cancel);
            checks["database"] = new(true, "answers");
            var swept = await db.WorkRuns.Where(w => w.Name == "sweep").Select(w => (DateTime?)w.StartedAt).FirstOrDefaultAsync(cancel);
            var works = settings.GetValue("Node:Work", true);
            checks["sweep"] = new(
                !works || swept is null || now - swept < _longestSilence,
                swept is null ? "has not run yet" : $"last ran {(now - swept.Value).TotalSeconds:0} s ago"
            );
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            checks["database"] = new(false, "cannot be reached");
        }

        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        checks["disk"] = new(free > LeastFree, $"{free / 1_000_000} MB free");
        return StatusCode(
            checks.Values.All(c => c.Well) ? 200 : 503,
            new { status = checks.Values.All(c => c.Well) ? "ready" : "not ready", checks }
        );
    }

    private async Task<Check> MailAsync(DateTime now, CancellationToken cancel)
    {
        if (await MailHold.SinceAsync(db, cancel) is { } since)
        {
            // No trouble: behind a proxy that asks here, nobody could reach the page where mail is released.
            return new(true, $"held since {since:yyyy-MM-dd HH:mm}Z, until an administrator releases it");
        }

        // Each try at a server that is away puts the mail off, so that what is due says too little.
        if (await MailOutage.ReadAsync(db, cancel) is { } outage && outage.IsTold(now) && now - outage.Since >= _oldestMail)
        {
            return new(false, $"the mail server has not been reached for {(now - outage.Since).TotalMinutes:0} min");
        }

        var oldest = await db
            .OutDeliveries.Where(d => d.NextTryAt != null && d.State == DeliveryState.Waiting)
            .MinAsync(d => d.NextTryAt, cancel);
        var late = oldest is { } o && now > o ? now - o : TimeSpan.Zero;
        return new(late < _oldestMail, oldest is null ? "nothing waits" : $"the oldest has been due for {late.TotalMinutes:0} min");
    }

    private sealed record Check(bool Well, string Says);
}
