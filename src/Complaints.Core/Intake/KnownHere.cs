using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>What the tables know about a mail that came in, for <see cref="InboundMatch"/> to decide by.</summary>
internal static class KnownHere
{
    /// <summary>Mails of ours it names by their Message-ID.</summary>
    public static async Task<Dictionary<string, KnownMail>> OursAsync(ComplaintsDb db, ReadMail mail, CancellationToken cancel)
    {
        var ids = InboundMatch.Ids(mail);
        return ids.Count == 0
            ? []
            : await db
                .OutMessages.Where(m => ids.Contains(m.MessageId))
                .Select(m => new
                {
                    m.MessageId,
                    m.ComplaintId,
                    ToCustomer = m.CustomerId != null,
                    Survey = m.Purpose == MailPurpose.Survey
                        || m.Purpose == MailPurpose.SurveyReminder
                        || m.Purpose == MailPurpose.SecondTouch,
                })
                .ToDictionaryAsync(m => m.MessageId, m => new KnownMail(m.ComplaintId, m.ToCustomer, m.Survey), cancel);
    }

    /// <summary>Complaints it names by their reference, with the addresses known there.</summary>
    public static async Task<Dictionary<string, KnownCase>> CasesAsync(ComplaintsDb db, ReadMail mail, CancellationToken cancel)
    {
        var references = InboundMatch.Named(mail).Select(n => n.Reference).ToList();
        var participants = db.Set<Participant>();
        return references.Count == 0
            ? []
            : await db
                .Complaints.Where(c => references.Contains(c.Reference))
                .Select(c => new
                {
                    c.Reference,
                    c.Id,
                    c.ContactMail,
                    Addresses = c.Customer.ContactPoints.Where(p => p.Kind == ContactKind.Mail).Select(p => p.Normalised).ToList(),
                    Others = participants.Where(p => p.ComplaintId == c.Id).Select(p => p.Normalised).ToList(),
                })
                .ToDictionaryAsync(
                    c => c.Reference,
                    c => new KnownCase(c.Id, [.. c.Addresses, .. c.Others, .. Spoken(c.ContactMail)]),
                    cancel
                );
    }

    private static IEnumerable<string> Spoken(string? mail) => mail is null ? [] : [Matching.Normalise(ContactKind.Mail, mail)];

    /// <summary>Who the sender is to the complaint, whose customer must be loaded.</summary>
    public static async Task<Standing> StandingOfAsync(ComplaintsDb db, Complaint complaint, string from, CancellationToken cancel) =>
        InboundMatch.StandingOf(
            from,
            complaint.OwnAddresses,
            await db.Participants.Where(p => p.ComplaintId == complaint.Id).Select(p => p.Normalised).ToListAsync(cancel)
        );
}
