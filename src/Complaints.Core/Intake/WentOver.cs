using Complaints.Customers;

namespace Complaints.Intake;

/// <summary>Rows that went from one customer to another, by their ids.</summary>
public sealed record WentOver
{
    public required IReadOnlyList<long> Points { get; init; }

    /// <summary>With their marks, mails and places on the line of time.</summary>
    public required IReadOnlyList<long> Complaints { get; init; }

    /// <summary>Complaints of organisations they spoke for.</summary>
    public required IReadOnlyList<long> Spoken { get; init; }
    public required IReadOnlyList<long> Contacts { get; init; }
    public required IReadOnlyList<long> Purchases { get; init; }
    public required IReadOnlyList<long> Consents { get; init; }
    public required IReadOnlyList<long> People { get; init; }

    /// <summary>Mails that belong to no complaint.</summary>
    public required IReadOnlyList<long> Mails { get; init; }

    /// <summary>The survivor before, and as merging left it.</summary>
    public CustomerFields? Before { get; init; }
    public CustomerFields? Then { get; init; }

    /// <summary>Number of the merged one.</summary>
    public string? Number { get; init; }
}

/// <summary>What merging may fill in on the survivor.</summary>
public sealed record CustomerFields(
    string? ExternalNumber,
    string? ContactPerson,
    string? PostalCode,
    string? TimeZone,
    string? Notes,
    DateTime? NoSurveysSince,
    long? OrganisationId,
    double? LastMark
)
{
    /// <summary>As they stand.</summary>
    public static CustomerFields Of(Customer c) =>
        new(c.ExternalNumber, c.ContactPerson, c.PostalCode, c.TimeZone, c.Notes, c.NoSurveysSince, c.OrganisationId, c.LastMark);

    /// <summary>These again, where nobody changed what merging had left.</summary>
    public void PutBack(Customer c, CustomerFields then)
    {
        c.ExternalNumber = c.ExternalNumber == then.ExternalNumber ? ExternalNumber : c.ExternalNumber;
        c.ContactPerson = c.ContactPerson == then.ContactPerson ? ContactPerson : c.ContactPerson;
        c.PostalCode = c.PostalCode == then.PostalCode ? PostalCode : c.PostalCode;
        c.TimeZone = c.TimeZone == then.TimeZone ? TimeZone : c.TimeZone;
        c.Notes = c.Notes == then.Notes ? Notes : c.Notes;
        c.NoSurveysSince = c.NoSurveysSince == then.NoSurveysSince ? NoSurveysSince : c.NoSurveysSince;
        c.OrganisationId = c.OrganisationId == then.OrganisationId ? OrganisationId : c.OrganisationId;
        c.LastMark = c.LastMark.Equals(then.LastMark) ? LastMark : c.LastMark;
    }
}
