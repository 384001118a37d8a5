using Complaints.Staff;
using Complaints.Web.Queues;
using Complaints.Web.Staff;

namespace Complaints.Web.Home;

/// <summary>A way somewhere, with how much waits there.</summary>
/// <param name="Url">Where.</param>
/// <param name="Icon">Icon of the sprite.</param>
/// <param name="Title">English text, also the key of its translation.</param>
/// <param name="Count">How many; null where there is nothing to count.</param>
/// <param name="Note">What stands behind the count, with a place for <paramref name="Noted"/>; shown only when that is not 0.</param>
/// <param name="Bad">True when the note is bad news.</param>
/// <param name="Tab">One of the four that are left on a phone.</param>
public sealed record RailItem(
    string Url,
    string Icon,
    string Title,
    int? Count = null,
    string? Note = null,
    int Noted = 0,
    bool Bad = true,
    bool Tab = false
)
{
    /// <summary>The title is somebody's own words and is not translated.</summary>
    public bool Own { get; init; }

    /// <summary>A count with its sign, where it is not a plain number.</summary>
    public string? Counted { get; init; }

    /// <summary>True on that page and on those below it; a view is where its own query is.</summary>
    public bool IsHere(string path, string query) =>
        Own
            ? (query + "&").Contains("view=" + Url[(Url.LastIndexOf('=') + 1)..] + "&", StringComparison.Ordinal)
            : (path == Url || (Url.Length > 1 && path.StartsWith(Url + "/", StringComparison.Ordinal)))
                && !query.Contains("view=", StringComparison.Ordinal);
}

/// <summary>Ways that belong together.</summary>
public sealed record RailGroup(string? Title, IReadOnlyList<RailItem> Items);

/// <summary>
/// The ways through the house for each role. On a phone exactly four are left; the last of them, More, leads to a page with
/// all.
/// </summary>
public static class Rail
{
    /// <summary>The groups, top to bottom.</summary>
    /// <param name="views">Saved views with their counts.</param>
    public static IReadOnlyList<RailGroup> Groups(Me me, CountsNow counts, IReadOnlyList<ViewLine> views)
    {
        var groups = new List<RailGroup>
        {
            new(null, Work(me, counts)),
            new("Views", Saved(views)),
            new("Look up", LookUp(me, counts)),
            new("The house", House(me)),
        };
        return [.. groups.Where(g => g.Items.Count > 0)];
    }

    private static List<RailItem> Work(Me me, CountsNow counts)
    {
        var items = new List<RailItem> { new("/", "home", "Home", Tab: true) };
        if (me.May(Right.Work))
        {
            items.Add(new("/queues/mine", "inbox", "My work", counts.Mine, "{0} late|count", counts.MineLate, Tab: true));
            items.Add(new("/queues/unit", "building", "My unit", counts.Unit, "{0} late|count", counts.UnitLate));
            items.Add(new("/queues/unassigned", "users", "Unassigned", counts.Unassigned));
        }

        if (me.May(Right.Assign))
        {
            items.Add(new("/load", "scales", "Load of the team"));
        }

        var lead = me.May(Right.Lead);
        if (lead)
        {
            items.Add(new("/escalations", "escalate", "Escalations", counts.Untaken, "{0} untaken", counts.Untaken, Tab: true));
        }

        if (me.May(Right.Work))
        {
            items.Add(new("/follow-ups", "repeat", "Follow-ups", counts.Tasks, "{0} late|count", counts.TasksLate, Tab: !lead));
        }

        if (lead)
        {
            items.Add(new("/approvals", "scales", "Approvals", counts.Approvals));
            items.Add(new("/payments", "calendar", "To be paid"));
        }

        if (!me.May(Right.Work) && me.May(Right.Read))
        {
            items.Add(new("/queues/all", "inbox", "All complaints", Tab: true));
            items.Add(new("/figures", "chart", "Figures", Tab: true));
        }

        if (me.May(Right.Administer))
        {
            items.Add(new("/settings", "gear", "Settings", Tab: true));
            items.Add(new("/staff", "users", "Staff", Tab: true));
        }

        items.Add(new("/more", "menu", "More", Tab: true));
        return items;
    }

    private static List<RailItem> Saved(IReadOnlyList<ViewLine> views) =>
        views.Count == 0
            ? []
            :
            [
                .. views.Select(v => new RailItem(v.Url, "star", v.View.Name) { Own = true, Counted = v.Shown }),
                new RailItem("/views", "menu", "All views"),
            ];

    private static List<RailItem> LookUp(Me me, CountsNow counts) =>
        !me.May(Right.Read)
            ? []
            :
            [
                new("/queues/waiting", "pause", "Waiting for customer", counts.Waiting),
                new("/queues/resolved", "check", "Resolved"),
                .. me.May(Right.Lead) ? Array.Empty<RailItem>() : [new RailItem("/payments", "calendar", "To be paid")],
                new("/customers", "person", "Customers"),
                .. me.May(Right.Work)
                    ? [new RailItem("/queues/open", "inbox-in", "Everything open"), new("/queues/all", "inbox-out", "All complaints")]
                    : Array.Empty<RailItem>(),
            ];

    private static List<RailItem> House(Me me) =>
        [
            .. me.May(Right.Figures) && me.May(Right.Work) ? [new RailItem("/figures", "chart", "Figures")] : Array.Empty<RailItem>(),
            .. me.May(Right.Lead) || me.May(Right.Administer) ? [new RailItem("/mail", "mail", "Mail")] : Array.Empty<RailItem>(),
            .. me.May(Right.Work) ? [new RailItem("/macros", "send", "Macros")] : Array.Empty<RailItem>(),
            .. me.May(Right.Lead) ? [new RailItem("/tags", "flag", "Tags")] : Array.Empty<RailItem>(),
            .. me.May(Right.Lead) ? [new RailItem("/phrases", "chat", "Phrase book")] : Array.Empty<RailItem>(),
            .. me.May(Right.Import) ? [new RailItem("/import", "upload", "Import")] : Array.Empty<RailItem>(),
            .. me.May(Right.Audit) ? [new RailItem("/audit", "lock", "Audit")] : Array.Empty<RailItem>(),
        ];
}
