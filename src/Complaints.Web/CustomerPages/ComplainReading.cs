using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Intake;
using Complaints.Web.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>Makes of the public form what the desk logs: the facts, the customer and the unit.</summary>
public sealed class ComplainReading(ComplaintsDb db, CustomerSearch search, Spoken t, TimeProvider clock)
{
    /// <summary>The facts of a form that was checked.</summary>
    public async Task<LogFacts> FactsAsync(ComplainForm form, Customer customer) =>
        new()
        {
            Customer = customer,
            Channel = Channel.Web,
            ReceivedAt = clock.GetUtcNow().UtcDateTime,
            WhatHappened = form.WhatHappened!,
            DesiredOutcome = string.IsNullOrWhiteSpace(form.Wants) ? null : form.Wants.Trim(),
            UnitId = await UnitAsync(form.UnitId),
            SubmissionKey = form.SubmissionKey is { Length: > 0 and <= 60 } key ? "web:" + key : null,
        };

    /// <summary>Known only when the contact point is theirs and the name fits; otherwise somebody new, with a hint for the desk.</summary>
    public async Task<(Customer Customer, Sentence? Hint)> CustomerAsync(ComplainForm form)
    {
        var point = LogReading.Point(form.Reach!, "Reach");
        var name = form.Name!.Trim();
        var alike = await search.WithPointAsync(point.Kind, point.Value);
        var known = alike.FirstOrDefault(c => Matching.NameFits(c.Name, name));
        if (known is not null)
        {
            return (known, null);
        }

        var hint =
            alike.Count == 0
                ? null
                : new Sentence("{0} shares “{1}” with {2}. Check whether they are the same customer.", name, point.Value, alike[0].Name);
        var customer = new Customer
        {
            Name = name,
            Language = t.Reader.Language,
            PreferredChannel = point.Kind == ContactKind.Mail ? Channel.Email : Channel.Phone,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
            ContactPoints = [point],
        };
        return (customer, hint);
    }

    private async Task<long> UnitAsync(long? chosen)
    {
        if (chosen is not null && await db.Units.AnyAsync(u => u.Id == chosen && u.Active))
        {
            return chosen.Value;
        }

        var set = await db.SettingAsync(WebForm.UnitSetting);
        return
            long.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await db.Units.AnyAsync(u => u.Id == id && u.Active)
            ? id
            : await db.Units.Where(u => u.Active).OrderBy(u => u.Path.Length).ThenBy(u => u.Id).Select(u => u.Id).FirstAsync();
    }
}
