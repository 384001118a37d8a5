using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>A point with what became of it.</summary>
/// <param name="Done">Null while it is not.</param>
public sealed record ChecklistLine(ChecklistPoint Point, ChecklistTick? Done);

/// <summary>The list of one complaint.</summary>
/// <param name="Changed">The lists of its kind have changed since it started.</param>
public sealed record CaseChecklist(IReadOnlyList<ChecklistLine> Lines, bool Changed);

/// <summary>
/// What is to be done about a complaint: the lists of its category and of those above it, as they were when it was logged or
/// when somebody took the new ones over.
/// </summary>
public sealed class Checklists(ComplaintsDb db)
{
    /// <summary>The complaint's list.</summary>
    public async Task<CaseChecklist> OfAsync(Complaint complaint, CancellationToken cancel = default)
    {
        var versions = await VersionsAsync(complaint.CategoryId, cancel);
        if (versions.Count == 0)
        {
            return new CaseChecklist([], false);
        }

        var asOf =
            complaint.Id == 0
                ? complaint.LoggedAt
                : await db
                    .ChecklistsTaken.Where(t => t.ComplaintId == complaint.Id)
                    .Select(t => (DateTime?)t.AsOf)
                    .FirstOrDefaultAsync(cancel)
                    ?? complaint.LoggedAt;
        var ticks = await db.ChecklistTicks.AsNoTracking().Where(t => t.ComplaintId == complaint.Id).ToListAsync(cancel);
        var (now, then) = (InForce(versions, DateTime.MaxValue), InForce(versions, asOf));
        return new CaseChecklist(
            [.. then.SelectMany(v => v.Points).Select(p => new ChecklistLine(p, ticks.Find(t => t.Key == p.Key)))],
            !then.Select(v => v.Id).SequenceEqual(now.Select(v => v.Id)) && now.Concat(then).Any(v => v.Points.Count > 0)
        );
    }

    /// <summary>Writes a new version in place of the one in force; says whether anything was different. The caller saves.</summary>
    /// <param name="categoryId">Null for the list of all complaints.</param>
    /// <param name="points">In order; none ends the list.</param>
    /// <remarks>Of two who save at the same moment the later gets a <see cref="DbUpdateConcurrencyException"/>.</remarks>
    public async Task<bool> KeepAsync(
        long? categoryId,
        IReadOnlyList<ChecklistPoint> points,
        long? byId,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        // More than one where two people wrote the first at the same moment: the later counts, and from now on alone.
        var earlier = await db
            .ChecklistVersions.Where(v => v.CategoryId == categoryId && v.ReplacedAt == null)
            .OrderByDescending(v => v.Id)
            .ToListAsync(cancel);
        if (points.SequenceEqual(earlier.FirstOrDefault()?.Points ?? []))
        {
            return false;
        }

        earlier.ForEach(v => v.ReplacedAt = now);
        db.Add(
            new ChecklistVersion
            {
                CategoryId = categoryId,
                At = now,
                ById = byId,
                Kept = ChecklistVersion.Keep(points),
            }
        );
        return true;
    }

    /// <summary>Notes that a point is done, or is not after all; nothing happens when it is so already. The caller saves.</summary>
    /// <exception cref="Refusal">The list has no such point.</exception>
    public async Task TickAsync(Complaint complaint, Actor actor, DateTime now, string key, bool done, CancellationToken cancel = default)
    {
        var line =
            (await OfAsync(complaint, cancel)).Lines.FirstOrDefault(l => l.Point.Key == key)
            ?? throw new Refusal(
                new Sentence("That point is not on the list of {0} any more. Look at the list again.", complaint.Reference)
            );
        if (done == line.Done is not null)
        {
            return;
        }

        complaint.Record(
            EntryKind.Ticked,
            actor,
            now,
            done ? new Sentence("Done: {0}", line.Point.Words) : new Sentence("Not done after all: {0}", line.Point.Words)
        );
        if (done)
        {
            db.Add(
                new ChecklistTick
                {
                    ComplaintId = complaint.Id,
                    Key = key,
                    At = now,
                    ById = actor.StaffId!.Value,
                    By = actor.Name,
                }
            );
        }
        else
        {
            db.Remove(line.Done!);
        }
    }

    /// <summary>Takes the lists over as they are now; what is ticked stays ticked. The caller saves.</summary>
    public async Task TakeOverAsync(Complaint complaint, Actor actor, DateTime now, CancellationToken cancel = default)
    {
        if (!(await OfAsync(complaint, cancel)).Changed)
        {
            return;
        }

        if (await db.ChecklistsTaken.FirstOrDefaultAsync(t => t.ComplaintId == complaint.Id, cancel) is { } taken)
        {
            taken.AsOf = now;
        }
        else
        {
            db.Add(new ChecklistTaken { ComplaintId = complaint.Id, AsOf = now });
        }

        complaint.Record(EntryKind.Ticked, actor, now, new Sentence("The changed checklist was taken over"));
    }

    /// <summary>Refuses those steps while a point they wait for is not done.</summary>
    /// <exception cref="Refusal">Names the first such point.</exception>
    public async Task NeedAsync(Complaint complaint, IReadOnlyList<Verb> steps, CancellationToken cancel = default)
    {
        var open = (await OfAsync(complaint, cancel)).Lines.FirstOrDefault(l =>
            l.Done is null && l.Point.Blocks is { } blocked && steps.Contains(blocked)
        );
        if (open is not null)
        {
            throw new Refusal(
                complaint.Id == 0
                    ? new Sentence(
                        "“{0}” must be done before “{1}”. Log it without “settled on the spot”, tick it off there, and go on.",
                        open.Point.Words,
                        open.Point.Blocks!
                    )
                    : new Sentence(
                        "First do “{0}” and tick it off: the checklist asks for it before “{1}”.",
                        open.Point.Words,
                        open.Point.Blocks!
                    )
            );
        }
    }

    /// <summary>The list of a category as it is now; null when it never had one.</summary>
    public Task<ChecklistVersion?> NowAsync(long? categoryId, CancellationToken cancel = default) =>
        db.ChecklistVersions.AsNoTracking().Where(v => v.CategoryId == categoryId).OrderByDescending(v => v.Id).FirstOrDefaultAsync(cancel);

    // Oldest first. Few: a house has some dozens of lists, and a page asks for those of one branch.
    private async Task<List<ChecklistVersion>> VersionsAsync(long? categoryId, CancellationToken cancel)
    {
        if (!await db.ChecklistVersions.AnyAsync(cancel))
        {
            return [];
        }

        var parents = categoryId is null ? [] : await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.ParentId, cancel);
        var branch = new List<long>();
        for (var at = categoryId; at is { } id && !branch.Contains(id); at = parents.GetValueOrDefault(id))
        {
            branch.Insert(0, id);
        }

        var all = await db
            .ChecklistVersions.AsNoTracking()
            .Where(v => v.CategoryId == null || branch.Contains(v.CategoryId.Value))
            .OrderBy(v => v.Id)
            .ToListAsync(cancel);
        return [.. all.OrderBy(v => v.CategoryId is { } id ? branch.IndexOf(id) : -1)];
    }

    private static List<ChecklistVersion> InForce(List<ChecklistVersion> versions, DateTime at) =>
        [.. versions.Where(v => v.At <= at).GroupBy(v => v.CategoryId).Select(g => g.OrderBy(v => v.Id).Last())];
}
