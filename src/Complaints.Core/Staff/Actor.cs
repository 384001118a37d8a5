using Complaints.Language;

namespace Complaints.Staff;

/// <summary>Who does something: a member of staff, the customer through a signed link or a mail, or the system itself.</summary>
/// <param name="StaffId">Id of the member of staff; null for the customer and the system.</param>
/// <param name="Name">Name as it stands on the timeline.</param>
/// <param name="Role">Null for the customer and the system.</param>
/// <param name="Seat">Seat that counts; junior for the customer and the system, which have no limits of their own.</param>
/// <param name="UnitId">Own unit; 0 for the customer and the system.</param>
/// <param name="UnitPath">Path of the own unit, such as <c>/1/4/</c>.</param>
/// <param name="Reader">Language and zone they read in.</param>
public sealed record Actor(long? StaffId, string Name, Role? Role, Seat Seat, long UnitId, string UnitPath, Reader Reader)
{
    /// <summary>Background work.</summary>
    public static Actor System { get; } = new(null, "system", null, Seat.Junior, 0, "", new Reader(Tongue.English, TimeZoneInfo.Utc));

    /// <summary>The customer, answering a mail or a signed link.</summary>
    public static Actor Customer { get; } = new(null, "customer", null, Seat.Junior, 0, "", new Reader(Tongue.English, TimeZoneInfo.Utc));

    /// <summary>True for people who work here.</summary>
    public bool IsStaff => StaffId is not null;

    /// <summary>The member of staff as an actor; needs <see cref="StaffMember.Unit"/> loaded.</summary>
    public static Actor Of(StaffMember member, TimeZoneInfo zone) =>
        new(
            member.Id,
            member.Name,
            member.Role,
            member.EffectiveSeat,
            member.UnitId,
            member.Unit?.Path ?? "/",
            new Reader(member.Language, zone)
        );
}
