using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Who gets it when it comes in.</content>
public sealed partial class Complaint
{
    /// <summary>Gives a new complaint to whom the routing chose, or leaves it unassigned, and says why on the timeline.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="to">Null for the unassigned queue.</param>
    /// <param name="why">Why this one, or why nobody.</param>
    /// <exception cref="InvalidOperationException">The chosen one is kept out of it: the routing is wrong.</exception>
    public TimelineEntry Route(DateTime now, StaffMember? to, Sentence why)
    {
        if (to is not null && IsKeptFrom(to.Id))
        {
            throw new InvalidOperationException($"{Reference} was routed to somebody who is kept out of it.");
        }

        (OwnerId, Owner) = (to?.Id, to);
        return Record(
            EntryKind.Assigned,
            Actor.System,
            now,
            to is null ? new Sentence("Not assigned yet. {0}", why) : new Sentence("Assigned to {0}. {1}", to.Name, why)
        );
    }
}
