using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>
/// A mail server that cannot be reached. Mail is kept and goes out by itself, in its order; only staff are told, once it
/// has lasted.
/// </summary>
/// <param name="Since">UTC of the first try that failed.</param>
/// <param name="Last">UTC of the last one.</param>
/// <param name="Kept">Why the last one did, as a kept sentence.</param>
public sealed record MailOutage(DateTime Since, DateTime Last, string Kept)
{
    private const string Name = "mail.outage";

    /// <summary>From when on people are told; shorter ones are over before anybody has read of them.</summary>
    public static TimeSpan Told { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause before the next try while the server cannot be reached: short, because one try costs little and serves all.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(1);

    // Nothing was tried for so long: what failed then and what fails now are two outages.
    private static readonly TimeSpan _apart = TimeSpan.FromHours(1);

    /// <summary>Should people be told? Not before it has lasted, and not when nothing tries any more.</summary>
    public bool IsTold(DateTime now) => now - Since >= Told && now - Last < Told;

    /// <summary>Why the server cannot be reached.</summary>
    public Sentence Why => KeptSentence.Read(Kept);

    /// <summary>The outage; null when mail goes out. One small query.</summary>
    public static async Task<MailOutage?> ReadAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(Name, cancel) is { Length: > 0 } value ? JsonSerializer.Deserialize<MailOutage>(value) : null;

    /// <summary>Notes that the server could not be reached; the beginning stays that of the first time.</summary>
    public static async Task NoteAsync(ComplaintsDb db, DateTime now, string kept)
    {
        var since = await ReadAsync(db) is { } before && now - before.Last < _apart ? before.Since : now;
        var value = JsonSerializer.Serialize(new MailOutage(since, now, kept));
        using var turn = await db.Gate.EnterAsync();
        var changed = await db.Settings.Where(s => s.Name == Name).ExecuteUpdateAsync(s => s.SetProperty(x => x.Value, value));
        if (changed == 0)
        {
            // By one statement, so that two nodes do not stumble over each other.
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "Settings" ("Name", "Value") VALUES ({Name}, {value}) ON CONFLICT DO NOTHING"""
            );
        }
    }

    /// <summary>Notes that the server was reached: what waited for it goes out at once, in its order.</summary>
    public static async Task EndAsync(ComplaintsDb db, DateTime now)
    {
        using var turn = await db.Gate.EnterAsync();
        if (await db.Settings.Where(s => s.Name == Name).ExecuteDeleteAsync() > 0)
        {
            await db
                .OutDeliveries.Where(d => d.State == DeliveryState.Waiting && d.Attempt > 0 && d.FirstTriedAt == null && d.NextTryAt > now)
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.NextTryAt, now));
        }
    }
}
