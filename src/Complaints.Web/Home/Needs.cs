using Complaints.Casework;
using Complaints.Customers;
using Complaints.Language;

namespace Complaints.Web.Home;

/// <summary>Why a complaint needs somebody, in the order in which it does.</summary>
public enum NeedKind
{
    /// <summary>A regulator's deadline, late or within <see cref="NeedsReader.Ahead"/>.</summary>
    Statutory,
    Late,
    Escalated,
    Today,
    Task,
    Approval,
    Told,
    Unassigned,
    UnitLate,
    Draft,
}

/// <summary>One reason.</summary>
/// <param name="At">UTC: when it is due, or since when it waits.</param>
/// <param name="Why">In one sentence.</param>
/// <param name="Button">English text of the one button, also the key of its translation.</param>
/// <param name="Url">Where it leads.</param>
public sealed record Need(NeedKind Kind, DateTime At, Sentence Why, string Button, string Url)
{
    /// <summary>True when time runs towards <see cref="At"/>; otherwise it waits since then.</summary>
    public bool IsDue =>
        Kind is NeedKind.Statutory or NeedKind.Late or NeedKind.Today or NeedKind.Task or NeedKind.UnitLate or NeedKind.Unassigned;

    /// <summary>The heavier of a kind stands first.</summary>
    public int Weight { get; init; }

    /// <summary>The button changes something: what one was told is no longer new.</summary>
    public bool Posts { get; init; }
}

/// <summary>What a complaint is called.</summary>
public sealed record NeedOf(string Reference, string Summary, string Customer, Tier Tier);

/// <summary>One complaint that needs somebody, with every reason; never the same complaint twice.</summary>
/// <param name="Needs">Most urgent first.</param>
public sealed record NeedLine(NeedOf Of, IReadOnlyList<Need> Needs)
{
    /// <summary>Why it stands where it stands.</summary>
    public Need First => Needs[0];

    /// <summary>One line for each complaint, in order: by kind, then by time, then by reference so that nothing jumps.</summary>
    public static IReadOnlyList<NeedLine> Order(IEnumerable<(NeedOf Of, Need Need)> needs, int most) =>
        [
            .. needs
                .GroupBy(n => n.Of.Reference)
                .Select(g => new NeedLine(
                    g.First().Of,
                    [
                        .. g.Select(n => n.Need)
                            .OrderBy(n => n.Kind)
                            .ThenByDescending(n => n.Weight)
                            .ThenBy(n => n.At)
                            .DistinctBy(n => (n.Kind, n.Kind == NeedKind.Escalated ? "" : n.Why.ToString())),
                    ]
                ))
                .OrderBy(l => l.First.Kind)
                .ThenByDescending(l => l.First.Weight)
                .ThenBy(l => l.First.At)
                .ThenBy(l => l.Of.Reference, StringComparer.Ordinal)
                .Take(most),
        ];
}
