using Microsoft.AspNetCore.Mvc.Controllers;

namespace Complaints.Web.Operation;

/// <summary>The headers every answer carries. Scripts and styles come from our own files alone; nobody may frame a page.</summary>
public sealed class SafeHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds them.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        context.Response.OnStarting(() =>
        {
            // Every page may hold personal data, and a shared computer has a back button; only files of the program are kept.
            if (context.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
