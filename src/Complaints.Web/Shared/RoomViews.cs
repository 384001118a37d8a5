using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace Complaints.Web.Shared;

/// <summary>Finds views in the room of their controller: <c>/{Room}/{Controller}/{View}</c>, <c>/{Room}/{View}</c>, <c>/Shared/{View}</c>.</summary>
public sealed class RoomViews : IViewLocationExpander
{
    /// <inheritdoc />
    public void PopulateValues(ViewLocationExpanderContext context) => context.Values["room"] = RoomOf(context);

    /// <inheritdoc />
    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        [$"/{RoomOf(context)}/{{1}}/{{0}}.cshtml", $"/{RoomOf(context)}/{{0}}.cshtml", "/Shared/{0}.cshtml"];

    private static string RoomOf(ViewLocationExpanderContext context) =>
        (context.ActionContext.ActionDescriptor as ControllerActionDescriptor)?.ControllerTypeInfo.Namespace?.Split('.').Last() ?? "Shared";
}
