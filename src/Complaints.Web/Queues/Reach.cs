using System.Linq.Expressions;
using Complaints.Casework;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Staff;

namespace Complaints.Web.Queues;

/// <summary>
/// How far a person sees, cut into ranges that each are an equality on an indexed column. "My units or what I hold" in
/// one query would make the database sort, or walk past every row of foreign units; a range of each, merged by key,
/// reads only what is shown. The rule itself stands in <see cref="Rights.MaySee"/>.
/// </summary>
public sealed class Reach(Cases cases, Me me)
{
    /// <summary>With more units than this the list is walked as a whole instead.</summary>
    private const int MostRanges = 24;

    /// <summary>Only what the person is not kept out of.</summary>
    public IQueryable<Complaint> Unbiased(IQueryable<Complaint> all)
    {
        return me.May(Right.Read) ? all.NotKeptFrom(me.Member.Id) : all.Where(c => false);
    }

    /// <summary>The ranges of a list.</summary>
    /// <param name="scope">Whose complaints.</param>
    /// <param name="unit">Only this unit and those below it; null for all of the scope.</param>
    /// <param name="owner">Only what that person holds: a range of its own index; null for all of the scope.</param>
    public IReadOnlyList<Expression<Func<Complaint, bool>>> Ranges(QueueScope scope, IReadOnlyList<long>? unit, long? owner = null)
    {
        var id = me.Member.Id;
        var all = Rights.SeesAll(me.Member.Role);
        var mine = cases.UnitIds();
        var units = unit is null ? mine : [.. unit.Where(u => all || mine.Contains(u))];
        if (owner is { } holder && IsRange(scope))
        {
            return all && unit is null ? [c => c.OwnerId == holder]
                : unit is null && scope == QueueScope.Visible ? [c => c.OwnerId == holder && (units.Contains(c.UnitId) || c.OwnerId == id)]
                : [c => c.OwnerId == holder && units.Contains(c.UnitId)];
        }

        return scope switch
        {
            QueueScope.Mine when unit is null => [c => c.OwnerId == id],
            QueueScope.Mine => [c => c.OwnerId == id && units.Contains(c.UnitId)],
            QueueScope.Nobody when all && unit is null => [c => c.OwnerId == null],
            QueueScope.Nobody => [c => c.OwnerId == null && units.Contains(c.UnitId)],
            QueueScope.Visible when all && unit is null => [c => true],
            QueueScope.Visible when unit is null => [.. PerUnit(units), c => c.OwnerId == id && !units.Contains(c.UnitId)],
            _ => PerUnit(units),
        };
    }

    /// <summary>True where one holder's complaints are a range; in the lists of one's own and of nobody's they are a filter.</summary>
    public static bool IsRange(QueueScope scope) => scope is QueueScope.Unit or QueueScope.Visible;

    private static IReadOnlyList<Expression<Func<Complaint, bool>>> PerUnit(IReadOnlyList<long> units) =>
        units.Count > MostRanges
            ? [c => units.Contains(c.UnitId)]
            : [.. units.Select(u => (Expression<Func<Complaint, bool>>)(c => c.UnitId == u))];
}
