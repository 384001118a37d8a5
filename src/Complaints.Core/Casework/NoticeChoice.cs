using System.Globalization;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>Whether and when a notice comes by mail.</summary>
public enum MailWhen
{
    [Words("No mail", "不发邮件")]
    Never = 0,

    [Words("At once", "立即发送")]
    AtOnce = 1,

    [Words("In the digest", "汇总发送")]
    Digest = 2,
}

/// <summary>What reaches somebody, and when; no row while everything is as it comes.</summary>
/// <remarks>Regulators' deadlines are not among the choices: they always come, at once, whatever stands here.</remarks>
public sealed class NoticeChoice
{
    public long StaffId { get; init; }

    /// <summary>What was chosen, as <see cref="Write"/> keeps it.</summary>
    public string Kinds { get; private set; } = "";

    /// <summary>Minute of the person's day at which the digest comes.</summary>
    public int DigestAt { get; private set; } = 8 * 60;

    /// <summary>Minutes of the person's day between which mails wait; over midnight when the first is later. Null for none.</summary>
    public int? QuietFrom { get; private set; }
    public int? QuietTo { get; private set; }

    /// <summary>Days on which mails wait, a bit each, Sunday the lowest.</summary>
    public int DaysOff { get; private set; }

    /// <summary>Kinds one can choose about, in the order of the page.</summary>
    public static IReadOnlyList<NoticeKind> Choosable { get; } =
    [
        NoticeKind.Assigned,
        NoticeKind.CustomerAnswered,
        NoticeKind.Mention,
        NoticeKind.Change,
        NoticeKind.Deadline,
        NoticeKind.PromiseDue,
        NoticeKind.Escalated,
        NoticeKind.ApprovalAsked,
        NoticeKind.SecondLook,
    ];

    /// <summary>What holds for a kind.</summary>
    public (bool Page, MailWhen Mail) Of(NoticeKind kind) =>
        kind == NoticeKind.Statutory ? (true, MailWhen.AtOnce) : Read().GetValueOrDefault(kind, Usual(kind));

    /// <summary>What holds until somebody chooses: everything on the page, and by mail what others wait for.</summary>
    public static (bool Page, MailWhen Mail) Usual(NoticeKind kind) =>
        (
            true,
            kind
                is NoticeKind.Deadline
                    or NoticeKind.PromiseDue
                    or NoticeKind.Escalated
                    or NoticeKind.ApprovalAsked
                    or NoticeKind.Statutory
                    or NoticeKind.SecondLook
                ? MailWhen.AtOnce
                : MailWhen.Never
        );

    /// <summary>True on a day on which mails wait.</summary>
    public bool IsOff(DayOfWeek day) => (DaysOff & (1 << (int)day)) != 0;

    /// <summary>Chooses.</summary>
    /// <param name="kinds">For each kind; one that is missing stays as it comes.</param>
    /// <exception cref="Refusal">Only half of the quiet hours is given, they are empty, every day is off, or the digest comes in quiet hours.</exception>
    public void Choose(
        IReadOnlyDictionary<NoticeKind, (bool Page, MailWhen Mail)> kinds,
        TimeOnly digestAt,
        TimeOnly? quietFrom,
        TimeOnly? quietTo,
        IEnumerable<DayOfWeek> daysOff
    )
    {
        if (quietFrom is null != quietTo is null)
        {
            throw new Refusal(new Sentence("Say from when and until when it is quiet, or leave both empty."), "QuietFrom");
        }

        if (quietFrom is not null && quietFrom == quietTo)
        {
            throw new Refusal(
                new Sentence("Quiet hours from {0} to {0} would be none. Leave both empty for none.", Clock(quietFrom.Value)),
                "QuietFrom"
            );
        }

        var off = daysOff.Aggregate(0, (bits, day) => bits | (1 << (int)day));
        if (off == 0b111_1111)
        {
            throw new Refusal(new Sentence("Not every day can be off. Choose no mail instead."), "DaysOff");
        }

        if (quietFrom is { } from && quietTo is { } to && NoticeTimes.IsQuiet(Minutes(digestAt), Minutes(from), Minutes(to)))
        {
            throw new Refusal(new Sentence("At {0} it is quiet. Choose another time for the digest.", Clock(digestAt)), "DigestAt");
        }

        (Kinds, DigestAt, DaysOff) = (Write(kinds), Minutes(digestAt), off);
        (QuietFrom, QuietTo) = (quietFrom is { } f ? Minutes(f) : null, quietTo is { } t ? Minutes(t) : null);
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;

    /// <summary>Each as <c>kind:page mail</c>, such as <c>3:12</c>.</summary>
    private static string Write(IReadOnlyDictionary<NoticeKind, (bool Page, MailWhen Mail)> kinds) =>
        string.Join(
            ',',
            kinds
                .Where(k => Choosable.Contains(k.Key))
                .OrderBy(k => k.Key)
                .Select(k => string.Create(CultureInfo.InvariantCulture, $"{(int)k.Key}:{(k.Value.Page ? 1 : 0)}{(int)k.Value.Mail}"))
        );

    private Dictionary<NoticeKind, (bool Page, MailWhen Mail)> Read() =>
        Kinds
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(k => k.Split(':'))
            .ToDictionary(k => (NoticeKind)int.Parse(k[0], CultureInfo.InvariantCulture), k => (k[1][0] == '1', (MailWhen)(k[1][1] - '0')));
}
