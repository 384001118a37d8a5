using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Deadlines;

/// <summary>What applying the targets would do, and how far applying them has come.</summary>
/// <param name="Version">Of the policy in force.</param>
/// <param name="Count">Of the policy in force; null when it was not counted, or before the targets were applied.</param>
/// <param name="Progress">Of the last time it was applied; null when it never was.</param>
public sealed record ApplicationPage(long Version, PolicyCounted? Count, PolicyProgress? Progress);

/// <summary>Applying the targets to open complaints: counted first, then done, both in the background.</summary>
[Route("settings/policy/application")]
public sealed class PolicyApplicationController(ComplaintsDb db) : PolicyPages(db)
{
    /// <summary>What it would move; or how far it has come while it runs.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(CancellationToken cancel) => View("PolicyApplication", await PageAsync(cancel));

    /// <summary>How far applying has come.</summary>
    [HttpGet("progress")]
    public async Task<IActionResult> Progress(CancellationToken cancel)
    {
        await FindAsync();
        return PartialView("_PolicyProgress", await PolicyChange.ProgressAsync(Db, cancel) ?? throw new NotHere());
    }

    /// <summary>How far the count has come; its result when it is done.</summary>
    [HttpGet("count")]
    public async Task<IActionResult> Count(CancellationToken cancel) => PartialView("_PolicyCount", await PageAsync(cancel));

    /// <summary>Has it counted anew.</summary>
    [HttpPost("count")]
    public async Task<IActionResult> CountAgain(CancellationToken cancel)
    {
        await PolicyCount.AskAsync(Db, (await FindAsync()).Version, Now, cancel);
        return Redirect("/settings/policy/application");
    }

    /// <summary>Has them moved, each with its timeline entry.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Apply(long version, CancellationToken cancel)
    {
        var policy = await FindAsync();
        return await TryAsync(
            async () =>
            {
                Expect(policy, version);
                await PolicyChange.AskAsync(Db, Me.Member.Id, version, cancel);
                return Redirect("/settings/policy/application");
            },
            () => Show(cancel)
        );
    }

    private async Task<ApplicationPage> PageAsync(CancellationToken cancel)
    {
        var policy = await FindAsync();
        var progress = await PolicyChange.ProgressAsync(Db, cancel);
        var count = await PolicyCount.LastAsync(Db, cancel);
        var current = count?.PolicyVersion == policy.Version && (progress?.EndedAt is not { } applied || count.AskedAt >= applied);
        return new(policy.Version, current ? count : null, progress);
    }
}
