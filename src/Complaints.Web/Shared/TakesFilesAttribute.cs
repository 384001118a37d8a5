using Complaints.Data;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Complaints.Web.Shared;

/// <summary>
/// Lets a form be as large as the files that may come by this door. A file somewhat over its limit still comes through,
/// so that a sentence can name it and the words beside it are not lost.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesFilesAttribute(FileDoor door) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    private const long Words = 20L * 1024 * 1024;

    /// <summary>Before the form is read for its token.</summary>
    public int Order => 900;

    /// <inheritdoc />
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        var policy = await FilePolicies.ReadAsync(http.RequestServices.GetRequiredService<ComplaintsDb>(), http.RequestAborted);
        var most = ((FilePolicy.Most(door) + 1) * policy.Largest(door)) + Words;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = most;
        }

        if (http.Features.Get<IFormFeature>() is null or { Form: null })
        {
            var limits = new FormOptions { MultipartBodyLengthLimit = most, ValueLengthLimit = House.LongestField };
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, limits));
        }
    }
}
