using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Complaints that a merging of customers concerns, by their ids.</summary>
/// <param name="Theirs">They belong to the other customer now.</param>
/// <param name="Spoken">Who speaks for their organisation is the other one now.</param>
public sealed record MovedComplaints(List<long> Theirs, List<long> Spoken);

/// <summary>
/// Says on the timeline of every complaint concerned that its customer was merged, or is two again. Each entry is sealed on the
/// chain of its own complaint, so that the database cannot write them by one command; they are written in stretches, each one
/// read and one save, and wake nothing: nothing is owed because of it.
/// </summary>
internal sealed class MovedTimelines(ComplaintsDb db, Actor by, DateTime now)
{
    private const int Stretch = 200;

    /// <summary>The one was merged into the other. Forgets what was tracked before.</summary>
    public async Task SayMergedAsync(MovedComplaints moved, long mergedId, long survivorId, CancellationToken cancel)
    {
        var (merged, survivor) = await NamesAsync(mergedId, survivorId, cancel);
        await SayAsync(moved.Theirs, new Sentence("{0} was merged into {1}, and this complaint went along", merged, survivor), cancel);
        await SayAsync(moved.Spoken, new Sentence("{0}, who speaks for the customer, was merged into {1}", merged, survivor), cancel);
    }

    /// <summary>That was undone. Forgets what was tracked before.</summary>
    public async Task SayUndoneAsync(MovedComplaints moved, long mergedId, long survivorId, CancellationToken cancel)
    {
        var (merged, survivor) = await NamesAsync(mergedId, survivorId, cancel);
        await SayAsync(
            moved.Theirs,
            new Sentence("The merging of {0} into {1} was undone, and this complaint came back", merged, survivor),
            cancel
        );
        await SayAsync(
            moved.Spoken,
            new Sentence("The merging of {0}, who speaks for the customer, into {1} was undone", merged, survivor),
            cancel
        );
    }

    private async Task<(string Merged, string Survivor)> NamesAsync(long mergedId, long survivorId, CancellationToken cancel)
    {
        var names = await db.Customers.Where(c => c.Id == mergedId || c.Id == survivorId).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        return (names[mergedId], names[survivorId]);
    }

    private async Task SayAsync(List<long> ids, Sentence say, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(Stretch))
        {
            db.ChangeTracker.Clear();
            foreach (var complaint in await db.Complaints.Where(c => some.Contains(c.Id)).ToListAsync(cancel))
            {
                var wakes = complaint.NextActionAt;
                complaint.Record(EntryKind.Changed, by, now, say);
                complaint.NextActionAt = wakes;
            }

            await db.SaveChangesAsync(cancel);
        }

        db.ChangeTracker.Clear();
    }
}
