using System.Globalization;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.CustomerPages;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Intake;

/// <summary>The settings of the public form.</summary>
public sealed record WebFormPage(IReadOnlyList<Choice> Units, long? UnitId, bool Enabled, string Address);

/// <summary>Which unit gets what comes in by the public form.</summary>
[Route("settings/web-form")]
public sealed class WebFormSettingsController(ComplaintsDb db, WebForm form, Complaints.Words.PublicUrl address) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        Allow();
        var set = await db.SettingAsync(WebForm.UnitSetting);
        var unit = long.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        return View(
            "WebForm",
            new WebFormPage(await LogPages.UnitsAsync(db, T.Reader.Language), unit, form.Enabled, address + "/complain")
        );
    }

    /// <summary>Saves it.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Update(long? unitId)
    {
        Allow();
        return await TryAsync(
            async () =>
            {
                if (unitId is not null && !await db.Units.AnyAsync(u => u.Id == unitId && u.Active))
                {
                    throw new Refusal(new Sentence("That unit is closed. Choose another."), "UnitId");
                }

                var value = unitId?.ToString(CultureInfo.InvariantCulture) ?? "";
                await db.KeepSettingAsync(WebForm.UnitSetting, value);

                await db.SaveChangesAsync();
                Flash("Saved.");
                return Redirect("/settings/web-form");
            },
            Show
        );
    }

    private void Allow()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }
}
