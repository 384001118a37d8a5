using Complaints.Web.Operation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Shared;

/// <summary>The pages shown when something is not there or went wrong.</summary>
public sealed class ProblemController : Controller
{
    /// <summary>One page for every status; it says what to do next.</summary>
    [Route("problem/{status:int?}")]
    [IgnoreAntiforgeryToken]
    public IActionResult Show(int? status)
    {
        var code = status ?? Faults.StatusOf(HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error);
        Response.StatusCode = code;
        return View("Problem", code);
    }
}
