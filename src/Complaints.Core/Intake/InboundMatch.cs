using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Language;
using Complaints.Mail.Wire;

namespace Complaints.Intake;

/// <summary>A mail of ours that somebody may answer.</summary>
/// <param name="ComplaintId">The complaint it was about; null for invitations and tests.</param>
/// <param name="ToCustomer">False for notices to staff.</param>
/// <param name="Survey">It asks whether all is well.</param>
public sealed record KnownMail(long? ComplaintId, bool ToCustomer, bool Survey = false);

/// <summary>A complaint named in a subject.</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="Addresses">Normalised mail addresses of its customer.</param>
public sealed record KnownCase(long ComplaintId, IReadOnlyCollection<string> Addresses);

/// <summary>Where a mail belongs.</summary>
/// <param name="ComplaintId">The complaint; null when it belongs to none we know.</param>
/// <param name="Why">How it was found, or why not.</param>
/// <param name="Hint">The complaint a stranger named: they do not join it, but a person should know.</param>
/// <param name="ToStaff">It answers a notice to staff.</param>
public sealed record Belongs(long? ComplaintId, Sentence Why, long? Hint = null, bool ToStaff = false);

/// <summary>
/// Which complaint an incoming mail belongs to. Our own Message-IDs come first, because nobody can guess one: whoever
/// answers such a mail has it. A reference can be guessed or read over a shoulder, so a reference in the subject lets in
/// only an address of that complaint's customer. Pure.
/// </summary>
public static partial class InboundMatch
{
    /// <summary>The ids to look for, in this order: In-Reply-To, then References from the newest back.</summary>
    public static IReadOnlyList<string> Ids(ReadMail mail) => [.. mail.InReplyTo.Concat(mail.References.Reverse()).Distinct().Take(100)];

    /// <summary>The references that stand in the subject, in canonical form.</summary>
    public static IReadOnlyList<string> References(string subject) =>
        [
            .. Pattern()
                .Matches(subject.Normalize(System.Text.NormalizationForm.FormKC))
                .Select(m => Reference.Read(m.Value))
                .OfType<string>()
                .Distinct()
                .Take(5),
        ];

    /// <summary>Decides.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="from">The sender's address, normalised.</param>
    /// <param name="ours">Mails of ours by Message-ID.</param>
    /// <param name="cases">Complaints by reference.</param>
    public static Belongs Decide(
        ReadMail mail,
        string from,
        IReadOnlyDictionary<string, KnownMail> ours,
        IReadOnlyDictionary<string, KnownCase> cases
    )
    {
        foreach (var id in Ids(mail))
        {
            if (ours.GetValueOrDefault(id) is { } known)
            {
                return known switch
                {
                    { ToCustomer: false } => new Belongs(null, new Sentence("It answers a notice to staff."), ToStaff: true),
                    { ComplaintId: { } complaint } => new Belongs(complaint, new Sentence("It answers a mail of ours.")),
                    _ => new Belongs(null, new Sentence("It answers a mail of ours that is about no complaint.")),
                };
            }
        }

        long? hint = null;
        foreach (var reference in References(mail.Subject))
        {
            if (cases.GetValueOrDefault(reference) is { } named)
            {
                if (named.Addresses.Contains(from))
                {
                    return new Belongs(
                        named.ComplaintId,
                        new Sentence("Its subject names {0}, and the sender is the customer.", reference)
                    );
                }

                hint ??= named.ComplaintId;
            }
        }

        return hint is null
            ? new Belongs(null, new Sentence("It belongs to no complaint we know."))
            : new Belongs(null, new Sentence("Its subject names a complaint, but the sender's address is not known there."), hint);
    }

    [GeneratedRegex(@"\b[Cc][-–— ]?\d{2}[-–— ]?\d{5,15}[-–— ]?\d\b", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
