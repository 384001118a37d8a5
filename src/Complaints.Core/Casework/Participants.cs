using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Who takes part in a complaint's mail beside the customer: brought in by a copy, out again when that is undone.</summary>
public static class Participants
{
    /// <summary>Everybody whose copy goes with this mail is known on the complaint from now on; the caller saves.</summary>
    public static async Task JoinAsync(
        ComplaintsDb db,
        Complaint complaint,
        IReadOnlyList<string> addresses,
        string key,
        Actor actor,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var known = await db.Participants.Where(p => p.ComplaintId == complaint.Id).ToListAsync(cancel);
        foreach (var address in addresses)
        {
            var same = Matching.Normalise(ContactKind.Mail, address);
            if (known.Find(p => p.Normalised == same) is { } there)
            {
                there.BouncedAt = null; // a person says that it works again
            }
            else if (complaint.Customer.ContactPoints.TrueForAll(c => c.Normalised != same))
            {
                db.Participants.Add(
                    new Participant
                    {
                        ComplaintId = complaint.Id,
                        Address = address,
                        Normalised = same,
                        BroughtBy = key,
                        AddedAt = now,
                    }
                );
                complaint.Record(EntryKind.Changed, actor, now, new Sentence("{0} takes part by mail from now on", address));
            }
        }
    }

    /// <summary>The mail that brought them in was undone before it left, so they were never told anything.</summary>
    public static async Task LeaveAsync(
        ComplaintsDb db,
        Complaint complaint,
        string key,
        Actor actor,
        DateTime now,
        CancellationToken cancel
    )
    {
        var brought = await db.Participants.Where(p => p.ComplaintId == complaint.Id && p.BroughtBy == key).ToListAsync(cancel);
        brought.ForEach(p => Leave(db, complaint, p, actor, now));
    }

    /// <summary>Takes somebody out; the caller saves. What they answer to mails they have is still offered, as a stranger's.</summary>
    public static void Leave(ComplaintsDb db, Complaint complaint, Participant participant, Actor actor, DateTime now)
    {
        db.Participants.Remove(participant);
        complaint.Record(EntryKind.Changed, actor, now, new Sentence("{0} no longer takes part by mail", participant.Address));
    }

    /// <summary>A copy did not arrive: where that is the address's fault, nothing more is sent there.</summary>
    internal static async Task BouncedAsync(
        ComplaintsDb db,
        Complaint complaint,
        OutDelivery delivery,
        DateTime now,
        CancellationToken cancel
    )
    {
        if (delivery.AddressBad)
        {
            var same = Matching.Normalise(ContactKind.Mail, delivery.Recipient);
            var them = await db.Participants.Where(p => p.ComplaintId == complaint.Id && p.Normalised == same).ToListAsync(cancel);
            them.ForEach(p => p.BouncedAt ??= now);
        }
    }
}
