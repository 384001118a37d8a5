using Complaints.Casework;
using Complaints.Deadlines;

namespace Complaints.Escalation;

/// <summary>
/// Something the sweep sees to on a complaint whose <see cref="Complaint.NextActionAt"/> has come: escalations here,
/// follow-ups in their own room. Each must do the same again without harm.
/// </summary>
public interface IDuty
{
    /// <summary>Reads beforehand, in one go, what it needs of a batch of up to 100 complaints; nothing by default.</summary>
    Task GetReadyAsync(IReadOnlyList<Complaint> batch, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Does what is owed at <paramref name="now"/>, in the sweep's transaction and without saving, and says when to look
    /// again; null when nothing more is owed. The complaint comes with clocks and pauses, customer and contact points,
    /// unit, owner, unhandled causes.
    /// </summary>
    Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel);
}
