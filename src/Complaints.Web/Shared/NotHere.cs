using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Complaints.Web.Shared;

/// <summary>What was asked for does not exist, or is not for this person's eyes: both are the same 404.</summary>
public sealed class NotHere : Exception;

/// <summary>Turns <see cref="NotHere"/> into the 404 page.</summary>
public sealed class NotHereFilter : IExceptionFilter
{
    /// <inheritdoc />
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is NotHere)
        {
            context.Result = new NotFoundResult();
            context.ExceptionHandled = true;
        }
    }
}
