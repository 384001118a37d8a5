using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Intake;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>The ways to reach a customer.</summary>
[Route("customers/{id:long}/contact-points")]
public sealed class ContactPointsController(ComplaintsDb db, Letters letters, House house) : ProfilePages(db)
{
    /// <summary>One more way to reach them.</summary>
    [HttpPost("")]
    public Task<IActionResult> Add(long id, string? value) =>
        ChangeAsync(
            id,
            "point",
            customer =>
            {
                var point = LogReading.Point(
                    Needed(value, 200, "value", new Sentence("Write a phone number, mail address or handle.")),
                    "value"
                );
                if (customer.ContactPoints.Exists(p => p.Kind == point.Kind && p.Normalised == point.Normalised))
                {
                    throw new Refusal(new Sentence("“{0}” is there already.", point.Value), "value");
                }

                customer.ContactPoints.Add(point);
            }
        );

    /// <summary>No longer a way to reach them.</summary>
    [HttpPost("{pointId:long}/removal")]
    public Task<IActionResult> Remove(long id, long pointId) =>
        ChangeAsync(
            id,
            "point",
            customer =>
            {
                customer.ContactPoints.RemoveAll(p => p.Id == pointId);
            }
        );

    /// <summary>An address that had bounced is tried again, or its owner wants our mail after all.</summary>
    [HttpPost("{pointId:long}/repair")]
    public Task<IActionResult> Repair(long id, long pointId) => ChangeAsync(id, "point", customer => Point(customer, pointId).TryAgain());

    /// <summary>Somebody called and heard that the number, or the address, is theirs.</summary>
    [HttpPost("{pointId:long}/verification")]
    public Task<IActionResult> Verify(long id, long pointId) =>
        ChangeAsync(id, "point", customer => Point(customer, pointId).Verify(Now, Me.Member.Name));

    /// <summary>Mails a signed link; whoever follows it and says so has shown that the address is theirs.</summary>
    [HttpPost("{pointId:long}/verification-mail")]
    public async Task<IActionResult> Ask(long id, long pointId)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                var point = Point(customer, pointId);
                if (point.Kind != ContactKind.Mail || point.BouncedAt is not null || point.UnwantedAt is not null)
                {
                    throw new Refusal("No mail can go there. Verify it on the phone instead.");
                }

                if (Now - point.AskedAt < TimeSpan.FromHours(1))
                {
                    throw new Refusal("A link was mailed there less than an hour ago. Wait for the answer, or verify it on the phone.");
                }

                point.AskedAt = Now;
                await letters.WriteAsync(
                    new Letter
                    {
                        Key = $"address-check:{point.Id}:{Now.Ticks}",
                        Purpose = MailPurpose.AddressCheck,
                        To = point.Value,
                        Language = Tongue.Nearest(customer.Language),
                        CustomerId = id,
                        Fields = new()
                        {
                            ["customer"] = customer.ContactPerson ?? customer.Name,
                            ["address"] = point.Value,
                            ["link"] = house.AddressCheckLink(point.Id, Now),
                        },
                    }
                );
                await Db.SaveChangesAsync();
                Flash("A link is on its way to {0}.", point.Value);
                return ToProfile(id);
            },
            () => AgainAsync(customer, "point")
        );
    }

    private static ContactPoint Point(Customer customer, long pointId) =>
        customer.ContactPoints.Find(p => p.Id == pointId) ?? throw new NotHere();
}
