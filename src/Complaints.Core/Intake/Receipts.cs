using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>The mail that says: your complaint has arrived, this is its reference, here you see where it stands.</summary>
public sealed class Receipts(ComplaintsDb db, Letters letters, Words.House house)
{
    /// <summary>Writes it into the outbox when an address is known; the caller saves. Historic complaints get none.</summary>
    /// <param name="complaint">Saved, with clocks and customer loaded.</param>
    /// <param name="now">UTC.</param>
    public async Task WriteAsync(Complaint complaint, DateTime now, DeadlineBook book, CancellationToken cancel = default)
    {
        var customer = complaint.Customer;
        if (complaint.Historic || complaint.UsableMail is not { } address)
        {
            return;
        }

        if (await WhyNotAsync(address, now, cancel) is { } why)
        {
            complaint.Record(EntryKind.Mail, Actor.System, now, why);
            return;
        }

        var unit = await db.Set<Unit>().FirstAsync(u => u.Id == complaint.UnitId, cancel);
        var language = Tongue.Nearest(customer.Language);
        var zone =
            (customer.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var own) ? own : null)
            ?? book.Calendar(unit.CalendarId).Zone
            ?? TimeZoneInfo.Utc;
        await letters.WriteAsync(
            new Letter
            {
                Key = $"receipt:{complaint.Id}",
                Purpose = MailPurpose.Receipt,
                To = address,
                Language = language,
                ComplaintId = complaint.Id,
                Reference = complaint.Reference,
                Answers = NewByMail.MessageIdOf(complaint),
                CustomerId = customer.Id,
                Fields = new()
                {
                    ["customer"] = complaint.Addressee,
                    ["summary"] = complaint.Summary,
                    ["unit"] = unit.NameIn(language),
                    ["next"] = Tongue.Say(new Reader(language, zone), Next(complaint, now)),
                    ["link"] = house.StatusLink(complaint.Id, now),
                },
            },
            cancel
        );
    }

    private async Task<Sentence?> WhyNotAsync(string address, DateTime now, CancellationToken cancel)
    {
        var before = await Before(db, address, now.AddDays(-1)).ToListAsync(cancel);
        return (await ReceiptCap.ReadAsync(db, cancel)).WhyNot(address, before, now);
    }

    /// <summary>UTC times of the receipts to that address after <paramref name="since"/> (UTC). Found by the address: a busy day has thousands of others.</summary>
    public static IQueryable<DateTime> Before(ComplaintsDb db, string address, DateTime since)
    {
        string[] same = [address, address.ToLowerInvariant()];
        return db
            .OutDeliveries.Where(d => same.Contains(d.Recipient))
            .Where(d => d.Message!.Purpose == MailPurpose.Receipt && d.Message.CreatedAt > since)
            .Select(d => d.Message!.CreatedAt);
    }

    /// <summary>What the customer can expect next. Never says more than the house has promised itself.</summary>
    public static Sentence Next(Complaint complaint, DateTime now) =>
        complaint.State >= State.Resolved
            ? new Sentence("it was settled with you on the spot. In a few days we will ask you whether everything is well.")
        : complaint.AwaitingApproval ? new Sentence("what you agreed with us is being confirmed, and we will be in touch.")
        : complaint.Clocks.FirstOrDefault(c => c.Name == ClockName.Acknowledge) is { } clock && clock.DueAt > now
            ? new Sentence("a person will look at it and be in touch by {0}.", clock.DueAt)
        : new Sentence("a person will look at it and be in touch soon.");
}
