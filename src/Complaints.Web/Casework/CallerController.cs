using Complaints.Language;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>Is it really them? What was asked stands on the timeline, never what was answered.</summary>
[Route("complaints/{reference}/caller-checks")]
public sealed class CallerController : CaseController
{
    /// <summary>Notes a check.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="passed">They are who they say.</param>
    [HttpPost("")]
    public Task<IActionResult> Create(string reference, string[] asked, bool passed) =>
        ChangeAsync(
            reference,
            "caller",
            (complaint, _) =>
            {
                complaint.CheckCaller(Me.Actor, Now, [.. asked.Where(a => !string.IsNullOrWhiteSpace(a))], passed);
                return Task.FromResult(
                    passed
                        ? new Sentence("Noted: the caller is verified.")
                        : new Sentence(
                            "Noted: not verified. Tell the caller nothing about the complaint; offer to call back on a number on file."
                        )
                );
            },
            mindsOthers: false
        );
}
