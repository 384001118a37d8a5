using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>How it begins.</content>
public sealed partial class Complaint
{
    /// <summary>Logs a complaint: fixes the policy and starts the clocks at receipt.</summary>
    /// <exception cref="Refusal">Nothing about what happened, or received in the future.</exception>
    public static Complaint Log(LogFacts facts, string reference, Actor actor, DateTime now, DeadlineBook book)
    {
        var what = Required(facts.WhatHappened, nameof(facts.WhatHappened), new Sentence("Write down what happened."));
        if (facts.ReceivedAt > now)
        {
            throw new Refusal(new Sentence("It cannot have been received in the future. Choose now or earlier."), nameof(facts.ReceivedAt));
        }

        var complaint = new Complaint
        {
            Reference = reference,
            CustomerId = facts.Customer.Id,
            Customer = facts.Customer,
            Tier = facts.Customer.Tier,
            Channel = facts.Channel,
            ReceivedAt = UtcMilliseconds.Cut(facts.ReceivedAt),
            LoggedAt = UtcMilliseconds.Cut(now),
            LoggedById = actor.StaffId,
            ProofOfChannel = facts.ProofOfChannel,
            Summary = SummaryOf(facts.Summary, what),
            WhatHappened = what,
            DesiredOutcome = facts.DesiredOutcome,
            UnitId = facts.UnitId,
            CategoryId = facts.CategoryId,
            Severity = facts.Severity,
            Public = facts.Public,
            DisputeMinor = facts.AmountInDispute?.Minor,
            DisputeCurrency = facts.AmountInDispute?.Currency,
            ComplainedAboutId = facts.ComplainedAboutId,
            AffectedPerson = facts.AffectedPerson,
            Authority = facts.Authority,
            Need = facts.Need,
            Stage = facts.Stage,
            Technical = facts.Technical,
            OnSite = facts.OnSite,
            Paid = facts.Paid,
            SubmissionKey = facts.SubmissionKey,
            Historic = facts.Historic,
            LastHeardAt = UtcMilliseconds.Cut(facts.ReceivedAt),
        };
        complaint.DecidedUntilNow(facts.DecidedBefore);
        complaint.SpeaksFor(facts.ContactPerson);
        var entry = complaint.Record(
            EntryKind.Logged,
            actor,
            now,
            new Sentence("Complaint logged, received by {0}", facts.Channel),
            what,
            facts.Channel
        );
        complaint.Cause(Trigger.CustomerWords, entry);
        if (facts.Customer.Tier == Tier.Diamond && complaint.Weight == Severity.Critical)
        {
            complaint.Cause(Trigger.DiamondCritical, entry);
        }

        complaint.StartClocks(book, now);
        foreach (var point in facts.Points)
        {
            complaint.AddPoint(actor, now, new PointFacts(point));
        }

        return complaint;
    }

    private static string SummaryOf(string? given, string what)
    {
        var line = string.IsNullOrWhiteSpace(given) ? what.ReplaceLineEndings(" ") : given.Trim().ReplaceLineEndings(" ");
        if (line.Length <= 120)
        {
            return line;
        }

        var cut = char.IsHighSurrogate(line[118]) ? 118 : 119;
        return line[..cut] + "…";
    }
}
