using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Linked with another complaint, or found to be another matter.</content>
public sealed partial class Complaint
{
    /// <summary>Whoever works on one of the two should know the other. On both timelines.</summary>
    /// <exception cref="Refusal">No reason, or the same complaint.</exception>
    public CaseLink LinkTo(Complaint other, Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why they belong together."));
        Linkable(other);
        Record(EntryKind.Joined, actor, now, new Sentence("Linked with {0}: {1}", other.Reference, other.Summary), why);
        other.Record(EntryKind.Joined, actor, now, new Sentence("Linked with {0}: {1}", Reference, Summary), why);
        return Link(other, LinkKind.Related, actor, now, why);
    }

    /// <summary>They belong together no more.</summary>
    public void Unlink(CaseLink link, Complaint other, Actor actor, DateTime now)
    {
        link.RemovedAt = now;
        Record(EntryKind.Joined, actor, now, new Sentence("No longer linked with {0}", other.Reference));
        other.Record(EntryKind.Joined, actor, now, new Sentence("No longer linked with {0}", Reference));
    }

    /// <summary>They look alike and are two matters: nobody is asked again.</summary>
    public CaseLink TellApart(Complaint other, Actor actor, DateTime now, string? reason)
    {
        Linkable(other);
        var why = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        Record(EntryKind.Joined, actor, now, new Sentence("Not the same as {0}", other.Reference), why);
        return Link(other, LinkKind.Different, actor, now, why);
    }

    /// <summary>What the customer said in one entry is a matter of its own; both timelines say where the other is.</summary>
    /// <param name="made">Logged, and saved.</param>
    /// <param name="seq">The entry; it stays here too.</param>
    public CaseLink SplitOut(Complaint made, int seq, Actor actor, DateTime now)
    {
        Record(EntryKind.Joined, actor, now, new Sentence("Split out as {0}: {1}", made.Reference, made.Summary));
        made.Record(EntryKind.Joined, actor, now, new Sentence("Split out of {0}: {1}", Reference, Summary));
        return new CaseLink
        {
            LowId = Id,
            HighId = made.Id,
            Kind = LinkKind.Split,
            Seq = seq,
            ById = actor.StaffId,
            At = now,
        };
    }

    private void Linkable(Complaint other)
    {
        if (ReferenceEquals(this, other) || other.Id == Id)
        {
            throw new Refusal(new Sentence("That is this complaint itself. Give the reference of the other one."), "duplicateOf");
        }
    }

    private CaseLink Link(Complaint other, LinkKind kind, Actor actor, DateTime now, string? why) =>
        new()
        {
            LowId = Math.Min(Id, other.Id),
            HighId = Math.Max(Id, other.Id),
            Kind = kind,
            Reason = why is { Length: > 3990 } ? why[..3990] : why,
            ById = actor.StaffId,
            At = now,
        };
}
