using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>The mail server, and a test that says exactly what fails. The password is never shown again.</summary>
public sealed class MailSettingsController(ComplaintsDb db, MailDoor door, FixedMail set, Keys keys, Letters letters, TimeProvider clock)
    : DeskController
{
    /// <summary>The form.</summary>
    [HttpGet("settings/mail")]
    public async Task<IActionResult> Edit()
    {
        Allow();
        var now = await door.MergedAsync();
        return await ShowAsync(
            new MailServerForm
            {
                Host = now.Host,
                Port = now.Port,
                Security = now.Security,
                UserName = now.UserName,
                SenderName = now.SenderName,
                SenderAddress = now.SenderAddress,
            }
        );
    }

    /// <summary>Saves it.</summary>
    [HttpPost("settings/mail")]
    public Task<IActionResult> Update(MailServerForm form)
    {
        Allow();
        return TryAsync(
            async () =>
            {
                await SaveAsync(form);
                Flash(
                    string.IsNullOrWhiteSpace(form.Host) && set.Host is null
                        ? "Saved. Mail goes to the sandbox."
                        : "Saved. Send a test to see whether it works."
                );
                return RedirectToAction(nameof(Edit));
            },
            () => ShowAsync(form)
        );
    }

    /// <summary>Tries the server, and then really sends a mail through the outbox.</summary>
    [HttpPost("settings/mail/test")]
    public Task<IActionResult> Test(string? to)
    {
        Allow();
        return TryAsync(
            async () =>
            {
                if (!Correspondent.IsAddress(to))
                {
                    throw new Refusal(new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", to), "to");
                }

                var way = await door.OpenAsync();
                if (await way.Transport.TestAsync(way.SenderAddress, HttpContext.RequestAborted) is { } wrong)
                {
                    throw new Refusal(wrong);
                }

                await letters.WriteAsync(
                    new Letter
                    {
                        Key = $"test:{Guid.NewGuid():N}",
                        Purpose = MailPurpose.Test,
                        To = to!,
                        Language = Me.Member.Language,
                        Fields = new() { ["person"] = Me.Member.Name },
                    }
                );
                await db.SaveChangesAsync();
                Flash(
                    way.IsSandbox
                        ? "The test mail is on its way to the sandbox."
                        : "The server let us in, and the test mail is on its way. It is here when it arrives; this page says what became of it."
                );
                return RedirectToAction(nameof(Edit));
            },
            async () => await Edit()
        );
    }

    private async Task SaveAsync(MailServerForm form)
    {
        if (set.Demo)
        {
            throw new Refusal("The demo sends no real mail: everything goes to the sandbox.");
        }

        var host = set.Host ?? form.Host?.Trim() ?? "";
        if (host.Any(c => char.IsWhiteSpace(c) || c is '/' or ':' && !host.Contains("::", StringComparison.Ordinal)))
        {
            throw new Refusal(
                new Sentence("Give the server's name alone, such as mail.example.com, without port or slashes."),
                nameof(form.Host)
            );
        }

        if (form.Port is < 1 or > 65535)
        {
            throw new Refusal(new Sentence("A port is a number from 1 to 65535; mail usually goes to 587 or 465."), nameof(form.Port));
        }

        var address = set.SenderAddress ?? form.SenderAddress?.Trim() ?? "";
        if (host.Length > 0 && !Correspondent.IsAddress(address))
        {
            throw new Refusal(new Sentence("Give the address mail is sent from; answers come back to it."), nameof(form.SenderAddress));
        }

        var before = await MailSettings.ReadAsync(db);
        var sealedPassword =
            form.Password is { Length: > 0 } typed ? SealedSecret.Seal(keys, typed)
            : form.ForgetPassword || host != before.Host ? null // another server must not be told the old one's password
            : before.SealedPassword;
        await (
            before with
            {
                PlusAddresses = before.PlusAddresses && address == before.SenderAddress, // another mailbox must be tried anew
                Host = host,
                Port = form.Port,
                Security = form.Security,
                UserName = Text(form.UserName),
                SealedPassword = sealedPassword,
                SenderName = Text(form.SenderName),
                SenderAddress = address,
            }
        ).WriteAsync(db);
        await db.SaveChangesAsync();
    }

    private async Task<IActionResult> ShowAsync(MailServerForm form)
    {
        var last = await db
            .OutDeliveries.AsNoTracking()
            .Where(d => d.Message!.Purpose == MailPurpose.Test)
            .OrderByDescending(d => d.Id)
            .Select(d => new LastTest(d.Recipient, d.State, d.Reply, d.SettledAt ?? d.Message!.CreatedAt))
            .FirstOrDefaultAsync();
        var stored = await MailSettings.ReadAsync(db);
        return View(
            "MailSettings",
            new MailSettingsPage(
                form,
                set,
                set.Password is not null || stored.SealedPassword is not null,
                (await door.OpenAsync()).IsSandbox,
                last,
                await PlusAsync(stored)
            )
        );
    }

    private async Task<PlusPart> PlusAsync(MailSettings stored)
    {
        var way = await door.OpenAsync();
        var (trial, now) = (await PlusTrial.ReadAsync(db), clock.GetUtcNow().UtcDateTime);
        var sent = trial is null
            ? null
            : await db.OutDeliveries.AsNoTracking().FirstOrDefaultAsync(d => d.Message!.MessageId == trial.MessageId);
        return new PlusPart(
            trial?.Sender == way.SenderAddress ? trial : null,
            way.Plus is not null,
            stored.PlusAddresses,
            sent?.State == DeliveryState.Failed ? sent.Reply ?? "" : null,
            trial is not null && trial.BackAt is null && now - trial.SentAt > PlusTrial.Patience
        );
    }

    private void Allow()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>What is typed about the mail server.</summary>
public sealed class MailServerForm
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;
    public string? UserName { get; set; }

    /// <summary>Only ever comes in; empty leaves the stored one.</summary>
    public string? Password { get; set; }
    public bool ForgetPassword { get; set; }
    public string? SenderName { get; set; }
    public string? SenderAddress { get; set; }
}

/// <summary>The page.</summary>
/// <param name="Form">What is typed.</param>
/// <param name="Set">What the settings file fixes.</param>
/// <param name="HasPassword">A password is stored.</param>
/// <param name="Sandbox">Mail goes to the sandbox now.</param>
/// <param name="Last">The last test; null when none was made.</param>
/// <param name="Plus">The complaints' own addresses.</param>
public sealed record MailSettingsPage(MailServerForm Form, FixedMail Set, bool HasPassword, bool Sandbox, LastTest? Last, PlusPart Plus);

/// <summary>The complaints' own addresses for answers, and their test.</summary>
/// <param name="Trial">The last test of the address mail is sent from now; null when there was none.</param>
/// <param name="Used">Answers are asked to them.</param>
/// <param name="Wanted">They are switched on.</param>
/// <param name="Refused">The words with which a server refused the test mail; null when none did.</param>
/// <param name="Lost">The test mail has not come back for too long.</param>
public sealed record PlusPart(PlusTrial? Trial, bool Used, bool Wanted, string? Refused, bool Lost);

/// <summary>What became of the last test mail.</summary>
public sealed record LastTest(string To, DeliveryState State, string? Reply, DateTime At);
