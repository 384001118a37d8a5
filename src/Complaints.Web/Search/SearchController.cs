using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Search;

/// <summary>Searches complaints and customers.</summary>
public sealed class SearchController(Finder finder, ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>The page of hits; a whole reference, or the only hit, leads straight to the complaint.</summary>
    /// <param name="q">What to look for.</param>
    /// <param name="before">Id of the last hit of the page before; null for the first page.</param>
    [HttpGet("/search")]
    public async Task<IActionResult> Show(string? q, long? before)
    {
        if (!Me.May(Right.Read))
        {
            throw new NotHere();
        }

        ViewData["Query"] = q;
        if (Reference.Read(q) is { } reference)
        {
            return await cases.Visible(db.Complaints).AnyAsync(c => c.Reference == reference)
                ? Redirect("/complaints/" + reference)
                : View("Search", new SearchPage(q!, [], [], null, T["There is no complaint {0}, or it is not yours to see.", reference]));
        }

        var said = LooksLikeReference(q)
            ? T["“{0}” looks like a reference, but its last digit does not fit the others. One digit was probably misheard.", q!.Trim()]
            : null;
        var page = await finder.FindAsync(q ?? "", before) with { Said = said };
        return page is { Complaints: [var only], Customers.Count: <= 1 } && before is null && said is null
            ? Redirect("/complaints/" + only.Reference)
            : View("Search", page);
    }

    private static bool LooksLikeReference(string? typed)
    {
        var folded = SearchCodes.Fold(typed).Trim();
        return folded.Length > 1
            && folded[0] == 'c'
            && folded.Skip(1).All(c => char.IsAsciiDigit(c) || c is '-' or ' ' or '–' or '—')
            && SearchCodes.Digits(folded).Length >= 8;
    }
}
