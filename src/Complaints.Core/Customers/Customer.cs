using Complaints.Data;
using Complaints.Language;

namespace Complaints.Customers;

/// <summary>What sort of customer.</summary>
public enum CustomerKind
{
    [Words("Consumer", "消费客户")]
    Consumer = 0,

    [Words("Business", "企业客户")]
    Business = 1,

    [Words("Channel", "渠道商")]
    Channel = 2,

    [Words("Internal", "内部客户")]
    Internal = 3,
}

/// <summary>Value tier; never shown to a customer. These are the default names; the organisation may change them.</summary>
public enum Tier
{
    [Words("Diamond", "钻石")]
    Diamond = 0,

    [Words("Gold", "黄金")]
    Gold = 1,

    [Words("Brass", "黄铜")]
    Brass = 2,

    [Words("Lead", "重铅")]
    Lead = 3,
}

/// <summary>How a complaint or a later contact came in or went out.</summary>
public enum Channel
{
    [Words("Phone", "电话")]
    Phone = 0,

    [Words("Counter", "柜台")]
    Counter = 1,

    [Words("Web", "网页")]
    Web = 2,

    [Words("Mail", "邮件")]
    Email = 3,

    [Words("Social media", "社交媒体")]
    Social = 4,

    [Words("Letter", "信函")]
    Letter = 5,

    [Words("Regulator", "监管转办")]
    Regulator = 6,
}

/// <summary>Kind of contact point.</summary>
public enum ContactKind
{
    [Words("Mail address", "邮箱")]
    Mail = 0,

    [Words("Phone", "电话")]
    Phone = 1,

    [Words("Social handle", "社交账号")]
    Social = 2,
}

/// <summary>Who complains: a person or an organisation with its contact persons.</summary>
public sealed class Customer : IVersioned
{
    public long Id { get; private set; }

    /// <summary>Full name as the customer writes it.</summary>
    public required string Name { get; set; }

    /// <summary>Sort of customer.</summary>
    public CustomerKind Kind { get; set; }

    /// <summary>Value tier.</summary>
    public Tier Tier { get; set; } = Tier.Brass;

    /// <summary>Why they have that tier; null when never said.</summary>
    public string? TierReason { get; set; }

    /// <summary>UTC time the tier was last changed by a person.</summary>
    public DateTime? TierChangedAt { get; set; }

    /// <summary>Name of who changed it, as it was then.</summary>
    public string? TierChangedBy { get; set; }

    /// <summary>Their number in the house's other systems, such as a customer or contract number; unique, null when none is known.</summary>
    public string? ExternalNumber { get; set; }

    /// <summary>The organisation this person speaks for; null for an organisation and for a private person.</summary>
    public long? OrganisationId { get; set; }

    /// <summary>See <see cref="OrganisationId"/>.</summary>
    public Customer? Organisation { get; private set; }

    /// <summary>The customer they were found to be; everything of theirs stands there. Null for all who are themselves.</summary>
    public long? MergedIntoId { get; set; }

    /// <summary>Name of the contact person at an organisation; null for a person.</summary>
    public string? ContactPerson { get; set; }

    /// <summary>Language mails and pages are written in for them.</summary>
    public string Language { get; set; } = Tongue.English;

    /// <summary>IANA zone of their daytime; null means the unit's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>How they like to be reached.</summary>
    public Channel PreferredChannel { get; set; } = Channel.Phone;

    /// <summary>Needs and preferences, free text.</summary>
    public string? Notes { get; set; }

    /// <summary>Postal code as text (leading zeros stay); null when unknown.</summary>
    public string? PostalCode { get; set; }

    /// <summary>Street, house and town as they stand on an envelope, several lines; null when unknown.</summary>
    public string? PostalAddress { get; set; }

    /// <summary>UTC time they asked not to be asked for their satisfaction; null when they did not.</summary>
    public DateTime? NoSurveysSince { get; set; }

    /// <summary>Mean of the last survey's marks, 1 to 5; null when never answered.</summary>
    public double? LastMark { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Mail addresses, phones and handles.</summary>
    public List<ContactPoint> ContactPoints { get; init; } = [];

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The first mail address that can be used, or null. Needs <see cref="ContactPoints"/> loaded.</summary>
    public string? UsableMail =>
        ContactPoints.FirstOrDefault(c => c.Kind == ContactKind.Mail && c.BouncedAt is null && c.UnwantedAt is null)?.Value;

    /// <summary>The first phone number, or null. Needs <see cref="ContactPoints"/> loaded.</summary>
    public string? Phone => ContactPoints.FirstOrDefault(c => c.Kind == ContactKind.Phone)?.Value;
}
