using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Intake;

/// <summary>Reads what was typed into the log form, and says in a sentence what cannot be read.</summary>
public static class LogReading
{
    private const int LongestContact = 200;

    /// <summary>UTC time of receipt; <paramref name="now"/> when the field is empty.</summary>
    /// <exception cref="Refusal">No date, or in the future.</exception>
    public static DateTime Received(string? typed, Reader reader, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return now;
        }

        if (!DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 1950 or > 2200)
        {
            throw new Refusal(
                new Sentence("“{0}” is no date and time. Write it like 2026-11-23 09:15, or leave it empty for now.", typed),
                "Received"
            );
        }

        var utc = Zones.FirstInstant(reader.Zone, DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        // The field knows no seconds: the running minute is now.
        return utc <= now ? utc
            : utc < now.AddMinutes(1) ? now
            : throw new Refusal(
                new Sentence("{0} is in the future. A complaint cannot have been received then; choose now or earlier.", utc),
                "Received"
            );
    }

    /// <summary>An amount, or null when none was typed.</summary>
    public static Money? Amount(string? typed, string? currency, string house, string field) =>
        string.IsNullOrWhiteSpace(typed) ? null : Money.Read(typed, string.IsNullOrWhiteSpace(currency) ? house : currency, field);

    /// <summary>A new customer from the form.</summary>
    /// <exception cref="Refusal">Name or contact point is too long.</exception>
    public static Customer NewCustomer(LogForm form, DateTime now)
    {
        var who = form.Who!.Trim();
        var kind = Matching.KindOf(who);
        var isPoint = kind != ContactKind.Social || who.StartsWith('@');
        var name = isPoint && !string.IsNullOrWhiteSpace(form.NewName) ? form.NewName.Trim() : who;
        if (name.Length > 300)
        {
            throw new Refusal(new Sentence("A name has at most 300 characters. Put the rest into what happened."), "Who");
        }

        var customer = new Customer
        {
            Name = name,
            CreatedAt = now,
            Language = Tongue.Nearest(form.NewLanguage),
            PreferredChannel = form.Channel is Channel.Email or Channel.Social or Channel.Letter ? form.Channel : Channel.Phone,
        };
        if (isPoint)
        {
            customer.ContactPoints.Add(Point(who, "Who"));
        }

        if (!string.IsNullOrWhiteSpace(form.NewContact))
        {
            customer.ContactPoints.Add(Point(form.NewContact, "NewContact"));
        }

        return customer;
    }

    /// <summary>A contact point as typed.</summary>
    /// <exception cref="Refusal">Too long, or a mail address that is none.</exception>
    public static ContactPoint Point(string typed, string field)
    {
        var value = typed.Trim();
        var kind = Matching.KindOf(value);
        return value.Length > LongestContact
                ? throw new Refusal(new Sentence("A phone number or address has at most {0} characters.", LongestContact), field)
            : kind == ContactKind.Mail && !IsAddress(value)
                ? throw new Refusal(new Sentence("“{0}” is no mail address. Write it like name@example.com.", value), field)
            : new ContactPoint
            {
                Kind = kind,
                Value = value,
                Normalised = Matching.Normalise(kind, value),
            };
    }

    /// <summary>True for what could be delivered to: one @, a domain with a dot, no spaces.</summary>
    public static bool IsAddress(string text) =>
        System.Net.Mail.MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !address.Host.EndsWith('.')
        && !text.Any(char.IsControl);

    /// <summary>How it was settled on the spot, or null.</summary>
    public static OnTheSpot? Spot(LogForm form, string currency) =>
        !form.OnTheSpot
            ? null
            : new OnTheSpot(
                form.SpotWords ?? "",
                new Apology(form.NoFault, form.Shortfall),
                form.ApologyWords ?? "",
                new Resolution(
                    form.Solution ?? "",
                    form.Remedy,
                    form.Remedy is Remedy.None or Remedy.Explanation
                        ? null
                        : Amount(form.RemedyAmount, form.RemedyCurrency, currency, "RemedyAmount"),
                    form.RootCauseId ?? throw new Refusal(new Sentence("Choose the root cause."), "RootCauseId"),
                    CorrectiveAction: null,
                    form.Agreed,
                    form.Finding
                )
            );
}
