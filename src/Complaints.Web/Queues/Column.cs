namespace Complaints.Web.Queues;

/// <summary>What showing a column costs a page of a list.</summary>
public enum ColumnCost
{
    /// <summary>Nothing: it stands in the complaint's own row, which is read anyway.</summary>
    Row,

    /// <summary>One read by key for all rows of the page together.</summary>
    OneMoreRead,
}

/// <summary>A column a list can show beside when and what, which every list shows.</summary>
/// <param name="Name">In the address and the choice; never changes.</param>
/// <param name="Title">English text, also the key of its translation.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Default">Shown until somebody chooses.</param>
/// <param name="Number">Aligned as a number.</param>
/// <param name="Aside">Left out on narrow screens while it is only there by default.</param>
public sealed record Column(
    string Name,
    string Title,
    ColumnCost Cost = ColumnCost.Row,
    bool Default = false,
    bool Number = false,
    bool Aside = false
)
{
    /// <summary>All there are. Nothing else can be shown, so that no list can be made slow by choosing.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        new("customer", "Customer", Default: true),
        new("step", "Step", Default: true),
        new("owner", "Held by", Default: true),
        new("unit", "Unit", Default: true, Aside: true),
        new("level", "Level", Default: true, Number: true, Aside: true),
        new("promised", "Promised|column", Default: true, Aside: true),
        new("silence", "Silence", Default: true, Number: true),
        new("severity", "Severity"),
        new("category", "Category", ColumnCost.OneMoreRead),
        new("channel", "Channel"),
        new("state", "State"),
        new("received", "Received|column"),
        new("resolved", "Resolved|column"),
        new("heard", "We heard from them"),
        new("waiting", "Waiting for|column"),
        new("dispute", "In dispute", Number: true),
        new("reopened", "Times reopened", Number: true),
        new("wants", "Wants"),
        new("tags", "Tags", ColumnCost.OneMoreRead),
        new("fields", "Fields|settings", ColumnCost.OneMoreRead),
    ];

    /// <summary>Those shown until somebody chooses.</summary>
    public static IReadOnlyList<Column> Defaults { get; } = [.. All.Where(c => c.Default)];

    /// <summary>The columns of these names in the order of <see cref="All"/>; unknown names are nothing, and none at all is the default.</summary>
    public static IReadOnlyList<Column> Read(string? names)
    {
        if (names is null)
        {
            return Defaults;
        }

        var wanted = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. All.Where(c => wanted.Contains(c.Name, StringComparer.Ordinal))];
    }

    /// <summary>As <see cref="Read"/> takes them.</summary>
    public static string Write(IEnumerable<Column> columns) => string.Join(',', columns.Select(c => c.Name));

    /// <summary>Classes of its cells.</summary>
    /// <param name="chosen">Somebody chose it, so that it is not left out.</param>
    public string? Class(bool chosen) =>
        (Number, Aside && !chosen) switch
        {
            (true, true) => "num aside",
            (true, false) => "num",
            (false, true) => Name == "unit" ? "aside wide" : "aside", // wide: only where there is room
            _ => null,
        };
}

/// <summary>A cell of a list.</summary>
public sealed record Cell(QueueModel Page, QueueRow Row, Column Column, DateTime Now);
