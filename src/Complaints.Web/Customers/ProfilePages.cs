using System.Globalization;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Typed = Complaints.Web.Casework.Typed;

namespace Complaints.Web.Customers;

/// <summary>What the forms on a customer's profile share: who may, the page, and where one lands.</summary>
public abstract class ProfilePages(ComplaintsDb db) : DeskController
{
    /// <summary>Of this request.</summary>
    protected ComplaintsDb Db => db;

    /// <summary>The customer, with contact points. Who was merged is not here; see <see cref="Merged"/>.</summary>
    /// <exception cref="NotHere">There is none, or the right is missing.</exception>
    protected async Task<Customer> FindAsync(long id, Right right) =>
        Me.May(right)
        && await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == id && c.MergedIntoId == null) is { } customer
            ? customer
            : throw new NotHere();

    /// <summary>Changes something on a profile: finds the customer, does it, saves once, and shows the profile again.</summary>
    /// <param name="id">Whose profile.</param>
    /// <param name="change">Does it.</param>
    /// <param name="form">Name of the form, for what was typed when it is refused.</param>
    protected async Task<IActionResult> ChangeAsync(long id, string form, Func<Customer, Task> change)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                await change(customer);
                return await SavedAsync(id);
            },
            () => AgainAsync(customer, form)
        );
    }

    /// <summary>As the other, for what needs no waiting.</summary>
    protected Task<IActionResult> ChangeAsync(long id, string form, Action<Customer> change) =>
        ChangeAsync(
            id,
            form,
            customer =>
            {
                change(customer);
                return Task.CompletedTask;
            }
        );

    /// <summary>Saves, and shows the profile.</summary>
    protected async Task<IActionResult> SavedAsync(long id)
    {
        await db.SaveChangesAsync();
        Flash("Saved.");
        return ToProfile(id);
    }

    /// <summary>To the profile.</summary>
    protected IActionResult ToProfile(long id) => Redirect("/customers/" + id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The profile once more, with what was typed into one of its forms.</summary>
    protected Task<IActionResult> AgainAsync(Customer customer, string form) =>
        ShowAsync(
            customer,
            new Typed(
                form,
                Request.HasFormContentType
                    ? Request.Form.ToDictionary(f => f.Key, f => (string?)f.Value.ToString(), StringComparer.OrdinalIgnoreCase)
                    : []
            )
        );

    /// <summary>The profile.</summary>
    protected async Task<IActionResult> ShowAsync(Customer customer, Typed? typed = null, string? before = null)
    {
        if (!ModelState.IsValid)
        {
            // Show what is saved beside what was typed: the refused change must not look done.
            var id = customer.Id;
            db.ChangeTracker.Clear();
            customer = await db.Customers.Include(c => c.ContactPoints).FirstAsync(c => c.Id == id);
        }

        var reader = HttpContext.RequestServices.GetRequiredService<ProfileReader>();
        return View("Profile", await reader.ReadAsync(customer, before, typed));
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

    /// <summary>Trimmed.</summary>
    /// <exception cref="Refusal">Nothing was typed, or too much.</exception>
    protected static string Needed(string? text, int most, string field, Sentence missing) =>
        Fitting(text, most, field) ?? throw new Refusal(missing, field);

    /// <summary>A day; null when none was typed.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    protected static DateOnly? Day(string? typed, string field) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : DateOnly.TryParseExact(typed.Trim(), "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new Refusal(new Sentence("“{0}” is no day. Write it like 2026-11-23.", typed), field);
}
