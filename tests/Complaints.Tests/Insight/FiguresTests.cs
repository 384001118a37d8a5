using System.Net;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Insight;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.Queues;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Insight;

public sealed class FiguresTests
{
    private static readonly Reader _reader = new(Tongue.English, TimeZoneInfo.Utc);

    private static async Task<PeriodTally> CountAsync(TestHouse house)
    {
        await house.CountFiguresAsync();
        var today = DateOnly.FromDateTime(house.Now);
        var question = new FigureQuestion(today.AddDays(-30), today.AddDays(1), null, today, _reader);
        return await house.WithAsync(db => PeriodTally.ReadAsync(db, question, CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Steps_in_time_are_those_of_a_naive_count_and_overdue_open_ones_are_late(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 160);
        var table = StepFigures.Table(await CountAsync(house));
        var clocks = await house.WithAsync(db => db.Set<Complaint>().Include(c => c.Clocks).AsNoTracking().ToListAsync());
        var resolve = clocks
            .Where(c => !c.OnTheSpot)
            .SelectMany(c => c.Clocks)
            .Where(k => k.Name == ClockName.Resolve && k.State != ClockState.Cancelled)
            .ToList();
        var late = resolve.Count(k => k.IsLate(house.Now));
        var good = resolve.Count(k => k.State == ClockState.Stopped && !k.IsLate(house.Now));
        Assert.Equal(good, table.Rows[2].Values[1]);
        Assert.Equal(late, table.Rows[2].Values[2]);
        var took = resolve
            .Where(k => k.StoppedAt is not null)
            .Select(k => (k.StoppedAt!.Value - k.StartedAt).TotalMinutes)
            .Order()
            .ToList();
        var median = took[(int)Math.Ceiling(took.Count / 2.0) - 1];
        Assert.InRange(table.Rows[2].Values[3]!.Value, median * 0.99, median * 1.01);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Satisfaction_is_the_mean_of_each_dimension_and_then_of_the_dimensions(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 16);
        await house.WithAsync(
            async (db, _) =>
            {
                var complaints = await db.Complaints.OrderBy(c => c.Id).Take(3).ToListAsync();
                (int Skill, int? Parts)[] marks = [(5, null), (4, 2), (1, null)];
                for (var i = 0; i < 3; i++)
                {
                    var plan = new PlannedFollowUp
                    {
                        ComplaintId = complaints[i].Id,
                        Cycle = 1,
                        State = FollowUpState.Answered,
                        PlannedAt = house.Now,
                        AskedAt = house.Now,
                    };
                    db.FollowUps.Add(plan);
                    await db.SaveChangesAsync();
                    db.SurveyAnswers.Add(
                        new SurveyAnswer
                        {
                            FollowUpId = plan.Id,
                            ComplaintId = complaints[i].Id,
                            CustomerId = complaints[i].CustomerId,
                            UnitId = complaints[0].UnitId,
                            AnsweredAt = house.Now,
                            Skill = marks[i].Skill,
                            Parts = marks[i].Parts,
                            Vetoed = marks[i].Skill == 1,
                        }
                    );
                    await db.SaveChangesAsync();
                }
            }
        );
        var units = await house.WithAsync(db => db.Units.ToDictionaryAsync(u => u.Id, u => u.Name));
        var table = SatisfactionFigures.Table(await CountAsync(house), units);
        var row = Assert.Single(table.Rows);
        Assert.Equal(10.0 / 3, row.Values[0]!.Value, 6);
        Assert.Equal(2, row.Values[3]);
        Assert.Null(row.Values[1]);
        Assert.Equal(((10.0 / 3) + 2) / 2, row.Values[5]!.Value, 6);
        Assert.Equal(3, row.Values[6]);
        Assert.Equal(1, row.Values[7]);
        Assert.Contains("100 %", table.Note.ToString());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_page_and_every_csv_open_for_leads_of_their_units_only(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 120);
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("In time per step", await lena.GetAsync("/figures"));
        foreach (var name in (string[])["steps", "satisfaction", "causes", "compensation", "volume", "backlog"])
        {
            var csv = await lena.GetAsync($"/figures/{name}.csv?from=2026-09-01&to=2026-11-30");
            Assert.Equal(HttpStatusCode.OK, lena.Status);
            Assert.Contains(",", csv);
        }

        var shanghai = await house.WithAsync(db =>
            db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync()
        );
        await lena.GetAsync($"/figures?unit={shanghai}");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/figures");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        using var chen = await house.SignInAsync("Dora");
        Assert.Contains("Root causes", await chen.GetAsync($"/figures?unit={shanghai}"));
    }
}
