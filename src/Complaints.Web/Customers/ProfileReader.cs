using Complaints.Customers;
using Complaints.Data;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>Reads what a customer's profile shows.</summary>
public sealed class ProfileReader(ComplaintsDb db, Me me, LineReader line, Repeats repeats, Care care, Alike alike, TimeProvider clock)
{
    private const int MostPeople = 100;

    /// <summary>The page.</summary>
    /// <param name="customer">With contact points.</param>
    /// <param name="before">Where the line of time goes on; null for the newest.</param>
    /// <param name="typed">A form that was refused; null for none.</param>
    public async Task<ProfilePage> ReadAsync(Customer customer, string? before, Typed? typed)
    {
        var id = customer.Id;
        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, me.Reader.Zone));
        return new ProfilePage
        {
            Customer = customer,
            Line = await line.ReadAsync(id, before),
            Repeat = (await repeats.OfAsync(id)).Repeat,
            Tiers = await db.TierChanges.AsNoTracking().Where(t => t.CustomerId == id).OrderByDescending(t => t.Id).Take(50).ToListAsync(),
            Purchases = [.. (await PurchasesAsync(id)).OrderBy(p => p.Until < today).ThenByDescending(p => p.Since)],
            Consents = await db
                .Consents.AsNoTracking()
                .Where(c => c.CustomerId == id)
                .OrderByDescending(c => c.At)
                .ThenByDescending(c => c.Id)
                .Take(100)
                .ToListAsync(),
            Organisation = customer.OrganisationId is { } organisation
                ? await People(db.Customers.Where(c => c.Id == organisation)).FirstOrDefaultAsync()
                : null,
            People = await People(db.Customers.Where(c => c.OrganisationId == id && c.MergedIntoId == null).OrderBy(c => c.Name))
                .Take(MostPeople)
                .ToListAsync(),
            Care = await care.MayAsync(id) ? await care.ReadAsync(id) : null,
            Alike = await alike.OfAsync(customer),
            Mergers = await (
                from m in db.CustomerMergers.AsNoTracking()
                join c in db.Set<Customer>() on m.CustomerId equals c.Id
                where m.SurvivorId == id && m.UndoneAt == null
                orderby m.Id descending
                select new MergedHere(m.Id, c.Id, c.Name, m.At, m.By, m.At + CustomerMerger.UndoTime)
            ).ToListAsync(),
            Today = today,
            Now = now,
            Typed = typed,
        };
    }

    private Task<List<Purchase>> PurchasesAsync(long id) =>
        db.Purchases.AsNoTracking().Where(p => p.CustomerId == id).Take(200).ToListAsync();

    private static IQueryable<Someone> People(IQueryable<Customer> customers) =>
        customers
            .AsNoTracking()
            .Select(c => new Someone(
                c.Id,
                c.Name,
                c.ContactPoints.Where(p => p.Kind == ContactKind.Mail).Select(p => p.Value).FirstOrDefault(),
                c.ContactPoints.Where(p => p.Kind == ContactKind.Phone).Select(p => p.Value).FirstOrDefault()
            ));
}
