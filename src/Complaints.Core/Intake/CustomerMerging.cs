using System.Text.Json;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// Merges two customers who are one, and undoes it. What the one has goes to the other; their row stays as a sign, so that
/// old links, numbers and names still find the way. Each in one transaction.
/// </summary>
public sealed class CustomerMerging(ComplaintsDb db)
{
    private const int Stretch = 500;

    /// <summary>Merges one into another.</summary>
    /// <param name="mergedId">Ends as a sign to the survivor.</param>
    /// <param name="survivorId">Goes on; where both say something, this one's word stands.</param>
    /// <param name="by">Who merges; stands on the timeline of each complaint that goes along.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal">They cannot be one, or were merged already.</exception>
    public Task<CustomerMerger> MergeAsync(long mergedId, long survivorId, Actor by, DateTime now, CancellationToken cancel = default) =>
        db.InTransactionAsync(
            async () =>
            {
                db.ChangeTracker.Clear();
                await RefuseAsync(mergedId, survivorId, cancel);
                var went = await WhatGoesAsync(mergedId, survivorId, cancel);
                var moved = await MoveAsync(went, mergedId, survivorId, cancel);
                await new MovedTimelines(db, by, now).SayMergedAsync(moved, mergedId, survivorId, cancel);
                var merged = await db.Customers.FirstAsync(c => c.Id == mergedId, cancel);
                var survivor = await db.Customers.FirstAsync(c => c.Id == survivorId, cancel);
                var before = CustomerFields.Of(survivor);
                var number = merged.ExternalNumber;
                if (survivor.ExternalNumber is null && number is not null)
                {
                    merged.ExternalNumber = null;
                    await db.SaveChangesAsync(cancel); // unique: it leaves the one before it comes to the other
                }

                Fill(survivor, merged, number);
                survivor.LastMark = await LastMarkAsync(survivorId, cancel) ?? survivor.LastMark ?? merged.LastMark;
                merged.MergedIntoId = survivorId;
                var merger = new CustomerMerger
                {
                    CustomerId = mergedId,
                    SurvivorId = survivorId,
                    At = now,
                    By = by.Name,
                    Kept = JsonSerializer.Serialize(went with { Before = before, Then = CustomerFields.Of(survivor), Number = number }),
                };
                db.CustomerMergers.Add(merger);
                await db.SaveChangesAsync(cancel);
                return merger;
            },
            cancel
        );

    /// <summary>They are two after all: what went over comes back, except what has moved on since; what came meanwhile stays.</summary>
    /// <exception cref="Refusal">Undone already, too long ago, or the survivor was merged itself.</exception>
    public Task UndoAsync(long mergerId, Actor by, DateTime now, CancellationToken cancel = default) =>
        db.InTransactionAsync(
            async () =>
            {
                db.ChangeTracker.Clear();
                var merger = await db.CustomerMergers.AsNoTracking().FirstAsync(m => m.Id == mergerId, cancel);
                await RefuseUndoAsync(merger, now, cancel);
                var went = JsonSerializer.Deserialize<WentOver>(merger.Kept)!;
                var moved = await MoveAsync(went, merger.SurvivorId, merger.CustomerId, cancel);
                await new MovedTimelines(db, by, now).SayUndoneAsync(moved, merger.CustomerId, merger.SurvivorId, cancel);
                var merged = await db.Customers.FirstAsync(c => c.Id == merger.CustomerId, cancel);
                var survivor = await db.Customers.FirstAsync(c => c.Id == merger.SurvivorId, cancel);
                went.Before!.PutBack(survivor, went.Then!);
                merged.MergedIntoId = null;
                await db.SaveChangesAsync(cancel);
                if (merged.ExternalNumber is null && went.Number is { } number && survivor.ExternalNumber != number)
                {
                    merged.ExternalNumber = number;
                }

                var row = await db.CustomerMergers.FirstAsync(m => m.Id == mergerId, cancel);
                (row.UndoneAt, row.UndoneBy) = (now, by.Name);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    private async Task RefuseAsync(long mergedId, long survivorId, CancellationToken cancel)
    {
        var both = await db.Customers.AsNoTracking().Where(c => c.Id == mergedId || c.Id == survivorId).ToListAsync(cancel);
        if (mergedId == survivorId || both.Count < 2)
        {
            throw new Refusal("Choose another customer to merge with.");
        }

        var merged = both.Find(c => c.Id == mergedId)!;
        var survivor = both.Find(c => c.Id == survivorId)!;
        if (both.Find(c => c.MergedIntoId is not null) is { } gone)
        {
            throw new Refusal(new Sentence("{0} was merged already. Look at the profile they have now.", gone.Name));
        }

        if (merged.OrganisationId == survivorId || survivor.OrganisationId == mergedId)
        {
            throw new Refusal("One of them speaks for the other: an organisation and a person are not one customer.");
        }

        var organisations = await db.Customers.AnyAsync(c => c.OrganisationId == mergedId, cancel);
        if (survivor.OrganisationId is not null && organisations)
        {
            throw new Refusal(new Sentence("People speak for {0}, so it is an organisation. Merge the other way round.", merged.Name));
        }

        if (merged.OrganisationId is not null && await db.Customers.AnyAsync(c => c.OrganisationId == survivorId, cancel))
        {
            throw new Refusal(
                new Sentence("People speak for {0}, and {1} speaks for somebody else. They are not one.", survivor.Name, merged.Name)
            );
        }
    }

    private async Task RefuseUndoAsync(CustomerMerger merger, DateTime now, CancellationToken cancel)
    {
        if (merger.UndoneAt is not null)
        {
            throw new Refusal("This merging was undone already.");
        }

        if (now > merger.UndoUntil)
        {
            throw new Refusal(new Sentence("Merging can be undone for 30 days; this one could be until {0}.", merger.UndoUntil));
        }

        if (
            await db
                .Customers.Where(c => c.Id == merger.SurvivorId && c.MergedIntoId != null)
                .Select(c => c.Name)
                .FirstOrDefaultAsync(cancel) is
            { } name
        )
        {
            throw new Refusal(new Sentence("{0} was merged itself meanwhile. Undo that first.", name));
        }
    }

    private async Task<WentOver> WhatGoesAsync(long id, long survivorId, CancellationToken cancel)
    {
        var theirs = await db.ContactPoints.AsNoTracking().Where(p => p.CustomerId == survivorId).ToListAsync(cancel);
        var points = await db.ContactPoints.AsNoTracking().Where(p => p.CustomerId == id).ToListAsync(cancel);
        return new WentOver
        {
            // What both have stays where it is: it is found, and the profile does not show it twice.
            Points = [.. points.Where(p => !theirs.Exists(t => t.Kind == p.Kind && t.Normalised == p.Normalised)).Select(p => p.Id)],
            Complaints = await db.Complaints.Where(c => c.CustomerId == id).Select(c => c.Id).ToListAsync(cancel),
            Spoken = await db.Complaints.Where(c => c.ContactPersonId == id).Select(c => c.Id).ToListAsync(cancel),
            Contacts = await db.CustomerContacts.Where(c => c.CustomerId == id).Select(c => c.Id).ToListAsync(cancel),
            Purchases = await db.Purchases.Where(c => c.CustomerId == id).Select(c => c.Id).ToListAsync(cancel),
            Consents = await db.Consents.Where(c => c.CustomerId == id).Select(c => c.Id).ToListAsync(cancel),
            People = await db.Customers.Where(c => c.OrganisationId == id).Select(c => c.Id).ToListAsync(cancel),
            Mails = await db.OutMessages.Where(m => m.CustomerId == id && m.ComplaintId == null).Select(m => m.Id).ToListAsync(cancel),
        };
    }

    /// <summary>Moves rows of the one to the other; those that belong to somebody else by now stay there.</summary>
    /// <returns>The complaints that went, and those of which who speaks went. Their rows are held until the end of the transaction.</returns>
    private async Task<MovedComplaints> MoveAsync(WentOver rows, long from, long to, CancellationToken cancel)
    {
        var moved = new MovedComplaints([], []);
        await EachAsync(
            rows.Points,
            async ids =>
            {
                await db
                    .ContactPoints.Where(p => ids.Contains(p.Id) && p.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(p => p.CustomerId, to), cancel);
                await db
                    .CustomerKeys.Where(k => k.ContactPointId != null && ids.Contains(k.ContactPointId.Value) && k.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(k => k.CustomerId, to), cancel);
            }
        );
        await EachAsync(
            rows.Complaints,
            async ids =>
            {
                var still = await db
                    .Complaints.Where(c => ids.Contains(c.Id) && c.CustomerId == from)
                    .Select(c => c.Id)
                    .ToListAsync(cancel);
                moved.Theirs.AddRange(still);
                await db.Complaints.Where(c => still.Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.CustomerId, to), cancel);
                await db
                    .CustomerMoments.Where(m => m.ComplaintId != null && still.Contains(m.ComplaintId.Value) && m.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.CustomerId, to), cancel);
                await db
                    .SurveyAnswers.Where(a => still.Contains(a.ComplaintId) && a.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(a => a.CustomerId, to), cancel);
                await db
                    .OutMessages.Where(m => m.ComplaintId != null && still.Contains(m.ComplaintId.Value) && m.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.CustomerId, (long?)to), cancel);
            }
        );
        await EachAsync(
            rows.Contacts,
            async ids =>
            {
                await db
                    .CustomerContacts.Where(c => ids.Contains(c.Id) && c.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(c => c.CustomerId, to), cancel);
                await db
                    .CustomerMoments.Where(m => m.ContactId != null && ids.Contains(m.ContactId.Value) && m.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.CustomerId, to), cancel);
            }
        );
        await EachAsync(
            rows.Spoken,
            async ids =>
            {
                var still = await db
                    .Complaints.Where(c => ids.Contains(c.Id) && c.ContactPersonId == from)
                    .Select(c => c.Id)
                    .ToListAsync(cancel);
                moved.Spoken.AddRange(still);
                await db
                    .Complaints.Where(c => still.Contains(c.Id))
                    .ExecuteUpdateAsync(s => s.SetProperty(c => c.ContactPersonId, (long?)to), cancel);
            }
        );
        await EachAsync(
            rows.Purchases,
            ids =>
                db.Purchases.Where(p => ids.Contains(p.Id) && p.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(p => p.CustomerId, to), cancel)
        );
        await EachAsync(
            rows.Consents,
            ids =>
                db.Consents.Where(p => ids.Contains(p.Id) && p.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(p => p.CustomerId, to), cancel)
        );
        await EachAsync(
            rows.People,
            ids =>
                db.Customers.Where(p => ids.Contains(p.Id) && p.OrganisationId == from)
                    .ExecuteUpdateAsync(
                        s => s.SetProperty(p => p.OrganisationId, (long?)to).SetProperty(p => p.Version, p => p.Version + 1),
                        cancel
                    )
        );
        await EachAsync(
            rows.Mails,
            ids =>
                db.OutMessages.Where(m => ids.Contains(m.Id) && m.CustomerId == from)
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.CustomerId, (long?)to), cancel)
        );
        return moved;
    }

    private static async Task EachAsync(IReadOnlyList<long> all, Func<long[], Task> move)
    {
        foreach (var ids in all.Chunk(Stretch))
        {
            await move(ids);
        }
    }

    // A wish not to be asked is kept whichever of the two said it.
    private static void Fill(Customer survivor, Customer merged, string? number)
    {
        survivor.ExternalNumber ??= number;
        survivor.ContactPerson ??= merged.ContactPerson;
        survivor.PostalCode ??= merged.PostalCode;
        survivor.TimeZone ??= merged.TimeZone;
        survivor.Notes ??= merged.Notes;
        survivor.NoSurveysSince ??= merged.NoSurveysSince;
        survivor.OrganisationId ??= merged.OrganisationId;
    }

    private Task<double?> LastMarkAsync(long id, CancellationToken cancel) =>
        db
            .SurveyAnswers.Where(a => a.CustomerId == id && a.Current && a.Mean != null)
            .OrderByDescending(a => a.AnsweredAt)
            .Select(a => a.Mean)
            .FirstOrDefaultAsync(cancel);
}
