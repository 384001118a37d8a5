using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Web.Intake;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>What was said between a customer and us beside any complaint.</summary>
[Route("customers/{id:long}/contacts")]
public sealed class ContactsController(ComplaintsDb db) : ProfilePages(db)
{
    /// <summary>Writes it down.</summary>
    /// <param name="id">Who spoke.</param>
    /// <param name="channel">How.</param>
    /// <param name="incoming">They spoke to us.</param>
    /// <param name="said">What was said.</param>
    /// <param name="saidAt">When, in the reader's zone as the browser's field writes it; empty for now.</param>
    [HttpPost("")]
    public Task<IActionResult> Add(long id, Channel channel, bool incoming, string? said, string? saidAt) =>
        ChangeAsync(
            id,
            "contact",
            customer =>
            {
                var words = Needed(said, 100_000, "Said", new Sentence("Write down what was said."));
                Db.CustomerContacts.Add(
                    new CustomerContact
                    {
                        Customer = customer,
                        Channel = channel,
                        Incoming = incoming,
                        At = At(saidAt),
                        Words = words,
                        By = Me.Member.Name,
                    }
                );
            }
        );

    private DateTime At(string? typed)
    {
        try
        {
            return LogReading.Received(typed, T.Reader, Now);
        }
        catch (Refusal refused) when (refused.Field == "Received")
        {
            throw new Refusal(new Sentence("“{0}” is no time, or lies in the future. Choose now or earlier.", typed), "SaidAt");
        }
    }
}
