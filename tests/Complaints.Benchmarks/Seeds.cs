using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Benchmarks;

/// <summary>A few hundred complaints made by the real verbs: ten years of closed ones, and one in ten of the last weeks still open.</summary>
public static class Seeds
{
    private const int Count = 400;

    /// <summary>Reference of the first.</summary>
    public static string First { get; } = Reference.Of(2026, 900_001);

    /// <summary>Makes them; how many.</summary>
    public static async Task<int> MakeAsync(TestHouse house)
    {
        await house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var units = await db.Units.Where(u => u.Name != "Group").ToListAsync();
                var customers = await db.Customers.ToListAsync();
                var staff = await db.Staff.Include(s => s.Unit).Where(s => s.Role == Role.Agent).ToListAsync();
                var cause = await db.RootCauses.Select(c => c.Id).FirstAsync();
                var categories = await db.Categories.Select(c => c.Id).ToListAsync();
                for (var i = 0; i < Count; i++)
                {
                    var open = i % 10 == 0;
                    var at = open ? house.Now.AddHours(-i * 3) : house.Now.AddDays(-50 - (i * 9));
                    var unit = units[i % units.Count];
                    var owner = staff.First(s => s.UnitId == unit.Id);
                    var actor = Actor.Of(owner, TimeZoneInfo.Utc);
                    var facts = new LogFacts
                    {
                        Customer = customers[i % customers.Count],
                        Channel = (Channel)(i % 6),
                        ReceivedAt = at,
                        UnitId = unit.Id,
                        CategoryId = categories[i % categories.Count],
                        Severity = (Severity)(i % 3),
                        WhatHappened =
                            i % 2 == 0
                                ? $"The porridge was cold again on day {i} and nobody came."
                                : $"第{i}天早餐是凉的，要求退款，没有人处理。",
                    };
                    var complaint = Complaint.Log(facts, Reference.Of(2026, 900_001 + i), actor, at, book);
                    complaint.Assign(actor, at, owner);
                    if (!open)
                    {
                        var said = new Statement(Channel.Phone, "We called and talked it over.");
                        complaint.Acknowledge(actor, at.AddHours(1), said, book);
                        complaint.Apologize(actor, at.AddHours(2), new Apology(false, "cold breakfast"), said);
                        complaint.Resolve(
                            actor,
                            at.AddHours(5),
                            new Resolution("A warm one", Remedy.Goodwill, null, cause, null, true, Outcome.Upheld),
                            said,
                            null,
                            book
                        );
                        complaint.AskForSatisfaction(actor, at.AddHours(80), Channel.Phone);
                        complaint.Close(
                            actor,
                            at.AddHours(90),
                            Outcome.Upheld,
                            new Complaints.Language.Sentence("No answer to the follow-up")
                        );
                        complaint.NextActionAt = null;
                    }

                    foreach (var done in complaint.Causes)
                    {
                        done.HandledAt = at;
                    }

                    db.Complaints.Add(complaint);
                }

                await db.SaveChangesAsync();
            }
        );
        return Count;
    }

    /// <summary>Logs one through the page.</summary>
    public static async Task LogByHttpAsync(Browser browser)
    {
        await browser.PostAsync(
            "/complaints/new",
            new()
            {
                ["SubmissionKey"] = Guid.NewGuid().ToString("N"),
                ["Who"] = string.Create(CultureInfo.InvariantCulture, $"bench{Guid.NewGuid():N}@customer.example"),
                ["Channel"] = "Phone",
                ["WhatHappened"] = "Logged to see how long it takes.",
            },
            from: "/complaints/new"
        );
        if (!browser.Last.IsSuccessStatusCode || browser.Path == "/complaints/new")
        {
            throw new InvalidOperationException($"Logging answered {browser.Status} at {browser.Path}.");
        }
    }
}
