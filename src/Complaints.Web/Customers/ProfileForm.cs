using Complaints.Casework;
using Complaints.Customers;

namespace Complaints.Web.Customers;

/// <summary>What is typed about a customer.</summary>
public sealed class ProfileForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? ContactPerson { get; set; }
    public CustomerKind Kind { get; set; }
    public Channel PreferredChannel { get; set; }
    public string? Language { get; set; }
    public string? TimeZone { get; set; }
    public string? PostalCode { get; set; }
    public string? PostalAddress { get; set; }
    public string? Notes { get; set; }
    public bool NoSurveys { get; set; }

    /// <summary>What stands in the database.</summary>
    public static ProfileForm Of(Customer c) =>
        new()
        {
            Version = c.Version,
            Name = c.Name,
            ContactPerson = c.ContactPerson,
            Kind = c.Kind,
            PreferredChannel = c.PreferredChannel,
            Language = c.Language,
            TimeZone = c.TimeZone,
            PostalCode = c.PostalCode,
            PostalAddress = c.PostalAddress,
            Notes = c.Notes,
            NoSurveys = c.NoSurveysSince is not null,
        };
}

/// <summary>A complaint in the profile's list.</summary>
public sealed record ProfileCase(string Reference, string Summary, DateTime ReceivedAt, State State, Outcome? Outcome);

/// <summary>The profile.</summary>
public sealed record ProfilePage(
    Customer Customer,
    ProfileForm Form,
    IReadOnlyList<ProfileCase> Complaints,
    bool Edit,
    string? Reason,
    string? Point
);
