using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>For the auditor: are the timelines whole, and who looked at whose data.</summary>
public sealed class AuditController(ComplaintsDb db, TimelineVerifier verifier, HeadOfHeads heads) : DeskController
{
    private const int PageLength = 100;

    /// <summary>The access log, newest first, and the button that verifies.</summary>
    [HttpGet("audit")]
    public async Task<IActionResult> Show(long? before)
    {
        Refuse();
        return View("Audit", new AuditPage(await LogAsync(before), null, await ExportsAsync()));
    }

    /// <summary>Verifies every timeline now; nothing is changed by it.</summary>
    [HttpPost("audit/verification")]
    public async Task<IActionResult> Verify(CancellationToken cancel)
    {
        Refuse();
        var found = new List<Tampering>();
        var count = 0;
        await foreach (var tampering in verifier.VerifyAllAsync(n => count = n, cancel))
        {
            found.Add(tampering);
            if (found.Count == 200)
            {
                break;
            }
        }

        return View(
            "Audit",
            new AuditPage(
                await LogAsync(null),
                new Verification(count, found, await heads.FirstMismatchAsync(cancel), Now),
                await ExportsAsync()
            )
        );
    }

    private void Refuse()
    {
        if (!Me.May(Right.Audit))
        {
            throw new NotHere();
        }
    }

    private Task<List<ExportLine>> ExportsAsync() =>
        (
            from e in db.Set<Complaints.Customers.CustomerExport>().AsNoTracking()
            join s in db.Set<StaffMember>() on e.StaffId equals s.Id
            orderby e.Id descending
            select new ExportLine(e.At, s.Name, e.Rows)
        )
            .Take(PageLength)
            .ToListAsync();

    private async Task<List<AccessLine>> LogAsync(long? before) =>
        await (
            from a in db.Set<AccessLogEntry>().AsNoTracking()
            where before == null || a.Id < before
            join s in db.Set<StaffMember>() on a.StaffId equals s.Id
            join cu in db.Set<Complaints.Customers.Customer>() on a.CustomerId equals cu.Id
            join c in db.Set<Complaint>() on a.ComplaintId equals c.Id into found
            from c in found.DefaultIfEmpty()
            orderby a.Id descending
            select new AccessLine(a.Id, a.Quarter, s.Name, cu.Name, c == null ? null : c.Reference, a.Care)
        )
            .Take(PageLength)
            .ToListAsync();
}

/// <summary>The auditor's page.</summary>
/// <param name="Log">Newest first.</param>
/// <param name="Result">Null until verified.</param>
/// <param name="Exports">Who took the list of customers out, newest first.</param>
public sealed record AuditPage(IReadOnlyList<AccessLine> Log, Verification? Result, IReadOnlyList<ExportLine> Exports);

/// <summary>Somebody took the list of customers out.</summary>
public sealed record ExportLine(DateTime At, string Who, int Rows);

/// <summary>Who looked at whose data, in which quarter of an hour.</summary>
public sealed record AccessLine(long Id, DateTime Quarter, string Who, string Customer, string? Reference, bool Care);

/// <summary>What verifying found.</summary>
/// <param name="Checked">Number of complaints.</param>
/// <param name="Found">First tampered entry of each.</param>
/// <param name="HeadsDay">Day whose line in the file of heads no longer fits; null when all do.</param>
/// <param name="At">UTC.</param>
public sealed record Verification(int Checked, IReadOnlyList<Tampering> Found, string? HeadsDay, DateTime At);
