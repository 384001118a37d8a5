#if PLUGINS
using Complaints.Hangfire;
using Complaints.Mail.Wire;
using Complaints.MailKit;
using Complaints.Tests.Timetable;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.PlugIns;

internal static class PlugIns
{
    /// <summary>Names both to a house, or to a program.</summary>
    public static string[] Named { get; } = ["--hostingStartupAssemblies", "Complaints.Hangfire;Complaints.MailKit"];

    /// <summary>Names none, whatever the environment says.</summary>
    public static string[] Unnamed { get; } = ["--hostingStartupAssemblies", ""];
}

public sealed class HangfireClockTests : AlarmClockContract
{
    protected override string[] Settings => PlugIns.Named;

    protected override IAlarmClock Of(IServiceProvider node) => node.GetRequiredService<HangfireClock>();
}

public sealed class EngineOnHangfireTests : EngineTests
{
    protected override string[] Settings => PlugIns.Named;
}

public sealed class PlugInNodesTests : TwoNodesContract
{
    protected override string[] Settings => PlugIns.Named;
}

public sealed class MailKitTransportTests(Postfix postfix) : MailTransportContract(postfix)
{
    protected override IMailTransport Make(SmtpSettings settings) => new MailKitTransport(settings, TimeProvider.System);
}

public sealed class MailKitSourceTests(Dovecot dovecot) : MailSourceContract(dovecot)
{
    protected override IMailSource Make(ImapSettings settings) => new MailKitSource(settings, TimeProvider.System);
}
#else
namespace Complaints.Tests.PlugIns;

/// <summary>Says in the run's own list that the other side of the seams was not tested, and how it is.</summary>
public sealed class PlugInSides
{
    private const string Why =
        "Hangfire and MailKit are not built in. Where the package registry has them: tests/run --plug-ins --filter PlugIns";

    [Fact(Skip = Why)]
    public void The_contracts_hold_for_Hangfire_and_MailKit() { }

    [Fact(Skip = Why)]
    public void The_dashboard_works_in_a_browser() { }

    [Fact(Skip = Why)]
    public void Mails_are_read_as_MimeKit_reads_them() { }
}
#endif
