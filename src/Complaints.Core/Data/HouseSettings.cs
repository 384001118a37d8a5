using Microsoft.EntityFrameworkCore;

namespace Complaints.Data;

/// <summary>The one way to read and to keep a setting of the organisation.</summary>
public static class HouseSettings
{
    /// <summary>The value of a setting as it stands in the database; null when it was never set.</summary>
    public static Task<string?> SettingAsync(this ComplaintsDb db, string name, CancellationToken cancel = default) =>
        db.Settings.Where(s => s.Name == name).Select(s => s.Value).FirstOrDefaultAsync(cancel);

    /// <summary>Sets it; the caller saves.</summary>
    public static async Task KeepSettingAsync(this ComplaintsDb db, string name, string value, CancellationToken cancel = default)
    {
        if (await db.Settings.FindAsync([name], cancel) is { } kept)
        {
            kept.Value = value;
        }
        else
        {
            db.Settings.Add(new Setting { Name = name, Value = value });
        }
    }
}
