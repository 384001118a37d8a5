using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// How many receipts one address gets at most: what a machine without manners sends in a loop is logged, but not answered
/// for ever. An administrator may change it; kept in the settings as JSON.
/// </summary>
public sealed record ReceiptCap
{
    /// <summary>Name of the setting.</summary>
    public const string SettingName = "intake.receipts";

    /// <summary>In any hour, to one address.</summary>
    public int PerHour { get; init; } = 3;

    /// <summary>In any 24 hours, to one address.</summary>
    public int PerDay { get; init; } = 10;

    /// <summary>The cap in force; the seeded one until somebody changed it.</summary>
    public static async Task<ReceiptCap> ReadAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(SettingName, cancel) is { } json ? JsonSerializer.Deserialize<ReceiptCap>(json)! : new ReceiptCap();

    /// <summary>Refuses what cannot work, naming the field.</summary>
    /// <exception cref="Refusal">It contradicts itself.</exception>
    public void Check()
    {
        if (PerHour is < 1 or > 1000)
        {
            throw new Refusal(new Sentence("Give a number of receipts an hour from 1 to 1,000."), nameof(PerHour));
        }

        if (PerDay < PerHour || PerDay > 10_000)
        {
            throw new Refusal(new Sentence("A day allows at least as many receipts as an hour, and at most 10,000."), nameof(PerDay));
        }
    }

    /// <summary>Keeps it; the caller saves.</summary>
    /// <exception cref="Refusal">It contradicts itself.</exception>
    public async Task KeepAsync(ComplaintsDb db)
    {
        Check();
        var json = JsonSerializer.Serialize(this);
        await db.KeepSettingAsync(SettingName, json);
    }

    /// <summary>Why an address gets no further receipt; null when it gets one. Pure.</summary>
    /// <param name="address">The address.</param>
    /// <param name="before">UTC times of the receipts it got in the last day.</param>
    /// <param name="now">UTC.</param>
    public Sentence? WhyNot(string address, IReadOnlyCollection<DateTime> before, DateTime now)
    {
        var hour = before.Count(t => t > now.AddHours(-1));
        return hour >= PerHour ? new Sentence("No receipt: {0} got {1} in the last hour, and {2} are allowed.", address, hour, PerHour)
            : before.Count >= PerDay
                ? new Sentence("No receipt: {0} got {1} in the last 24 hours, and {2} are allowed.", address, before.Count, PerDay)
            : null;
    }
}
