using Complaints.Staff;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Complaints.Web.Shared;

/// <summary>A page for people who hold the right; for everybody else it is not there (404).</summary>
/// <param name="right">The right.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right) : Attribute, IAuthorizationFilter
{
    /// <summary>The right.</summary>
    public Right Right { get; } = right;

    /// <inheritdoc />
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (!context.HttpContext.RequestServices.GetRequiredService<Me>().May(Right))
        {
            context.Result = new NotFoundResult();
        }
    }
}
