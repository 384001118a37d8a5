using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What one is told: named in a note, or something happened to a complaint one follows.</summary>
[Needs(Right.Read)]
public sealed class NoticesController(ComplaintsDb db, Cases cases) : DeskController
{
    private const int Size = 50;

    /// <summary>A page of them, newest first; those about what one may no longer read are not there.</summary>
    [HttpGet("/notices")]
    public async Task<IActionResult> Index(long? before)
    {
        var me = Me.Member.Id;
        var below = before ?? long.MaxValue;
        var rows = await db
            .Notices.AsNoTracking()
            .Where(n => n.StaffId == me && n.Id < below && n.OnPage)
            .Join(
                cases.Visible(db.Complaints),
                n => n.ComplaintId,
                c => c.Id,
                (n, c) =>
                    new
                    {
                        Notice = n,
                        c.Reference,
                        c.Summary,
                    }
            )
            .OrderByDescending(l => l.Notice.Id)
            .Take(Size + 1)
            .Select(l => new NoticeLine(l.Notice, l.Reference, l.Summary))
            .ToListAsync();
        return View("Notices", new NoticesPage([.. rows.Take(Size)], rows.Count > Size ? rows[Size - 1].Notice.Id : null));
    }

    /// <summary>Goes to what it is about; it is no longer new then.</summary>
    [HttpPost("/notices/{id:long}")]
    public async Task<IActionResult> Open(long id)
    {
        var me = Me.Member.Id;
        var notice = await db.Notices.FirstOrDefaultAsync(n => n.Id == id && n.StaffId == me) ?? throw new NotHere();
        notice.SeenAt ??= Now;
        await db.SaveChangesAsync();
        var reference =
            await cases.Visible(db.Complaints).Where(c => c.Id == notice.ComplaintId).Select(c => c.Reference).FirstOrDefaultAsync()
            ?? throw new NotHere();
        return LocalRedirect($"/complaints/{reference}#e{notice.Seq}");
    }

    /// <summary>None of them is new any more.</summary>
    [HttpPost("/notices/seen")]
    public async Task<IActionResult> SeeAll()
    {
        var (me, now) = (Me.Member.Id, Now);
        using (await db.Gate.EnterAsync())
        {
            await db.Notices.Where(n => n.StaffId == me && n.SeenAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, now));
        }

        return LocalRedirect("/notices");
    }
}

/// <summary>Following a complaint, or not any more.</summary>
public sealed class WatchingController : CaseController
{
    /// <summary>Starts or stops; anybody who may read it may follow it. Nothing about the complaint changes.</summary>
    [HttpPost("complaints/{reference}/watching")]
    public async Task<IActionResult> Update(string reference, bool follow)
    {
        var complaint = await Cases.FindAsync(reference);
        var me = Me.Member.Id;
        var known = await Db.Watchers.FirstOrDefaultAsync(w => w.ComplaintId == complaint.Id && w.StaffId == me);
        if (follow && known is null)
        {
            Db.Add(new Watcher { ComplaintId = complaint.Id, StaffId = me });
        }
        else if (!follow && known is not null)
        {
            Db.Remove(known);
        }

        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateException twice) when (twice is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(twice))
        {
            // the second of two clicks: it is so already
        }

        Flash(follow ? "You follow it now." : "You no longer follow it.");
        return LocalRedirect($"/complaints/{complaint.Reference}");
    }
}

/// <summary>A notice with its complaint.</summary>
public sealed record NoticeLine(Notice Notice, string Reference, string Summary)
{
    /// <summary>What happened.</summary>
    public Sentence Say => KeptSentence.Read(Notice.Say);
}

/// <summary>A page of notices.</summary>
/// <param name="Older">Where to go on; null at the end.</param>
public sealed record NoticesPage(IReadOnlyList<NoticeLine> Lines, long? Older);
