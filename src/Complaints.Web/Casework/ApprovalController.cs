using Complaints.Casework;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>A resolution whose remedy is above somebody's limit: decided by somebody whose limit covers it, never by who asked.</summary>
public sealed class ApprovalController(Enclosures enclosures) : ApprovingController(enclosures)
{
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
                return await ApproveAsync(complaint, book, approval, await LimitAsync(complaint, approval.Currency));
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
}
