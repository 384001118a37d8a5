using Complaints.Customers;

namespace Complaints.Web.Home;

/// <summary>A regulator's clock that falls due.</summary>
public sealed record Statutory(string Reference, string Summary, string Customer, Tier Tier, DateTime DueAt);

/// <summary>Somebody proposes that it is no complaint.</summary>
/// <param name="By">Name of who does.</param>
/// <param name="At">UTC.</param>
public sealed record Proposal(string Reference, string Summary, string Customer, Tier Tier, string By, DateTime At);

/// <summary>An escalation nobody took yet.</summary>
public sealed record UntakenRow(int Level, DateTime RaisedAt, string Why, string Reference, string Summary, string Customer, Tier Tier);
