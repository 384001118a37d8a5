using Complaints.Casework;
using Complaints.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Tags and fields beside a complaint.</summary>
public sealed class LabelsCardViewComponent(CaseLabels labels, ComplaintsDb db) : ViewComponent
{
    /// <summary>Offered while typing; more would only be noise.</summary>
    private const int Offered = 200;

    /// <summary>Shows them.</summary>
    public async Task<IViewComponentResult> InvokeAsync(CasePage page) =>
        View(
            "/Casework/_Labels.cshtml",
            new LabelsCard(
                page,
                await labels.TagsOf(page.Complaint.Id).ToListAsync(),
                await labels.FieldsAsync(page.Complaint.CategoryId),
                await labels.ValuesAsync(page.Complaint.Id),
                page.MayWork ? await db.Tags.AsNoTracking().OrderBy(t => t.Name).Select(t => t.Name).Take(Offered).ToListAsync() : []
            )
        );
}

/// <summary>Tags and fields of a complaint.</summary>
/// <param name="Offered">Names to choose from while typing.</param>
public sealed record LabelsCard(
    CasePage Page,
    IReadOnlyList<Tag> Tags,
    IReadOnlyList<CaseField> Fields,
    IReadOnlyDictionary<long, string> Values,
    IReadOnlyList<string> Offered
);
