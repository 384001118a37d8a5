using Complaints.Language;

namespace Complaints.Insight;

/// <summary>How a column is written.</summary>
public enum FigureKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A share in percent, one decimal.</summary>
    Percent,

    /// <summary>A mean of marks, two decimals.</summary>
    Mean,

    /// <summary>Minutes, written as a length of time.</summary>
    Minutes,

    /// <summary>An amount in major units of the row's currency.</summary>
    Money,
}

/// <summary>A column of a table of figures.</summary>
/// <param name="Drawn">True when the chart shows it.</param>
public sealed record FigureColumn(Sentence Name, FigureKind Kind, bool Drawn = true);

/// <summary>A row of a table of figures.</summary>
/// <param name="Values">One a column; null where there is nothing to say.</param>
/// <param name="Url">The list it counts; null when there is none.</param>
public sealed record FigureRow(Sentence Label, IReadOnlyList<double?> Values, string? Url = null)
{
    /// <summary>Of its amounts; null where it has none.</summary>
    public string? Currency { get; init; }
}

/// <summary>A table of figures; its chart is drawn from it and its CSV holds the same.</summary>
/// <param name="Name">Short, for addresses.</param>
/// <param name="Chart">Kind of chart: bar, hbar, pareto, line.</param>
/// <param name="Note">How it is counted.</param>
public sealed record FigureTable(
    string Name,
    Sentence Title,
    string Chart,
    Sentence First,
    IReadOnlyList<FigureColumn> Columns,
    IReadOnlyList<FigureRow> Rows,
    Sentence Note
)
{
    /// <summary>The table stands open below its chart: the chart does not show what matters most.</summary>
    public bool Open { get; init; }
}

/// <summary>What figures are about. Days are the organisation's, so that everybody sees the same figures.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day, included.</param>
/// <param name="Units">Ids; null for all.</param>
/// <param name="Today">The organisation's today.</param>
/// <param name="Reader">Whose language.</param>
public sealed record FigureQuestion(DateOnly First, DateOnly Last, IReadOnlyList<long>? Units, DateOnly Today, Reader Reader);
