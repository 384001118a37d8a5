using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Who takes part by mail beside the customer. They come in by a copy and go out here.</summary>
public sealed class ParticipantController : CaseController
{
    /// <summary>Takes somebody out.</summary>
    [HttpPost("complaints/{reference}/participants/{id:long}/removal")]
    public Task<IActionResult> Delete(string reference, long id) =>
        ChangeAsync(
            reference,
            "participants",
            async (complaint, _) =>
            {
                var who =
                    await Db.Participants.FirstOrDefaultAsync(p => p.Id == id && p.ComplaintId == complaint.Id)
                    ?? throw new Shared.NotHere();
                Participants.Leave(Db, complaint, who, Me.Actor, Now);
                return new Sentence("{0} no longer takes part by mail.", who.Address);
            },
            mindsOthers: false
        );
}
