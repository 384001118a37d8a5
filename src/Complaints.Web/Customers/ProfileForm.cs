using Complaints.Casework;
using Complaints.Customers;
using Complaints.Web.Casework;

namespace Complaints.Web.Customers;

/// <summary>What is typed about a customer.</summary>
public sealed class ProfileForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? ContactPerson { get; set; }
    public string? ExternalNumber { get; set; }
    public CustomerKind Kind { get; set; }
    public Channel PreferredChannel { get; set; }
    public string? Language { get; set; }
    public string? TimeZone { get; set; }
    public string? PostalCode { get; set; }
    public string? PostalAddress { get; set; }
    public string? Notes { get; set; }
    public bool NoSurveys { get; set; }
}

/// <summary>Everything the profile shows.</summary>
public sealed record ProfilePage
{
    /// <summary>With contact points.</summary>
    public required Customer Customer { get; init; }
    public required Line Line { get; init; }
    public required Repeat Repeat { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<TierChange> Tiers { get; init; }

    /// <summary>Held now first.</summary>
    public required IReadOnlyList<Purchase> Purchases { get; init; }

    /// <summary>Newest first, all of them.</summary>
    public required IReadOnlyList<Consent> Consents { get; init; }

    /// <summary>The organisation they speak for; null for none.</summary>
    public Someone? Organisation { get; init; }

    /// <summary>Who speaks for this organisation; at most a hundred.</summary>
    public required IReadOnlyList<Someone> People { get; init; }

    /// <summary>What helps; null for those who may not know, see <see cref="Complaints.Staff.Rights.MaySeeCare"/>.</summary>
    public CareShown? Care { get; init; }

    /// <summary>Customers that may be the same.</summary>
    public required IReadOnlyList<LikelySame> Alike { get; init; }

    /// <summary>Customers who were merged into this one, as long as it stands.</summary>
    public required IReadOnlyList<MergedHere> Mergers { get; init; }

    /// <summary>Today in the reader's zone.</summary>
    public required DateOnly Today { get; init; }
    public required DateTime Now { get; init; }

    /// <summary>A form that was refused; null for none.</summary>
    public Typed? Typed { get; init; }

    /// <summary>What was typed, else <paramref name="otherwise"/>.</summary>
    public string? Value(string form, string field, string? otherwise = null) =>
        Typed is { } typed && typed.Form == form ? typed.Values.GetValueOrDefault(field) : otherwise;

    /// <summary>True when that form came back.</summary>
    public bool Again(string form) => Typed?.Form == form;
}

/// <summary>A customer by name.</summary>
public sealed record Someone(long Id, string Name, string? Mail, string? Phone);

/// <summary>A customer who may be the same.</summary>
/// <param name="Shared">The contact point both have.</param>
public sealed record LikelySame(long Id, string Name, Tier Tier, string Shared);

/// <summary>A customer who was merged into the one shown.</summary>
public sealed record MergedHere(long Id, long CustomerId, string Name, DateTime At, string By, DateTime UndoUntil);

/// <summary>What those may know who may.</summary>
/// <param name="Now">What helps; empty when nothing is noted.</param>
/// <param name="History">All that was ever noted or taken off, newest first.</param>
public sealed record CareShown(IReadOnlyList<string> Now, IReadOnlyList<CareNote> History);
