using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>The closed complaints behind the suggestion of an amount.</summary>
public sealed class ComparableController(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>The list, newest first; not there when fewer than five would stand in it.</summary>
    [HttpGet("complaints/{reference}/comparable")]
    public async Task<IActionResult> Show(string reference, string? currency)
    {
        var complaint = await cases.FindAsync(reference);
        if (complaint.CategoryId is not { } category || string.IsNullOrEmpty(currency))
        {
            throw new NotHere();
        }

        var rows = await ComparableViewComponent
            .Newest(db, cases, complaint.Id, category, currency)
            .Select(c => new ComparableRow(c.Reference, c.Summary, c.ClosedAt!.Value, c.Outcome, c.Remedy, c.GrantedMinor!.Value))
            .ToListAsync();
        return Quartiles.Of(rows.Select(r => r.Minor)) is { } quartiles
            ? View("Comparable", new ComparablePage(new Comparable(complaint.Reference, currency, quartiles), rows))
            : throw new NotHere();
    }
}

/// <summary>A closed complaint and what was granted in it, minor units.</summary>
public sealed record ComparableRow(string Reference, string Summary, DateTime ClosedAt, Outcome? Outcome, Remedy? Remedy, long Minor);

/// <summary>The page.</summary>
public sealed record ComparablePage(Comparable Comparable, IReadOnlyList<ComparableRow> Rows);
