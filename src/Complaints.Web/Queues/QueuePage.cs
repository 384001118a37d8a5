using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Microsoft.AspNetCore.WebUtilities;

namespace Complaints.Web.Queues;

/// <summary>
/// Rows looked through for one page when a filter asks for what no index knows, and the newest ones a search begins with;
/// the setting <c>Queues:LookThrough</c>.
/// </summary>
public sealed record LookThrough(int Rows);

/// <summary>Where a row stands in its list.</summary>
/// <param name="At">The column the list is ordered by, UTC.</param>
/// <param name="Id">Decides between equals.</param>
public sealed record RowKey(DateTime At, long Id)
{
    /// <summary>As it stands in an address.</summary>
    public string Cursor => WebEncoders.Base64UrlEncode([.. BitConverter.GetBytes(At.Ticks), .. BitConverter.GetBytes(Id)]);

    /// <summary>Reads <see cref="Cursor"/>; null for anything else, which means the first page.</summary>
    public static RowKey? Read(string? cursor)
    {
        try
        {
            var bytes = cursor is { Length: > 0 and < 40 } ? WebEncoders.Base64UrlDecode(cursor) : [];
            var ticks = bytes.Length == 16 ? BitConverter.ToInt64(bytes, 0) : -1;
            return ticks < 0 || ticks > DateTime.MaxValue.Ticks
                ? null
                : new RowKey(new DateTime(ticks, DateTimeKind.Utc), BitConverter.ToInt64(bytes, 8));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>A row as shown.</summary>
public sealed record QueueRow(
    long Id,
    string Reference,
    string Summary,
    string Customer,
    Tier Tier,
    Severity Weight,
    State State,
    bool IsOpen,
    DateTime? NextDueAt,
    ClockName? NextDueName,
    DateTime? WaitingSince,
    bool AwaitingApproval,
    string? Owner,
    int Level,
    DateTime? LastPersonContactAt,
    DateTime? PromiseDueAt,
    DateTime ReceivedAt,
    DateTime? ResolvedAt,
    DateTime? ClosedAt,
    string Unit,
    long? CategoryId,
    Channel Channel,
    DateTime? LastHeardAt,
    string? WaitingFor,
    long? DisputeMinor,
    string? DisputeCurrency,
    int Cycle,
    string? Wants
)
{
    /// <summary>Why it stands where it stands; null when no deadline runs.</summary>
    public Sentence? Turn { get; init; }

    /// <summary>Amount in dispute; null when none.</summary>
    public Money? Dispute => DisputeMinor is { } minor ? new Money(minor, DisputeCurrency!) : null;
}

/// <summary>A page of a list.</summary>
/// <param name="Rows">In order.</param>
/// <param name="Newer">Cursor of the page before; null on the first.</param>
/// <param name="Older">Cursor of the page after; null on the last.</param>
/// <param name="LookedTo">UTC: with a filter, how far rows were looked through although the page is not full; null when the page says it all.</param>
public sealed record QueuePage(IReadOnlyList<QueueRow> Rows, string? Newer, string? Older, DateTime? LookedTo = null)
{
    /// <summary>Rows on a page.</summary>
    public const int Size = 50;
}
