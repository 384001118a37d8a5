#if PLUGINS
using System.Net;
using Complaints.Hangfire;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.MailKit;
using Complaints.Tests.World;
using Complaints.Time;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static Complaints.Tests.Mail.Wire.ImapScripts;
using static Complaints.Tests.Mail.Wire.SmtpScripts;

namespace Complaints.Tests.PlugIns;

public sealed class HangfireInMemoryTests : AlarmClockContract
{
    protected override IAlarmClock Make() => new HangfireClock(HangfireStartup.Storage(new ConfigurationBuilder().Build()));
}

public sealed class MailKitTransportTests(Postfix postfix) : MailTransportContract(postfix)
{
    protected override IMailTransport Make(SmtpSettings settings) => new MailKitTransport(settings, TimeProvider.System);
}

public sealed class MailKitSourceTests(Dovecot dovecot) : MailSourceContract(dovecot)
{
    protected override IMailSource Make(ImapSettings settings) => new MailKitSource(settings, TimeProvider.System);
}

/// <summary>The plug-ins in a house that names them.</summary>
public sealed class PlugInHouseTests
{
    private static readonly string[] _named = ["--hostingStartupAssemblies", "Complaints.Hangfire;Complaints.MailKit"];

    [Theory, OnSqlite, OnPostgres]
    public async Task A_house_that_names_them_works_with_them_and_another_does_not(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, _named);
        Assert.IsType<HangfireClock>(house.Services.GetRequiredService<IAlarmClock>());
        Assert.IsType<MailKitTransport>(house.Services.GetRequiredService<SmtpMaker>()(SmtpAt(25)));
        Assert.IsType<MailKitSource>(house.Services.GetRequiredService<MailSourceMaker>()(Mailbox(143)));

        await using var plain = await TestHouse.OpenAsync(database);
        Assert.Null(plain.Services.GetService<IAlarmClock>());
        Assert.IsType<SmtpTransport>(plain.Services.GetRequiredService<SmtpMaker>()(SmtpAt(25)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_clock_rings_in_whichever_storage_the_database_brings(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, _named);
        var clock = house.Services.GetRequiredService<IAlarmClock>();
        var rings = 0;
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
        for (var i = 0; i < 400 && rings < 3; i++)
        {
            await Task.Delay(50);
        }

        await clock.StopAsync();
        Assert.True(rings >= 3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_dashboard_is_the_administrators_and_to_look_at_the_auditors_also_behind_a_proxy(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, _named);
        using var administrator = await house.SignInAsync("Ada");
        Assert.Contains(HangfireStartup.Dashboard, await administrator.GetAsync("/settings/work"), StringComparison.Ordinal);
        await administrator.GetAsync(HangfireStartup.Dashboard + "/recurring");
        Assert.Equal(HttpStatusCode.OK, administrator.Status);

        using var auditor = await house.SignInAsync("Otto");
        await auditor.GetAsync(HangfireStartup.Dashboard + "/recurring");
        Assert.Equal(HttpStatusCode.OK, auditor.Status);
        var trigger = new Dictionary<string, string?> { ["jobs[]"] = "sweep" };
        await auditor.PostAsync(HangfireStartup.Dashboard + "/recurring/trigger", trigger, from: "/");
        Assert.False(auditor.Last.IsSuccessStatusCode);
        await administrator.PostAsync(HangfireStartup.Dashboard + "/recurring/trigger", trigger, from: "/settings/work");
        Assert.True(administrator.Last.IsSuccessStatusCode, $"{administrator.Status}");

        using var agent = await house.SignInAsync("Sen");
        using var nobody = house.NewBrowser();
        foreach (var refused in new[] { agent, nobody })
        {
            var page = await refused.GetAsync(HangfireStartup.Dashboard + "/recurring");
            Assert.DoesNotContain("recurring/trigger", page, StringComparison.Ordinal);
            Assert.False(refused.Last.IsSuccessStatusCode && refused.Path.StartsWith(HangfireStartup.Dashboard, StringComparison.Ordinal));
        }
    }

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
}
#else
namespace Complaints.Tests.PlugIns;

/// <summary>Says in the run's own list that the other side of the seams was not tested, and how it is.</summary>
public sealed class PlugInSides
{
    [Fact(
        Skip = "Hangfire and MailKit are not built in. Where the package registry has them: dotnet test tests/Complaints.Tests -p:PlugIns=true --filter PlugIns"
    )]
    public void The_contracts_hold_for_Hangfire_and_MailKit() { }
}
#endif
