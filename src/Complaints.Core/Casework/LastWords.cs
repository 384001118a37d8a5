using Complaints.Customers;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// What the customer last wrote to us themselves, for quoting. Only what came from them in writing counts: what a colleague
/// wrote down of a call is the colleague's words, and a note never leaves the house.
/// </summary>
/// <param name="From">Who wrote it: a name, else an address.</param>
/// <param name="At">UTC.</param>
/// <param name="Words">What.</param>
public sealed record LastWords(string From, DateTime At, string Words)
{
    /// <summary>The last message; null when there is none, or its words were erased.</summary>
    /// <param name="complaint">With its customer.</param>
    public static async Task<LastWords?> OfAsync(ComplaintsDb db, Complaint complaint, CancellationToken cancel = default)
    {
        var entries = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e => e.ComplaintId == complaint.Id && e.ActorId == null && (e.Kind == EntryKind.ContactIn || e.Kind == EntryKind.Logged))
            .OrderByDescending(e => e.Seq)
            .Take(20)
            .ToListAsync(cancel);
        foreach (var entry in entries)
        {
            if (entry.Content?.Body is not { } body || body.By != Staff.Actor.Customer.Name)
            {
                continue;
            }

            if (entry.Kind == EntryKind.Logged)
            {
                return new LastWords(complaint.Customer.Name, entry.At, complaint.WhatHappened);
            }

            if (body is { Words.Length: > 0, Channel: Channel.Email or Channel.Web })
            {
                return new LastWords(await SenderAsync(db, body.Message, cancel) ?? complaint.Customer.Name, entry.At, body.Words);
            }
        }

        return null;
    }

    // Not always the customer: somebody who was copied in may have answered last.
    private static async Task<string?> SenderAsync(ComplaintsDb db, string? message, CancellationToken cancel)
    {
        if (
            message is not ['i', 'n', ':', .. var number]
            || !long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var id)
        )
        {
            return null;
        }

        var from = await db.Set<Mail.InMessage>().Where(m => m.Id == id).Select(m => m.From).FirstOrDefaultAsync(cancel);
        var bracket = from?.IndexOf(" <", StringComparison.Ordinal) ?? -1;
        return string.IsNullOrWhiteSpace(from) ? null
            : bracket > 0 ? from[..bracket]
            : from;
    }
}
