using System.Globalization;
using Complaints.Casework;

namespace Complaints.Web.Casework;

/// <summary>
/// Where a page of the timeline goes on. Entries of one complaint go by their number; of several by time, complaint and
/// number, because their numbers say nothing about each other.
/// </summary>
/// <param name="At">UTC.</param>
public readonly record struct EntryCursor(DateTime At, long ComplaintId, int Seq)
{
    /// <summary>After that entry.</summary>
    public static string Of(TimelineEntry last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.At.Ticks}-{last.ComplaintId}-{last.Seq}");

    /// <summary>As it stood in the address; the beginning when it cannot be read.</summary>
    public static EntryCursor Read(string? text) =>
        text?.Split('-') is [var at, var id, var seq]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var complaint)
        && int.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new EntryCursor(new DateTime(ticks, DateTimeKind.Utc), complaint, number)
            : new EntryCursor(Complaint.Never, long.MaxValue, int.MaxValue);

    /// <summary>What comes after it, newest first.</summary>
    public IQueryable<TimelineEntry> Page(IQueryable<TimelineEntry> entries, bool ofOne)
    {
        var (at, id, seq) = this;
        return ofOne
            ? entries.Where(e => e.Seq < seq).OrderByDescending(e => e.Seq)
            : entries
                .Where(e => e.At < at || (e.At == at && (e.ComplaintId < id || (e.ComplaintId == id && e.Seq < seq))))
                .OrderByDescending(e => e.At)
                .ThenByDescending(e => e.ComplaintId)
                .ThenByDescending(e => e.Seq);
    }
}
