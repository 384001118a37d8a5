using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>The columns somebody wants to see in a list.</summary>
[Needs(Right.Read)]
public sealed class ColumnsController(ComplaintsDb db) : DeskController
{
    /// <summary>Keeps the choice; the default ones keep nothing.</summary>
    [HttpPost("/queues/{list}/columns")]
    public async Task<IActionResult> Update(string list, List<string> column, string? back, bool standard)
    {
        var queue = Queue.Find(list) ?? throw new NotHere();
        var (me, names) = (Me.Member.Id, Column.Write(Column.Read(string.Join(',', column))));
        var kept = await db.ChosenColumns.FirstOrDefaultAsync(c => c.StaffId == me && c.List == queue.Name);
        if (standard || names == Column.Write(Column.Defaults))
        {
            db.RemoveRange(kept is null ? [] : [kept]);
        }
        else if (kept is null)
        {
            db.Add(
                new ChosenColumns
                {
                    StaffId = me,
                    List = queue.Name,
                    Columns = names,
                }
            );
        }
        else
        {
            kept.Columns = names;
        }

        await db.SaveChangesAsync();
        return LocalRedirect(Url.IsLocalUrl(back) ? back! : queue.Url);
    }
}
