using Complaints.Casework;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Complaints that belong together, or only look alike.</summary>
[Route("complaints/{reference}/links")]
public sealed class LinksController : CaseController
{
    /// <summary>Links another one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(string reference, string? duplicateOf, string? reason) =>
        ChangeAsync(
            reference,
            "link",
            async (complaint, _) =>
            {
                var other = await FindOtherAsync(duplicateOf);
                if (await StandsAsync(complaint, other, LinkKind.Related))
                {
                    throw new Refusal(new Sentence("{0} is linked already.", other.Reference), "duplicateOf");
                }

                Db.CaseLinks.Add(complaint.LinkTo(other, Me.Actor, Now, reason ?? ""));
                return new Sentence("Linked with {0}.", other.Reference);
            },
            mindsOthers: false
        );

    /// <summary>Takes a link out.</summary>
    [HttpPost("{id:long}/removal")]
    public Task<IActionResult> Remove(string reference, long id) =>
        ChangeAsync(
            reference,
            "link",
            async (complaint, _) =>
            {
                var link =
                    await Db.CaseLinks.FirstOrDefaultAsync(l =>
                        l.Id == id
                        && l.Kind == LinkKind.Related
                        && l.RemovedAt == null
                        && (l.LowId == complaint.Id || l.HighId == complaint.Id)
                    ) ?? throw new NotHere();
                var name = await Db.Complaints.Where(c => c.Id == link.Other(complaint.Id)).Select(c => c.Reference).FirstAsync();
                var other = await Cases.FindAsync(name, Right.Work);
                complaint.Unlink(link, other, Me.Actor, Now);
                return new Sentence("No longer linked with {0}.", other.Reference);
            },
            mindsOthers: false
        );

    /// <summary>They look alike and are two matters; nobody is asked again.</summary>
    [HttpPost("different")]
    public Task<IActionResult> TellApart(string reference, string? duplicateOf, string? reason) =>
        ChangeAsync(
            reference,
            "different",
            async (complaint, _) =>
            {
                var other = await FindOtherAsync(duplicateOf);
                if (!await StandsAsync(complaint, other, LinkKind.Different))
                {
                    // The words in the field speak for merging unless somebody changed them.
                    var theirs = reason == T["The customer told us about the same thing twice."] ? null : reason;
                    Db.CaseLinks.Add(complaint.TellApart(other, Me.Actor, Now, theirs));
                }

                return new Sentence("Kept apart from {0}. You will not be asked again.", other.Reference);
            },
            mindsOthers: false
        );

    private Task<bool> StandsAsync(Complaint one, Complaint other, LinkKind kind)
    {
        var (low, high) = (Math.Min(one.Id, other.Id), Math.Max(one.Id, other.Id));
        return Db.CaseLinks.AnyAsync(l => l.LowId == low && l.HighId == high && l.Kind == kind && l.RemovedAt == null);
    }
}
