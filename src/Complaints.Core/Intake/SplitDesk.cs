using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Makes a complaint of its own of one message that came on another: a second matter must not hide behind the first.</summary>
public sealed class SplitDesk(ComplaintsDb db, LogDesk desk)
{
    /// <summary>What the new complaint is logged with: the customer's words, received when they came, with the files that came with them.</summary>
    /// <param name="from">With customer and contact points, unit.</param>
    /// <param name="seq">Number of the entry.</param>
    /// <param name="actor">Who splits.</param>
    /// <param name="now">UTC.</param>
    /// <param name="summary">A line that names it; made from its words when empty.</param>
    /// <exception cref="Refusal">It is no message of the customer, its words were erased, or it was split out already.</exception>
    public Task<Complaint> SplitAsync(
        Complaint from,
        int seq,
        Actor actor,
        DateTime now,
        string? summary,
        CancellationToken cancel = default
    ) => db.InTransactionAsync(() => SplitNowAsync(from, seq, actor, now, summary, cancel), cancel);

    private async Task<Complaint> SplitNowAsync(
        Complaint from,
        int seq,
        Actor actor,
        DateTime now,
        string? summary,
        CancellationToken cancel
    )
    {
        var entry = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .FirstOrDefaultAsync(e => e.ComplaintId == from.Id && e.Seq == seq, cancel);
        if (entry is not { Kind: EntryKind.ContactIn })
        {
            throw new Refusal("Only something the customer said or wrote can be split out.");
        }

        if (entry.Content?.Body is not { Words: { Length: > 0 } words } body)
        {
            throw new Refusal("Its words were erased, so there is nothing to make a complaint of.");
        }

        if (await db.CaseLinks.AnyAsync(l => l.LowId == from.Id && l.Seq == seq && l.Kind == LinkKind.Split, cancel))
        {
            throw new Refusal("This was split out already.");
        }

        var files = await db
            .Attachments.AsNoTracking()
            .Where(a => a.ComplaintId == from.Id && a.Seq == seq)
            .OrderBy(a => a.Id)
            .ToListAsync(cancel);
        var facts = new LogFacts
        {
            Customer = from.Customer,
            Channel = body.Channel ?? from.Channel,
            ReceivedAt = entry.At,
            WhatHappened = words,
            Summary = summary,
            UnitId = from.UnitId,
            ComplainedAboutId = from.ComplainedAboutId,
            DecidedBefore = from.DecidedBefore, // they may not read on here what they may not read there
            AffectedPerson = from.AffectedPerson,
            Authority = from.Authority,
            SubmissionKey = System.FormattableString.Invariant($"split:{from.Id}:{seq}"),
        };
        var made = (
            await desk.LogAsync(
                facts,
                actor,
                files: [.. files.Select(f => new NewFile(f.FileName, f.ContentType, new KeptFile(f.Sha256, f.Bytes)))],
                cancel: cancel
            )
        ).Complaint;
        db.CaseLinks.Add(from.SplitOut(made, seq, actor, now));
        await db.SaveChangesAsync(cancel);
        return made;
    }
}
