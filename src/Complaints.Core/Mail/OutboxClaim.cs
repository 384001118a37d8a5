using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>
/// Who sends which mail: a delivery is claimed by one <c>UPDATE … RETURNING</c>, held by a lease that is renewed, and
/// every later word about it is fenced by owner and attempt. Undo competes with the first claim by one conditional
/// update, so that exactly one of them wins.
/// </summary>
public static class OutboxClaim
{
    /// <summary>How long a claim holds without being renewed.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(2);

    // Of the mails before it on the same complaint one waits for those to the customer, and for a copy only where it goes
    // to the same address: somebody copied in whose server is slow must not hold up the customer's mail. A mail that a
    // person put off holds nothing up before its time.
    // A mail that keeps failing for now blocks the later ones of its thread no longer than this.
    private static readonly TimeSpan _holdsOrder = TimeSpan.FromHours(1);

    /// <summary>True when something is due; one read of an index.</summary>
    public static Task<bool> IsDueAsync(ComplaintsDb db, DateTime now, CancellationToken cancel) =>
        db.OutDeliveries.AnyAsync(d => d.NextTryAt != null && d.NextTryAt <= now, cancel);

    /// <summary>Claims the next due delivery, or one whose claim was left behind (then <see cref="OutDelivery.InFlight"/> may be true).</summary>
    public static async Task<OutDelivery?> TakeAsync(ComplaintsDb db, string owner, DateTime now, CancellationToken cancel)
    {
        var until = now + Lease;
        var order = now - _holdsOrder;

        // No LINQ may be composed on either. On PostgreSQL leases are compared by the database's clock, because nodes' clocks differ.
        var claim = db.IsSqlite
            ? db.OutDeliveries.FromSql(
                $"""
                UPDATE "OutDeliveries"
                SET "State" = 1, "ClaimedBy" = {owner}, "Attempt" = "Attempt" + 1, "LeaseUntil" = {until}, "NextTryAt" = {until},
                    "FirstTriedAt" = coalesce("FirstTriedAt", {now})
                WHERE "Id" = (
                    SELECT d."Id" FROM "OutDeliveries" d JOIN "OutMessages" m ON m."Id" = d."MessageId"
                    WHERE d."NextTryAt" <= {now} AND (d."State" = 0 OR (d."State" = 1 AND d."LeaseUntil" <= {now}))
                      AND NOT EXISTS (
                        SELECT 1 FROM "OutMessages" em JOIN "OutDeliveries" e ON e."MessageId" = em."Id"
                        WHERE em."ComplaintId" = m."ComplaintId" AND em."Id" < m."Id" AND em."CustomerId" = m."CustomerId"
                          AND e."State" IN (0, 1) AND (e."FirstTriedAt" IS NULL OR e."FirstTriedAt" > {order})
                          AND (e."Kind" = 0 OR e."Recipient" = d."Recipient")
                          AND (em."SaidWhenSent" IS NULL OR em."NotBefore" <= {now}))
                    ORDER BY d."NextTryAt", d."Id" LIMIT 1)
                RETURNING *
                """
            )
            : db.OutDeliveries.FromSql(
                $"""
                UPDATE "OutDeliveries"
                SET "State" = 1, "ClaimedBy" = {owner}, "Attempt" = "Attempt" + 1, "LeaseUntil" = clock_timestamp() + {Lease},
                    "NextTryAt" = {until}, "FirstTriedAt" = coalesce("FirstTriedAt", {now})
                WHERE "Id" = (
                    SELECT d."Id" FROM "OutDeliveries" d JOIN "OutMessages" m ON m."Id" = d."MessageId"
                    WHERE d."NextTryAt" <= {now} AND (d."State" = 0 OR (d."State" = 1 AND d."LeaseUntil" <= clock_timestamp()))
                      AND NOT EXISTS (
                        SELECT 1 FROM "OutMessages" em JOIN "OutDeliveries" e ON e."MessageId" = em."Id"
                        WHERE em."ComplaintId" = m."ComplaintId" AND em."Id" < m."Id" AND em."CustomerId" = m."CustomerId"
                          AND e."State" IN (0, 1) AND (e."FirstTriedAt" IS NULL OR e."FirstTriedAt" > {order})
                          AND (e."Kind" = 0 OR e."Recipient" = d."Recipient")
                          AND (em."SaidWhenSent" IS NULL OR em."NotBefore" <= {now}))
                    ORDER BY d."NextTryAt", d."Id" LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
                RETURNING *
                """
            );
        using var turn = await db.Gate.EnterAsync(cancel);
        return (await claim.AsNoTracking().ToListAsync(cancel)).FirstOrDefault();
    }

    /// <summary>Renews the lease; false when somebody else has taken the delivery over.</summary>
    public static async Task<bool> RenewAsync(ComplaintsDb db, OutDelivery mine, DateTime now, CancellationToken cancel)
    {
        var until = now + Lease;
        using var turn = await db.Gate.EnterAsync(cancel);
        var kept = db.IsSqlite
            ? await db.Database.ExecuteSqlAsync(
                $"""UPDATE "OutDeliveries" SET "LeaseUntil" = {until}, "NextTryAt" = {until} WHERE "Id" = {mine.Id} AND "State" = 1 AND "ClaimedBy" = {mine.ClaimedBy} AND "Attempt" = {mine.Attempt}""",
                cancel
            )
            : await db.Database.ExecuteSqlAsync(
                $"""UPDATE "OutDeliveries" SET "LeaseUntil" = clock_timestamp() + {Lease}, "NextTryAt" = {until} WHERE "Id" = {mine.Id} AND "State" = 1 AND "ClaimedBy" = {mine.ClaimedBy} AND "Attempt" = {mine.Attempt}""",
                cancel
            );
        return kept == 1;
    }

    /// <summary>Marks it as on its way, if it is still ours.</summary>
    public static async Task<bool> DepartAsync(ComplaintsDb db, OutDelivery mine, CancellationToken cancel)
    {
        using var turn = await db.Gate.EnterAsync(cancel);
        return await Mine(db, mine).ExecuteUpdateAsync(s => s.SetProperty(d => d.InFlight, true), cancel) == 1;
    }

    /// <summary>Ends the claim with an outcome. False when somebody else had taken the delivery over: then nothing is changed.</summary>
    /// <param name="neverTried">The server could not be reached: it counts as no try, neither for giving up nor for the order.</param>
    /// <param name="state">Waiting (with <paramref name="nextTryAt"/>), Sent, Failed, Dropped or Asked.</param>
    public static async Task<bool> SettleAsync(
        ComplaintsDb db,
        OutDelivery mine,
        DeliveryState state,
        string? reply,
        bool addressBad,
        DateTime? nextTryAt,
        DateTime now,
        bool neverTried = false
    )
    {
        DateTime? firstTriedAt = neverTried ? null : mine.FirstTriedAt;
        DateTime? settledAt = state == DeliveryState.Waiting ? null : now;
        using var turn = await db.Gate.EnterAsync(CancellationToken.None);
        return await Mine(db, mine)
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(d => d.State, state)
                            .SetProperty(d => d.Reply, reply)
                            .SetProperty(d => d.AddressBad, addressBad)
                            .SetProperty(d => d.NextTryAt, nextTryAt)
                            .SetProperty(d => d.SettledAt, settledAt)
                            .SetProperty(d => d.FirstTriedAt, firstTriedAt)
                            .SetProperty(d => d.InFlight, false)
                            .SetProperty(d => d.ClaimedBy, (string?)null)
                            .SetProperty(d => d.LeaseUntil, (DateTime?)null),
                    CancellationToken.None // what happened is written down even while stopping
                ) == 1;
    }

    /// <summary>Undoes a mail that nobody has begun to send. False when it is too late. Call it inside the transaction that takes back what the mail said.</summary>
    public static async Task<bool> UndoAsync(ComplaintsDb db, long messageId, DateTime now, CancellationToken cancel)
    {
        var all = await db.OutDeliveries.CountAsync(d => d.MessageId == messageId, cancel);
        var undone = await db
            .OutDeliveries.Where(d => d.MessageId == messageId && d.State == DeliveryState.Waiting && d.Attempt == 0)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(d => d.State, DeliveryState.Undone)
                        .SetProperty(d => d.NextTryAt, (DateTime?)null)
                        .SetProperty(d => d.SettledAt, now)
                        .SetProperty(d => d.ToldAt, now),
                cancel
            );
        return all > 0 && undone == all;
    }

    private static IQueryable<OutDelivery> Mine(ComplaintsDb db, OutDelivery mine) =>
        db.OutDeliveries.Where(d =>
            d.Id == mine.Id && d.State == DeliveryState.Claimed && d.ClaimedBy == mine.ClaimedBy && d.Attempt == mine.Attempt
        );
}
