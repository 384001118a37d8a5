using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Complaints.Tests.Escalation;

/// <summary>What the tests of this room do with a house.</summary>
internal static class Desk
{
    /// <summary>Logs complaints of one customer in North, held by <paramref name="owner"/>.</summary>
    public static Task<List<long>> LogAsync(
        this TestHouse house,
        int count = 1,
        string customer = "Grace Okafor",
        string? owner = "Sen",
        string? about = null,
        string words = "Charged twice for two rooms.",
        Severity severity = Severity.Normal,
        DateTime? receivedAt = null,
        string unit = "North"
    ) =>
        house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var person = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Name == customer);
                var unitId = await db.Units.Where(u => u.Name == unit).Select(u => u.Id).SingleAsync();
                var holder = owner is null ? null : await db.Staff.SingleAsync(s => s.Name == owner);
                var aboutId = about is null ? (long?)null : await db.Staff.Where(s => s.Name == about).Select(s => s.Id).SingleAsync();
                var before = await db.Complaints.CountAsync();
                var logged = new List<Complaint>();
                for (var i = 1; i <= count; i++)
                {
                    var complaint = Complaint.Log(
                        new LogFacts
                        {
                            Customer = person,
                            Channel = Channel.Phone,
                            ReceivedAt = receivedAt ?? house.Now,
                            WhatHappened = words,
                            UnitId = unitId,
                            Severity = severity,
                            ComplainedAboutId = aboutId,
                        },
                        Reference.Of(2026, before + i),
                        Actor.System,
                        house.Now,
                        book
                    );
                    complaint.Assign(Actor.System, house.Now, holder);
                    db.Complaints.Add(complaint);
                    logged.Add(complaint);
                }

                await db.SaveChangesAsync();
                return logged.ConvertAll(c => c.Id);
            }
        );

    /// <summary>One sweep of the house as the timetable does it.</summary>
    public static Task<int> SweepAsync(this TestHouse house) => house.Services.SweepAsync();

    /// <summary>One sweep of a node.</summary>
    public static async Task<int> SweepAsync(this IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Sweep>().RunAsync();
    }

    /// <summary>One sweep with other duties.</summary>
    public static async Task<int> SweepAsync(this IServiceProvider node, params IDuty[] duties)
    {
        await using var scope = node.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        return await SweepOf(db, scope.ServiceProvider, duties).RunAsync();
    }

    public static Sweep SweepOf(ComplaintsDb db, IServiceProvider services, params IDuty[] duties) =>
        new(
            db,
            services.GetRequiredService<DeadlineBooks>(),
            duties,
            new SweepFailures(db),
            services.GetRequiredService<TimeProvider>(),
            new WorkReport(),
            NullLogger<Sweep>.Instance
        );
}

/// <summary>A duty made of a few lines.</summary>
internal sealed class DutyOf(Func<Complaint, DateTime, DateTime?> act) : IDuty
{
    public Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel) =>
        Task.FromResult(act(complaint, now));
}

/// <summary>What the tests look at and change.</summary>
internal static class DeskLooks
{
    /// <summary>What was raised on a complaint, in order.</summary>
    public static Task<List<RaisedEscalation>> RaisedAsync(this TestHouse house, long complaintId) =>
        house.WithAsync(db =>
            db.Escalations.AsNoTracking().Include(e => e.Told).Where(e => e.ComplaintId == complaintId).OrderBy(e => e.Id).ToListAsync()
        );

    /// <summary>Leaves the rules to one clock, so that the others keep quiet.</summary>
    public static Task OnlyAsync(this TestHouse house, ClockName clock) =>
        house.WithAsync(async (db, _) => await db.EscalationRules.ExecuteUpdateAsync(s => s.SetProperty(r => r.Clock, clock)));

    /// <summary>How long somebody may take to take it.</summary>
    public static Task TakeWithinAsync(this TestHouse house, int minutes) =>
        house.WithAsync(
            async (db, _) =>
            {
                await (EscalationOptions.Seeded with { TakeWithin = minutes }).KeepAsync(db);
                await db.SaveChangesAsync();
            }
        );

    /// <summary>Changes a complaint by its verbs.</summary>
    public static Task ChangeAsync(this TestHouse house, long id, Func<Complaint, DeadlineBook, object?> verb) =>
        house.WithAsync(
            async (db, services) =>
            {
                var complaint = await db
                    .Complaints.Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .Include(c => c.Unit)
                    .SingleAsync(c => c.Id == id);
                verb(complaint, await services.GetRequiredService<DeadlineBooks>().OpenAsync(db));
                await db.SaveChangesAsync();
            }
        );
}
