using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>
/// A list with filters and columns under a name: somebody's own, or shared with a unit. It holds no rights: everybody sees
/// in it what they may see anyway.
/// </summary>
public sealed class SavedView
{
    /// <summary>Views of one's own that one person may have; nobody finds their way among more.</summary>
    public const int Most = 30;

    /// <summary>Longest name.</summary>
    public const int LongestName = 60;

    public long Id { get; private set; }

    /// <summary>Who saved it.</summary>
    public long OwnerId { get; init; }
    public StaffMember? Owner { get; private set; }

    /// <summary>The unit it is shared with, and all below it; null for the owner alone.</summary>
    public long? UnitId { get; set; }
    public Unit? Unit { get; private set; }
    public required string Name { get; set; }

    /// <summary>Name of the list in its address.</summary>
    public required string List { get; set; }

    /// <summary>The filters as they stand in the address, without a question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Names of the columns with commas between; null for each reader's own choice.</summary>
    public string? Columns { get; set; }

    /// <summary>Place among the others, from 0.</summary>
    public int Position { get; set; }

    /// <summary>
    /// True when that person has it: it is theirs, or shared with a unit they belong to or may see. Whoever leaves the unit
    /// loses it. Unit loaded.
    /// </summary>
    public bool IsThereFor(Actor actor) => OwnerId == actor.StaffId || (Unit is { } unit && Reaches(actor, unit));

    /// <summary>True when what is shared with the unit is there for that person: they belong to it, or may see it.</summary>
    public static bool Reaches(Actor actor, Unit unit) =>
        actor.Role is { } role
        && (
            Rights.SeesAll(role)
            || unit.Path.StartsWith(actor.UnitPath, StringComparison.Ordinal)
            || actor.UnitPath.StartsWith(unit.Path, StringComparison.Ordinal)
        );

    /// <summary>True when that person may rename, share or delete it: the owner, and for a shared one whoever leads the unit.</summary>
    public bool IsEditableBy(Actor actor) => OwnerId == actor.StaffId || (Unit is { } unit && MayShare(actor, unit));

    /// <summary>True when that person may share something with the unit: leads, with their own and those below.</summary>
    public static bool MayShare(Actor actor, Unit unit) =>
        Rights.Has(actor, Right.Lead)
        && actor.Role is { } role
        && (Rights.SeesAll(role) || unit.Path.StartsWith(actor.UnitPath, StringComparison.Ordinal));
}

/// <summary>The columns somebody chose for a list.</summary>
public sealed class ChosenColumns
{
    public long StaffId { get; init; }

    /// <summary>Name of the list in its address.</summary>
    public required string List { get; init; }

    /// <summary>Names with commas between.</summary>
    public required string Columns { get; set; }
}
