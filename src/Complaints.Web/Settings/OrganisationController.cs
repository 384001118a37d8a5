using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>What the organisation is called, its zone and its currency.</summary>
[Route("settings/organisation")]
[Needs(Right.Administer)]
public sealed class OrganisationController(ComplaintsDb db) : DeskController
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        var set = await db.Settings.Where(s => s.Name.StartsWith("organisation.")).ToDictionaryAsync(s => s.Name, s => s.Value);
        return View(
            "Organisation",
            new OrganisationForm
            {
                Name = set.GetValueOrDefault(House.NameSetting),
                NameZh = set.GetValueOrDefault(House.NameZhSetting),
                Zone = set.GetValueOrDefault(House.ZoneSetting),
                Currency = set.GetValueOrDefault(House.CurrencySetting),
                Address = set.GetValueOrDefault(House.AddressSetting),
            }
        );
    }

    /// <summary>Saves it; new references and mails follow it at once.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(OrganisationForm form) =>
        TryAsync(
            async () =>
            {
                await PutAsync(House.NameSetting, Typed.Needed(form.Name, nameof(form.Name)));
                await PutAsync(House.NameZhSetting, Typed.Optional(form.NameZh, nameof(form.NameZh)) ?? "");
                await PutAsync(House.ZoneSetting, Typed.Zone(form.Zone, nameof(form.Zone)));
                await PutAsync(House.CurrencySetting, Money.Read("0", form.Currency ?? "", nameof(form.Currency)).Currency);
                await PutAsync(House.AddressSetting, Typed.Optional(form.Address, nameof(form.Address)) ?? "");
                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            () => Task.FromResult<IActionResult>(View("Organisation", form))
        );

    private async Task PutAsync(string name, string value)
    {
        await db.KeepSettingAsync(name, value);
    }
}

/// <summary>What is typed about the organisation.</summary>
public sealed class OrganisationForm
{
    public string? Name { get; set; }
    public string? NameZh { get; set; }
    public string? Zone { get; set; }
    public string? Currency { get; set; }
    public string? Address { get; set; }
}
