using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>What a customer allowed.</summary>
[Route("customers/{id:long}/consents")]
public sealed class ConsentsController(ComplaintsDb db) : ProfilePages(db)
{
    /// <summary>They allowed or forbade something; what they said before stays as history.</summary>
    [HttpPost("")]
    public Task<IActionResult> Add(long id, ConsentPurpose purpose, bool given, string? consentHow, string? consentDay) =>
        ChangeAsync(
            id,
            "consent",
            customer =>
            {
                var how = Needed(consentHow, 400, "ConsentHow", new Sentence("Say how they told us: on the phone, in a signed form …"));
                Db.Consents.Add(
                    new Consent
                    {
                        Customer = customer,
                        Purpose = purpose,
                        Given = given,
                        At = Day(consentDay, "ConsentDay") is { } day ? Noon(day) : Now,
                        How = how,
                        By = Me.Member.Name,
                    }
                );
            }
        );

    private DateTime Noon(DateOnly day)
    {
        var at = TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(12, 0)), T.Reader.Zone);
        return at <= Now ? at
            : at - Now < TimeSpan.FromHours(24) ? Now
            : throw new Refusal(new Sentence("That day lies in the future."), "ConsentDay");
    }
}
