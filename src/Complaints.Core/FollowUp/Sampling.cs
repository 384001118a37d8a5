using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.FollowUp;

/// <summary>Why a customer was not asked whether it is solved.</summary>
public enum NotAsked
{
    [Words("The customer asked not to be asked", "客户要求不再询问")]
    OptedOut = 0,

    [Words("Not in the sample", "未被抽中")]
    NotInSample = 1,

    [Words("Asked about another complaint lately", "近期已就其他投诉询问过")]
    AskedLately = 2,

    [Words("Called, never reached", "多次致电均未接通")]
    NotReached = 3,

    [Words("No address to ask at", "没有可用的联系地址")]
    NoAddress = 4,

    [Words("The complaint moved on", "投诉状态已变化")]
    MovedOn = 5,
}

/// <summary>Which customers are asked when not all are. Pure; the same complaint is always in or always out.</summary>
public static class Sampling
{
    /// <summary>
    /// True when the customer is asked. Always asked: after a reopening, in public, from severity High, and diamond
    /// customers: what went wrong there must not be left to chance.
    /// </summary>
    /// <param name="complaint">With its customer.</param>
    /// <param name="share">Percent, 1 to 100.</param>
    public static bool IsIn(Complaint complaint, int share) =>
        share >= 100
        || complaint.Cycle > 1
        || complaint.Public
        || complaint.Severity >= Severity.High
        || complaint.Customer.Tier == Tier.Diamond
        || Place(complaint.Reference) < share;

    /// <summary>UTC moment: a customer who was asked about another complaint, or answered, after it is not asked at <paramref name="at"/> (UTC).</summary>
    /// <param name="days">Of the pause between two questions to one customer; at least 1.</param>
    public static DateTime CoolSince(DateTime at, int days) => at.AddDays(-days);

    /// <summary>0 to 99, evenly spread over references that follow one another.</summary>
    public static int Place(string reference)
    {
        var hash = 2166136261u; // FNV-1a: the same on every machine and in every year
        foreach (var c in reference)
        {
            hash = (hash ^ c) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 2246822519u;
        hash ^= hash >> 13;
        return (int)(hash % 100);
    }
}
