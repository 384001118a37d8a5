using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>That a customer needs more care. For everybody who may not know it, there is no such page.</summary>
[Route("customers/{id:long}/care")]
public sealed class CareController(ComplaintsDb db, Care care) : ProfilePages(db)
{
    /// <summary>Writes what helps, in place of what was written before.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Write(long id, string? helps)
    {
        await AllowAsync(id);
        return await ChangeAsync(
            id,
            "care",
            async _ =>
                await care.WriteAsync(
                    id,
                    Needed(helps, CareNote.Longest, "Helps", new Sentence("Say in one sentence what helps, or take the note off.")),
                    Now
                )
        );
    }

    /// <summary>Takes it off; the history stays for those who may see it.</summary>
    [HttpPost("removal")]
    public async Task<IActionResult> TakeOff(long id)
    {
        await AllowAsync(id);
        return await ChangeAsync(id, "care", async _ => await care.WriteAsync(id, null, Now));
    }

    private async Task AllowAsync(long id)
    {
        await FindAsync(id, Right.Work);
        if (!await care.MayAsync(id))
        {
            throw new NotHere();
        }
    }
}
