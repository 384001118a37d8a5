using System.Globalization;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Deadlines;

/// <summary>
/// Opens the <see cref="DeadlineBook"/>, read from the database when something it is made of changed: whoever changes a
/// calendar, policy, regime, unit or category calls <see cref="Turn"/> in the same save.
/// </summary>
public sealed class DeadlineBooks
{
    /// <summary>Setting of <see cref="DeadlineBook.PayWithin"/>; ten when nobody decided.</summary>
    public const string PayWithinSetting = "remedies.payWithin";

    private const string StampName = "deadlines.stamp";
    private volatile Opened? _open; // two readers at once read it twice; that costs little and locks nothing

    /// <summary>The book as of now; one small query when nothing changed.</summary>
    public async Task<DeadlineBook> OpenAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var stamp = await db.SettingAsync(StampName, cancel) ?? "";
        if (_open is { } open && open.Stamp == stamp)
        {
            return open.Book;
        }

        var book = await ReadAsync(db, cancel);
        _open = new Opened(stamp, book);
        return book;
    }

    /// <summary>Marks the book as out of date for every node; saved with the caller's changes.</summary>
    public static async Task Turn(ComplaintsDb db)
    {
        await db.KeepSettingAsync(StampName, Guid.NewGuid().ToString("N"));
    }

    private static async Task<DeadlineBook> ReadAsync(ComplaintsDb db, CancellationToken cancel)
    {
        var calendars = await db.Calendars.AsNoTracking().ToListAsync(cancel);
        var policy = await db.Policies.AsNoTracking().Include(p => p.Lines).OrderByDescending(p => p.Id).FirstAsync(cancel);
        var regimes = await db
            .Regimes.AsNoTracking()
            .Include(r => r.Clocks)
            .Include(r => r.Documents)
            .OrderBy(r => r.Id)
            .AsSplitQuery()
            .ToListAsync(cancel);
        var attachments = await db.RegimeAttachments.AsNoTracking().ToListAsync(cancel);
        var units = await db
            .Units.AsNoTracking()
            .Select(u => new BookUnit(u.Id, u.Path, u.CalendarId, u.EqualTreatment))
            .ToListAsync(cancel);
        var parents = await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId }).ToListAsync(cancel);
        var payWithin = await db.SettingAsync(PayWithinSetting, cancel);
        return new DeadlineBook(
            calendars.ToDictionary(c => c.Id, Built),
            policy,
            regimes,
            attachments,
            units.ToDictionary(u => u.Id),
            parents.ToDictionary(c => c.Id, c => c.ParentId)
        )
        {
            PayWithin = int.TryParse(payWithin, CultureInfo.InvariantCulture, out var days) ? days : 10,
        };
    }

    private static WorkingCalendar Built(CalendarSetting calendar) => calendar.Build();

    private sealed record Opened(string Stamp, DeadlineBook Book);
}
