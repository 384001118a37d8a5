using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Intake;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Customers;

/// <summary>The ways to reach a customer.</summary>
[Route("customers/{id:long}/contact-points")]
public sealed class ContactPointsController(ComplaintsDb db, Cases cases) : ProfilePages(db, cases)
{
    /// <summary>One more way to reach them.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Add(long id, string? value)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                var point = LogReading.Point(
                    Fitting(value, 200, "value")
                        ?? throw new Refusal(new Sentence("Write a phone number, mail address or handle."), "value"),
                    "value"
                );
                if (customer.ContactPoints.Exists(p => p.Kind == point.Kind && p.Normalised == point.Normalised))
                {
                    throw new Refusal(new Sentence("“{0}” is there already.", point.Value), "value");
                }

                customer.ContactPoints.Add(point);
                return await SavedAsync(id);
            },
            () => ShowAsync(customer, ProfileForm.Of(customer), point: value)
        );
    }

    /// <summary>No longer a way to reach them.</summary>
    [HttpPost("{pointId:long}/removal")]
    public async Task<IActionResult> Remove(long id, long pointId)
    {
        var customer = await FindAsync(id, Right.Work);
        customer.ContactPoints.RemoveAll(p => p.Id == pointId);
        return await SavedAsync(id);
    }

    /// <summary>An address that had bounced works again, or its owner wants our mail after all.</summary>
    [HttpPost("{pointId:long}/repair")]
    public async Task<IActionResult> Repair(long id, long pointId)
    {
        var customer = await FindAsync(id, Right.Work);
        var point = customer.ContactPoints.Find(p => p.Id == pointId) ?? throw new NotHere();
        (point.BouncedAt, point.UnwantedAt) = (null, null);
        return await SavedAsync(id);
    }
}
