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
                    var said = new Statement(Channel.Phone, "We called and talked it over.");
                    if (i % 5 == 1)
                    {
                        complaint.AddPoint(actor, at, new PointFacts("Cold porridge", null, null));
                        complaint.AddPoint(actor, at, new PointFacts("没有人处理", null, null));
                    }

                    if (open && i % 20 == 0)
                    {
                        AskForMuch(complaint, actor, at, said, cause, book);
                    }
                    else if (open)
                    {
                        complaint.MakePromise(actor, at, "call again", Channel.Phone, at.AddHours(30 + i), owner.Id);
                    }

                    if (!open)
                    {
                        foreach (var point in complaint.Points)
                        {
                            complaint.AnswerPoint(
                                point,
                                actor,
                                at.AddHours(3),
                                new PointAnswer("So it was.", Outcome.Upheld, cause, Remedy.None, null, null)
                            );
                        }

                        complaint.Acknowledge(actor, at.AddHours(1), said, book);
                        complaint.Apologize(actor, at.AddHours(2), new Apology(false, "cold breakfast"), said);
                        complaint.Resolve(
                            actor,
                            at.AddHours(5),
                            i % 4 == 3
                                ? new Resolution(
                                    "Money back",
                                    Remedy.Refund,
                                    new Money(2_500 + i, "GBP"),
                                    cause,
                                    null,
                                    true,
                                    Outcome.Upheld
                                )
                                : new Resolution("A warm one", Remedy.Goodwill, null, cause, null, true, Outcome.Upheld),
                            said,
                            long.MaxValue,
                            book
                        );
                        if (i % 80 != 7) // one remedy in eighty is still owed: with five years of them, three weeks' worth
                        {
                            Settle(complaint, actor, at.AddHours(60), "B-" + i, book);
                        }

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
                await LabelAsync(db);
            }
        );
        return Count;
    }

    /// <summary>More than anybody of the unit may grant: it waits among the approvals.</summary>
    private static void Settle(Complaint complaint, Actor actor, DateTime at, string reference, DeadlineBook book)
    {
        foreach (var grant in complaint.Grants)
        {
            if (grant.Left is { } left)
            {
                complaint.Pay(grant, actor, at, left, DateOnly.FromDateTime(at), PayWay.BankTransfer, reference, book);
            }
            else
            {
                complaint.Deliver(grant, actor, at, null);
            }
        }
    }

    private static void AskForMuch(Complaint complaint, Actor actor, DateTime at, Statement said, long cause, DeadlineBook book)
    {
        complaint.Acknowledge(actor, at.AddMinutes(30), said, book);
        complaint.Apologize(actor, at.AddMinutes(40), new Apology(false, "cold breakfast"), said);
        var much = new Resolution("Money back", Remedy.Refund, new Money(150_000, "GBP"), cause, null, true, Outcome.Upheld);
        complaint.Resolve(actor, at.AddMinutes(50), much, said, 1, book);
    }

    /// <summary>A tag on every third, a rare one on every fiftieth, a field filled in every second.</summary>
    private static async Task LabelAsync(ComplaintsDb db)
    {
        var often = new Tag { Name = "refund", Folded = Tag.Fold("refund") };
        var rarely = new Tag { Name = "press", Folded = Tag.Fold("press") };
        var field = new CaseField { Name = "Order number", Kind = FieldKind.Text };
        db.AddRange(often, rarely, field);
        await db.SaveChangesAsync();
        foreach (var id in await db.Complaints.Select(c => c.Id).ToListAsync())
        {
            db.AddRange(id % 3 == 0 ? [new CaseTag { ComplaintId = id, Tag = often }] : Array.Empty<CaseTag>());
            db.AddRange(id % 50 == 0 ? [new CaseTag { ComplaintId = id, Tag = rarely }] : Array.Empty<CaseTag>());
            db.AddRange(
                id % 2 == 0
                    ?
                    [
                        new CaseFieldValue
                        {
                            ComplaintId = id,
                            FieldId = field.Id,
                            Value = "HL-" + id,
                        },
                    ]
                    : Array.Empty<CaseFieldValue>()
            );
        }

        await db.SaveChangesAsync();
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
