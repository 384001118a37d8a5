using Complaints.Data;

namespace Complaints.Casework;

/// <summary>What was granted in complaints like this one: closed, of the same category, in the same currency.</summary>
public static class Comparables
{
    /// <summary>How far back one looks, so that the cost does not grow with the table.</summary>
    public const int LookAt = 400;

    /// <summary>How many count at most.</summary>
    public const int Most = 100;

    /// <summary>The latest ones, at most <see cref="LookAt"/>, by one index. What was imported has no amounts and is not among them.</summary>
    /// <param name="categoryId">The category.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="except">The complaint one compares.</param>
    public static IQueryable<Complaint> Latest(ComplaintsDb db, long categoryId, string currency, long except) =>
        db
            .Complaints.Where(c =>
                c.State == State.Closed
                && c.GrantedMinor != null
                && c.CategoryId == categoryId
                && c.GrantedCurrency == currency
                && c.Id != except
            )
            .OrderByDescending(c => c.ClosedAt)
            .ThenByDescending(c => c.Id)
            .Take(LookAt);
}
