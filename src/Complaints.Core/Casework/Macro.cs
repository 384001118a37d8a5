using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>Several changes under a name, done at once: somebody's own, or shared with a unit. It holds no rights of its own.</summary>
public sealed class Macro
{
    /// <summary>Macros of one's own that one person may have.</summary>
    public const int Most = 50;

    /// <summary>Longest name.</summary>
    public const int LongestName = 60;

    public long Id { get; private set; }

    /// <summary>Who made it.</summary>
    public long OwnerId { get; init; }

    /// <summary>The unit it is shared with, and all below it; null for the owner alone.</summary>
    public long? UnitId { get; set; }
    public Unit? Unit { get; private set; }
    public required string Name { get; set; }

    /// <summary>What it does, see <see cref="CaseChanges.Write"/>.</summary>
    public required string Changes { get; set; }

    /// <summary>True when that person has it: theirs, or shared with a unit they belong to or may see. Unit loaded.</summary>
    public bool IsThereFor(Actor actor) => OwnerId == actor.StaffId || (Unit is { } unit && SavedView.Reaches(actor, unit));

    /// <summary>True when that person may change it: the owner, and for a shared one whoever leads the unit.</summary>
    public bool IsEditableBy(Actor actor) => OwnerId == actor.StaffId || (Unit is { } unit && SavedView.MayShare(actor, unit));
}
