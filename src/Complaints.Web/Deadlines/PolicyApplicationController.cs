using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>Applying the targets to open complaints.</summary>
[Route("settings/policy/application")]
public sealed class PolicyApplicationController(ComplaintsDb db, DeadlineBooks books) : PolicyPages(db)
{
    private const int BatchSize = 500;

    /// <summary>What applying the policy to open complaints would move; or how far it has come while it runs.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Preview(CancellationToken cancel)
    {
        var policy = await FindAsync();
        var progress = await PolicyChange.ProgressAsync(Db, cancel);
        var page = new ApplicationPage(policy.Version, 0, 0, 0, 0, [], progress);
        if (progress is not { EndedAt: null })
        {
            var book = await books.OpenAsync(Db, cancel);
            await foreach (var complaint in OpenAsync(cancel))
            {
                page = page.With(complaint.Reference, complaint.WouldMove(Now, book));
            }
        }

        return View("PolicyApplication", page);
    }

    /// <summary>How far it has come.</summary>
    [HttpGet("progress")]
    public async Task<IActionResult> Progress(CancellationToken cancel)
    {
        await FindAsync();
        return PartialView("_PolicyProgress", await PolicyChange.ProgressAsync(Db, cancel) ?? throw new NotHere());
    }

    /// <summary>Has them moved in the background, each with its timeline entry.</summary>
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
            () => Preview(cancel)
        );
    }

    private async IAsyncEnumerable<Complaint> OpenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (long after = 0; ; )
        {
            var batch = await PolicyChange
                .Open(Db)
                .AsNoTracking()
                .Include(c => c.Clocks)
                    .ThenInclude(k => k.Pauses)
                .Where(c => c.Id > after)
                .OrderBy(c => c.Id)
                .Take(BatchSize)
                .ToListAsync(cancel);
            if (batch.Count == 0)
            {
                yield break;
            }

            after = batch[^1].Id;
            foreach (var complaint in batch)
            {
                yield return complaint;
            }
        }
    }
}

/// <summary>One deadline that would move; times in UTC.</summary>
public sealed record Move(string Reference, ClockName Name, DateTime Before, DateTime After);

/// <summary>What applying would do, counted over all open complaints, with the first 50 deadlines.</summary>
/// <param name="Progress">Of the last time it was applied; null when it never was.</param>
public sealed record ApplicationPage(long Version, int Open, int Moving, int Earlier, int Later, List<Move> First, PolicyProgress? Progress)
{
    /// <summary>With one more open complaint counted.</summary>
    public ApplicationPage With(string reference, IReadOnlyList<(ClockName Name, DateTime Before, DateTime After)> moves)
    {
        First.AddRange(moves.Take(50 - First.Count).Select(m => new Move(reference, m.Name, m.Before, m.After)));
        return this with
        {
            Open = Open + 1,
            Moving = Moving + (moves.Count > 0 ? 1 : 0),
            Earlier = Earlier + moves.Count(m => m.After < m.Before),
            Later = Later + moves.Count(m => m.After > m.Before),
        };
    }
}
