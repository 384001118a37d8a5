using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Everything that waits for a second person: remedies above somebody's limit, and proposals that something is no complaint.</summary>
[Route("approvals")]
public sealed class ApprovalsController(Enclosures enclosures, ILogger<ApprovalsController> log) : ApprovingController(enclosures)
{
    private const int PageLength = 100;

    /// <summary>What waits, oldest first.</summary>
    [HttpGet("")]
    public Task<IActionResult> List(long? after) => PageAsync(after, []);

    /// <summary>What approving the picked ones would do; changes nothing.</summary>
    [HttpPost("trial")]
    public async Task<IActionResult> Try(long[] pick, long? after)
    {
        Lead();
        var waiting = await RowsAsync(Waiting().Where(g => pick.Contains(g.Id)));
        var more = new Dictionary<(long, string), long>();
        var trial = new List<TriedApproval>();
        foreach (var row in waiting.OrderBy(r => r.Grant.Id))
        {
            var key = (row.Grant.ComplaintId, row.Grant.Currency!);
            var against = row.Grant.Complaint.AgainstApproving(row.Grant, Me.Actor, row.Limit, more.GetValueOrDefault(key));
            if (against is null)
            {
                more[key] = more.GetValueOrDefault(key) + row.Grant.Minor!.Value;
            }

            trial.Add(new TriedApproval(row.Grant, against));
        }

        return trial.Count == 0 ? Nothing() : await PageAsync(after, trial);
    }

    /// <summary>Approves the picked ones, each by itself: one that is refused stops no other.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Create(long[] pick)
    {
        Lead();
        var (done, refused) = (0, new List<(string Reference, Sentence Why)>());
        foreach (var id in pick.Distinct().Order().Take(PageLength))
        {
            var (reference, why) = await OneAsync(id);
            if (why is null)
            {
                done++;
            }
            else
            {
                refused.Add((reference, why));
            }
        }

        if (done + refused.Count == 0)
        {
            return Nothing();
        }

        if (refused.Count == 0)
        {
            Flash("{0|remedy|remedies} approved.", done);
        }
        else
        {
            Flash("{0|remedy|remedies} approved, {1} not. {2}: {3}", done, refused.Count, refused[0].Reference, refused[0].Why);
        }

        return Redirect("/approvals");
    }

    private async Task<(string Reference, Sentence? Why)> OneAsync(long id)
    {
        var reference = "";
        for (var attempt = 1; ; attempt++)
        {
            Db.ChangeTracker.Clear();
            try
            {
                reference =
                    await Db.Grants.Where(g => g.Id == id).Select(g => g.Complaint.Reference).FirstOrDefaultAsync() ?? throw new NotHere();
                var complaint = await Cases.FindAsync(reference, Right.Lead);
                await ApproveAsync(complaint, await Cases.BookAsync(), complaint.Grants.First(g => g.Id == id));
                await Db.SaveChangesAsync();
                return (reference, null);
            }
            catch (Refusal refused)
            {
                return (reference, refused.Sentence);
            }
            catch (NotHere)
            {
                return ("?", new Sentence("It is not here any more."));
            }
            catch (DbUpdateException lost) when (attempt < 4 && (lost is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(lost)))
            {
                // somebody saved in between: look again
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.LogError(failed, "The remedy {Id} could not be approved with others; the others go on", id);
                return (reference, new Sentence("It could not be approved just now. Open it and try again."));
            }
            finally
            {
                Db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<IActionResult> PageAsync(long? after, IReadOnlyList<TriedApproval> trial)
    {
        Lead();
        var from = after ?? 0;
        var rows = await RowsAsync(Waiting().Where(g => g.Id > from).OrderBy(g => g.Id).Take(PageLength + 1));
        var dismissals = after is null
            ? await Cases
                .Visible(Db.Complaints)
                .Where(c => c.ProposedById != null)
                .OrderBy(c => c.Id)
                .Take(200)
                .Include(c => c.Customer)
                .AsNoTracking()
                .ToListAsync()
            : [];
        return View(
            "Approvals",
            new WaitingDecisions(
                [.. rows.OrderBy(r => r.Grant.Id).Take(PageLength)],
                dismissals,
                trial,
                rows.Count > PageLength ? rows.OrderBy(r => r.Grant.Id).ElementAt(PageLength - 1).Grant.Id : null,
                after
            )
        );
    }

    private IQueryable<Grant> Waiting() =>
        Db.Grants.Where(g => g.State == GrantState.Waiting).Join(Cases.Visible(Db.Complaints), g => g.ComplaintId, c => c.Id, (g, _) => g);

    private async Task<List<WaitingGrant>> RowsAsync(IQueryable<Grant> waiting)
    {
        var grants = await waiting
            .Include(g => g.Request)
            .Include(g => g.Complaint)
                .ThenInclude(c => c.Customer)
            .Include(g => g.Complaint)
                .ThenInclude(c => c.Grants)
            .AsNoTrackingWithIdentityResolution()
            .ToListAsync();
        var rows = new List<WaitingGrant>();
        var limits = new Dictionary<(Complaints.Customers.Tier, string), long?>();
        foreach (var grant in grants)
        {
            var key = (grant.Complaint.Tier, grant.Currency!);
            if (!limits.TryGetValue(key, out var limit))
            {
                limits[key] = limit = await LimitAsync(grant.Complaint, grant.Currency);
            }

            rows.Add(new WaitingGrant(grant, limit, grant.Complaint.AgainstApproving(grant, Me.Actor, limit)));
        }

        return rows;
    }

    private void Lead()
    {
        if (!Me.May(Right.Lead))
        {
            throw new NotHere();
        }
    }

    private RedirectResult Nothing()
    {
        Flash("Pick what you want to approve first.");
        return Redirect("/approvals");
    }
}

/// <summary>A remedy that waits, and why the person may not approve it.</summary>
/// <param name="Grant">With its complaint, the complaint's customer and whole ledger.</param>
/// <param name="Limit">What the person may grant alone, minor units; null when no limit is set.</param>
/// <param name="Against">Null when they may.</param>
public sealed record WaitingGrant(Grant Grant, long? Limit, Sentence? Against);

/// <summary>What approving would do with a picked remedy.</summary>
/// <param name="Against">Why it would be refused; null when it would be approved.</param>
public sealed record TriedApproval(Grant Grant, Sentence? Against);

/// <summary>What waits for a second person.</summary>
/// <param name="Remedies">Above a limit.</param>
/// <param name="Dismissals">Complaints proposed as none.</param>
/// <param name="Trial">What was picked, and what would become of it; empty when nothing was.</param>
/// <param name="Next">Where to go on from; null at the end.</param>
/// <param name="After">Where this page starts; null at the beginning.</param>
public sealed record WaitingDecisions(
    IReadOnlyList<WaitingGrant> Remedies,
    IReadOnlyList<Complaint> Dismissals,
    IReadOnlyList<TriedApproval> Trial,
    long? Next,
    long? After
);
