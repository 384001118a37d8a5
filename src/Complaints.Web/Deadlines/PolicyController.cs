using Complaints.Data;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Deadlines;

/// <summary>The house's targets. A change concerns new deadlines; applying it to open complaints is a choice of its own.</summary>
[Route("settings/policy")]
public sealed class PolicyController(ComplaintsDb db) : PolicyPages(db)
{
    /// <summary>The policy in force.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Edit() => await ShowAsync(PolicyForm.Of(await FindAsync()));

    /// <summary>Changes targets and factors.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Save(PolicyForm form)
    {
        var policy = await FindAsync();
        return await TryAsync(
            () =>
            {
                Expect(policy, form.Version);
                form.WriteTo(policy);
                return SavedAsync();
            },
            () => ShowAsync(form)
        );
    }
}
