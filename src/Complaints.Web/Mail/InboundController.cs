using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Complaints.Data;
using Complaints.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>
/// The door for a mail server's pipe or a provider's webhook. Answers only when the message is stored; whatever else
/// happens, the answer tells the sender to keep it and try again.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken] // no browser: a token in the header lets in
[Route("mail/inbound")]
public sealed class InboundController(ComplaintsDb db, InboxStore store, TimeProvider clock) : Controller
{
    private const int Largest = 40 * 1024 * 1024;

    /// <summary>Takes one message, <c>message/rfc822</c>, byte for byte.</summary>
    [HttpPost("{mailbox}")]
    [RequestSizeLimit(Largest)]
    public async Task<IActionResult> Take(string mailbox, CancellationToken cancel)
    {
        var box = await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(m => m.Name == mailbox && m.Kind == MailboxKind.Http, cancel);
        if (!IsToken(box?.TokenHash))
        {
            return Unauthorized(new { said = "Unknown mailbox or wrong token." });
        }

        if (box!.Paused)
        {
            Response.Headers.RetryAfter = "300";
            return StatusCode(StatusCodes.Status503ServiceUnavailable, new { said = "The mailbox is paused. Try again later." });
        }

        using var buffer = new MemoryStream(Request.ContentLength is > 0 and <= Largest ? (int)Request.ContentLength : 0);
        await Request.Body.CopyToAsync(buffer, cancel);
        if (buffer.Length == 0)
        {
            return BadRequest(new { said = "The body is empty; send the message itself, as message/rfc822." });
        }

        var raw = buffer.ToArray();
        var number = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(raw)) & long.MaxValue;
        var id = await store.StoreAsync(box.Name, 0, number, raw, cancel: cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        using (var turn = await db.Gate.EnterAsync(cancel))
        {
            await db
                .Mailboxes.Where(m => m.Id == box.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.SeenAt, now), CancellationToken.None);
        }

        return Ok(new { stored = id });
    }

    private bool IsToken(string? hash)
    {
        const string Bearer = "Bearer ";
        var given = Request.Headers.Authorization.ToString();
        given = given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? given[Bearer.Length..].Trim() : "";
        var right = Encoding.ASCII.GetBytes(hash ?? new string('x', 64)); // an unknown mailbox takes as long as a known one
        return CryptographicOperations.FixedTimeEquals(right, Encoding.ASCII.GetBytes(MailboxToken.Hash(given))) && hash is not null;
    }
}
