using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Deadlines;

public sealed class ExplainPageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task It_shows_target_calendar_rule_segments_and_pauses(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await LogAsync(house, "North");
        await house.WithAsync(
            async (db, s) =>
            {
                var complaint = await db
                    .Complaints.Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .SingleAsync(c => c.Reference == reference);
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                complaint.WaitForCustomer(await house.ActorAsync("Jun"), house.Now.AddHours(1), "the bank statement", book);
                complaint.StopWaiting(await house.ActorAsync("Jun"), house.Now.AddHours(3), book);
                await db.SaveChangesAsync();
            }
        );
        house.Clock.Pass(TimeSpan.FromHours(4));
        using var jun = await house.SignInAsync("Jun");
        var page = await jun.GetAsync($"/complaints/{reference}/deadlines");
        Assert.Contains("2 working hours", page, StringComparison.Ordinal); // Gold halves four
        Assert.Contains("Policy “Standard”: tier × 0.5, severity × 1", page, StringComparison.Ordinal);
        Assert.Contains("Waiting for the customer: the bank statement", page, StringComparison.Ordinal);
        Assert.Contains("· Jun", page, StringComparison.Ordinal);
        Assert.Contains("75 % falls at", page, StringComparison.Ordinal);
        Assert.Contains("class=\"sum\"", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task Whoever_may_not_see_the_complaint_does_not_see_its_deadlines(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await LogAsync(house, "North");
        using var wen = await house.SignInAsync("Wen");
        await wen.GetAsync($"/complaints/{reference}/deadlines");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
        await wen.GetAsync("/complaints/C-26-99999-1/deadlines");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
    }

    internal static Task<string> LogAsync(TestHouse house, string unit, string customer = "Grace Okafor") =>
        house.WithAsync(
            async (db, s) =>
            {
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = Complaint.Log(
                    new LogFacts
                    {
                        Customer = await db.Customers.SingleAsync(c => c.Name == customer),
                        Channel = Channel.Phone,
                        ReceivedAt = house.Now,
                        WhatHappened = "Charged twice for one room.",
                        UnitId = await db.Units.Where(u => u.Name == unit).Select(u => u.Id).SingleAsync(),
                    },
                    (await References.AllocateAsync(db, 2026, 1))[0],
                    await house.ActorAsync("Jun"),
                    house.Now,
                    book
                );
                db.Complaints.Add(complaint);
                await db.SaveChangesAsync();
                return complaint.Reference;
            }
        );
}
