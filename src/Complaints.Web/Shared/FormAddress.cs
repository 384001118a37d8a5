using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing.Template;

namespace Complaints.Web.Shared;

/// <summary>
/// Some addresses only take a form. Whoever asks for such a page is led to the nearest page above it, where the form is:
/// after signing in again because the session ended while they wrote, after a refused form, after changing the language.
/// </summary>
public sealed class FormAddress(RequestDelegate next, EndpointDataSource all)
{
    private IReadOnlyList<TemplateMatcher>? _pages;
    private IReadOnlyList<TemplateMatcher>? _forms;

    /// <summary>Stands after routing.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (
            HttpMethods.IsGet(context.Request.Method)
            && context.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is null
            && PageAbove(context.Request.Path) is { } page
        )
        {
            context.Response.Redirect(context.Request.PathBase + page + context.Request.QueryString);
            return Task.CompletedTask;
        }

        return next(context);
    }

    private string? PageAbove(PathString path)
    {
        var at = path.Value ?? "";
        if (Path.HasExtension(at) || !Fits(_forms ??= Of(HttpMethods.Post), at))
        {
            return null;
        }

        _pages ??= Of(HttpMethods.Get);
        do
        {
            at = at[..Math.Max(0, at.LastIndexOf('/'))];
        } while (at.Length > 0 && !Fits(_pages, at));

        return at.Length > 0 ? at : "/";
    }

    private static bool Fits(IReadOnlyList<TemplateMatcher> some, string path) => some.Any(m => m.TryMatch(path, []));

    private List<TemplateMatcher> Of(string method) =>
        [
            .. all
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e =>
                    e.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
                    && e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method, StringComparer.OrdinalIgnoreCase) == true
                )
                .Select(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText ?? ""), [])),
        ];
}
