using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Staff;

namespace Complaints.Intake;

/// <summary>What <c>demo.seed.json</c> says: a hotel and shop group of our own invention.</summary>
internal sealed record DemoSeed(
    DemoOrganisation Organisation,
    List<DemoUnit> Units,
    List<DemoPerson> Staff,
    List<DemoCustomer> Customers,
    List<DemoComplaint> Complaints
);

internal sealed record DemoOrganisation(string Name, string NameZh, string Currency);

/// <summary>A unit; parents stand before their children.</summary>
internal sealed record DemoUnit(string Key, string? Parent, string Name, string NameZh, string Calendar, List<string> Regimes);

internal sealed record DemoPerson(string Key, string Name, string Language, Role Role, Seat? Seat, string Unit, string Email, string? Face);

internal sealed record DemoCustomer(
    string Key,
    string Name,
    CustomerKind Kind,
    Tier Tier,
    string Language,
    Channel Channel,
    List<string> Emails,
    List<string> Phones,
    List<string> Social,
    string? Notes,
    string? Organisation,
    List<string>? Bounced
);

/// <summary>A complaint and its life so far.</summary>
/// <param name="HoursAgo">Hours between receipt and the first start; null for the special one.</param>
/// <param name="Special"><c>overdueSoon</c>: its acknowledgement falls due two minutes after the first start.</param>
/// <param name="LateLoggedHours">Hours between receipt and logging; five minutes when null.</param>
/// <param name="Offer">Offered besides, and not answered; null for nothing.</param>
/// <param name="Money">What became of the granted money: <c>open</c>, <c>part</c>, <c>paid</c>; when null, confirmed once two weeks have passed.</param>
internal sealed record DemoComplaint(
    string Customer,
    Channel Channel,
    double? HoursAgo,
    string? Special,
    string Summary,
    string WhatHappened,
    string? Wants,
    string Category,
    Severity Severity,
    bool Public,
    string Unit,
    Need? Need,
    State State,
    string? Owner,
    DemoAmount? Amount,
    double? LateLoggedHours,
    List<DemoStep> Steps,
    DemoSurvey? Survey,
    DemoOffer? Offer,
    string? Money,
    List<DemoPoint>? Points = null
);

/// <summary>A point of a complaint; without a finding it is still open.</summary>
internal sealed record DemoPoint(
    string What,
    string? Category,
    string? Evidence,
    string? Finding,
    Outcome? Outcome,
    string? RootCause,
    Remedy? Remedy,
    long? RemedyMinor,
    string? RemedyCurrency,
    string? CorrectiveAction
);

/// <summary>A remedy offered by itself, so many hours before the first start.</summary>
internal sealed record DemoOffer(string By, double HoursAgo, Remedy Remedy, long Minor, string Currency, string Reason);

internal sealed record DemoAmount(long Minor, string Currency);

/// <summary>One thing that happened.</summary>
/// <param name="HoursAfter">Hours after receipt.</param>
/// <param name="By">Key of the member of staff; null for the customer.</param>
/// <param name="Shortfall">For an apology; null means no fault found so far.</param>
internal sealed record DemoStep(
    string Verb,
    double HoursAfter,
    string? By,
    string Words,
    Channel? Channel,
    string? Shortfall,
    Remedy? Remedy,
    long? RemedyMinor,
    string? RemedyCurrency,
    string? RootCause,
    bool? Agreed,
    Outcome? Outcome
);

internal sealed record DemoSurvey(
    double HoursAfter,
    bool Solved,
    int? Skill,
    int? Attitude,
    int? Timeliness,
    int? Parts,
    int? Overall,
    string? Comment,
    LeavingReason? Leaving
)
{
    private IEnumerable<int> Marks => new[] { Skill, Attitude, Timeliness, Parts, Overall }.OfType<int>();

    public double? Mean => Marks.Any() ? Marks.Average() : null;

    public bool Vetoed => Marks.Contains(1);

    public Satisfaction Result =>
        !Solved || Vetoed || Mean < 3 ? Satisfaction.Dissatisfied
        : Mean >= 4 ? Satisfaction.Satisfied
        : Satisfaction.Between;
}
