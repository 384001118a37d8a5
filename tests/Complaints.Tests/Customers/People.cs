using System.Globalization;
using Complaints.Customers;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Customers;

/// <summary>Short ways to customers of the little world.</summary>
internal static class People
{
    internal static Task<long> CustomerAsync(this TestHouse house, string name) =>
        house.WithAsync(db => db.Customers.Where(c => c.Name == name).Select(c => c.Id).SingleAsync());

    /// <summary>Posts a form of the profile.</summary>
    internal static Task<string> PostProfileAsync(this Browser browser, long id, string what, Dictionary<string, string?> fields) =>
        browser.PostAsync($"/customers/{id}{what}", fields, $"/customers/{id}");

    /// <summary>Somebody new with these contact points.</summary>
    internal static Task<long> MeetAsync(this TestHouse house, string name, params string[] points) =>
        house.WithAsync(async db =>
        {
            var customer = new Customer { Name = name, CreatedAt = house.Now };
            customer.ContactPoints.AddRange(
                points.Select(p => new ContactPoint
                {
                    Kind = Matching.KindOf(p),
                    Value = p,
                    Normalised = Matching.Normalise(Matching.KindOf(p), p),
                })
            );
            db.Customers.Add(customer);
            await db.SaveChangesAsync();
            return customer.Id;
        });

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
