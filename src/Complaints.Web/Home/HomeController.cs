using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Home;

/// <summary>Where everybody starts.</summary>
public sealed class HomeController : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("/")]
    public IActionResult Show() => View("Home");

    /// <summary>The rail with fresh counts.</summary>
    [HttpGet("/rail")]
    public IActionResult Rail() => PartialView("_Rail");
}
