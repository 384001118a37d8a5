using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>What reaches somebody: on the page, by mail at once, in one digest a day, never in quiet hours; and what always does.</summary>
public sealed class NoticeTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("2026-11-23T21:59", "2026-11-23T21:59")] // not quiet yet
    [InlineData("2026-11-23T22:00", "2026-11-24T07:00")] // over midnight
    [InlineData("2026-11-24T06:59", "2026-11-24T07:00")]
    [InlineData("2026-11-27T23:00", "2026-11-30T07:00")] // Friday night: the weekend is off, and Monday begins quiet
    [InlineData("2026-11-28T12:00", "2026-11-30T07:00")]
    [InlineData("2026-03-29T00:30", "2026-03-30T06:00")] // Sunday, clocks go forward; 07:00 is 06:00 UTC from then on
    public void A_mail_waits_for_the_end_of_quiet_hours_and_days_off(string now, string expected) =>
        Assert.Equal(Utc(expected), Quiet("22:00", "07:00", DayOfWeek.Saturday, DayOfWeek.Sunday).NotQuiet(Utc(now), London));

    [Fact]
    public void Where_clocks_change_no_mail_is_lost_and_none_comes_while_it_is_quiet()
    {
        // 25 October 2026: 01:30 comes twice, 00:30 UTC and 01:30 UTC. At the second 01:10 it is quiet again.
        var back = Quiet("22:00", "01:30");
        Assert.Equal(Utc("2026-10-25T00:30"), back.NotQuiet(Utc("2026-10-25T00:10"), London));
        Assert.Equal(Utc("2026-10-25T01:30"), back.NotQuiet(Utc("2026-10-25T01:10"), London));
        // 29 March 2026: 01:30 does not exist; it ends as the clocks jump, at 01:00 UTC.
        Assert.Equal(Utc("2026-03-29T01:00"), Quiet("22:00", "01:30").NotQuiet(Utc("2026-03-29T00:10"), London));
        var digest = Digest("01:30");
        Assert.Equal(Utc("2026-03-29T01:00"), digest.NextDigest(Utc("2026-03-28T12:00"), London));
        Assert.Equal(Utc("2026-10-25T00:30"), digest.NextDigest(Utc("2026-10-24T12:00"), London));
        Assert.Equal(Utc("2026-10-26T01:30"), digest.NextDigest(Utc("2026-10-25T00:30"), London)); // not at the second 01:30
    }

    [Fact]
    public void A_regulators_deadline_is_no_choice()
    {
        var choice = Quiet("00:01", "00:00");
        choice.Choose(
            Enum.GetValues<NoticeKind>().ToDictionary(k => k, _ => (false, MailWhen.Never)),
            new TimeOnly(0, 0),
            new TimeOnly(0, 1),
            new TimeOnly(0, 0),
            [DayOfWeek.Monday]
        );
        var now = Utc("2026-11-23T12:00");
        Assert.Null(choice.MailAt(NoticeKind.Mention, now, London));
        Assert.Equal(now, choice.MailAt(NoticeKind.Statutory, now, London));
        Assert.Equal((true, MailWhen.AtOnce), choice.Of(NoticeKind.Statutory));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_page_keeps_what_is_chosen_and_refuses_what_cannot_be(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("always, and at once", await mia.GetAsync("/profile/notices"));
        Assert.Contains("leave both empty", await ChooseAsync(mia, new() { ["QuietFrom"] = "22:00" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("it is quiet", await ChooseAsync(mia, new() { ["QuietFrom"] = "07:00", ["QuietTo"] = "09:00" }));
        Assert.Contains(
            "Not every day",
            await mia.PostFormAsync(
                "/profile/notices",
                "/profile/notices",
                [("DigestAt", "08:00"), .. Enum.GetValues<DayOfWeek>().Select(d => ("DaysOff", d.ToString()))]
            )
        );
        Assert.Empty(await house.WithAsync(db => db.NoticeChoices.ToListAsync()));
        var page = await ChooseAsync(
            mia,
            new()
            {
                ["MailMention"] = "Digest",
                ["QuietFrom"] = "21:30",
                ["QuietTo"] = "06:00",
            }
        );
        Assert.Contains("value=\"21:30\"", page);
        var kept = await house.WithAsync(db => db.NoticeChoices.SingleAsync());
        Assert.Equal((false, MailWhen.Digest), kept.Of(NoticeKind.Mention));
        Assert.Equal((false, MailWhen.AtOnce), kept.Of(NoticeKind.Escalated)); // its box was not ticked
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_digest_a_day_tells_what_was_not_looked_at_however_many_servers_run(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second) = (await house.LogAsync(owner: "Sen"), await house.LogAsync("王芳", owner: "Sen"));
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Digest);
        using var sen = await house.SignInAsync("Sen");
        foreach (var reference in new[] { first, second, second })
        {
            await sen.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "@Mia the secret word" }, $"/complaints/{reference}");
        }

        Assert.Equal(0, await TellAsync(house.Services)); // it is 10 o'clock, and the digest comes at 8
        house.Clock.Pass(TimeSpan.FromHours(22));
        if (database == "postgres")
        {
            await using var other = await house.SecondNodeAsync();
            await Task.WhenAll(TellAsync(house.Services), TellAsync(other.Services));
        }
        else
        {
            await Task.WhenAll(TellAsync(house.Services), TellAsync(house.Services));
        }

        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync(m => m.Purpose == MailPurpose.Digest));
        Assert.Contains($"{first}: You were named", mail.Text);
        Assert.Contains($"/complaints/{second}", mail.Text);
        Assert.DoesNotContain("secret word", mail.Text + mail.Html + mail.Subject);
        Assert.Contains("2026-11-24", mail.Key);
        house.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(0, await TellAsync(house.Services)); // nothing new: no mail

        using var again = await house.SignInAsync("Sen"); // who was not there for two days
        await again.PostAsync($"/complaints/{first}/notes", new() { ["words"] = "@Mia again" }, $"/complaints/{first}");
        Assert.Equal(1, await house.WithAsync(db => db.Notices.CountAsync(n => n.MailAt != null)));
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync("/notices/seen", [], "/notices");
        house.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(0, await TellAsync(house.Services)); // she has looked
        Assert.Equal(0, await house.WithAsync(db => db.Notices.CountAsync(n => n.MailAt != null)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_changed_hour_brings_no_second_digest_on_one_day(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Sen");
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Digest, "10:30");
        using var sen = await house.SignInAsync("Sen");
        Task NameAsync() => sen.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "@Mia look" }, $"/complaints/{reference}");
        await NameAsync();
        house.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, await TellAsync(house.Services));
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Digest, "12:00");
        await NameAsync();
        house.Clock.Pass(TimeSpan.FromHours(2));
        Assert.Equal(0, await TellAsync(house.Services));
        house.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(1, await TellAsync(house.Services)); // it waited for the next day's
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_left_is_away_or_may_not_read_it_any_more_gets_no_mail(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Sen");
        foreach (var name in new[] { "Mia", "Jun", "Lena", "Max" })
        {
            await ChooseAsync(house, name, NoticeKind.Mention, MailWhen.AtOnce, quietFrom: "09:00", quietTo: "11:00");
        }

        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync(
            $"/complaints/{reference}/notes",
            new() { ["words"] = "@Mia @Jun @Lena @Max please" },
            $"/complaints/{reference}"
        );
        Assert.Equal(0, await TellAsync(house.Services)); // quiet until eleven
        await house.WithAsync(async db =>
        {
            (await db.Staff.SingleAsync(s => s.Name == "Mia")).Active = false;
            (await db.Staff.SingleAsync(s => s.Name == "Jun")).AwayUntil = house.Now.AddDays(5);
            (await db.Staff.SingleAsync(s => s.Name == "Lena")).UnitId = await db
                .Units.Where(u => u.Name == "Shanghai")
                .Select(u => u.Id)
                .SingleAsync();
            await db.SaveChangesAsync();
        });
        house.Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, await TellAsync(house.Services));
        var mail = await house.WithAsync(db => db.OutMessages.Include(m => m.Deliveries).SingleAsync(m => m.Purpose == MailPurpose.Notice));
        Assert.Equal(LittleWorld.Mail("Max"), Assert.Single(mail.Deliveries).Recipient);
        Assert.Contains(reference, mail.Subject);
        Assert.Equal(0, await house.WithAsync(db => db.Notices.CountAsync(n => n.MailAt != null)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_holds_it_hears_that_it_was_handed_over_and_that_the_customer_answered(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Mia");
        using var lena = await house.SignInAsync("Lena");
        using var sen = await house.SignInAsync("Sen");
        var id = (await house.ActorAsync("Sen")).StaffId!.Value;
        await lena.PostAsync(
            $"/complaints/{reference}/assignment",
            new() { ["ownerId"] = id.ToString(CultureInfo.InvariantCulture) },
            $"/complaints/{reference}"
        );
        await lena.PostAsync(
            $"/complaints/{reference}/contacts",
            new() { ["channel"] = "Phone", ["words"] = "She called." },
            $"/complaints/{reference}"
        );
        var page = await sen.GetAsync("/notices");
        Assert.Contains("Handed to you", page);
        Assert.Contains("The customer answered", page);
        await sen.PostAsync(
            $"/complaints/{reference}/contacts",
            new() { ["channel"] = "Phone", ["words"] = "She called me." },
            $"/complaints/{reference}"
        );
        Assert.Equal(2, await house.WithAsync(db => db.Notices.CountAsync(n => n.StaffId == id))); // what one does oneself is no news
    }

    /// <summary>One digest for each day that is not off, in every kind of clock change: at midnight, by half an hour.</summary>
    [Theory]
    [InlineData("Europe/London", "2026-03-26")]
    [InlineData("Europe/London", "2026-10-22")]
    [InlineData("Australia/Lord_Howe", "2026-04-02")]
    [InlineData("Australia/Lord_Howe", "2026-10-01")]
    [InlineData("America/Havana", "2026-03-05")] // 00:00 becomes 01:00
    [InlineData("America/Havana", "2026-10-29")]
    [InlineData("Asia/Beirut", "2026-03-26")]
    [InlineData("Africa/Cairo", "2026-04-22")]
    [InlineData("Africa/Cairo", "2026-10-27")]
    [InlineData("Asia/Shanghai", "2026-11-20")]
    public void A_digest_comes_once_a_day_and_quiet_is_quiet_wherever_clocks_change(string zoneId, string from)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        foreach (
            var (at, quietFrom, quietTo) in new[]
            {
                ("00:00", "01:00", "23:00"),
                ("00:30", "22:00", "00:15"),
                ("02:15", "03:00", "02:00"),
                ("23:45", "00:00", "23:30"),
            }
        )
        {
            var choice = new NoticeChoice();
            choice.Choose(
                new Dictionary<NoticeKind, (bool, MailWhen)>(),
                Time(at)!.Value,
                Time(quietFrom),
                Time(quietTo),
                [DayOfWeek.Saturday]
            );
            var start = Utc(from + "T00:00");
            var days = new List<DateTime>();
            for (var next = choice.NextDigest(start, zone); next < start.AddDays(7); next = choice.NextDigest(next, zone))
            {
                days.Add(TimeZoneInfo.ConvertTimeFromUtc(next, zone).Date);
            }

            Assert.Equal(days.Distinct(), days);
            Assert.DoesNotContain(days, d => d.DayOfWeek == DayOfWeek.Saturday);
            Assert.InRange(days.Count, 5, 7);
            for (var now = start; now < start.AddDays(7); now = now.AddMinutes(20))
            {
                var (digest, mail) = (choice.NextDigest(now, zone), choice.NotQuiet(now, zone));
                Assert.True(digest > now && digest < now.AddDays(3), $"{now:O}");
                Assert.True(mail >= now && !IsQuiet(choice, mail, zone), $"{zoneId} {now:O} -> {mail:O}");
                for (var between = now; between < mail; between = between.AddMinutes(5))
                {
                    Assert.True(IsQuiet(choice, between, zone), $"{zoneId} {now:O}: it was not quiet any more at {between:O}");
                }
            }
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_wants_no_mail_any_more_gets_none_that_was_waiting(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Sen");
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Digest);
        await ChooseAsync(house, "Jun", NoticeKind.Mention, MailWhen.AtOnce, quietFrom: "09:00", quietTo: "11:00");
        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "@Mia @Jun look" }, $"/complaints/{reference}");
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Never);
        await ChooseAsync(house, "Jun", NoticeKind.Mention, MailWhen.Never);
        house.Clock.Pass(TimeSpan.FromDays(2));
        Assert.Equal(0, await TellAsync(house.Services));
        Assert.Equal(0, await house.WithAsync(db => db.Notices.CountAsync(n => n.MailAt != null)));
    }

    [Theory, OnSqlite]
    public async Task What_happens_while_somebody_is_away_is_read_and_not_mailed_when_they_are_back(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Sen");
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Digest);
        await house.WithAsync(async db =>
        {
            (await db.Staff.SingleAsync(s => s.Name == "Mia")).AwayUntil = house.Now.AddHours(20);
            await db.SaveChangesAsync();
        });
        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "@Mia look" }, $"/complaints/{reference}");
        Assert.Equal(1, await house.WithAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.Mention)));
        house.Clock.Pass(TimeSpan.FromHours(23));
        Assert.Equal(0, await TellAsync(house.Services));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_left_with_a_digest_due_gets_none_and_none_when_they_come_back(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Sen");
        await ChooseAsync(house, "Mia", NoticeKind.Mention, MailWhen.Digest);
        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "@Mia look" }, $"/complaints/{reference}");
        async Task ActiveAsync(bool active) =>
            await house.WithAsync(async db =>
            {
                (await db.Staff.SingleAsync(s => s.Name == "Mia")).Active = active;
                await db.SaveChangesAsync();
            });
        await ActiveAsync(false);
        house.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(0, await TellAsync(house.Services));
        await ActiveAsync(true);
        house.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(0, await TellAsync(house.Services));
    }

    [Theory, OnSqlite]
    public async Task Clumsy_choices_are_refused_or_kept_and_never_break(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        foreach (
            var fields in new Dictionary<string, string?>[]
            {
                new() { ["DigestAt"] = "25:00" },
                new() { ["DigestAt"] = "" },
                new()
                {
                    ["DigestAt"] = "-1",
                    ["QuietFrom"] = "x",
                    ["QuietTo"] = "y",
                },
                new() { ["DigestAt"] = "08:00", ["DaysOff"] = "99" },
                new() { ["DigestAt"] = "08:00", ["DaysOff"] = "-1" },
                new()
                {
                    ["DigestAt"] = "08:00",
                    ["MailMention"] = "77",
                    ["MailStatutory"] = "Never",
                    ["PageStatutory"] = "false",
                },
                new(),
            }
        )
        {
            await mia.PostAsync("/profile/notices", fields, "/profile/notices");
            Assert.InRange((int)mia.Status, 200, 499);
            await mia.GetAsync("/profile/notices");
            Assert.Equal(HttpStatusCode.OK, mia.Status);
        }

        var kept = await house.WithAsync(db => db.NoticeChoices.SingleOrDefaultAsync()) ?? new NoticeChoice();
        Assert.Equal((true, MailWhen.AtOnce), kept.Of(NoticeKind.Statutory));
        Assert.Equal(0, kept.DaysOff & ~0b111_1111);
        Assert.True(kept.NextDigest(house.Now, London) > house.Now);
    }

    private static bool IsQuiet(NoticeChoice choice, DateTime utc, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return choice.IsOff(local.DayOfWeek)
            || NoticeTimes.IsQuiet((int)local.TimeOfDay.TotalMinutes, choice.QuietFrom!.Value, choice.QuietTo!.Value);
    }

    private static Task<int> TellAsync(IServiceProvider node) => RunAsync(node);

    private static async Task<int> RunAsync(IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NoticeMails>().RunAsync();
    }

    private static Task<string> ChooseAsync(Browser who, Dictionary<string, string?> fields) =>
        who.PostAsync("/profile/notices", new(fields) { ["DigestAt"] = "08:00" }, "/profile/notices");

    private static Task ChooseAsync(
        TestHouse house,
        string name,
        NoticeKind kind,
        MailWhen mail,
        string digestAt = "08:00",
        string? quietFrom = null,
        string? quietTo = null
    ) =>
        house.WithAsync(async db =>
        {
            var id = await db.Staff.Where(s => s.Name == name).Select(s => s.Id).SingleAsync();
            var choice = await db.NoticeChoices.FirstOrDefaultAsync(c => c.StaffId == id);
            if (choice is null)
            {
                choice = new NoticeChoice { StaffId = id };
                db.Add(choice);
            }

            choice.Choose(
                new Dictionary<NoticeKind, (bool, MailWhen)> { [kind] = (true, mail) },
                Time(digestAt)!.Value,
                Time(quietFrom),
                Time(quietTo),
                []
            );
            await db.SaveChangesAsync();
        });

    private static NoticeChoice Quiet(string from, string to, params DayOfWeek[] off)
    {
        var choice = new NoticeChoice();
        choice.Choose(new Dictionary<NoticeKind, (bool, MailWhen)>(), Time(to)!.Value, Time(from), Time(to), off);
        return choice;
    }

    private static NoticeChoice Digest(string at)
    {
        var choice = new NoticeChoice();
        choice.Choose(new Dictionary<NoticeKind, (bool, MailWhen)>(), Time(at)!.Value, null, null, []);
        return choice;
    }

    private static TimeOnly? Time(string? text) => text is null ? null : TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
