using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Intake;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>Who speaks for an organisation. Each is a customer of their own, with a profile and contact points.</summary>
[Route("customers/{id:long}/people")]
public sealed class PeopleController(ComplaintsDb db, CustomerSearch search) : ProfilePages(db)
{
    /// <summary>Somebody new, or somebody we know by that phone or mail address.</summary>
    [HttpPost("")]
    public Task<IActionResult> Add(long id, string? personName, string? personPoint) =>
        ChangeAsync(
            id,
            "person",
            async organisation =>
            {
                if (organisation.OrganisationId is not null)
                {
                    throw new Refusal("Somebody who speaks for an organisation is none. Open the organisation's profile.");
                }

                var name = Needed(personName, 300, "PersonName", new Sentence("Say who it is."));
                var point = LogReading.Point(
                    Needed(personPoint, 200, "PersonPoint", new Sentence("Write a phone number, mail address or handle.")),
                    "PersonPoint"
                );
                var person = await KnownAsync(id, name, point) ?? New(name, point, organisation);
                person.OrganisationId = id;
            }
        );

    /// <summary>They speak for it no longer; their profile and their complaints stay.</summary>
    [HttpPost("{personId:long}/removal")]
    public Task<IActionResult> Remove(long id, long personId) =>
        ChangeAsync(
            id,
            "person",
            async _ =>
                (
                    await Db.Customers.FirstOrDefaultAsync(c => c.Id == personId && c.OrganisationId == id) ?? throw new NotHere()
                ).OrganisationId = null
        );

    private async Task<Customer?> KnownAsync(long id, string name, ContactPoint point)
    {
        var known = (await search.WithPointAsync(point.Kind, point.Value))
            .Where(c => c.Id != id)
            .FirstOrDefault(c => Matching.NameFits(c.Name, name));
        if (known is null)
        {
            return null;
        }

        if (known.OrganisationId is { } other && other != id)
        {
            throw new Refusal(
                new Sentence("{0} speaks for another organisation already. End that on their profile first.", known.Name),
                "PersonName"
            );
        }

        return await Db.Customers.AnyAsync(c => c.OrganisationId == known.Id)
            ? throw new Refusal(new Sentence("{0} is an organisation with people of its own.", known.Name), "PersonName")
            : known;
    }

    private Customer New(string name, ContactPoint point, Customer organisation)
    {
        var person = new Customer
        {
            Name = name,
            Kind = organisation.Kind,
            Tier = organisation.Tier,
            Language = organisation.Language,
            PreferredChannel = point.Kind == ContactKind.Mail ? Channel.Email : Channel.Phone,
            CreatedAt = Now,
            ContactPoints = [point],
        };
        Db.Customers.Add(person);
        return person;
    }
}
