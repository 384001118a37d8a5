using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>What sort of mail it is, and why it is taken for that. The one place that decides it; pure.</summary>
/// <param name="Sort">The sort.</param>
/// <param name="Why">The sign it was told by.</param>
/// <param name="Bounces">What a delivery report says about each recipient; empty for every other sort.</param>
public sealed record MailKind(MailSort Sort, Sentence Why, IReadOnlyList<Bounce> Bounces)
{
    /// <summary>What an administrator is shown as the result of the report: the first that failed for good, else the first that failed, else the first.</summary>
    public Bounce? Worst =>
        Bounces.FirstOrDefault(b => b.Permanent) ?? Bounces.FirstOrDefault(b => b.Failed) ?? (Bounces.Count > 0 ? Bounces[0] : null);

    /// <summary>No person wrote it: it is never answered and never counts as the customer having spoken.</summary>
    public bool ByMachine => Sort is not (MailSort.New or MailSort.Reply or MailSort.Unreadable);

    /// <summary>Decides.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="namesOurs">Its subject carries a reference of ours.</param>
    public static MailKind Of(ReadMail mail, bool namesOurs = false)
    {
        if (mail.Unreadable)
        {
            return Is(MailSort.Unreadable, mail.Problems.Count > 0 ? mail.Problems[0] : new Sentence("It cannot be read."));
        }

        if (Bounce.Of(mail) is { Count: > 0 } bounces)
        {
            var failed = bounces.Any(b => b.Failed);
            return new MailKind(
                MailSort.Bounce,
                failed
                    ? new Sentence("A mail server reports that a mail could not be delivered to {0}.", bounces[0].Recipient)
                    : new Sentence("A mail server reports that a mail to {0} is late and still being tried.", bounces[0].Recipient),
                bounces
            );
        }

        if (Bounce.Delivered(mail) is { } reached)
        {
            return Is(MailSort.Delivered, new Sentence("A mail server reports that a mail reached {0}.", reached));
        }

        if (Feedback.Of(mail) is { } feedback)
        {
            return Is(
                MailSort.Feedback,
                new Sentence("A mail provider reports that a recipient marked a mail as unwanted ({0}).", feedback.Kind)
            );
        }

        if (ReadReceipt.Of(mail) is { } receipt)
        {
            return Is(MailSort.Receipt, new Sentence("A mail program reports what became of a mail ({0}).", receipt.Disposition));
        }

        if (AutomaticMail.Why(mail) is { } automatic)
        {
            return Is(MailSort.Automatic, automatic);
        }

        return mail.InReplyTo.Count > 0 || mail.References.Count > 0 ? Is(MailSort.Reply, new Sentence("It says which mail it answers."))
            : namesOurs ? Is(MailSort.Reply, new Sentence("Its subject carries a reference of ours."))
            : Is(MailSort.New, new Sentence("It answers no other mail."));
    }

    private static MailKind Is(MailSort sort, Sentence why) => new(sort, why, []);
}

/// <summary>Sorts of mail.</summary>
public enum MailSort
{
    /// <summary>Somebody writes for the first time.</summary>
    [Words("New", "新邮件")]
    New,

    /// <summary>Somebody answers.</summary>
    [Words("Reply", "回复")]
    Reply,

    /// <summary>No person wrote it.</summary>
    [Words("Automatic", "自动邮件")]
    Automatic,

    /// <summary>A mail failed or is late.</summary>
    [Words("Bounce", "退信")]
    Bounce,

    /// <summary>A recipient marked a mail as unwanted.</summary>
    [Words("Marked as unwanted", "被标为垃圾邮件")]
    Feedback,

    /// <summary>A mail was opened, or deleted unread.</summary>
    [Words("Read receipt", "已读回执")]
    Receipt,

    /// <summary>A mail arrived.</summary>
    [Words("Delivery receipt", "送达回执")]
    Delivered,

    /// <summary>It cannot be read.</summary>
    [Words("Unreadable", "无法读取")]
    Unreadable,
}
