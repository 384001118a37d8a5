using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What was granted in comparable closed complaints, beside an amount that is typed; nothing at all when there are fewer than five.</summary>
public sealed class ComparableViewComponent(ComplaintsDb db, Cases cases, Me me) : ViewComponent
{
    /// <summary>Shows it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(Complaint complaint, string currency)
    {
        if (complaint.CategoryId is not { } category || !me.IsSignedIn)
        {
            return Content("");
        }

        var amounts = await Newest(db, cases, complaint.Id, category, currency).Select(c => c.GrantedMinor!.Value).ToListAsync();
        return Quartiles.Of(amounts) is { } quartiles
            ? View("/Casework/_Comparable.cshtml", new Comparable(complaint.Reference, currency, quartiles))
            : Content("");
    }

    /// <summary>The comparable ones that the person may see, newest first.</summary>
    internal static IQueryable<Complaint> Newest(ComplaintsDb db, Cases cases, long except, long category, string currency) =>
        cases
            .Visible(Comparables.Latest(db, category, currency, except))
            .OrderByDescending(c => c.ClosedAt)
            .ThenByDescending(c => c.Id)
            .Take(Comparables.Most);
}

/// <summary>What was granted in comparable complaints.</summary>
/// <param name="Reference">The complaint one works on.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amounts">In minor units.</param>
public sealed record Comparable(string Reference, string Currency, Quartiles Amounts);
