using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>Codes that open one thing once. Only their hash is kept, so nobody who reads the database can use them.</summary>
public sealed class OneTimeCodes(ComplaintsDb db, TimeProvider clock)
{
    /// <summary>Purpose: the first administrator.</summary>
    public const string Setup = "setup";

    /// <summary>Purpose: the first password of somebody invited.</summary>
    public const string Invitation = "invitation";

    /// <summary>Purpose: a new password.</summary>
    public const string Reset = "reset";

    /// <summary>How long a code of that purpose is good for.</summary>
    public static TimeSpan Life(string purpose) => purpose == Reset ? TimeSpan.FromHours(2) : TimeSpan.FromDays(7);

    /// <summary>A new code; earlier ones of the same purpose and person end. The caller saves.</summary>
    public async Task<string> MakeAsync(string purpose, long? staffId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await foreach (var old in Unused(purpose, staffId).AsAsyncEnumerable())
        {
            old.UsedAt = now;
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        db.OneTimeCodes.Add(
            new OneTimeCode
            {
                Purpose = purpose,
                StaffId = staffId,
                Hash = HashOf(code),
                ExpiresAt = now + Life(purpose),
            }
        );
        return code;
    }

    /// <summary>The row of a code that still opens something; null when unknown, used or run out.</summary>
    public async Task<OneTimeCode?> FindAsync(string? code, params string[] purposes)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > 100)
        {
            return null;
        }

        var (hash, now) = (HashOf(code.Trim()), clock.GetUtcNow().UtcDateTime);
        return await db.OneTimeCodes.FirstOrDefaultAsync(c =>
            c.Hash == hash && c.UsedAt == null && c.ExpiresAt > now && purposes.Contains(c.Purpose)
        );
    }

    private IQueryable<OneTimeCode> Unused(string purpose, long? staffId) =>
        db.OneTimeCodes.Where(c => c.Purpose == purpose && c.StaffId == staffId && c.UsedAt == null);

    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
