using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
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
            id = await Merged.SurvivorAsync(db, id.Value);
            var customer =
                await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == id)
                ?? throw new Refusal(new Sentence("That customer is no longer there. Search again."), "Who");
            if (!form.ForOrganisation || customer.OrganisationId is not { } organisation)
            {
                return customer;
            }

            form.PersonId = customer.Id;
            return await db.Customers.Include(c => c.ContactPoints).FirstAsync(c => c.Id == organisation);
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

    /// <summary>Who speaks for the organisation that complains; null when nobody was chosen.</summary>
    public async Task<Customer?> PersonAsync(LogForm form, Customer customer) =>
        form.PersonId is { } person
            ? await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == person && c.OrganisationId == customer.Id)
            : null;

    /// <summary>The form as a contact fills it; null when there is none such, or a complaint was made of it.</summary>
    public async Task<LogForm?> OfContactAsync(long contactId, Reader reader) =>
        await db.CustomerContacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == contactId && c.ComplaintId == null) is { } contact
            ? new LogForm
            {
                CustomerId = contact.CustomerId,
                ContactId = contactId,
                Channel = contact.Channel,
                WhatHappened = contact.Words,
                Received = TimeZoneInfo
                    .ConvertTimeFromUtc(contact.At, reader.Zone)
                    .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            }
            : null;

    /// <summary>The contact has become that complaint: who may not read it does not see the contact either.</summary>
    public async Task MadeAsync(LogForm form, Logged logged)
    {
        if (
            form.ContactId is not { } id
            || await db.CustomerContacts.FirstOrDefaultAsync(c => c.Id == id && c.ComplaintId == null) is not { } contact
        )
        {
            return;
        }

        contact.ComplaintId = logged.Complaint.Id;
        (await db.CustomerMoments.Where(m => m.ContactId == id).ToListAsync()).ForEach(m => m.ComplaintId = logged.Complaint.Id);
        await db.SaveChangesAsync();
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
