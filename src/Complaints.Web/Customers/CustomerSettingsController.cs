using Complaints.Customers;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>When a customer stands out as one who complains again and again.</summary>
[Route("settings/customers")]
[Needs(Right.Administer)]
public sealed class CustomerSettingsController(ComplaintsDb db) : DeskController
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show() => View("CustomerSettings", await RepeatRule.ReadAsync(db));

    /// <summary>Keeps it.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(int from, int months)
    {
        var rule = new RepeatRule { From = from, Months = months };
        return TryAsync(
            async () =>
            {
                await rule.KeepAsync(db);
                await db.SaveChangesAsync();
                Flash("Saved.");
                return Redirect("/settings/customers");
            },
            () => Task.FromResult<IActionResult>(View("CustomerSettings", rule))
        );
    }
}
