using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>What was logged.</summary>
/// <param name="Complaint">With its clocks and timeline when new.</param>
/// <param name="Again">True when the same form was sent before: this is the complaint it made then.</param>
public sealed record Logged(Complaint Complaint, bool Again);

/// <summary>Acknowledgement, apology and solution given while the customer was there.</summary>
/// <param name="Acknowledgement">What was said first.</param>
/// <param name="Apology">The shortfall owned up to, or regret.</param>
/// <param name="ApologyWords">The words of the apology.</param>
/// <param name="Resolution">How it was settled.</param>
public sealed record OnTheSpot(string Acknowledgement, Apology Apology, string ApologyWords, Resolution Resolution);

/// <summary>A file that came with the complaint; its bytes lie in the <see cref="FileStore"/> already.</summary>
public sealed record NewFile(string FileName, string ContentType, KeptFile Stored);

/// <summary>
/// Where complaints come in: gives out the reference, logs, routes, keeps the files, writes the receipt, and settles on
/// the spot, all in one transaction. Form, web form and mail come through here.
/// </summary>
public sealed class LogDesk(
    ComplaintsDb db,
    DeadlineBooks books,
    Words.House house,
    Receipts receipts,
    CaseLabels labels,
    TimeProvider clock
)
{
    /// <summary>Logs it.</summary>
    /// <param name="facts">The customer in them is tracked, or new and then saved with it; contact points loaded.</param>
    /// <param name="actor">Who logs: staff, or the customer on the public form or by mail.</param>
    /// <param name="spot">When settled on the spot; only for staff. A remedy above the limit waits for approval.</param>
    /// <param name="files">What came with it.</param>
    /// <exception cref="Refusal">Something is missing or cannot be; nothing was saved.</exception>
    public async Task<Logged> LogAsync(
        LogFacts facts,
        Actor actor,
        OnTheSpot? spot = null,
        IReadOnlyList<NewFile>? files = null,
        CancellationToken cancel = default
    )
    {
        if (await EarlierAsync(facts.SubmissionKey, cancel) is { } earlier)
        {
            return new Logged(earlier, Again: true);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var book = await books.OpenAsync(db, cancel);
        try
        {
            return await db.InTransactionAsync(() => LogNowAsync(facts, actor, spot, files ?? [], now, book, cancel), cancel);
        }
        catch (DbUpdateException refused) when (facts.SubmissionKey is not null && ComplaintsDb.IsAlreadyThere(refused))
        {
            // The second of two clicks came through while the first was still being saved.
            db.ChangeTracker.Clear();
            if (await EarlierAsync(facts.SubmissionKey, cancel) is { } first)
            {
                return new Logged(first, Again: true);
            }

            throw;
        }
    }

    private async Task<Logged> LogNowAsync(
        LogFacts facts,
        Actor actor,
        OnTheSpot? spot,
        IReadOnlyList<NewFile> files,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel
    )
    {
        var year = TimeZoneInfo.ConvertTimeFromUtc(now, await house.ZoneAsync(cancel)).Year;
        var reference = (await References.AllocateAsync(db, year, 1, cancel))[0];
        var complaint = Complaint.Log(facts, reference, actor, now, book);
        var logged = complaint.Timeline[0];
        if (facts.DecidedBefore is not null)
        {
            await Recusals.ReopenedAsync(db, complaint, now, book, cancel);
        }
        else
        {
            await RouteAsync(complaint, actor, spot is not null, now, book, cancel);
        }

        if (await IsAboutHolderAsync(complaint, actor, cancel))
        {
            complaint.Because(Trigger.AboutHolder, logged);
        }

        if (files.Count > 0)
        {
            complaint.Record(
                EntryKind.Attachment,
                actor,
                now,
                new Sentence("Attached: {0}", string.Join(", ", files.Select(f => f.FileName)))
            );
        }

        if (spot is not null)
        {
            await SettleAsync(complaint, actor, spot, now, book, cancel);
            await labels.NeedAsync(complaint, [Verb.Acknowledge, Verb.Apologize, Verb.Resolve], cancel);
        }

        db.Complaints.Add(complaint);
        await db.SaveChangesAsync(cancel); // gives the id that files and the receipt's link need
        db.Attachments.AddRange(
            files.Select(f => new Attachment
            {
                ComplaintId = complaint.Id,
                Seq = complaint.Timeline.First(e => e.Kind == EntryKind.Attachment).Seq,
                FileName = f.FileName,
                ContentType = f.ContentType,
                Bytes = f.Stored.Bytes,
                Sha256 = f.Stored.Sha256,
            })
        );
        if (spot is not null)
        {
            var said = spot.Acknowledgement + "\n" + spot.ApologyWords;
            await PhraseBook.CountAsync(db, said, book.Unit(complaint.UnitId).Path, complaint.Id, actor.StaffId, now, null, cancel);
        }

        await receipts.WriteAsync(complaint, now, book, cancel);
        await db.SaveChangesAsync(cancel);
        return new Logged(complaint, Again: false);
    }

    private async Task RouteAsync(
        Complaint complaint,
        Actor actor,
        bool onTheSpot,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel
    )
    {
        if (complaint.Historic)
        {
            return;
        }

        if (onTheSpot)
        {
            if (!actor.IsStaff || actor.StaffId == complaint.ComplainedAboutId)
            {
                throw new Refusal("A complaint about yourself is settled by somebody else. Log it without “settled on the spot”.");
            }

            var me = await db.Staff.FindAsync([actor.StaffId], cancel);
            complaint.Route(now, me, new Sentence("Settled on the spot by whoever logged it."));
            return;
        }

        var decision = await Router.ChooseAsync(db, complaint, now, book, cancel);
        var to = decision.To is { } id ? await db.Staff.FindAsync([id], cancel) : null;
        complaint.Route(now, to, decision.Why);
    }

    /// <summary>Whoever is complained about logged it, or holds other open work of the same customer: somebody above must know at once.</summary>
    private async Task<bool> IsAboutHolderAsync(Complaint complaint, Actor actor, CancellationToken cancel)
    {
        if (complaint.ComplainedAboutId is not { } about || complaint.Historic)
        {
            return false;
        }

        return about == actor.StaffId
            || (
                complaint.CustomerId > 0
                && await db.Complaints.AnyAsync(c => c.CustomerId == complaint.CustomerId && c.IsOpen && c.OwnerId == about, cancel)
            );
    }

    private async Task SettleAsync(
        Complaint complaint,
        Actor actor,
        OnTheSpot spot,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel
    )
    {
        var currency = spot.Resolution.Amount?.Currency;
        var limit = currency is null ? null : await Limits.OfAsync(db, actor.Role!.Value, actor.Seat, complaint.Tier, currency, cancel);
        complaint.Acknowledge(actor, now, new Statement(complaint.Channel, spot.Acknowledgement), book);
        complaint.Apologize(actor, now, spot.Apology, new Statement(complaint.Channel, spot.ApologyWords));
        complaint.Resolve(actor, now, spot.Resolution, new Statement(complaint.Channel, spot.Resolution.Solution), limit, book);
    }

    /// <summary>The complaint that this form made when it was sent before; null for none.</summary>
    /// <param name="key">See <see cref="LogFacts.SubmissionKey"/>.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Complaint?> EarlierAsync(string? key, CancellationToken cancel = default) =>
        key is null
            ? null
            : await db.Complaints.Include(c => c.Unit).Include(c => c.Customer).FirstOrDefaultAsync(c => c.SubmissionKey == key, cancel);
}
