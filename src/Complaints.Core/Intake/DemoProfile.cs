using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;

namespace Complaints.Intake;

/// <summary>
/// One demo customer whose profile shows everything a profile can hold, somebody who is probably the same, and an
/// organisation with the person who speaks for it.
/// </summary>
internal static class DemoProfile
{
    /// <summary>Adds it; the caller saves.</summary>
    public static async Task AddAsync(ComplaintsDb db, Dictionary<string, Customer> customers, DateTime now)
    {
        await new RepeatRule { From = 2 }.KeepAsync(db); // so that somebody stands out among forty complaints
        var tom = customers["barrow"];
        tom.ExternalNumber = "TC-20418";
        tom.Notes ??= "Early riser, quiet room, breakfast before seven.";
        tom.TierReason = "Three stays in a year";
        (tom.TierChangedAt, tom.TierChangedBy) = (now.AddDays(-90), "Daniel Okoro");
        Reach(tom, now);
        db.TierChanges.Add(
            new TierChange
            {
                CustomerId = tom.Id,
                At = now.AddDays(-90),
                By = "Daniel Okoro",
                Before = Tier.Lead,
                After = Tier.Brass,
                Why = "Three stays in a year",
            }
        );
        db.Purchases.AddRange(
            Held(tom, "Tidewater Circle membership", "TC-20418", now.AddDays(-380), null),
            Held(tom, "Travel cover, Europe", "HTC-77120", now.AddDays(-400), now.AddDays(-35)),
            Held(tom, "Room 412, two nights", "BK-90331", now.AddDays(-30), now.AddDays(-28))
        );
        db.Consents.AddRange(
            Said(tom, ConsentPurpose.Offers, given: true, now.AddDays(-380), "Box on the membership form"),
            Said(tom, ConsentPurpose.Offers, given: false, now.AddDays(-60), "On the phone"),
            Said(tom, ConsentPurpose.Recording, given: true, now.AddDays(-12), "On the phone, before the call was recorded")
        );
        db.CustomerContacts.AddRange(
            Contact(tom, Channel.Phone, incoming: true, now.AddHours(-20), "Asked whether his room can be on a low floor next time."),
            Contact(
                tom,
                Channel.Email,
                incoming: false,
                now.AddHours(-18),
                "Told him that rooms on the first floor can be asked for when booking."
            )
        );
        db.CareNotes.Add(
            new CareNote
            {
                CustomerId = tom.Id,
                Helps = "Speak slowly, and send what was agreed in writing.",
                At = now.AddDays(-12),
                By = "Maya Collins",
            }
        );
        db.Customers.AddRange(Twin(tom, now), Spokesperson(customers["adeyemi"], now));
    }

    private static void Reach(Customer tom, DateTime now)
    {
        tom.ContactPoints.First(p => p.Kind == ContactKind.Mail).Verify(now.AddDays(-200), null);
        tom.ContactPoints.First(p => p.Kind == ContactKind.Phone).Verify(now.AddDays(-12), "Maya Collins");
        var old = Point(ContactKind.Mail, "tom@barrowclough-and-son.example");
        old.Bounce(now.AddDays(-25), KeptSentence.Write(new Sentence("{0}", "550 5.1.1 no such user here")));
        tom.ContactPoints.Add(old);
    }

    private static Customer Twin(Customer tom, DateTime now) =>
        new()
        {
            Name = "T. Barrowclough",
            Tier = Tier.Lead,
            CreatedAt = now.AddDays(-70),
            ContactPoints = [Point(ContactKind.Phone, tom.ContactPoints.First(p => p.Kind == ContactKind.Phone).Value)],
        };

    private static Customer Spokesperson(Customer organisation, DateTime now) =>
        new()
        {
            Name = "Joel Adeyemi",
            Kind = CustomerKind.Business,
            Tier = organisation.Tier,
            OrganisationId = organisation.Id,
            PreferredChannel = Channel.Email,
            CreatedAt = now.AddDays(-120),
            ContactPoints = [Point(ContactKind.Mail, "joel@brightwater.example")],
        };

    private static Purchase Held(Customer who, string name, string number, DateTime since, DateTime? until) =>
        new()
        {
            Customer = who,
            Name = name,
            Number = number,
            Since = DateOnly.FromDateTime(since),
            Until = until is { } end ? DateOnly.FromDateTime(end) : null,
        };

    private static Consent Said(Customer who, ConsentPurpose purpose, bool given, DateTime at, string how) =>
        new()
        {
            Customer = who,
            Purpose = purpose,
            Given = given,
            At = at,
            How = how,
            By = "Maya Collins",
        };

    private static CustomerContact Contact(Customer who, Channel channel, bool incoming, DateTime at, string words) =>
        new()
        {
            Customer = who,
            Channel = channel,
            Incoming = incoming,
            At = at,
            Words = words,
            By = "Maya Collins",
        };

    private static ContactPoint Point(ContactKind kind, string value) =>
        new()
        {
            Kind = kind,
            Value = value,
            Normalised = Matching.Normalise(kind, value),
        };
}
