using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>How keeping a draft went.</summary>
public enum DraftKeeping
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Another page of the same person kept, sent or threw it away meanwhile: nothing was changed.</summary>
    Overtaken,

    /// <summary>Real work is writing; to be tried again in a moment.</summary>
    Busy,
}

/// <summary>
/// What somebody typed into a form of a complaint and has not sent. It is its author's alone, no part of the complaint and
/// of no list but theirs; sent or thrown away it is gone.
/// </summary>
public sealed class Draft
{
    /// <summary>Most characters of one draft, its field names included.</summary>
    public const int Longest = 60_000;

    /// <summary>How long one is kept that nobody goes on with.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    /// <summary>How long keeping one waits for other writers of this process; it is never what others wait for long.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(250);

    /// <summary>The forms of a complaint's page that keep what is typed.</summary>
    public static IReadOnlyList<string> Forms { get; } =
    ["acknowledgement", "apology", "resolution", "closing", "reopening", "reply", "contact", "note", "setting-beside", "points", "answers"];

    public long StaffId { get; init; }
    public long ComplaintId { get; init; }

    /// <summary>One of <see cref="Forms"/>.</summary>
    public required string Form { get; init; }

    /// <summary>The fields as the page's script names them, one flat JSON object.</summary>
    public required string Typed { get; init; }

    /// <summary>UTC of the last change.</summary>
    public DateTime At { get; init; }

    /// <summary>
    /// Rises with every change, so that of two pages the later one is told. It begins with the milliseconds since 1970 and not
    /// with 1: a page that knows a draft that was sent since must not be taken for one that knows the next.
    /// </summary>
    public long Mark { get; init; }

    /// <summary>Keeps what was typed, in one short turn of writing, unless another page was faster.</summary>
    /// <param name="mark">The <see cref="Mark"/> the page knows; 0 for none.</param>
    /// <returns>How it went, and what is kept now; null when nothing is.</returns>
    public static async Task<(DraftKeeping How, Draft? Now)> KeepAsync(
        ComplaintsDb db,
        Draft draft,
        long mark,
        CancellationToken cancel = default
    )
    {
        using (var turn = await db.Gate.TryEnterAsync(_patience, cancel))
        {
            if (!turn.Entered)
            {
                return (DraftKeeping.Busy, null);
            }

            if (mark == 0 ? await AddAsync(db, draft, cancel) : await ChangeAsync(db, draft, mark, cancel))
            {
                return (DraftKeeping.Kept, await FindAsync(db, draft, cancel));
            }
        }

        var now = await FindAsync(db, draft, cancel);
        return (now?.Typed == draft.Typed ? DraftKeeping.Kept : DraftKeeping.Overtaken, now); // the same again: only the answer was lost
    }

    /// <summary>It is sent or thrown away; nothing happens when there is none.</summary>
    public static async Task ForgetAsync(ComplaintsDb db, long staffId, long complaintId, string form, CancellationToken cancel = default)
    {
        var there = db.Drafts.Where(d => d.StaffId == staffId && d.ComplaintId == complaintId && d.Form == form);
        if (await there.AnyAsync(cancel))
        {
            using var turn = db.Database.CurrentTransaction is null ? await db.Gate.EnterAsync(cancel) : null;
            await there.ExecuteDeleteAsync(cancel);
        }
    }

    /// <summary>Forgets those nobody went on with.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> TidyAsync(ComplaintsDb db, DateTime now, CancellationToken cancel = default)
    {
        var (old, gone) = (now - Lasts, 0);
        while (
            await db
                .Drafts.Where(d => d.At < old)
                .OrderBy(d => d.At)
                .Select(d => new { d.StaffId, d.ComplaintId })
                .FirstOrDefaultAsync(cancel)
                is { } one
        )
        {
            using var turn = await db.Gate.EnterAsync(cancel);
            gone += await db
                .Drafts.Where(d => d.StaffId == one.StaffId && d.ComplaintId == one.ComplaintId && d.At < old)
                .ExecuteDeleteAsync(cancel);
        }

        return gone;
    }

    private static Task<Draft?> FindAsync(ComplaintsDb db, Draft like, CancellationToken cancel) =>
        db
            .Drafts.AsNoTracking()
            .FirstOrDefaultAsync(d => d.StaffId == like.StaffId && d.ComplaintId == like.ComplaintId && d.Form == like.Form, cancel);

    private static async Task<bool> ChangeAsync(ComplaintsDb db, Draft draft, long mark, CancellationToken cancel) =>
        await db
            .Drafts.Where(d => d.StaffId == draft.StaffId && d.ComplaintId == draft.ComplaintId && d.Form == draft.Form && d.Mark == mark)
            .ExecuteUpdateAsync(
                s => s.SetProperty(d => d.Typed, draft.Typed).SetProperty(d => d.At, draft.At).SetProperty(d => d.Mark, mark + 1),
                cancel
            ) == 1;

    private static async Task<bool> AddAsync(ComplaintsDb db, Draft draft, CancellationToken cancel)
    {
        var mark = new DateTimeOffset(draft.At).ToUnixTimeMilliseconds();
        return await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Drafts" ("StaffId", "ComplaintId", "Form", "Typed", "At", "Mark")
                VALUES ({draft.StaffId}, {draft.ComplaintId}, {draft.Form}, {draft.Typed}, {draft.At}, {mark}) ON CONFLICT DO NOTHING
                """,
                cancel
            ) == 1;
    }
}
