using System.Globalization;
using Complaints.Casework;
using Complaints.Intake;
using Complaints.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>One message of the customer that is a matter of its own.</summary>
public sealed class SplitController(SplitDesk desk) : CaseController
{
    /// <summary>Makes a complaint of it and goes there.</summary>
    [HttpPost("complaints/{reference}/entries/{seq:int}/split")]
    public Task<IActionResult> Create(string reference, int seq, string? summary) =>
        TryAsync(
            async () =>
            {
                var from = await Cases.FindAsync(reference, Right.Work);
                var made = await desk.SplitAsync(from, seq, Me.Actor, Now, summary, HttpContext.RequestAborted);
                Flash("Logged as {0}, split out of {1}.", made.Reference, from.Reference);
                return LocalRedirect($"/complaints/{made.Reference}");
            },
            () => AgainAsync(reference, "split-" + seq.ToString(CultureInfo.InvariantCulture))
        );
}
