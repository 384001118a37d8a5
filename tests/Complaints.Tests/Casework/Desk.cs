using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>Short ways to have a complaint of the little world and look at it.</summary>
internal static class Desk
{
    private static int _number;

    /// <summary>Logs a complaint of North, received and logged now; its reference.</summary>
    internal static async Task<string> LogAsync(
        this TestHouse house,
        string customer = "Grace Okafor",
        string? owner = "Mia",
        Severity severity = Severity.Normal,
        string unit = "North",
        string? complainedAbout = null
    )
    {
        var actor = await house.ActorAsync("Jun");
        return await house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = Complaint.Log(
                    new LogFacts
                    {
                        Customer = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Name == customer),
                        Channel = Channel.Phone,
                        ReceivedAt = house.Now,
                        WhatHappened = "Charged twice for two rooms",
                        UnitId = (await db.Units.SingleAsync(u => u.Name == unit)).Id,
                        Severity = severity,
                        ComplainedAboutId = complainedAbout is null
                            ? null
                            : (await db.Staff.SingleAsync(s => s.Name == complainedAbout)).Id,
                    },
                    Reference.Of(26, 70_000 + Interlocked.Increment(ref _number)),
                    actor,
                    house.Now,
                    book
                );
                complaint.Assign(actor, house.Now, owner is null ? null : await db.Staff.SingleAsync(s => s.Name == owner));
                db.Complaints.Add(complaint);
                await db.SaveChangesAsync();
                return complaint.Reference;
            }
        );
    }

    /// <summary>Does something to a complaint as a verb would be done, and saves.</summary>
    internal static async Task DoAsync(this TestHouse house, string reference, string name, Func<Complaint, Actor, DeadlineBook, Task> work)
    {
        var actor = await house.ActorAsync(name);
        await house.WithAsync(
            async (db, services) =>
            {
                var complaint = await Whole(db).SingleAsync(c => c.Reference == reference);
                await work(complaint, actor, await services.GetRequiredService<DeadlineBooks>().OpenAsync(db));
                await db.SaveChangesAsync();
            }
        );
    }

    internal static Task DoAsync(this TestHouse house, string reference, string name, Action<Complaint, Actor, DeadlineBook> work) =>
        house.DoAsync(
            reference,
            name,
            (c, a, b) =>
            {
                work(c, a, b);
                return Task.CompletedTask;
            }
        );

    /// <summary>The complaint as it stands, with everything.</summary>
    internal static Task<Complaint> ReadAsync(this TestHouse house, string reference) =>
        house.WithAsync(db =>
            Whole(db).Include(c => c.Timeline).ThenInclude(e => e.Content).AsNoTracking().SingleAsync(c => c.Reference == reference)
        );

    /// <summary>The hidden field a form of the page would carry now.</summary>
    internal static async Task<string> SeenAsync(this TestHouse house, string reference) =>
        (await house.ReadAsync(reference)).TimelineCount.ToString(CultureInfo.InvariantCulture);

    private static IQueryable<Complaint> Whole(ComplaintsDb db) =>
        db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .Include(c => c.Approvals)
            .Include(c => c.Tasks)
            .Include(c => c.Points)
            .WithLedger()
            .AsSplitQuery();
}
