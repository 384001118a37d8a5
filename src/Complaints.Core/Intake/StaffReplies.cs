using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// A member of staff answers a notice about a complaint by mail, from the address the notice went to: their words go to
/// the customer as their own message, through the outbox, where it can be undone for a moment. Only what they wrote now is
/// sent; where any of the notice itself would go along, nothing is.
/// </summary>
public sealed class StaffReplies(ComplaintsDb db, DeadlineBooks books, CaseMail mails, TimeProvider clock)
{
    private const int Telling = 25; // letters; a shorter line may well stand in both mails

    /// <summary>Sends it; the caller saves.</summary>
    /// <returns>Why not; null when it is on its way.</returns>
    public async Task<Sentence?> SendAsync(InMessage message, ReadMail mail, string from, CancellationToken cancel)
    {
        var notice = await NoticeAsync(mail, cancel);
        if (notice?.ComplaintId is not { } id)
        {
            return new Sentence("It answers a notice to staff. Notes are written on the complaint's page.");
        }

        if (notice.Deliveries.TrueForAll(d => Matching.Normalise(ContactKind.Mail, d.Recipient) != from))
        {
            return new Sentence("It answers a notice that went to somebody else.");
        }

        var address = from.ToUpperInvariant();
        var person = await db.Staff.Include(s => s.Unit).FirstOrDefaultAsync(s => s.NormalizedEmail == address && s.Active, cancel);
        var complaint = await db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .AsSplitQuery()
            .FirstAsync(c => c.Id == id, cancel);
        var actor = person is null ? null : Actor.Of(person, TimeZoneInfo.Utc);
        if (
            actor is null
            || !Rights.Has(actor, Right.Work)
            || !Rights.MaySee(actor, complaint.Unit.Path, complaint.OwnerId, complaint.KeptFrom)
        )
        {
            return new Sentence("Its sender may not work on {0}.", complaint.Reference);
        }

        var words = VisibleAnswer.Of(mail).Trim();
        if (words.Length is 0 or > 20_000 || Holds(words, notice.Text))
        {
            return new Sentence(
                "It holds nothing, or not only what is meant for the customer. Write on the page of {0}.",
                complaint.Reference
            );
        }

        if (mail.Attachments.Any(a => a.ContentId is null))
        {
            return new Sentence("It has files with it. Send them from the page of {0}.", complaint.Reference);
        }

        if (complaint.UsableMail is null)
        {
            return new Sentence("The customer of {0} has no mail address that works.", complaint.Reference);
        }

        await WriteAsync(complaint, actor, words, cancel);
        message.ComplaintId = complaint.Id;
        message.Why = KeptSentence.Write(new Sentence("{0} answered the customer by mail.", actor.Name));
        return null;
    }

    private async Task WriteAsync(Complaint complaint, Actor actor, string words, CancellationToken cancel)
    {
        var (now, book) = (clock.GetUtcNow().UtcDateTime, await books.OpenAsync(db, cancel));
        var key = await mails.KeyAsync(MailPurpose.Reply, complaint, cancel);
        complaint.SpeakTo(actor, now, new Statement(Channel.Email, words), key);
        var said = new CaseWords
        {
            Text = words,
            AuthorId = actor.StaffId,
            AuthorName = actor.Name,
        };
        await mails.WriteAsync(complaint, MailPurpose.Reply, key, said, book, cancel);
    }

    // Only notices that say so take an answer: nobody writes to a customer by answering an invitation.
    private Task<OutMessage?> NoticeAsync(ReadMail mail, CancellationToken cancel)
    {
        var ids = mail.InReplyTo;
        return db
            .OutMessages.AsNoTracking()
            .Include(m => m.Deliveries)
            .FirstOrDefaultAsync(
                m =>
                    ids.Contains(m.MessageId)
                    && m.CustomerId == null
                    && (m.Purpose == MailPurpose.OwnerWarning || m.Purpose == MailPurpose.EscalationNotice),
                cancel
            );
    }

    private static bool Holds(string words, string notice)
    {
        var said = Squeezed(words);
        return notice.Split('\n').Select(Squeezed).Any(l => l.Length >= Telling && said.Contains(l, StringComparison.Ordinal));
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '>'));
}
