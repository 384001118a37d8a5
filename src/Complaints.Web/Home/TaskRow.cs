using Complaints.Casework;
using Complaints.Customers;
using Complaints.Language;

namespace Complaints.Web.Home;

/// <summary>A task as shown in lists.</summary>
public sealed record TaskRow(
    long Id,
    TaskKind Kind,
    DateTime DueAt,
    string Why,
    string Reference,
    string Summary,
    string Customer,
    Tier Tier,
    long? OwnerId
)
{
    /// <summary>Why it is asked.</summary>
    public Sentence Reason => KeptSentence.Read(Why);

    /// <summary>The rows of a query, in its order.</summary>
    public static IQueryable<TaskRow> Of(IQueryable<DeskTask> tasks) =>
        tasks.Select(t => new TaskRow(
            t.Id,
            t.Kind,
            t.DueAt,
            t.Why,
            t.Complaint!.Reference,
            t.Complaint.Summary,
            t.Complaint.Customer.Name,
            t.Complaint.Tier,
            t.OwnerId
        ));
}
