using Complaints.Data;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>Who changed which setting, newest first; for administrators and auditors.</summary>
[Route("settings/history")]
public sealed class HistoryController(ComplaintsDb db) : DeskController
{
    private const int PageSize = 40;

    /// <summary>The page.</summary>
    /// <param name="about">Only this topic.</param>
    /// <param name="who">Only what this member of staff changed.</param>
    /// <param name="before">Older than this line.</param>
    /// <param name="after">Newer than this line.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(Topic? about, long? who, long? before, long? after)
    {
        if (!Me.May(Right.Administer) && !Me.May(Right.Audit))
        {
            throw new NotHere();
        }

        var all = db.SettingsChanges.AsNoTracking().Where(c => (about == null || c.Topic == about) && (who == null || c.ById == who));
        var lines = after is not null
            ? await all.Where(c => c.Id > after).OrderBy(c => c.Id).Take(PageSize + 1).ToListAsync()
            : await all.Where(c => before == null || c.Id < before).OrderByDescending(c => c.Id).Take(PageSize + 1).ToListAsync();
        var more = lines.Count > PageSize;
        lines = [.. lines.Take(PageSize).OrderByDescending(c => c.Id)];
        var people = await db
            .SettingsChanges.Where(c => c.ById != null)
            .Select(c => c.ById!.Value)
            .Distinct()
            .Join(db.Staff, id => id, s => s.Id, (id, s) => new { s.Id, s.Name })
            .OrderBy(s => s.Name)
            .ToDictionaryAsync(s => s.Id, s => s.Name);
        return View(
            "History",
            new HistoryPage(lines, about, who, people, Newer: after is null ? before is not null : more, Older: after is null ? more : true)
        );
    }
}

/// <summary>The page.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="About">Only this topic; null for all.</param>
/// <param name="Who">Only this person; null for all.</param>
/// <param name="People">Names of those who changed something.</param>
/// <param name="Newer">There are newer ones.</param>
/// <param name="Older">There are older ones.</param>
public sealed record HistoryPage(
    IReadOnlyList<SettingsChange> Lines,
    Topic? About,
    long? Who,
    IReadOnlyDictionary<long, string> People,
    bool Newer,
    bool Older
)
{
    /// <summary>The address of the page that follows.</summary>
    public string Url(string way, long from) =>
        "/settings/history?"
        + string.Join(
            '&',
            new[]
            {
                About is null ? null : $"about={About}",
                Who is null ? null : FormattableString.Invariant($"who={Who}"),
                FormattableString.Invariant($"{way}={from}"),
            }.OfType<string>()
        );
}
