using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Queues;

/// <summary>Complaints of every sort, the same ones each time, through the real verbs.</summary>
internal static class ManyComplaints
{
    private static readonly string[] _what =
    [
        "Charged twice for two rooms and nobody answers the phone",
        "房间重复收费，客服一直没有回复",
        "The parcel arrived broken; I want a replacement",
        "已拨打12315投诉，要求退款",
        "The café bill was wrong again",
    ];

    /// <summary>Logs <paramref name="count"/> complaints over the last days and takes each some way.</summary>
    public static Task AddAsync(TestHouse house, int count) =>
        house.WithAsync(
            async (db, services) =>
            {
                var book = await ((DeadlineBooks)services.GetService(typeof(DeadlineBooks))!).OpenAsync(db);
                var staff = await db.Staff.Include(s => s.Unit).ToListAsync();
                var customers = await db.Customers.OrderBy(c => c.Id).ToListAsync();
                var units = await db.Units.OrderBy(u => u.Id).ToListAsync();
                var cause = await db.RootCauses.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
                for (var i = 0; i < count; i++)
                {
                    db.Complaints.Add(Make(i, count, house.Now, book, staff, customers, units, cause));
                }

                await db.SaveChangesAsync();
            }
        );

    private static Complaint Make(
        int i,
        int count,
        DateTime now,
        DeadlineBook book,
        List<StaffMember> staff,
        List<Customer> customers,
        List<Unit> units,
        long cause
    )
    {
        var unit = units[i % units.Count];
        var people = staff.Where(s => s.UnitId == unit.Id && Rights.Has(s.Role, Right.Work)).OrderBy(s => s.Id).ToList();
        var owner = i % 5 == 0 ? null : people[i / 3 % people.Count];
        var received = now.AddMinutes(-(long)(count - i) * 37);
        var complaint = Complaint.Log(
            new LogFacts
            {
                Customer = customers[i % customers.Count],
                Channel = (Channel)(i % 7),
                ReceivedAt = received,
                WhatHappened = $"{_what[i % _what.Length]} ({i})",
                UnitId = unit.Id,
                Severity = (Severity)(i % 4),
                Public = i % 11 == 0,
                ComplainedAboutId = i % 13 == 0 ? people[(i / 13) % people.Count].Id : null,
            },
            Reference.Of(26, i + 1),
            Actor.System,
            received,
            book
        );
        if (owner is not null && owner.Id != complaint.ComplainedAboutId)
        {
            complaint.Assign(Actor.System, received, owner);
        }

        var said = new Statement(Channel.Phone, "We called and said so.");
        var who = Actor.Of(owner ?? people[0], TimeZoneInfo.Utc);
        var steps = i % 8;
        var at = received.AddMinutes(30);
        if (steps > 1)
        {
            complaint.Acknowledge(who, at, said, book);
        }

        if (steps > 2)
        {
            complaint.Apologize(who, at, new Apology(true, null), said);
        }

        if (steps > 3)
        {
            var resolution = new Resolution("Put right.", Remedy.Explanation, null, cause, null, true, Outcome.Upheld);
            complaint.Resolve(who, at.AddMinutes(i % 3 == 0 ? 0 : 90), resolution, said, 0, book);
        }
        else if (i % 7 == 3)
        {
            complaint.WaitForCustomer(who, at, "the bank statement", book);
        }

        if (steps > 5)
        {
            complaint.AskForSatisfaction(Actor.System, at.AddMinutes(120), Channel.Email);
            complaint.Close(Actor.System, at.AddMinutes(200), Outcome.Upheld, new Language.Sentence("done"));
        }

        return complaint;
    }
}
