using System.Data.Common;

namespace Complaints.Web.Operation;

/// <summary>Tells faults that are the surroundings' from our own, so that the sentence shown fits.</summary>
public static class Faults
{
    private const int SqliteFull = 13;

    /// <summary>503 when the database cannot be reached, 507 when the disk is full, otherwise 500.</summary>
    public static int StatusOf(Exception? fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is IOException { HResult: var code } && (code & 0xFFFF) is 28 or 112)
            {
                return StatusCodes.Status507InsufficientStorage;
            }

            if (e is DbException db)
            {
                if (
                    db.ErrorCode == SqliteFull
                    || db.SqlState == "53100"
                    || db.Message.Contains("database or disk is full", StringComparison.Ordinal)
                )
                {
                    return StatusCodes.Status507InsufficientStorage;
                }

                if (
                    db.IsTransient
                    || db.SqlState is null
                    || db.SqlState.StartsWith("57", StringComparison.Ordinal)
                    || db.SqlState.StartsWith("08", StringComparison.Ordinal)
                )
                {
                    return IsConnection(db) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
                }
            }
        }

        return StatusCodes.Status500InternalServerError;
    }

    /// <summary>True when nobody answered at the database's address, or it is shutting down.</summary>
    public static bool IsConnection(Exception fault)
    {
        for (var e = (Exception?)fault; e is not null; e = e.InnerException)
        {
            if (
                e is System.Net.Sockets.SocketException or TimeoutException or EndOfStreamException
                || (
                    e is DbException { SqlState: { } state }
                    && (state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal))
                )
            )
            {
                return true;
            }
        }

        return false;
    }
}
