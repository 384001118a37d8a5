using System.Globalization;
using System.Text;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>
/// The list of all customers as a file. Who took it is noted before the first line leaves; administrators, who do not read
/// customers, cannot.
/// </summary>
[Route("customers/export")]
[Needs(Right.ExportCustomers)]
public sealed class ExportController(ComplaintsDb db) : DeskController
{
    private const int Stretch = 500;

    /// <summary>Writes it, some hundred at a time: however many there are, little memory is held.</summary>
    [HttpPost("")]
    public async Task Take(CancellationToken cancel)
    {
        var rows = await db.Customers.CountAsync(c => c.MergedIntoId == null, cancel);
        db.CustomerExports.Add(
            new CustomerExport
            {
                StaffId = Me.Member.Id,
                At = Now,
                Rows = rows,
            }
        );
        await db.SaveChangesAsync(cancel);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture,
            $"attachment; filename=\"customers-{Now:yyyy-MM-dd}.csv\""
        );
        await Response.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancel);
        await Response.WriteAsync(CustomerFile.Head(), Encoding.UTF8, cancel);
        for (long last = 0; ; )
        {
            var some = await db
                .Customers.AsNoTracking()
                .Include(c => c.ContactPoints)
                .Where(c => c.Id > last && c.MergedIntoId == null)
                .OrderBy(c => c.Id)
                .Take(Stretch)
                .AsSplitQuery()
                .ToListAsync(cancel);
            if (some.Count == 0)
            {
                return;
            }

            await Response.WriteAsync(CustomerFile.Lines(some), Encoding.UTF8, cancel);
            last = some[^1].Id;
        }
    }
}
