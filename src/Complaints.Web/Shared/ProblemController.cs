using System.Globalization;
using Complaints.Web.Operation;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Complaints.Web.Shared;

/// <summary>The page shown when something is not there or was refused before any page of ours saw it.</summary>
public sealed class ProblemController : Controller
{
    /// <summary>One page for every status; it says what to do next.</summary>
    [Route("problem/{status:int?}")]
    [IgnoreAntiforgeryToken]
    public IActionResult Show()
    {
        // Not as an argument: none is filled in when the form that came with the request cannot be read, such as one that is too large.
        Response.StatusCode =
            RouteData.Values["status"] is string status && int.TryParse(status, CultureInfo.InvariantCulture, out var code)
                ? code
                : StatusCodes.Status500InternalServerError;
        return View("Problem", new Problem(Response.StatusCode, [], Files: false));
    }
}

/// <summary>What the page says.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Typed">Every field of the form that failed, to be sent again from here; empty when there was none.</param>
/// <param name="Files">True when files came with it, which a page cannot keep.</param>
public sealed record Problem(int Status, IReadOnlyList<KeyValuePair<string, string>> Typed, bool Files)
{
    /// <summary>
    /// Answers a request that failed. It asks neither database nor sign-in, for they may be what failed, and gives back
    /// what was typed: with its own token, so that it is worth no more than the form it came from.
    /// </summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        context.Response.StatusCode = Faults.StatusOf(fault);
        context.RequestServices.GetRequiredService<Me>().Leave();
        var (typed, files) = await TypedAsync(context.Request);
        var data = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary())
        {
            Model = new Problem(context.Response.StatusCode, typed, files),
        };
        await new ViewResult { ViewName = "/Shared/Problem.cshtml", ViewData = data }.ExecuteResultAsync(
            new ActionContext(context, new RouteData(), new ActionDescriptor())
        );
    }

    private static async Task<(IReadOnlyList<KeyValuePair<string, string>> Typed, bool Files)> TypedAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            return ([], false);
        }

        try
        {
            var form = await request.ReadFormAsync();
            return form.Keys.Any(k => k.Contains("password", StringComparison.OrdinalIgnoreCase))
                ? ([], false)
                : ([.. form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))], form.Files.Count > 0);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or BadHttpRequestException)
        {
            return ([], false); // the form itself could not be taken in; the browser still has it
        }
    }
}
