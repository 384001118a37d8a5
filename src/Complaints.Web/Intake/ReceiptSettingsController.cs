using Complaints.Data;
using Complaints.Intake;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Intake;

/// <summary>How many receipts one address gets at most.</summary>
[Route("settings/receipts")]
[Needs(Right.Administer)]
public sealed class ReceiptSettingsController(ComplaintsDb db) : DeskController
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show() => View("Receipts", await ReceiptCap.ReadAsync(db));

    /// <summary>Keeps it; it counts from the next receipt on.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(int perHour, int perDay)
    {
        var cap = new ReceiptCap { PerHour = perHour, PerDay = perDay };
        return TryAsync(
            async () =>
            {
                await cap.KeepAsync(db);
                await db.SaveChangesAsync();
                Flash("Saved.");
                return Redirect("/settings/receipts");
            },
            () => Task.FromResult<IActionResult>(View("Receipts", cap))
        );
    }
}
