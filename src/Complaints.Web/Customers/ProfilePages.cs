using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>What the forms on a customer's profile share: who may, the page, and where one lands.</summary>
public abstract class ProfilePages(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>Of this request.</summary>
    protected ComplaintsDb Db => db;

    /// <summary>The customer, with contact points.</summary>
    /// <exception cref="NotHere">There is none, or the right is missing.</exception>
    protected async Task<Customer> FindAsync(long id, Right right) =>
        Me.May(right) && await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == id) is { } customer
            ? customer
            : throw new NotHere();

    /// <summary>Saves, and shows the profile.</summary>
    protected async Task<IActionResult> SavedAsync(long id)
    {
        await db.SaveChangesAsync();
        Flash("Saved.");
        return Redirect("/customers/" + id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The profile with what was typed.</summary>
    protected async Task<IActionResult> ShowAsync(
        Customer customer,
        ProfileForm form,
        bool edit = false,
        string? reason = null,
        string? point = null
    )
    {
        if (!ModelState.IsValid)
        {
            // Show what is saved beside what was typed: the refused change must not look done.
            await db.Entry(customer).ReloadAsync();
            form.Version = customer.Version;
        }

        return View(
            "Profile",
            new ProfilePage(
                customer,
                form,
                await cases
                    .Visible(db.Complaints.AsNoTracking().Where(c => c.CustomerId == customer.Id))
                    .OrderByDescending(c => c.ReceivedAt)
                    .ThenByDescending(c => c.Id)
                    .Take(200)
                    .Select(c => new ProfileCase(c.Reference, c.Summary, c.ReceivedAt, c.State, c.Outcome))
                    .ToListAsync(),
                edit,
                reason,
                point
            )
        );
    }

    /// <summary>The profile is the one that was shown.</summary>
    /// <exception cref="Refusal">Somebody changed it.</exception>
    protected static void Expect(Customer customer, long version)
    {
        if (customer.Version != version)
        {
            throw new Refusal("Somebody changed this profile while you were editing. Look at it again, then save: your words are kept.");
        }
    }

    /// <summary>Trimmed; null when nothing was typed.</summary>
    /// <exception cref="Refusal">It is too long.</exception>
    protected static string? Fitting(string? text, int most, string field)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null
            : trimmed.Length <= most ? trimmed
            : throw new Refusal(new Sentence("That text has {0} characters; {1} fit.", trimmed.Length, most), field);
    }
}
