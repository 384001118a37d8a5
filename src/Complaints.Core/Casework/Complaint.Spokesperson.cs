using Complaints.Customers;
using Complaints.Language;

namespace Complaints.Casework;

/// <content>The person who speaks for an organisation that complains. Mails of the complaint go to them.</content>
public sealed partial class Complaint
{
    /// <summary>The contact person, a customer of their own; null when the customer speaks for themselves.</summary>
    public long? ContactPersonId { get; private set; }

    /// <summary>Their name, as it was then.</summary>
    public string? ContactName { get; private set; }

    /// <summary>Their mail address while it works; mails of this complaint go there before they go to the organisation.</summary>
    public string? ContactMail { get; private set; }

    /// <summary>Where mails of this complaint go; null when there is no address that works. Needs the customer's contact points.</summary>
    public string? UsableMail => ContactMail ?? Customer.UsableMail;

    /// <summary>Whom mails of this complaint greet.</summary>
    public string Addressee => ContactName ?? Customer.ContactPerson ?? Customer.Name;

    /// <summary>Mail addresses that speak as the customer, normalised. Needs the customer's contact points.</summary>
    public IReadOnlyList<string> OwnAddresses =>
        [
            .. Customer.ContactPoints.Where(p => p.Kind == ContactKind.Mail).Select(p => p.Normalised),
            .. ContactMail is null ? [] : new[] { Matching.Normalise(ContactKind.Mail, ContactMail) },
        ];

    /// <summary>The contact person's address does not work: mails go to the organisation's from now on.</summary>
    /// <param name="normalised">The address that bounced.</param>
    internal void ContactMailBounced(string normalised)
    {
        if (ContactMail is not null && Matching.Normalise(ContactKind.Mail, ContactMail) == normalised)
        {
            ContactMail = null;
        }
    }

    private void SpeaksFor(Customer? person)
    {
        if (person is null)
        {
            return;
        }

        if (person.OrganisationId != CustomerId)
        {
            throw new Refusal(
                new Sentence("{0} does not speak for {1}. Add them to the organisation on its profile first.", person.Name, Customer.Name),
                "ContactPersonId"
            );
        }

        (ContactPersonId, ContactName, ContactMail) = (person.Id, person.Name, person.UsableMail);
    }
}
