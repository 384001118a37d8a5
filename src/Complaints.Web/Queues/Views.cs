using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Complaints.Web.Queues;

/// <summary>A view in the rail.</summary>
/// <param name="Count">What was found in the stretch that was looked at.</param>
/// <param name="More">There may be more beyond.</param>
public sealed record ViewLine(SavedView View, int Count, bool More)
{
    /// <summary>Where it leads.</summary>
    public string Url => Views.UrlOf(View);

    /// <summary>"12", or "12+" where there may be more.</summary>
    public string Shown => Count.ToString(System.Globalization.CultureInfo.InvariantCulture) + (More ? "+" : "");
}

/// <summary>
/// The lists somebody saved or was shared, with counts. A count looks at a bounded stretch of the list and says so, and is
/// kept for some seconds: the rail stands on every page.
/// </summary>
public sealed class Views(ComplaintsDb db, QueueReader queues, Me me, IMemoryCache cache, TimeProvider clock)
{
    /// <summary>Views with a count in the rail; the rest stand on the page of views.</summary>
    public const int InRail = 12;

    /// <summary>Nobody acts differently on more.</summary>
    public const int Cap = 99;

    private static readonly TimeSpan _keep = TimeSpan.FromSeconds(10);

    /// <summary>Those the person has, their own first, in order.</summary>
    public async Task<IReadOnlyList<SavedView>> AllAsync()
    {
        var id = me.Member.Id;
        var all = await db
            .SavedViews.AsNoTracking()
            .Include(v => v.Unit)
            .Include(v => v.Owner)
            .Where(v => v.OwnerId == id || v.UnitId != null)
            .ToListAsync();
        return
        [
            .. all.Where(v => v.IsThereFor(me.Actor) && Queue.Find(v.List) is { } queue && (queue.Name != "mine" || me.May(Right.Work)))
                .OrderBy(v => v.OwnerId != id)
                .ThenBy(v => v.Position)
                .ThenBy(v => v.Id),
        ];
    }

    /// <summary>The first few with their counts, ten seconds old at most.</summary>
    public async Task<IReadOnlyList<ViewLine>> RailAsync()
    {
        if (!me.May(Right.Read))
        {
            return [];
        }

        var key = (typeof(Views), me.Member.Id);
        var now = clock.GetUtcNow();
        if (cache.TryGetValue<Kept>(key, out var kept) && kept is not null && kept.At <= now && now - kept.At < _keep)
        {
            return kept.Lines;
        }

        var lines = new List<ViewLine>();
        foreach (var view in (await AllAsync()).Take(InRail))
        {
            var (count, more) = await queues.CountWithinAsync(Queue.Find(view.List)!, FilterOf(view), Cap);
            lines.Add(new ViewLine(view, count, more));
        }

        cache.Set(key, new Kept(now, lines), _keep);
        return lines;
    }

    /// <summary>The rail is made anew with the next page: a view was saved, renamed or taken away.</summary>
    public void Forget() => cache.Remove((typeof(Views), me.Member.Id));

    /// <summary>Where a view leads.</summary>
    public static string UrlOf(SavedView view) =>
        $"/queues/{view.List}?" + (view.Query.Length > 0 ? view.Query + "&" : "") + $"view={view.Id}";

    /// <summary>The filters of a view.</summary>
    public static QueueFilter FilterOf(SavedView view) => QueueFilter.Read(QueryHelpers.ParseQuery(view.Query));

    private sealed record Kept(DateTimeOffset At, IReadOnlyList<ViewLine> Lines);
}
