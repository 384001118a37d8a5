#if PLUGINS
using System.Net;
using System.Reflection;
using Complaints.Hangfire;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.MailKit;
using Complaints.Tests.World;
using Complaints.Time;
using global::Hangfire;
using global::Hangfire.Common;
using global::Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Complaints.Tests.Mail.Wire.ImapScripts;
using static Complaints.Tests.Mail.Wire.SmtpScripts;

namespace Complaints.Tests.PlugIns;

/// <summary>The plug-ins in a house that names them.</summary>
public sealed class PlugInHouseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_house_that_names_them_works_with_them_and_another_does_not(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, PlugIns.Named);
        Assert.IsType<HangfireClock>(house.Services.GetRequiredService<IAlarmClock>());
        Assert.IsType<MailKitTransport>(house.Services.GetRequiredService<SmtpMaker>()(SmtpAt(25)));
        Assert.IsType<MailKitSource>(house.Services.GetRequiredService<MailSourceMaker>()(Mailbox(143)));
        Assert.Equal(
            database == "postgres" ? "PostgreSqlStorage" : "InMemoryStorage",
            house.Services.GetRequiredService<HangfireClock>().Storage.GetType().Name
        );

        await using var plain = await TestHouse.OpenAsync(database, PlugIns.Unnamed);
        Assert.Null(plain.Services.GetService<IAlarmClock>());
        Assert.IsType<SmtpTransport>(plain.Services.GetRequiredService<SmtpMaker>()(SmtpAt(25)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_job_holds_its_name_and_nothing_else_and_one_that_was_deleted_comes_back(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, PlugIns.Named);
        var storage = house.Services.GetRequiredService<HangfireClock>().Storage;
        using var clock = new HangfireClock(storage, lookEvery: TimeSpan.FromMilliseconds(200));
        var jobs = new RecurringJobManager(storage);
        jobs.AddOrUpdate("gone-since", Job.FromExpression<Bell>(b => b.RingAsync("gone-since")), "0 0 1 1 *");
        await clock.StartAsync([new Alarm("hourly", TimeSpan.FromHours(1), () => Task.CompletedTask)], default);
        await UntilAsync(() => Names().SequenceEqual(["hourly"]));
        var job = Jobs()[0].Job;
        Assert.Equal((typeof(Bell), "hourly"), (job.Type, Assert.Single(job.Args)));

        jobs.RemoveIfExists("hourly");
        await UntilAsync(() => Names().SequenceEqual(["hourly"]));
        await clock.StopAsync();

        List<RecurringJobDto> Jobs()
        {
            using var connection = storage.GetConnection();
            return connection.GetRecurringJobs();
        }

        IEnumerable<string> Names() => Jobs().Select(j => j.Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_job_that_was_given_up_or_put_off_by_a_wrong_clock_rings_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, PlugIns.Named);
        var storage = house.Services.GetRequiredService<HangfireClock>().Storage;
        var later = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(2);
        Leave("given-up", null);
        Leave("put-off", later);

        using var clock = new HangfireClock(storage, lookEvery: TimeSpan.FromMilliseconds(200));
        var (givenUp, putOff) = (0, 0);
        await clock.StartAsync(
            [
                new Alarm("given-up", TimeSpan.FromSeconds(1), () => Task.FromResult(Interlocked.Increment(ref givenUp))),
                new Alarm("put-off", TimeSpan.FromSeconds(1), () => Task.FromResult(Interlocked.Increment(ref putOff))),
            ],
            default
        );
        await UntilAsync(() => givenUp >= 3 && putOff >= 3);
        await clock.StopAsync();

        void Leave(string name, DateTime? next)
        {
            new RecurringJobManager(storage).AddOrUpdate(name, Job.FromExpression<Bell>(b => b.RingAsync(name)), "*/1 * * * * *");
            using var connection = storage.GetConnection();
            using var writing = connection.CreateWriteTransaction();
            var (at, last) = (next is { } n ? JobHelper.SerializeDateTime(n) : "", JobHelper.SerializeDateTime(later));
            writing.SetRangeInHash($"recurring-job:{name}", [new("NextExecution", at), new("LastExecution", last)]);
            writing.AddToSet("recurring-jobs", name, next is { } on ? JobHelper.ToTimestamp(on) : -1);
            writing.Commit();
        }
    }

    [Theory, OnPostgres]
    public async Task Locks_that_a_killed_node_left_hold_nothing_up(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, PlugIns.Named);
        var clock = house.Services.GetRequiredService<IAlarmClock>();
        await house.WithAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                "INSERT INTO hangfire.lock (resource, updatecount, acquired) SELECT r, 0, now() AT TIME ZONE 'UTC' FROM unnest(ARRAY['hangfire:lock:recurring-job:often', 'hangfire:recurring-jobs:lock']) r"
            )
        );
        var rings = 0;
        var began = TimeProvider.System.GetTimestamp();
        await clock.StartAsync(
            [
                new Alarm(
                    "often",
                    TimeSpan.FromSeconds(1),
                    () =>
                    {
                        Interlocked.Increment(ref rings);
                        return Task.CompletedTask;
                    }
                ),
            ],
            default
        );
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5), "The start waited for them.");
        await UntilAsync(() => rings >= 2);
        await clock.StopAsync();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_dashboard_is_the_administrators_and_to_look_at_the_auditors_also_behind_a_proxy(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, PlugIns.Named);
        using var administrator = await house.SignInAsync("Ada");
        Assert.Contains(HangfireStartup.Dashboard, await administrator.GetAsync("/settings/work"), StringComparison.Ordinal);
        await administrator.GetAsync(HangfireStartup.Dashboard + "/recurring");
        Assert.Equal(HttpStatusCode.OK, administrator.Status);

        using var auditor = await house.SignInAsync("Otto");
        var work = await auditor.GetAsync("/settings/work");
        Assert.Contains(HangfireStartup.Dashboard, work, StringComparison.Ordinal);
        Assert.DoesNotContain("/settings/work/sweep/", work, StringComparison.Ordinal);
        await auditor.GetAsync(HangfireStartup.Dashboard + "/recurring");
        Assert.Equal(HttpStatusCode.OK, auditor.Status);

        var trigger = new Dictionary<string, string?> { ["jobs[]"] = "sweep" };
        foreach (var change in new[] { "/recurring/trigger", "/recurring/remove", "/jobs/succeeded/requeue" })
        {
            await auditor.PostAsync(HangfireStartup.Dashboard + change, trigger, from: "/");
            Assert.False(auditor.Last.IsSuccessStatusCode, change);
        }

        await administrator.SendAsync(HangfireStartup.Dashboard + "/recurring/trigger", trigger);
        Assert.Equal(HttpStatusCode.Forbidden, administrator.Status); // no antiforgery token
        await administrator.PostAsync(HangfireStartup.Dashboard + "/recurring/trigger", trigger, from: "/settings/work");
        Assert.True(administrator.Last.IsSuccessStatusCode, $"{administrator.Status}");

        foreach (var name in new[] { "Jun", "Lena", "Max", "Dora", null })
        {
            using var refused = name is null ? house.NewBrowser() : await house.SignInAsync(name);
            refused.Say("X-Forwarded-For", "127.0.0.1");
            refused.Say("X-Forwarded-Host", "localhost");
            refused.Say("X-Forwarded-Proto", "http");
            foreach (var path in new[] { "", "/recurring", "/stats", "/jobs/succeeded", "/css18240", "/nothing" })
            {
                await refused.GetAsync(HangfireStartup.Dashboard + path);
                Assert.True(
                    name is null
                        ? refused.Path.StartsWith("/sign-in", StringComparison.Ordinal)
                        : refused.Status == HttpStatusCode.NotFound,
                    $"{path} for {name}: {refused.Status} at {refused.Path}"
                );
            }

            await refused.PostAsync(HangfireStartup.Dashboard + "/recurring/trigger", trigger, from: "/sign-in");
            Assert.True(
                name is null ? refused.Path.StartsWith("/sign-in", StringComparison.Ordinal) : refused.Status == HttpStatusCode.NotFound,
                $"{name}: {refused.Status} at {refused.Path}"
            );
        }
    }

    [Theory]
    [InlineData("MailKit", "4.16")]
    [InlineData("MimeKit", "4.15.1")]
    [InlineData("Newtonsoft.Json", "13.0")]
    public void No_library_is_so_old_that_it_has_a_known_hole(string library, string mended) =>
        Assert.True(Assembly.Load(library).GetName().Version >= Version.Parse(mended), $"{Assembly.Load(library).GetName()}");

    [Theory]
    [InlineData(1, "*/1 * * * * *")]
    [InlineData(5, "*/5 * * * * *")]
    [InlineData(45, "*/30 * * * * *")]
    [InlineData(60, "0 */1 * * * *")]
    [InlineData(3600, "0 0 */1 * * *")]
    [InlineData(18_000, "0 0 */4 * * *")]
    [InlineData(86_400, "0 0 0 * * *")]
    public void An_interval_becomes_the_cron_expression_that_rings_no_less_often(int seconds, string cron) =>
        Assert.Equal(cron, HangfireClock.Cron(TimeSpan.FromSeconds(seconds)));

    private static async Task UntilAsync(Func<bool> so)
    {
        for (var i = 0; i < 800 && !so(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(so());
    }
}
#endif
