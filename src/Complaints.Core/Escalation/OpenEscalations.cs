using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>The escalations of one complaint that stand, and what people do with them: take and end them, all together.</summary>
public sealed class OpenEscalations(Complaint complaint, IReadOnlyList<RaisedEscalation> open)
{
    /// <summary>Those that stand, highest first; warnings are not among them.</summary>
    public IReadOnlyList<RaisedEscalation> All { get; } = open;

    /// <summary>Those of a complaint, tracked.</summary>
    public static async Task<OpenEscalations> OfAsync(ComplaintsDb db, Complaint complaint) =>
        new(
            complaint,
            await db
                .Escalations.Include(e => e.TakenBy)
                .Where(e => e.ComplaintId == complaint.Id && e.EndedAt == null && e.Level > 0)
                .OrderByDescending(e => e.Level)
                .ThenBy(e => e.RaisedAt)
                .ToListAsync()
        );

    /// <summary>Somebody sees to it: the next level is not told any more.</summary>
    /// <exception cref="Refusal">Nothing stands, or somebody else was first.</exception>
    public void Take(Actor actor, DateTime now)
    {
        Needs(actor);
        var untaken = All.Where(e => e.TakenAt is null).ToList();
        if (untaken.Count == 0)
        {
            var taken = All[0];
            throw new Refusal("{0} took it at {1}.", taken.TakenBy?.Name ?? "", taken.TakenAt);
        }

        foreach (var e in untaken)
        {
            (e.TakenById, e.TakenAt, e.NextLevelAt) = (actor.StaffId, now, null);
        }

        complaint.Record(EntryKind.EscalationTaken, actor, now, new Sentence("Escalation taken, level {0}", untaken.Max(e => e.Level)));
    }

    /// <summary>Ends it although the step is not done; what was raised is not raised again.</summary>
    /// <exception cref="Refusal">Nothing stands, or no reason.</exception>
    public void End(Actor actor, DateTime now, string? reason)
    {
        Needs(actor);
        var why = reason?.Trim() is { Length: > 0 } given
            ? given
            : throw new Refusal(new Sentence("Say why the escalation ends. It stays on the timeline."), nameof(reason));
        foreach (var e in All)
        {
            e.EndBecause(new Sentence("{0}", why.Length <= 1000 ? why : why[..1000]), now, actor.StaffId);
        }

        complaint.Level = 0;
        complaint.Record(EntryKind.EscalationEnded, actor, now, new Sentence("Escalation ended"), why);
    }

    private void Needs(Actor actor)
    {
        if (!Rights.Has(actor, Right.Lead))
        {
            throw new Refusal("Taking and ending escalations is for team leads and above.");
        }

        if (All.Count == 0)
        {
            throw new Refusal("This escalation has ended meanwhile; there is nothing left to do.");
        }
    }
}
