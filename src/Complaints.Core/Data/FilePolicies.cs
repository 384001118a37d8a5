using System.Text.Json;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Data;

/// <summary>Keeps the <see cref="FilePolicy"/> as one setting.</summary>
public static class FilePolicies
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "files.policy";

    /// <summary>What is set; the seeded one when nothing is.</summary>
    public static async Task<FilePolicy> ReadAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var kept = await db.SettingAsync(Name, cancel);
        return kept is null ? FilePolicy.Seeded : JsonSerializer.Deserialize<FilePolicy>(kept) ?? FilePolicy.Seeded;
    }

    /// <summary>Keeps it; the caller saves.</summary>
    /// <exception cref="Refusal">A limit is out of range, or an ending is none.</exception>
    public static async Task KeepAsync(ComplaintsDb db, FilePolicy policy)
    {
        policy.CheckItself();
        var text = JsonSerializer.Serialize(policy);
        await db.KeepSettingAsync(Name, text);
    }
}
