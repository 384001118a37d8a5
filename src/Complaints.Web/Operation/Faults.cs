using System.Data.Common;
using Complaints.Language;
using Microsoft.AspNetCore.Connections;

namespace Complaints.Web.Operation;

/// <summary>Tells faults that are the surroundings' from our own, so that the sentence shown fits.</summary>
public static class Faults
{
    // POSIX "no space left" and "quota exceeded"; Windows' "disk full".
    private static readonly int[] _fullDisk = [28, 122, 112];

    // PostgreSQL: no such database or none that takes connections, wrong password, too many connections, going down.
    private static readonly string[] _closedDoors = ["08", "28", "3D", "53300", "55000", "57P"];

    /// <summary>503 when the database cannot be reached, 507 when the disk is full, what the server says of a request that cannot be read, otherwise 500.</summary>
    public static int StatusOf(Exception? fault) =>
        fault is null ? StatusCodes.Status500InternalServerError
        : Chain(fault).Any(IsFullDisk) ? StatusCodes.Status507InsufficientStorage
        : IsConnection(fault) ? StatusCodes.Status503ServiceUnavailable
        : fault is BadHttpRequestException bad ? bad.StatusCode
        : StatusCodes.Status500InternalServerError;

    /// <summary>True when nobody answered at the database's address, it let us not in, or it is shutting down.</summary>
    public static bool IsConnection(Exception fault) => Chain(fault).OfType<DbException>().Any(IsConnection);

    /// <summary>What the console says instead of a stack trace; null for a fault of our own, which needs the trace.</summary>
    public static Refusal? SentenceOf(Exception fault) =>
        fault is Refusal refusal ? refusal
        : Chain(fault).Any(e => e is AddressInUseException)
            ? new Refusal("{0} Another program already listens there; choose another address with --urls.", fault.Message)
        : StatusOf(fault) switch
        {
            StatusCodes.Status507InsufficientStorage => new Refusal("The disk is full. Make room and start again. ({0})", Innermost(fault)),
            StatusCodes.Status503ServiceUnavailable => new Refusal(
                "The database cannot be reached. Check that it runs and that ConnectionStrings:Complaints is right. ({0})",
                Innermost(fault)
            ),
            _ => null,
        };

    private static string Innermost(Exception fault) => fault.GetBaseException().Message;

    private static bool IsConnection(DbException fault) =>
        fault.SqlState is { } state
            ? Array.Exists(_closedDoors, d => state.StartsWith(d, StringComparison.Ordinal))
            : Chain(fault).Any(e => e is DbException { IsTransient: true } or TimeoutException or IOException);

    private static bool IsFullDisk(Exception fault) =>
        fault switch
        {
            IOException => _fullDisk.Contains(fault.HResult & 0xFFFF),
            DbException { SqlState: { } state } => state == "53100",
            DbException => fault.Message.Contains("database or disk is full", StringComparison.Ordinal), // SQLite has no state
            _ => false,
        };

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (Exception? e = fault; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }
}
