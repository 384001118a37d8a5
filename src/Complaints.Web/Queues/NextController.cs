using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Queues;

/// <summary>Goes to the complaint to work on next.</summary>
[Needs(Right.Work)]
public sealed class NextController(NextWork next) : DeskController
{
    /// <summary>Goes there.</summary>
    /// <param name="skip">Reference of the one at hand.</param>
    [HttpPost("/next")]
    public async Task<IActionResult> Create(string? skip)
    {
        if (await next.FindAsync(skip) is not { } found)
        {
            Flash("Nothing waits for you now: all of yours wait for the customer or for approval, and nobody's work lies open.");
            return LocalRedirect("/queues/mine");
        }

        if (found.Taken)
        {
            Flash("This one is yours now.");
        }

        return LocalRedirect($"/complaints/{found.Reference}");
    }
}
