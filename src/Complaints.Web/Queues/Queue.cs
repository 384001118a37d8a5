using System.Linq.Expressions;
using Complaints.Casework;

namespace Complaints.Web.Queues;

/// <summary>What a list is ordered by; each has its index.</summary>
public enum QueueOrder
{
    /// <summary>Earliest deadline first: open work.</summary>
    Due,

    /// <summary>Longest waiting for the customer first.</summary>
    Waiting,

    /// <summary>Last received first.</summary>
    Received,

    /// <summary>Last resolved first.</summary>
    Resolved,
}

/// <summary>Whose complaints a list shows; always less than or equal to what the person may see.</summary>
public enum QueueScope
{
    /// <summary>What the person holds.</summary>
    Mine,

    /// <summary>The person's unit and those below it.</summary>
    Unit,

    /// <summary>What nobody holds, in units the person sees.</summary>
    Nobody,

    /// <summary>All the person may see.</summary>
    Visible,
}

/// <summary>A list of complaints: what it shows and in which order.</summary>
/// <param name="Name">As in the address.</param>
/// <param name="Title">English text, also the key of its translation.</param>
/// <param name="Order">Order of the rows.</param>
/// <param name="Scope">Whose.</param>
/// <param name="Holds">What the index of the list holds.</param>
public sealed record Queue(string Name, string Title, QueueOrder Order, QueueScope Scope, Expression<Func<Complaint, bool>> Holds)
{
    /// <summary>True for lists of open work.</summary>
    public bool IsWork => Order is QueueOrder.Due or QueueOrder.Waiting;

    /// <summary>The column the list is ordered by; the id decides between equals.</summary>
    public Expression<Func<Complaint, DateTime>> Key =>
        Order switch
        {
            QueueOrder.Due => c => c.QueueAt,
            QueueOrder.Waiting => c => c.WaitingSince!.Value,
            QueueOrder.Received => c => c.ReceivedAt,
            _ => c => c.ResolvedAt!.Value,
        };

    /// <summary>True when the first row has the smallest key.</summary>
    public bool Ascending => IsWork;

    /// <summary>Where it is.</summary>
    public string Url => "/queues/" + Name;

    /// <summary>
    /// Work owed now: not yet resolved, or with a clock still running. What merely waits for a survey's answer stands in
    /// the list of everything open.
    /// </summary>
    private static readonly Expression<Func<Complaint, bool>> _owed = c =>
        c.IsOpen && (c.State < State.Resolved || c.QueueAt < Complaint.Never);

    /// <summary>All lists, in the order of the rail.</summary>
    public static IReadOnlyList<Queue> All { get; } =
    [
        new("mine", "My work", QueueOrder.Due, QueueScope.Mine, _owed),
        new("unit", "My unit", QueueOrder.Due, QueueScope.Unit, _owed),
        new("unassigned", "Unassigned", QueueOrder.Due, QueueScope.Nobody, _owed),
        new("waiting", "Waiting for customer", QueueOrder.Waiting, QueueScope.Visible, c => c.WaitingSince != null),
        new("approvals", "Waiting for approval", QueueOrder.Due, QueueScope.Visible, c => c.AwaitingApproval),
        new("proposed", "Proposed as no complaint", QueueOrder.Due, QueueScope.Visible, c => c.ProposedById != null),
        new("open", "Everything open", QueueOrder.Due, QueueScope.Visible, c => c.IsOpen),
        new("resolved", "Resolved", QueueOrder.Resolved, QueueScope.Visible, c => c.ResolvedAt != null),
        new("closed", "Closed", QueueOrder.Received, QueueScope.Visible, c => !c.IsOpen),
        new("all", "All complaints", QueueOrder.Received, QueueScope.Visible, c => true),
    ];

    /// <summary>The list of that name; null when there is none.</summary>
    public static Queue? Find(string name) => All.FirstOrDefault(q => q.Name == name);
}
