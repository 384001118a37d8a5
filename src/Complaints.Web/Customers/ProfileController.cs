using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>A customer's profile (客户档案).</summary>
[Route("customers/{id:long}")]
public sealed class ProfileController(ComplaintsDb db, Care care) : ProfilePages(db)
{
    /// <summary>The profile. Who looked goes to the access log.</summary>
    /// <param name="id">Whose; of somebody who was merged one comes to the profile they have now.</param>
    /// <param name="before">Where the line of time goes on.</param>
    [HttpGet("")]
    public async Task<IActionResult> Show(long id, string? before)
    {
        if (Me.May(Right.Read) && await Merged.SurvivorAsync(Db, id) is { } survivor && survivor != id)
        {
            Flash("This customer was merged; this is the profile they have now.");
            return ToProfile(survivor);
        }

        var customer = await FindAsync(id, Right.Read);
        await AccessLog.NoteAsync(Db, Me.Member.Id, id, null, Now, await care.MayAsync(id));
        return await ShowAsync(customer, before: before);
    }

    /// <summary>Saves what was typed.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(long id, ProfileForm form) =>
        ChangeAsync(
            id,
            "profile",
            async customer =>
            {
                Expect(customer, form.Version);
                customer.Name = Needed(form.Name, 300, "Name", new Sentence("A customer needs a name."));
                customer.ContactPerson = Fitting(form.ContactPerson, 300, "ContactPerson");
                customer.ExternalNumber = await FreeAsync(id, Fitting(form.ExternalNumber, 100, "ExternalNumber"));
                customer.Kind = form.Kind;
                customer.PreferredChannel = form.PreferredChannel;
                customer.Language = Tongue.Nearest(form.Language);
                customer.TimeZone = Zone(form.TimeZone);
                customer.PostalCode = Fitting(form.PostalCode, 20, "PostalCode");
                customer.PostalAddress = Fitting(form.PostalAddress, 1000, "PostalAddress");
                customer.Notes = Fitting(form.Notes, 20_000, "Notes");
                customer.NoSurveysSince = form.NoSurveys ? customer.NoSurveysSince ?? Now : null;
            }
        );

    private async Task<string?> FreeAsync(long id, string? number) =>
        number is not null
        && await Db.Customers.Where(c => c.ExternalNumber == number && c.Id != id).Select(c => c.Name).FirstOrDefaultAsync() is { } other
            ? throw new Refusal(
                new Sentence("{0} has the number {1} already. If they are the same, merge them.", other, number),
                "ExternalNumber"
            )
            : number;

    private static string? Zone(string? typed)
    {
        var zone = typed?.Trim();
        return string.IsNullOrEmpty(zone) ? null
            : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone
            : throw new Refusal(new Sentence("“{0}” is no time zone. Write it like Europe/London, or leave it empty.", zone), "TimeZone");
    }
}
