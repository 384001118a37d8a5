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
/// <param name="Addresses">Normalised mail addresses of its customer and of whoever was copied in.</param>
public sealed record KnownCase(long ComplaintId, IReadOnlyCollection<string> Addresses);

/// <summary>Who writes, as seen from a complaint.</summary>
public enum Standing
{
    /// <summary>An address of the customer.</summary>
    Known,

    /// <summary>Somebody whom a person of ours copied in.</summary>
    Participant,

    /// <summary>An address in the same company as the customer's.</summary>
    Colleague,

    /// <summary>Anybody else.</summary>
    Stranger,
}

/// <summary>Where a mail belongs.</summary>
/// <param name="ComplaintId">The complaint; null when it belongs to none we know.</param>
/// <param name="Why">How it was found, or why not.</param>
/// <param name="Hint">The complaint a stranger named: they do not join it, but a person should know.</param>
/// <param name="ToStaff">It answers a notice to staff.</param>
public sealed record Belongs(long? ComplaintId, Sentence Why, long? Hint = null, bool ToStaff = false);

/// <summary>
/// Which complaint an incoming mail belongs to. Our own Message-IDs come first, because nobody can guess one: whoever
/// answers such a mail has it, and so it is with the signed address it asks answers to. A reference can be guessed or read over a shoulder, so a reference lets in
/// only an address of that complaint's customer, or of somebody a person of ours copied in. Pure.
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
    /// <param name="plus">The complaint whose signed address it was sent to; null for none.</param>
    public static Belongs Decide(
        ReadMail mail,
        string from,
        IReadOnlyDictionary<string, KnownMail> ours,
        IReadOnlyDictionary<string, KnownCase> cases,
        long? plus = null
    )
    {
        if (plus is { } addressed)
        {
            return new Belongs(addressed, new Sentence("It was sent to the complaint's own address."));
        }

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
        foreach (var (reference, marked) in Named(mail))
        {
            if (cases.GetValueOrDefault(reference) is { } named)
            {
                if (named.Addresses.Contains(from))
                {
                    return new Belongs(
                        named.ComplaintId,
                        marked
                            ? new Sentence("It quotes a mail about {0}, and the sender is known there.", reference)
                            : new Sentence("Its subject names {0}, and the sender is known there.", reference)
                    );
                }

                hint ??= named.ComplaintId;
            }
        }

        return hint is null
            ? new Belongs(null, new Sentence("It belongs to no complaint we know."))
            : new Belongs(null, new Sentence("It names a complaint, but the sender's address is not known there."), hint);
    }

    /// <summary>References the mail names: the marker at the end of a mail of ours that it quotes, then those in its subject.</summary>
    public static IReadOnlyList<(string Reference, bool Marked)> Named(ReadMail mail) =>
        [.. Markers(mail.Text).Select(r => (r, true)).Concat(References(mail.Subject).Select(r => (r, false))).DistinctBy(r => r.Item1)];

    /// <summary>Addresses it was sent to: of the envelope as far as a header keeps it, then as written.</summary>
    public static IReadOnlyList<string> SentTo(ReadMail mail) =>
        [
            .. new[] { "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To" }
                .SelectMany(mail.All)
                .Select(v => v.Trim().Trim('<', '>'))
                .Concat(mail.To.Concat(mail.Cc).Select(c => c.Address))
                .Where(a => a.Contains('+', StringComparison.Ordinal))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(100),
        ];

    /// <summary>Who the sender is to a complaint.</summary>
    /// <param name="from">Their address, normalised.</param>
    /// <param name="addresses">The customer's, normalised.</param>
    /// <param name="participants">Of those copied in, normalised.</param>
    public static Standing StandingOf(string from, IReadOnlyCollection<string> addresses, IReadOnlyCollection<string>? participants = null)
    {
        var domain = from[(from.LastIndexOf('@') + 1)..];
        return addresses.Contains(from) ? Standing.Known
            : participants?.Contains(from) == true ? Standing.Participant
            : domain.Length > 0 && !FreeMail.Is(domain) && addresses.Any(a => a.EndsWith("@" + domain, StringComparison.Ordinal))
                ? Standing.Colleague
            : Standing.Stranger;
    }

    // A line of its own, quoted or not; the newest quotation stands first.
    private static IEnumerable<string> Markers(string text) =>
        text.Split('\n')
            .Take(20_000)
            .Select(l => l.Trim(' ', '>', '|', '\t', '\r'))
            .Where(l => l.Length is > 8 and < 40 && l[0] == '[' && l[^1] == ']')
            .Select(l => Reference.Read(l[1..^1]))
            .OfType<string>()
            .Distinct()
            .Take(5);

    [GeneratedRegex(@"\b[Cc][-–— ]?\d{2}[-–— ]?\d{5,15}[-–— ]?\d\b", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
