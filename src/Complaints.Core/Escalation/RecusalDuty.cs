using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;

namespace Complaints.Escalation;

/// <summary>Keeps recusal true while people come, leave and change their seat: see <see cref="Recusals"/>.</summary>
public sealed class RecusalDuty(ComplaintsDb db) : IDuty
{
    private List<Colleague> _people = [];

    /// <inheritdoc />
    public async Task GetReadyAsync(IReadOnlyList<Complaint> batch, CancellationToken cancel) =>
        _people = batch.Any(c => c.DecidedBefore is not null) ? await Recusals.PeopleAsync(db, cancel) : [];

    /// <inheritdoc />
    public async Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel)
    {
        await Recusals.LookAgainAsync(db, complaint, _people, now, book, cancel);
        return null;
    }
}
