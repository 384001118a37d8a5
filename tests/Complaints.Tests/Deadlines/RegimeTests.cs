using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Deadlines;

public sealed class RegimeTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_regulators_clock_runs_beside_the_houses_and_does_not_pause_unless_told(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house, "asic-rg271");
        await AttachAsync(house, "fca-payments");
        var reference = await ExplainPageTests.LogAsync(house, "North");
        await house.WithAsync(
            async (db, s) =>
            {
                var complaint = await FindAsync(db, reference);
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var final = complaint.Clocks.Single(c => c.RegimeClock.StartsWith("asic-rg271/final", StringComparison.Ordinal));
                Assert.Equal("Australia/Sydney", (await db.Calendars.SingleAsync(c => c.Id == final.CalendarId)).Zone);
                Assert.Equal(new DateTime(2026, 12, 23, 13, 0, 0, DateTimeKind.Utc), final.DueAt); // midnight in Sydney, 30 days after
                Assert.DoesNotContain(complaint.Clocks, c => c.RegimeClock.Contains("exceptional", StringComparison.Ordinal));
                var jun = await house.ActorAsync("Jun");
                complaint.WaitForCustomer(jun, house.Now.AddHours(1), "a paper", book);
                Assert.Equal(ClockState.Paused, complaint.Clocks.Single(c => c.Name == ClockName.Resolve).State);
                Assert.All(complaint.Clocks.Where(c => c.Name == ClockName.Regime), c => Assert.Equal(ClockState.Running, c.State));
                complaint.DocumentLeft(jun, house.Now.AddHours(2), house.Now.AddHours(2), "final-response", new Sentence("Final response"));
                Assert.Equal(ClockState.Stopped, final.State);
                complaint.DocumentCameBack(house.Now.AddHours(3), "final-response", book);
                Assert.Equal((ClockState.Running, 2), (final.State, final.Cycle));
                await db.SaveChangesAsync();
            }
        );
    }

    [Theory, OnSqlite]
    public async Task A_clock_that_binds_the_authority_has_the_date_of_its_notice_and_is_shown_as_such(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house, "cn-12315");
        var reference = await ExplainPageTests.LogAsync(house, "North");
        var due = house.Now.AddDays(40);
        await house.WithAsync(
            async (db, s) =>
            {
                var complaint = await FindAsync(db, reference);
                Assert.DoesNotContain(complaint.Clocks, c => c.Name == ClockName.Regime); // no date, no clock
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var regime = book.Regimes.Single(r => r.Key == "cn-12315");
                complaint.RecordNotice(
                    await house.ActorAsync("Jun"),
                    house.Now,
                    regime,
                    regime.Clocks.Single(c => c.Key == "mediation"),
                    due,
                    book
                );
                var clock = complaint.Clocks.Single(c => c.Name == ClockName.Regime);
                Assert.Equal((due, true), (clock.DueAt, clock.BindsAuthority));
                Assert.NotEqual(ClockName.Regime, complaint.NextDueName);
                await db.SaveChangesAsync();
            }
        );
        using var jun = await house.SignInAsync("Jun");
        var page = await jun.GetAsync($"/complaints/{reference}/deadlines");
        Assert.Contains("binds the authority, not us", page, StringComparison.Ordinal);
        Assert.Contains("typed in from the authority's notice", page, StringComparison.Ordinal);
    }

    private static Task<Complaint> FindAsync(ComplaintsDb db, string reference) =>
        db.Complaints.Include(c => c.Clocks).ThenInclude(k => k.Pauses).SingleAsync(c => c.Reference == reference);

    private static Task AttachAsync(TestHouse house, string key) =>
        house.WithAsync(
            async (db, _) =>
            {
                db.RegimeAttachments.Add(
                    new RegimeAttachment
                    {
                        RegimeId = await db.Regimes.Where(r => r.Key == key).Select(r => r.Id).SingleAsync(),
                        UnitId = await db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                    }
                );
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
}
