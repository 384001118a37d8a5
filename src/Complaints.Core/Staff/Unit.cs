using Complaints.Data;
using Complaints.Language;

namespace Complaints.Staff;

/// <summary>A branch, shop or department that a complaint is about or that handles it; units form a tree.</summary>
public sealed class Unit : IVersioned
{
    public long Id { get; private set; }

    /// <summary>The unit above; null at the top.</summary>
    public long? ParentId { get; set; }

    /// <summary>English or only name.</summary>
    public required string Name { get; set; }

    /// <summary>Chinese name; null when there is only one.</summary>
    public string? NameZh { get; set; }

    /// <summary>Ids from the top down to this unit, each between slashes, such as <c>/1/4/</c>: a prefix finds the tree below.</summary>
    public string Path { get; set; } = "/";

    /// <summary>The working calendar its house clocks run on (id in the calendars table).</summary>
    public long CalendarId { get; set; }

    /// <summary>True where the regulator demands equal treatment: tiers then weigh nothing.</summary>
    public bool EqualTreatment { get; set; }

    /// <summary>False once closed; its complaints stay.</summary>
    public bool Active { get; set; } = true;

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}

/// <summary>Who looked at whose personal data: one row per person, complaint and 15 minutes.</summary>
public sealed class AccessLogEntry
{
    public long Id { get; private set; }

    /// <summary>Who looked.</summary>
    public long StaffId { get; init; }

    /// <summary>The complaint looked at; null for a customer's profile.</summary>
    public long? ComplaintId { get; init; }

    /// <summary>Whose data it was.</summary>
    public long CustomerId { get; init; }

    /// <summary>UTC start of the quarter of an hour.</summary>
    public DateTime Quarter { get; init; }

    /// <summary>
    /// True when whoever looked may know whether the customer needs more care, and so was shown it or that there is nothing.
    /// </summary>
    public bool Care { get; init; }
}

/// <summary>A one-time code: first administrator, invitation or password reset. Only its hash is kept.</summary>
public sealed class OneTimeCode
{
    public long Id { get; private set; }

    /// <summary>What it opens: <c>setup</c>, <c>invitation</c> or <c>reset</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Whom it is for; null for <c>setup</c>.</summary>
    public long? StaffId { get; init; }

    /// <summary>SHA-256 of the code, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>UTC; refused afterwards.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>UTC time of its only use; null while unused.</summary>
    public DateTime? UsedAt { get; set; }
}
