using System.Globalization;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>After a restore no mail leaves until somebody says so: the copy may be a trial, or its mails long sent.</summary>
public static class MailHold
{
    private const string Name = "mail.heldSince";

    /// <summary>Holds all mail from now on.</summary>
    public static async Task HoldAsync(ComplaintsDb db, DateTime now)
    {
        var value = now.ToString("O", CultureInfo.InvariantCulture);
        await db.KeepSettingAsync(Name, value);

        await db.SaveChangesAsync();
    }

    /// <summary>UTC since when mail is held; null when it is not. One small query.</summary>
    public static async Task<DateTime?> SinceAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(Name, cancel) is { Length: > 0 } value
            ? DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : null;

    /// <summary>
    /// Lets mail leave again. What was waiting when the backup was made is sent only when <paramref name="oldToo"/>:
    /// the original server may have sent it already.
    /// </summary>
    public static async Task ReleaseAsync(ComplaintsDb db, bool oldToo, DateTime now)
    {
        var since = await SinceAsync(db) ?? now;
        await db.InTransactionAsync(async () =>
        {
            if (!oldToo)
            {
                await db
                    .OutDeliveries.Where(d =>
                        (d.State == DeliveryState.Waiting || d.State == DeliveryState.Claimed) && d.Message!.CreatedAt < since
                    )
                    .ExecuteUpdateAsync(s =>
                        s.SetProperty(d => d.State, DeliveryState.Held).SetProperty(d => d.NextTryAt, (DateTime?)null)
                    );
            }

            await db.Settings.Where(s => s.Name == Name).ExecuteDeleteAsync();
        });
    }
}
