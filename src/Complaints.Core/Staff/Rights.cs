namespace Complaints.Staff;

/// <summary>What somebody may do at all; where they may do it is decided by the complaint's unit, see <see cref="Rights"/>.</summary>
public enum Right
{
    /// <summary>Read complaints and customers.</summary>
    Read,

    /// <summary>Log, work, note, contact customers.</summary>
    Work,

    /// <summary>Hand work to others.</summary>
    Assign,

    /// <summary>Take, end and reassign escalations, approve remedies, confirm "not a complaint".</summary>
    Lead,

    /// <summary>See figures of units.</summary>
    Figures,

    /// <summary>Verify timelines and read the access log.</summary>
    Audit,

    /// <summary>Settings, staff, calendars, policies, background work.</summary>
    Administer,

    /// <summary>Bring in complaints from elsewhere.</summary>
    Import,

    /// <summary>Take the list of customers out as a file.</summary>
    ExportCustomers,
}

/// <summary>The one place that decides who may do what, and where. Pure.</summary>
public static class Rights
{
    private static readonly Dictionary<Role, HashSet<Right>> _held = new()
    {
        [Role.Agent] = [Right.Read, Right.Work],
        [Role.TeamLead] = [Right.Read, Right.Work, Right.Assign, Right.Lead, Right.Figures],
        [Role.Manager] = [Right.Read, Right.Work, Right.Assign, Right.Lead, Right.Figures, Right.Import, Right.ExportCustomers],
        [Role.Director] = [Right.Read, Right.Work, Right.Assign, Right.Lead, Right.Figures, Right.Import, Right.ExportCustomers],
        [Role.Auditor] = [Right.Read, Right.Figures, Right.Audit],
        [Role.Administrator] = [Right.Administer, Right.Import],
    };

    /// <summary>True when that role holds the right somewhere.</summary>
    public static bool Has(Role role, Right right) => _held[role].Contains(right);

    /// <summary>True when the actor holds the right somewhere. The system may do everything; the customer holds no right.</summary>
    public static bool Has(Actor actor, Right right) => actor.Role is { } role ? Has(role, right) : ReferenceEquals(actor, Actor.System);

    /// <summary>
    /// True when the actor may see a complaint of that unit: agents and leads see their own unit and below, managers
    /// too; directors and auditors see all; administrators none. Whoever is kept out of it (<see cref="Recusal"/>) sees it nowhere, whatever their role. The owner
    /// always sees what they hold.
    /// </summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="unitPath">Path of the complaint's unit.</param>
    /// <param name="ownerId">Who holds it, or null.</param>
    /// <param name="keptFrom">Who is kept out of it, as <see cref="Recusal"/> writes it; null for nobody.</param>
    public static bool MaySee(Actor actor, string unitPath, long? ownerId, string? keptFrom)
    {
        if (actor.Role is not { } role)
        {
            return ReferenceEquals(actor, Actor.System);
        }

        return Has(role, Right.Read)
            && !Recusal.Holds(keptFrom, actor.StaffId)
            && (SeesAll(role) || ownerId == actor.StaffId || unitPath.StartsWith(actor.UnitPath, StringComparison.Ordinal));
    }

    /// <summary>
    /// True when the actor may know that a customer needs more care, and what helps: whoever holds an open complaint of
    /// theirs, and whoever leads its unit. Nobody else, not even those who read everything: it is there for those who speak
    /// with the customer.
    /// </summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="unitPath">Path of the complaint's unit.</param>
    /// <param name="ownerId">Who holds it, or null.</param>
    /// <param name="keptFrom">Who is kept out of it, as <see cref="Recusal"/> writes it; null for nobody.</param>
    /// <param name="open">Whether the house still owes work on it.</param>
    public static bool MaySeeCare(Actor actor, string unitPath, long? ownerId, string? keptFrom, bool open) =>
        actor.IsStaff
        && MaySee(actor, unitPath, ownerId, keptFrom)
        && (
            (open && ownerId == actor.StaffId && Has(actor, Right.Work))
            || (Has(actor, Right.Lead) && unitPath.StartsWith(actor.UnitPath, StringComparison.Ordinal))
        );

    /// <summary>
    /// True when the actor may change the phrases of that unit: administrators everywhere, and leads, managers and
    /// directors in their own unit and below. Phrases of the whole house are the administrators'.
    /// </summary>
    /// <param name="actor">Who changes.</param>
    /// <param name="unitPath">Path of the phrase's unit; null for the whole house.</param>
    public static bool MayEditPhrases(Actor actor, string? unitPath) =>
        Has(actor, Right.Administer)
        || (Has(actor, Right.Lead) && unitPath is not null && unitPath.StartsWith(actor.UnitPath, StringComparison.Ordinal));

    /// <summary>True for roles that see every unit.</summary>
    public static bool SeesAll(Role role) => role is Role.Director or Role.Auditor;
}
