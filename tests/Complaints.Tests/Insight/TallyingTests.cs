using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Insight;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.Queues;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Insight;

/// <summary>Figures are counted in days as things change; they must be those of counting everything at once.</summary>
public sealed class TallyingTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_counted_bit_by_bit_is_what_counting_everything_gives(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 90);
        await house.CountFiguresAsync();
        Assert.NotEmpty(await CellsAsync(house));
        var random = new Random(4);
        for (var round = 0; round < 6; round++)
        {
            await ChangeSomethingAsync(house, random);
            house.Clock.Pass(TimeSpan.FromHours(random.Next(1, 60)));
            await house.CountFiguresAsync();
        }

        var bitByBit = await CellsAsync(house);
        await house.WithAsync(
            async (db, _) =>
            {
                db.Add(new TallyMark { UnitId = 0, At = house.Now });
                await db.SaveChangesAsync();
            }
        );
        await house.CountFiguresAsync();
        var atOnce = await CellsAsync(house);
        Assert.Equal(atOnce.Keys.Order(), bitByBit.Where(c => c.Value.Length > 0).Select(c => c.Key).Order());
        Assert.All(atOnce, c => Assert.Equal(c.Value, bitByBit[c.Key]));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_period_of_months_and_days_holds_what_its_days_hold(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 60);
        await house.WithAsync(
            async (db, _) =>
            {
                // The same complaints, spread over half a year.
                foreach (var c in await db.Complaints.ToListAsync())
                {
                    db.Entry(c).Property(x => x.ReceivedAt).CurrentValue = c.ReceivedAt.AddDays(-(c.Id * 37 % 190));
                }

                await db.SaveChangesAsync();
            }
        );
        await house.CountFiguresAsync();
        var today = DateOnly.FromDateTime(house.Now);
        var random = new Random(7);
        var received = await house.WithAsync(db =>
            db.Complaints.Where(c => c.State != State.Duplicate).Select(c => c.ReceivedAt).ToListAsync()
        );
        for (var i = 0; i < 30; i++)
        {
            var first = today.AddDays(-random.Next(0, 200));
            var last = first.AddDays(random.Next(0, 220));
            var question = new FigureQuestion(first, last, null, today, new Reader(Tongue.English, TimeZoneInfo.Utc));
            var counted = await house.WithAsync(db => PeriodTally.ReadAsync(db, question, CancellationToken.None));
            var naive = received.Count(r => DateOnly.FromDateTime(r) >= first && DateOnly.FromDateTime(r) <= last);
            Assert.Equal(naive, counted.All[Measure.Received]);
            var volume = await house.WithAsync(db => FlowFigures.VolumeAsync(db, question, CancellationToken.None));
            Assert.Equal(naive, volume.Rows.Sum(r => r.Values[0]));
            Assert.True(volume.Rows.Count <= 60);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_falls_due_is_late_though_nobody_touched_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        Assert.Equal(0, await LateAsync(house));
        house.Clock.Pass(TimeSpan.FromDays(20));
        Assert.True(await LateAsync(house) >= 3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_zone_of_the_organisation_makes_other_days(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        await house.CountFiguresAsync();
        var before = (await CellsAsync(house)).Keys.Where(k => k.Span == TallySpan.Day).Select(k => k.Start).Single();
        var received = await house.WithAsync(db => db.Complaints.Select(c => c.ReceivedAt).SingleAsync());
        Assert.Equal(DateOnly.FromDateTime(received), before);
        var away = received.Hour >= 12 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago"; // 14 hours on, or 11 back
        await house.WithAsync(
            async (db, _) =>
            {
                var row = await db.Settings.SingleOrDefaultAsync(s => s.Name == Complaints.Words.House.ZoneSetting);
                if (row is null)
                {
                    db.Settings.Add(new Setting { Name = Complaints.Words.House.ZoneSetting, Value = away });
                }
                else
                {
                    row.Value = away;
                }

                await db.SaveChangesAsync();
            }
        );
        await house.CountFiguresAsync();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(away);
        var after = (await CellsAsync(house)).Keys.Where(k => k.Span == TallySpan.Day).Select(k => k.Start).Single();
        Assert.Equal(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(received, zone)), after);
        Assert.NotEqual(before, after);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_that_count_at_once_count_nothing_twice(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 60);
        await Task.WhenAll(house.CountFiguresAsync(), house.CountFiguresAsync());
        var there = await house.WithAsync(db => db.Complaints.CountAsync(c => c.State != State.Duplicate));
        foreach (var span in (TallySpan[])[TallySpan.Day, TallySpan.Month])
        {
            Assert.Equal(there, await house.WithAsync(db => db.TallyCells.Where(c => c.Span == span).SumAsync(c => c.Received)));
        }
    }

    [Fact]
    public async Task The_page_says_when_something_is_not_counted_yet()
    {
        await using var house = await TestHouse.OpenAsync("sqlite");
        await house.LogAsync();
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("still being counted", await lena.GetAsync("/figures"));
        await house.CountFiguresAsync();
        Assert.DoesNotContain("still being counted", await lena.GetAsync("/figures"));
    }

    [Fact]
    public void A_length_is_read_back_within_one_percent()
    {
        for (var minutes = 0.02; minutes < 6_000_000; minutes *= 1.0137)
        {
            Assert.InRange(Lengths.Minutes(Lengths.Class(minutes)), minutes * 0.99, minutes * 1.01);
        }

        Assert.Equal(0, Lengths.Minutes(Lengths.Class(0)));
    }

    private static async Task ChangeSomethingAsync(TestHouse house, Random random) =>
        await house.WithAsync(
            async (db, services) =>
            {
                var book = await ((DeadlineBooks)services.GetService(typeof(DeadlineBooks))!).OpenAsync(db);
                var units = await db.Units.Select(u => u.Id).ToListAsync();
                var cause = await db.RootCauses.Select(c => c.Id).FirstAsync();
                var who = Actor.System;
                foreach (var c in await db.Complaints.Include(c => c.Clocks).ThenInclude(k => k.Pauses).WithLedger().ToListAsync())
                {
                    switch (random.Next(10))
                    {
                        case 0 when c.State == State.Received:
                            c.Acknowledge(who, house.Now, new Statement(Channel.Phone, "Said."), book);
                            break;
                        case 1 when c.State == State.Apologized:
                            c.Resolve(
                                who,
                                house.Now,
                                new Resolution("Done.", Remedy.None, null, cause, null, true, Outcome.Upheld),
                                new Statement(Channel.Phone, "Said."),
                                null,
                                book
                            );
                            break;
                        case 2 when c.State == State.Resolved:
                            c.Reopen(who, house.Now, "It broke again.", book);
                            break;
                        case 3:
                            db.Entry(c).Property(x => x.UnitId).CurrentValue = units[random.Next(units.Count)];
                            break;
                        case 4:
                            db.Entry(c).Property(x => x.Historic).CurrentValue = !c.Historic;
                            break;
                        case 5 when c.State <= State.Closed && !c.Historic:
                            var paid = new Money(random.Next(1, 9) * 500, random.Next(2) == 0 ? "GBP" : "CNY");
                            var grant = c.Offer(who, house.Now, Remedy.Refund, paid, "Why", 900_000, book);
                            c.AcceptOffer(grant, who, house.Now, null, book);
                            c.Pay(grant, who, house.Now, paid, DateOnly.FromDateTime(house.Now), PayWay.Cash, null, book);
                            break;
                        case 6 when c.Grants.Find(g => g.State == GrantState.Paid) is { } slip:
                            c.Reverse(slip, slip.Payments.First(p => p.Minor > 0), who, house.Now, "Wrong", book);
                            break;
                    }
                }

                await db.SaveChangesAsync();
            }
        );

    private static async Task<long> LateAsync(TestHouse house)
    {
        await house.CountFiguresAsync();
        var today = DateOnly.FromDateTime(house.Now);
        var question = new FigureQuestion(today.AddDays(-60), today, null, today, new Reader(Tongue.English, TimeZoneInfo.Utc));
        var counted = await house.WithAsync(db => PeriodTally.ReadAsync(db, question, CancellationToken.None));
        return counted.All.By(Measure.Late).Sum(l => l.Count);
    }

    private static Task<Dictionary<(TallySpan Span, DateOnly Start, long Unit), byte[]>> CellsAsync(TestHouse house) =>
        house.WithAsync(db => db.TallyCells.AsNoTracking().ToDictionaryAsync(c => (c.Span, c.Start, c.UnitId), c => c.Counts));
}
