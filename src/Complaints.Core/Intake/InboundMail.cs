using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Reads one stored message and does what follows from it, in the caller's transaction.</summary>
public sealed class InboundMail(
    ComplaintsDb db,
    DeadlineBooks books,
    NewByMail newcomers,
    Replies replies,
    InboundReports reports,
    StaffReplies staff,
    MailDoor door,
    InboundFiles store,
    TimeProvider clock
)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Reads the message if it waits; false when another node was faster.</summary>
    /// <param name="incoming">What is attached, as far as it is taken kept in the store already.</param>
    public async Task<bool> ReadAsync(long id, IncomingFiles incoming, CancellationToken cancel)
    {
        // The first to write it wins; a second node then finds it read.
        var mine = await db
            .InMessages.Where(m => m.Id == id && m.State == InState.Waiting)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, InState.Read), cancel);
        if (mine == 0)
        {
            return false;
        }

        var message = await db.InMessages.FirstAsync(m => m.Id == id, cancel);
        var mail = MailReader.Read(message.Raw);
        var sender = mail.From.Count > 0 ? mail.From[0] : new Correspondent("");
        message.From = Cut(sender.Name.Length > 0 ? $"{sender.Name} <{sender.Address}>" : sender.Address, 1000);
        message.Subject = Cut(mail.Subject, 2000);
        message.MessageIdHeader = mail.MessageId is { } own ? Cut(own, 1000) : null;
        message.VisibleText = Words(mail);
        if (mail.Unreadable)
        {
            Quarantine(message, mail.Problems.Count > 0 ? mail.Problems[0] : new Sentence("It cannot be read."));
        }
        else
        {
            await DealWithAsync(message, mail, sender, incoming.Kept, cancel);
        }

        await store.HoldAsync(message, incoming, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Takes a message that was set aside onto a complaint, as a person decided.</summary>
    public async Task AssignAsync(InMessage message, long complaintId, Actor actor, CancellationToken cancel)
    {
        var complaint = await LoadAsync(complaintId, cancel);
        var mail = MailReader.Read(message.Raw);
        message.VisibleText ??= Words(mail);
        (message.State, message.ComplaintId) = (InState.Read, complaint.Id);
        message.Why = KeptSentence.Write(new Sentence("{0} put it here.", actor.Name));
        var files = await store.KeepAsync(mail, message.Mailbox, cancel);
        await store.HoldAsync(message, files, cancel);
        await HearAsync(complaint, message, mail, await KnownHere.OursAsync(db, mail, cancel), files.Kept, cancel, placed: true);
    }

    private async Task DealWithAsync(
        InMessage message,
        ReadMail mail,
        Correspondent sender,
        IReadOnlyList<NewFile> files,
        CancellationToken cancel
    )
    {
        if (mail.MessageId is { } own && await db.OutMessages.AnyAsync(m => m.MessageId == own, cancel))
        {
            message.Automatic = true;
            var tried = await PlusTrial.TakeAsync(db, mail, InboundMatch.SentTo(mail), door.Plus, message.Mailbox, Now, cancel);
            Aside(
                message,
                tried
                    ? new Sentence("It is the test of the complaints' own addresses: they work.")
                    : new Sentence("It is a mail of ours that came back round.")
            );
            return;
        }

        var kind = MailKind.Of(mail, InboundMatch.References(mail.Subject).Count > 0);
        if (await reports.TakeAsync(message, mail, kind, cancel))
        {
            return;
        }

        var from = Matching.Normalise(ContactKind.Mail, sender.Address);
        if (
            from == Matching.Normalise(ContactKind.Mail, (await door.OpenAsync(cancel)).SenderAddress)
            || door.Plus.Read(from) is not null
            || door.Plus.ReadReturn(from) is not null
        )
        {
            message.Automatic = kind.ByMachine;
            Quarantine(message, new Sentence("It comes from our own address. Answering it would be talking to ourselves."));
            return;
        }

        var ours = await KnownHere.OursAsync(db, mail, cancel);
        var belongs = InboundMatch.Decide(mail, from, ours, await KnownHere.CasesAsync(db, mail, cancel), await PlusAsync(mail, cancel));
        var automatic = kind.ByMachine ? kind.Why : null;
        message.Automatic = automatic is not null;
        message.Why = KeptSentence.Write(belongs.Why);
        var found = belongs.ComplaintId is { } id ? await LoadAsync(id, cancel) : null;
        if (found is not null && automatic is not null)
        {
            message.ComplaintId = found.Id;
            await NoticeAsync(found, message, automatic);
        }
        else if (found is not null && await KnownHere.StandingOfAsync(db, found, from, cancel) != Standing.Colleague)
        {
            message.ComplaintId = found.Id;
            await HearAsync(found, message, mail, ours, files, cancel);
        }
        else if (automatic is not null)
        {
            Aside(message, automatic);
        }
        else if (belongs.ToStaff)
        {
            if (await staff.SendAsync(message, mail, from, cancel) is { } why)
            {
                Quarantine(message, why);
            }
        }
        else if (!Correspondent.IsAddress(sender.Address))
        {
            Quarantine(message, new Sentence("It has no sender one could answer."));
        }
        else
        {
            var hint = found?.Id ?? belongs.Hint;
            var complaint = await newcomers.LogAsync(message, mail, sender, hint, files, cancel);
            message.ComplaintId = complaint.Id;
            if (hint is { } named)
            {
                await OfferAsync(found ?? await LoadAsync(named, cancel), complaint, from, cancel);
            }

            message.Why = KeptSentence.Write(new Sentence("{0} A new complaint was logged.", belongs.Why));
        }
    }

    /// <summary>A person wrote: a contact on the complaint. Where nobody works on it any more, somebody is asked to look.</summary>
    private async Task HearAsync(
        Complaint complaint,
        InMessage message,
        ReadMail mail,
        Dictionary<string, KnownMail> ours,
        IReadOnlyList<NewFile> files,
        CancellationToken cancel,
        bool placed = false
    )
    {
        var now = Now;
        var book = await books.OpenAsync(db, cancel);
        var heard = complaint.HearFrom(Actor.Customer, now, Channel.Email, message.VisibleText!, book, MessageKey(message));
        InboundFiles.Attach(db, complaint, heard, files);
        var from = mail.From.Count > 0 ? Matching.Normalise(ContactKind.Mail, mail.From[0].Address) : "";
        var standing = placed ? Standing.Known : await KnownHere.StandingOfAsync(db, complaint, from, cancel);
        if (standing == Standing.Participant)
        {
            // What they say is part of the matter, but whether it is solved is the customer's to say.
            if (complaint.State >= State.Resolved)
            {
                var wrote = new Sentence("{0}, who takes part by mail, wrote.", from);
                complaint.Ask(TaskKind.ReadAnswer, now, now.AddHours(4), complaint.OwnerId, wrote);
            }
        }
        else if (standing != Standing.Known)
        {
            // They hold a mail of ours, so it is about this; but they may not be the customer, and answer nothing for them.
            var unknown = new Sentence("{0} answered a mail of ours; that address is not known here.", from);
            complaint.Ask(TaskKind.ReadAnswer, now, now.AddHours(4), complaint.OwnerId, unknown);
        }
        else if (complaint.State >= State.Resolved)
        {
            var survey = mail.InReplyTo.Any(id => ours.GetValueOrDefault(id) is { Survey: true } sent && sent.ComplaintId == complaint.Id);
            var sender = mail.From.Count > 0 ? mail.From[0].Name : null;
            await replies.TakeAsync(
                complaint,
                new Reply(VisibleAnswer.Of(mail).Trim(), sender, survey, MessageKey(message)),
                now,
                book,
                cancel
            );
        }
    }

    /// <summary>Somebody in the customer's company wrote: a person decides whether it is the same matter.</summary>
    private async Task OfferAsync(Complaint named, Complaint logged, string from, CancellationToken cancel)
    {
        if (await KnownHere.StandingOfAsync(db, named, from, cancel) == Standing.Colleague && named.Id != logged.Id)
        {
            var now = Now;
            var why = new Sentence(
                "A mail from {0} may belong to this complaint. It was logged as {1}; if it does, mark that one as a duplicate.",
                from,
                logged.Reference
            );
            named.Ask(TaskKind.ReadAnswer, now, now.AddHours(4), named.OwnerId, why);
            await db.SaveChangesAsync(cancel);
        }
    }

    private async Task<long?> PlusAsync(ReadMail mail, CancellationToken cancel)
    {
        var to = InboundMatch.SentTo(mail);
        var id = to.Select(door.Plus.Read).FirstOrDefault(i => i is not null);
        if (id is null && to.Select(door.Plus.ReadReturn).FirstOrDefault(i => i is not null) is { } sent)
        {
            // Out-of-office answers go where bounces go (RFC 3834, 4).
            id = await db.OutMessages.Where(m => m.Id == sent).Select(m => m.ComplaintId).FirstOrDefaultAsync(cancel);
        }

        return id is not null && await db.Complaints.AnyAsync(c => c.Id == id, cancel) ? id : null;
    }

    /// <summary>A machine wrote: on the timeline, but the customer has said nothing.</summary>
    private Task NoticeAsync(Complaint complaint, InMessage message, Sentence why)
    {
        complaint.Record(
            EntryKind.AutomaticMail,
            Actor.System,
            Now,
            new Sentence("Automatic mail “{0}”: {1}", message.Subject, why),
            message.VisibleText,
            Channel.Email,
            message: MessageKey(message)
        );
        return Task.CompletedTask;
    }

    private async Task<Complaint> LoadAsync(long id, CancellationToken cancel)
    {
        var complaint = await db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .AsSplitQuery()
            .FirstAsync(c => c.Id == id, cancel);

        // What is written about a duplicate belongs to the complaint it repeats, where somebody works on it.
        return complaint is { State: State.Duplicate, DuplicateOfId: { } first } ? await LoadAsync(first, cancel) : complaint;
    }

    private static string Words(ReadMail mail)
    {
        var visible = VisibleAnswer.Of(mail).Trim();
        var words = visible.Length > 0 ? visible : mail.Text.Trim();
        return words.Length == 0 ? "…" : Cut(words, 1_000_000);
    }

    private static string MessageKey(InMessage message) => $"in:{message.Id}";

    private static void Quarantine(InMessage message, Sentence why) =>
        (message.State, message.Why) = (InState.Quarantined, KeptSentence.Write(why));

    private static void Aside(InMessage message, Sentence why) => message.Why = KeptSentence.Write(new Sentence("Set aside. {0}", why));

    private static string Cut(string text, int most)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal); // PostgreSQL keeps no NUL
        return clean.Length <= most ? clean
            : char.IsHighSurrogate(clean[most - 1]) ? clean[..(most - 1)]
            : clean[..most];
    }
}
