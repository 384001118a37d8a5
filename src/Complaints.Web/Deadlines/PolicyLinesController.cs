using Complaints.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>Special lines of the targets, for a tier, severity, channel or category.</summary>
[Route("settings/policy/lines")]
public sealed class PolicyLinesController(ComplaintsDb db) : PolicyPages(db)
{
    /// <summary>Adds one.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Add(PolicyLineForm line, long version)
    {
        var policy = await FindAsync();
        return await TryAsync(
            () =>
            {
                Expect(policy, version);
                policy.Lines.Add(line.Build());
                Db.Entry(policy).State = EntityState.Modified; // the version counts lines too
                return SavedAsync();
            },
            () => ShowAsync(PolicyForm.Of(policy))
        );
    }

    /// <summary>Takes one out.</summary>
    [HttpPost("{id:long}/deletion")]
    public async Task<IActionResult> Delete(long id)
    {
        var policy = await FindAsync();
        policy.Lines.RemoveAll(l => l.Id == id);
        Db.Entry(policy).State = EntityState.Modified;
        return await SavedAsync();
    }
}
