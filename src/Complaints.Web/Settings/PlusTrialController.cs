using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Settings;

/// <summary>Tries whether our mailbox knows plus-addresses, and stops using them.</summary>
[Route("settings/mail/plus")]
[Needs(Right.Administer)]
public sealed class PlusTrialController(ComplaintsDb db, MailDoor door, Letters letters, TimeProvider clock) : DeskController
{
    private const string Back = "/settings/mail#plus";

    /// <summary>Sends a mail to a plus-address of ours; when it comes in, answers are asked to such addresses.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Try()
    {
        var way = await door.OpenAsync();
        if (way.IsSandbox)
        {
            Flash("Name a mail server first; in the sandbox nothing can come back.");
            return Redirect(Back);
        }

        if (door.Plus.Write(way.SenderAddress, PlusAddress.Trial) is not { } address)
        {
            Flash("“{0}” is too long to carry a complaint's own address. Send from a shorter one.", way.SenderAddress);
            return Redirect(Back);
        }

        var letter = new Letter
        {
            Key = $"plus-trial:{Guid.NewGuid():N}",
            Purpose = MailPurpose.Test,
            To = address,
            Language = Me.Member.Language,
            Fields = new() { ["person"] = Me.Member.Name },
        };
        var sent = (await letters.WriteAsync(letter))!;
        await new PlusTrial(way.SenderAddress, sent.MessageId, clock.GetUtcNow().UtcDateTime).WriteAsync(db);
        await db.SaveChangesAsync();
        Flash("The test is on its way. When it comes back, answers are asked to the complaints' own addresses.");
        return Redirect(Back);
    }

    /// <summary>New mails ask for answers to the plain address again; those sent before still find their complaint.</summary>
    [HttpPost("off")]
    public async Task<IActionResult> Stop()
    {
        await ((await MailSettings.ReadAsync(db)) with { PlusAddresses = false }).WriteAsync(db);
        await db.SaveChangesAsync();
        Flash("New mails ask for answers to the plain address. Answers to earlier ones still find their complaint.");
        return Redirect(Back);
    }
}
