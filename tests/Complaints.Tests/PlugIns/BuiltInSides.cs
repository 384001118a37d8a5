using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Complaints.Time;
using Complaints.Web.Timetable;

namespace Complaints.Tests.PlugIns;

public sealed class QuartzClockTests : AlarmClockContract
{
    protected override IAlarmClock Of(IServiceProvider node) => new QuartzClock();
}

public sealed class BuiltInNodesTests : TwoNodesContract;

public sealed class BuiltInTransportTests(Postfix postfix) : MailTransportContract(postfix)
{
    protected override IMailTransport Make(SmtpSettings settings) => new SmtpTransport(settings, TimeProvider.System);
}

public sealed class BuiltInSourceTests(Dovecot dovecot) : MailSourceContract(dovecot)
{
    protected override IMailSource Make(ImapSettings settings) => new ImapSource(settings, TimeProvider.System);
}
