using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Customers;

/// <summary>From how many complaints on a customer stands out as one who complains again and again; a setting.</summary>
public sealed record RepeatRule
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "customers.repeat";

    /// <summary>Complaints within <see cref="Months"/> from which the mark is shown.</summary>
    public int From { get; init; } = 3;

    /// <summary>How far back is counted, in months.</summary>
    public int Months { get; init; } = 12;

    /// <summary>Complaints received after this count, UTC.</summary>
    public DateTime Since(DateTime now) => now.AddMonths(-Months);

    /// <summary>As set; the defaults when nothing is.</summary>
    public static async Task<RepeatRule> ReadAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(Name, cancel) is { } text ? JsonSerializer.Deserialize<RepeatRule>(text)! : new RepeatRule();

    /// <summary>Refuses what cannot work, naming the field.</summary>
    /// <exception cref="Refusal">Too few or too many.</exception>
    public void Check()
    {
        if (From is < 2 or > 100)
        {
            throw new Refusal(new Sentence("Choose between {0} and {1} complaints.", 2, 100), nameof(From));
        }

        if (Months is < 1 or > 60)
        {
            throw new Refusal(new Sentence("Choose between {0} and {1} months.", 1, 60), nameof(Months));
        }
    }

    /// <summary>Keeps it; the caller saves.</summary>
    /// <exception cref="Refusal">Too few or too many.</exception>
    public async Task KeepAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        Check();
        var text = JsonSerializer.Serialize(this);
        await db.KeepSettingAsync(Name, text, cancel);
    }
}
