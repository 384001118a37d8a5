using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Makes a complaint of a mail that belongs to none: nothing a customer writes to the desk is lost.</summary>
public sealed class NewByMail(ComplaintsDb db, LogDesk desk, TimeProvider clock)
{
    /// <summary>Logs it at the unit of the mailbox it came by (without one: the top unit), in the caller's transaction; it is routed and receipted like any other.</summary>
    /// <param name="files">What was attached, kept in the store already.</param>
    /// <param name="hint">A complaint the sender named without being its customer; noted for whoever works on it.</param>
    public async Task<Complaint> LogAsync(
        InMessage message,
        ReadMail mail,
        Correspondent sender,
        long? hint,
        IReadOnlyList<NewFile> files,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var facts = new LogFacts
        {
            Customer = await CustomerAsync(sender, message.VisibleText!, now, cancel),
            Channel = Channel.Email,
            ReceivedAt = message.StoredAt,
            WhatHappened = message.VisibleText!,
            Summary = mail.Subject.Length > 0 ? mail.Subject : null,
            UnitId = await UnitAsync(message, cancel),
            ProofOfChannel = mail.MessageId,
            SubmissionKey = $"mail:{message.Id}",
        };
        var complaint = (await desk.LogAsync(facts, Actor.Customer, files: files, cancel: cancel)).Complaint;
        if (hint is { } id)
        {
            var named = await db.Complaints.Where(c => c.Id == id).Select(c => c.Reference).FirstAsync(cancel);
            complaint.Note(
                Actor.System,
                now,
                Tongue.Say(
                    Tongue.English,
                    new Sentence(
                        "The mail names {0}, but its sender is not known there. If they belong together, add the address to that customer.",
                        named
                    )
                )
            );
        }

        return complaint;
    }

    private async Task<long> UnitAsync(InMessage message, CancellationToken cancel) =>
        await db.Mailboxes.Where(m => m.Name == message.Mailbox).Select(m => (long?)m.UnitId).FirstOrDefaultAsync(cancel)
        ?? await db.Units.Where(u => u.ParentId == null).OrderBy(u => u.Id).Select(u => u.Id).FirstAsync(cancel);

    /// <summary>Id of the mail a complaint was made of; null for every other complaint.</summary>
    public static string? MessageIdOf(Complaint complaint) =>
        complaint.SubmissionKey?.StartsWith("mail:", StringComparison.Ordinal) == true ? complaint.ProofOfChannel : null;

    private async Task<Customer> CustomerAsync(Correspondent sender, string words, DateTime now, CancellationToken cancel)
    {
        var same = Matching.Normalise(ContactKind.Mail, sender.Address);
        var known = await db
            .Customers.Include(c => c.ContactPoints)
            .Where(c => c.MergedIntoId == null && c.ContactPoints.Any(p => p.Kind == ContactKind.Mail && p.Normalised == same))
            .OrderBy(c => c.Id)
            .FirstOrDefaultAsync(cancel);
        return known
            ?? new Customer
            {
                Name = sender.Name.Length > 0 ? sender.Name : sender.Address,
                Language = words.Any(c => c is >= '\u4e00' and <= '\u9fff') ? Tongue.Chinese : Tongue.English,
                PreferredChannel = Channel.Email,
                CreatedAt = now,
                ContactPoints =
                [
                    new ContactPoint
                    {
                        Kind = ContactKind.Mail,
                        Value = sender.Address,
                        Normalised = same,
                    },
                ],
            };
    }
}
