using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Remedies above somebody's limit: decided by somebody whose limit covers them, never by who asked.</summary>
public sealed class ApprovalController(Enclosures enclosures) : CaseController
{
    /// <summary>What waits, oldest first.</summary>
    [HttpGet("approvals")]
    public async Task<IActionResult> List()
    {
        if (!Me.May(Right.Lead))
        {
            throw new Shared.NotHere();
        }

        var visible = Cases.Visible(Db.Complaints);
        var remedies = await visible
            .Where(c => c.AwaitingApproval)
            .OrderBy(c => c.Id)
            .Take(200)
            .Include(c => c.Approvals.Where(a => a.DecidedAt == null))
            .Include(c => c.Customer)
            .AsNoTracking()
            .ToListAsync();
        var dismissals = await visible
            .Where(c => c.ProposedById != null)
            .OrderBy(c => c.Id)
            .Take(200)
            .Include(c => c.Customer)
            .AsNoTracking()
            .ToListAsync();
        return View("Approvals", new WaitingDecisions(remedies, dismissals));
    }

    /// <summary>Approves or declines.</summary>
    [HttpPost("complaints/{reference}/approval")]
    public Task<IActionResult> Create(string reference, string? decision, string? reason) =>
        ChangeAsync(
            reference,
            "approval",
            async (complaint, book) =>
            {
                if (decision != "approve")
                {
                    complaint.Decline(Me.Actor, Now, reason ?? "");
                    return new Sentence("Not approved; whoever asked sees why.");
                }

                var approval = complaint.Approvals.FirstOrDefault() ?? throw new Refusal("Nothing waits for approval here any more.");
                var said = approval.Statement;
                var resolution = approval.Resolution;
                var key = await KeyAsync(complaint, MailPurpose.Resolution, said.Channel);
                var document = CaseMail.DocumentFor(complaint, MailPurpose.Resolution);
                var limit = await Limits.OfAsync(Db, Me.Member.Role, Me.Member.EffectiveSeat, approval.Currency);
                complaint.Approve(Me.Actor, Now, limit, book, key);
                var form = new SaidForm
                {
                    Channel = said.Channel,
                    Words = said.Words,
                    Document = document,
                };
                var words = ResolutionController.WordsOf(resolution, said.Words) with
                {
                    AuthorId = approval.AskedById,
                    AuthorName = approval.AskedByName,
                    Typed = TypedAgain(resolution, said),
                };
                var with = await enclosures.ReopenAsync(complaint, approval.Enclosure, key is not null);
                if (key is not null)
                {
                    await Participants.JoinAsync(Db, complaint, with.Copies, key, Me.Actor, Now);
                    words = words with { Copies = with.Copies, Files = [.. with.Files.Select(f => f.Out)], Quoted = with.Quoted };
                }

                await LeaveAsync(complaint, book, key, MailPurpose.Resolution, form, words, "resolution");
                return new Sentence("Approved, and resolved as {0} asked.", approval.AskedByName);
            },
            Right.Lead,
            mindsOthers: false // the verb itself knows whether something still waits
        );

    /// <summary>Takes one's own request back.</summary>
    [HttpPost("complaints/{reference}/approval/withdrawal")]
    public Task<IActionResult> Delete(string reference) =>
        ChangeAsync(
            reference,
            "approval",
            (complaint, _) =>
            {
                complaint.WithdrawRequest(Me.Actor, Now);
                return Task.FromResult(new Sentence("Request withdrawn. You can enter another solution now."));
            }
        );

    private static string TypedAgain(Resolution resolution, Statement said) =>
        CasePages.Keep(
            "resolution",
            new Dictionary<string, string?>
            {
                ["Channel"] = said.Channel.ToString(),
                ["Words"] = said.Words,
                ["Solution"] = resolution.Solution,
                ["Remedy"] = resolution.Remedy.ToString(),
                ["Amount"] = resolution.Amount?.Amount,
                ["Currency"] = resolution.Amount?.Currency,
                ["RootCauseId"] = resolution.RootCauseId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["CorrectiveAction"] = resolution.CorrectiveAction,
                ["CustomerAgreed"] = resolution.CustomerAgreed?.ToString(),
                ["Outcome"] = resolution.Outcome.ToString(),
            }
        );
}

/// <summary>What waits for a second person.</summary>
/// <param name="Remedies">Complaints whose remedy is above a limit.</param>
/// <param name="Dismissals">Complaints proposed as none.</param>
public sealed record WaitingDecisions(IReadOnlyList<Complaint> Remedies, IReadOnlyList<Complaint> Dismissals);
