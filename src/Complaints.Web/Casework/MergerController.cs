using Complaints.Casework;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Two complaints that are one matter; ending one as a duplicate is the same seen from the other.</summary>
[Route("complaints/{reference}/merger")]
public sealed class MergerController(Merging merging) : CaseController
{
    /// <summary>Merges another one into this.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(string reference, string? duplicateOf, string? reason, bool anotherCustomers) =>
        ChangeAsync(
            reference,
            "merger",
            async (complaint, book) =>
            {
                var other = await FindOtherAsync(duplicateOf);
                await merging.MergeAsync(other, complaint, Me.Actor, Now, reason ?? "", anotherCustomers, book);
                return new Sentence("{0} was merged into this one. This can be undone for 30 days.", other.Reference);
            },
            mindsOthers: false
        );

    /// <summary>Undoes the merging of this one into another.</summary>
    [HttpPost("undo")]
    public Task<IActionResult> Undo(string reference) =>
        ChangeAsync(
            reference,
            "merger",
            async (complaint, book) =>
            {
                var merger = await merging.OfAsync(complaint.Id) ?? throw new Refusal("This merging was undone already.");
                var name = await Db.Complaints.Where(c => c.Id == merger.SurvivorId).Select(c => c.Reference).FirstAsync();
                var survivor = await Cases.FindAsync(name, Right.Work);
                await merging.UndoAsync(merger, complaint, survivor, Me.Actor, Now, book);
                return new Sentence("It stands by itself again.");
            },
            mindsOthers: false
        );
}
