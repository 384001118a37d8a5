using System.Globalization;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Intake;

/// <summary>Who complains, as the log form says it.</summary>
public sealed class LogCustomers(ComplaintsDb db, CustomerSearch search, TimeProvider clock)
{
    /// <summary>Customers whom the form may mean; empty until that was asked.</summary>
    public IReadOnlyList<Customer> Alike { get; private set; } = [];

    /// <summary>The customer who was chosen, or somebody new.</summary>
    /// <exception cref="Refusal">Gone, or somebody whom we may know; then <see cref="Alike"/> says who.</exception>
    public async Task<Customer> OfAsync(LogForm form)
    {
        var id = form.CustomerId ?? (long.TryParse(form.Known, CultureInfo.InvariantCulture, out var known) ? known : null);
        if (id is not null)
        {
            return await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == id)
                ?? throw new Refusal(new Sentence("That customer is no longer there. Search again."), "Who");
        }

        if (form.Known != "new")
        {
            Alike = await AlikeAsync(form);
            if (Alike.Count > 0)
            {
                throw new Refusal(new Sentence("We may know this customer. Choose below, or say that it is somebody new."), "alike");
            }
        }

        return LogReading.NewCustomer(form, clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>Customers with the very same contact point or name.</summary>
    private async Task<IReadOnlyList<Customer>> AlikeAsync(LogForm form)
    {
        var alike = new List<Customer>();
        foreach (var typed in new[] { form.Who, form.NewContact }.Where(t => !string.IsNullOrWhiteSpace(t)))
        {
            alike.AddRange(await search.WithPointAsync(Matching.KindOf(typed!), typed!));
        }

        var ids = await search.FindAsync(form.Who, 10);
        var named = await db.Customers.Include(c => c.ContactPoints).Where(c => ids.Contains(c.Id)).ToListAsync();
        return [.. alike.Concat(named.Where(c => Matching.NameFits(c.Name, form.Who!))).DistinctBy(c => c.Id).Take(5)];
    }
}
