using Complaints.Casework;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Gives out reference numbers: each exactly once, on one node or several.</summary>
public static class References
{
    /// <summary>
    /// The next references of a year, in order. The counter is raised in one statement, so two nodes never get the same;
    /// numbers of a transaction that is rolled back are given out again.
    /// </summary>
    /// <param name="db">Joins a running transaction, else takes its own.</param>
    /// <param name="year">In the organisation's zone.</param>
    /// <param name="count">One or more.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<IReadOnlyList<string>> AllocateAsync(ComplaintsDb db, int year, int count, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var raised = await db.InTransactionAsync(
            () =>
                db
                    .Database.SqlQuery<long>(
                        $"""
                        INSERT INTO "ReferenceCounters" ("Year", "Last") VALUES ({year}, {count})
                        ON CONFLICT ("Year") DO UPDATE SET "Last" = "ReferenceCounters"."Last" + {count}
                        RETURNING "Last" AS "Value"
                        """
                    )
                    .ToListAsync(cancel),
            cancel
        );
        return [.. Enumerable.Range(1, count).Select(n => Reference.Of(year, raised[0] - count + n))];
    }
}
