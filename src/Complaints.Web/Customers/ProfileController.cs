using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>A customer's profile (客户档案).</summary>
[Route("customers/{id:long}")]
public sealed class ProfileController(ComplaintsDb db, Cases cases) : ProfilePages(db, cases)
{
    /// <summary>The profile. Who looked goes to the access log.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(long id)
    {
        var customer = await FindAsync(id, Right.Read);
        await AccessLog.NoteAsync(Db, Me.Member.Id, id, null, Now);
        return await ShowAsync(customer, ProfileForm.Of(customer));
    }

    /// <summary>Saves what was typed.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Update(long id, ProfileForm form)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                Expect(customer, form.Version);
                customer.Name = Fitting(form.Name, 300, "Name") ?? throw new Refusal(new Sentence("A customer needs a name."), "Name");
                customer.ContactPerson = Fitting(form.ContactPerson, 300, "ContactPerson");
                customer.Kind = form.Kind;
                customer.PreferredChannel = form.PreferredChannel;
                customer.Language = Tongue.Nearest(form.Language);
                customer.TimeZone = Zone(form.TimeZone);
                customer.PostalCode = Fitting(form.PostalCode, 20, "PostalCode");
                customer.PostalAddress = Fitting(form.PostalAddress, 1000, "PostalAddress");
                customer.Notes = Fitting(form.Notes, 20_000, "Notes");
                customer.NoSurveysSince = form.NoSurveys ? customer.NoSurveysSince ?? Now : null;
                return await SavedAsync(id);
            },
            () => ShowAsync(customer, form, edit: true)
        );
    }

    private static string? Zone(string? typed)
    {
        var zone = typed?.Trim();
        return string.IsNullOrEmpty(zone) ? null
            : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone
            : throw new Refusal(new Sentence("“{0}” is no time zone. Write it like Europe/London, or leave it empty.", zone), "TimeZone");
    }
}
