using Complaints.Time;

namespace Complaints.Deadlines;

/// <summary>
/// Everything deadlines are set from, read once and never changed: calendars, the policy in force, regimes and where
/// they apply, and the trees of units and categories they apply along. Rules take it as a fact and stay pure.
/// </summary>
public sealed class DeadlineBook(
    IReadOnlyDictionary<long, WorkingCalendar> calendars,
    Policy policy,
    IReadOnlyList<Regime> regimes,
    IReadOnlyList<RegimeAttachment> attachments,
    IReadOnlyDictionary<long, BookUnit> units,
    IReadOnlyDictionary<long, long?> categoryParents
)
{
    /// <summary>The house's policy in force.</summary>
    public Policy Policy { get; } = policy;

    /// <summary>Working days within which a granted remedy is settled, from the customer's yes.</summary>
    public int PayWithin { get; init; } = 10;

    /// <summary>All regimes, active or not.</summary>
    public IReadOnlyList<Regime> Regimes { get; } = regimes;

    /// <summary>The calendar with that id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; calendars in use cannot be deleted.</exception>
    public WorkingCalendar Calendar(long id) => calendars[id];

    /// <summary>Facts about the unit.</summary>
    public BookUnit Unit(long id) => units[id];

    /// <summary>The category and those above it, nearest first; empty for none.</summary>
    public IReadOnlyList<long> CategoryAndAbove(long? id)
    {
        var found = new List<long>();
        for (var at = id; at is { } c && found.Count < 20; at = categoryParents.GetValueOrDefault(c))
        {
            found.Add(c);
        }

        return found;
    }

    /// <summary>The active regimes in effect on <paramref name="day"/> that apply to the unit or the category.</summary>
    public IEnumerable<Regime> RegimesFor(long unitId, long? categoryId, DateOnly day)
    {
        var path = Unit(unitId).Path;
        var above = CategoryAndAbove(categoryId);
        return Regimes.Where(r =>
            r.Active
            && (
                r.EffectiveFrom is null
                || DateOnly.ParseExact(r.EffectiveFrom, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) <= day
            )
            && attachments.Any(a =>
                a.RegimeId == r.Id
                && (
                    (a.UnitId is { } u && path.Contains($"/{u}/", StringComparison.Ordinal)) || (a.CategoryId is { } c && above.Contains(c))
                )
            )
        );
    }
}

/// <summary>What deadlines need to know of a unit.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Ids from the top, such as <c>/1/4/</c>.</param>
/// <param name="CalendarId">The calendar its house clocks run on.</param>
/// <param name="EqualTreatment">Tiers weigh nothing there.</param>
public sealed record BookUnit(long Id, string Path, long CalendarId, bool EqualTreatment);
