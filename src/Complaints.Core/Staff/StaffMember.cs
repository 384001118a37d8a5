using Complaints.Data;
using Complaints.Language;
using Microsoft.AspNetCore.Identity;

namespace Complaints.Staff;

/// <summary>What somebody is in the organisation; decides what they may see and do (<see cref="Rights"/>).</summary>
public enum Role
{
    [Words("Agent", "客服人员")]
    Agent = 0,

    [Words("Team lead", "组长")]
    TeamLead = 1,

    [Words("Manager", "经理")]
    Manager = 2,

    [Words("Director", "总监")]
    Director = 3,

    [Words("Auditor", "审计员")]
    Auditor = 4,

    [Words("Administrator", "管理员")]
    Administrator = 5,
}

/// <summary>Seat level: which work may be routed to an agent, and how much compensation they may grant alone.</summary>
public enum Seat
{
    [Words("Junior", "初级")]
    Junior = 0,

    [Words("Middle", "中级")]
    Middle = 1,

    [Words("Senior", "高级")]
    Senior = 2,
}

/// <summary>A person who works here and signs in.</summary>
public sealed class StaffMember : IdentityUser<long>, IVersioned
{
    /// <summary>The name colleagues and customers see.</summary>
    public required string Name { get; set; }

    /// <summary>What they are.</summary>
    public Role Role { get; set; }

    /// <summary>Their seat; leads and above count as senior.</summary>
    public Seat Seat { get; set; }

    /// <summary>The unit they belong to; leads and managers see it and everything below it.</summary>
    public long UnitId { get; set; }

    /// <summary>The unit.</summary>
    public Unit? Unit { get; set; }

    /// <summary><see cref="Tongue.English"/> or <see cref="Tongue.Chinese"/>.</summary>
    public string Language { get; set; } = Tongue.English;

    /// <summary>Writes to customers in both languages, and so gets work in the other one too.</summary>
    public bool BothLanguages { get; set; }

    /// <summary>Ids of the categories they know well, each with all below it: such work goes to them first.</summary>
    public long[] Skills { get; set; } = [];

    /// <summary>IANA zone times are shown in; null means the unit's calendar's zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary><c>auto</c>, <c>light</c> or <c>dark</c>.</summary>
    public string Theme { get; set; } = "auto";

    /// <summary>Single-key shortcuts on pages.</summary>
    public bool Shortcuts { get; set; } = true;

    /// <summary>False once deactivated: sign-in is refused and running sessions end within a minute.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Away until this UTC time; null when not away.</summary>
    public DateTime? AwayUntil { get; set; }

    /// <summary>Who acts meanwhile; null for nobody.</summary>
    public long? DelegateId { get; set; }

    /// <summary>Counts as present during working hours even when not seen in the last 15 minutes.</summary>
    public bool AlwaysPresent { get; set; }

    /// <summary>Last request, UTC, kept to the minute.</summary>
    public DateTime? LastSeenAt { get; set; }

    /// <summary>The face under which a demo visitor comes in as this person; null outside the demo.</summary>
    public string? DemoFace { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>True when away at <paramref name="now"/> (UTC).</summary>
    public bool IsAway(DateTime now) => AwayUntil is { } until && until > now;

    /// <summary>The seat that counts: leads and above are senior.</summary>
    public Seat EffectiveSeat => Role is Role.Agent ? Seat : Seat.Senior;
}
