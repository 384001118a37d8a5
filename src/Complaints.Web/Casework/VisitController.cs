using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Signs of life of an open page: who else looks at the complaint or writes to its customer.</summary>
[Needs(Right.Read)]
public sealed class VisitController(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>Notes that the person is here, and says who else is.</summary>
    /// <param name="writing">Words to the customer are being typed.</param>
    [HttpPost("/complaints/{reference}/visit")]
    public async Task<IActionResult> Update(string reference, bool writing)
    {
        var known = Reference.Read(reference);
        var id = await cases.Visible(db.Complaints).Where(c => c.Reference == known).Select(c => (long?)c.Id).FirstOrDefaultAsync();
        if (id is not { } complaint)
        {
            throw new NotHere();
        }

        await SeenAsync(complaint);
        await CaseVisit.NoteAsync(db, complaint, Me.Member.Id, writing && Me.May(Right.Work), Now);
        return PartialView("_Visitors", await CaseVisit.OthersAsync(db, complaint, Me.Member.Id, Now));
    }

    /// <summary>Whoever has the page before them has seen what they were told about it.</summary>
    private async Task SeenAsync(long complaint)
    {
        var (me, now) = (Me.Member.Id, Now);
        var unseen = db.Notices.Where(n => n.ComplaintId == complaint && n.StaffId == me && n.SeenAt == null);
        if (await unseen.AnyAsync())
        {
            using var turn = await db.Gate.EnterAsync();
            await unseen.ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, now));
        }
    }
}
