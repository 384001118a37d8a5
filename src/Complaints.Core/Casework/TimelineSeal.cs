using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Casework;

/// <summary>
/// Seals new timeline entries as they are saved: each carries an HMAC, with a key that lies outside the database, over
/// the canonical form of itself and the hash before it. Whoever changes, drops or inserts an entry in the database
/// cannot make the chain fit again.
/// </summary>
public sealed class TimelineSeal(Keys keys) : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Seal(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Seal(eventData.Context!);
        return result;
    }

    /// <summary>
    /// The canonical form, version 1: fields in this order, one a line. The complaint stands in it by its reference,
    /// which is known before the database gives an id.
    /// </summary>
    public static string Canonical(string reference, TimelineEntry entry) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"1\n{reference}\n{entry.Seq}\n{entry.PreviousHash}\n{new DateTimeOffset(entry.At).ToUnixTimeMilliseconds()}\n{(int)entry.Kind}\n{entry.ActorId}\n{entry.ContentHash}"
        );

    /// <summary>SHA-256 in hex of salt and text.</summary>
    public static string HashOf(string salt, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + text)));

    /// <summary>The seal of an entry.</summary>
    public static string Sign(byte[] key, string canonical) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(canonical)));

    private void Seal(DbContext db)
    {
        foreach (
            var complaint in db
                .ChangeTracker.Entries<Complaint>()
                .Where(e => e.State is EntityState.Added or EntityState.Modified)
                .Select(e => e.Entity)
        )
        {
            foreach (var entry in complaint.Timeline.Where(t => t.Hash.Length == 0).OrderBy(t => t.Seq))
            {
                entry.Content!.Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
                entry.ContentHash = HashOf(entry.Content.Salt, entry.Content.Text);
                entry.PreviousHash = complaint.TimelineHead;
                entry.Hash = Sign(keys.Timeline, Canonical(complaint.Reference, entry));
                complaint.TimelineHead = entry.Hash;
            }
        }
    }
}
