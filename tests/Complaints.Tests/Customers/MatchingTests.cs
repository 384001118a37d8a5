using Complaints.Customers;
using Complaints.Data;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Customers;

public sealed class MatchingTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Customers_are_found_by_name_phone_mail_and_handle_as_typed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                db.Customers.Add(
                    new Customer
                    {
                        Name = "李 小龙",
                        CreatedAt = house.Now,
                        ContactPoints = [Point(ContactKind.Social, "@Little_Dragon"), Point(ContactKind.Phone, "+44 (0)20 7946 0077")],
                    }
                );
                await db.SaveChangesAsync();
            }
        );
        foreach (
            var (typed, name) in new[]
            {
                ("okaf", "Grace Okafor"),
                ("okafor gra", "Grace Okafor"),
                ("GRACE", "Grace Okafor"),
                ("020 7946 0011", "Grace Okafor"),
                ("0011", "Grace Okafor"),
                ("+44 20 7946 0011", "Grace Okafor"),
                ("1380013", "王芳"),
                ("138 0013 8000", "王芳"),
                ("１３８００１３", "王芳"),
                ("芳", "王芳"),
                ("wangfang@", "王芳"),
                ("little_d", "李 小龙"),
                ("@little", "李 小龙"),
                ("小龙", "李 小龙"),
                ("norris", "No Mail Norris"),
            }
        )
        {
            Assert.True(await FindAsync(house, typed) is [var only] && only == name, $"“{typed}” should find {name} alone");
        }

        Assert.Empty(await FindAsync(house, "okafor wang"));
        Assert.Empty(await FindAsync(house, "%"));
        Assert.Empty(await FindAsync(house, "  "));
        Assert.Equal(4, (await FindAsync(house, "020 7946")).Length); // Grace, Ivar, Norris, and the one written +44 (0)
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_name_and_a_removed_address_are_known_at_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                var grace = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Name == "Grace Okafor");
                grace.Name = "Grace Hopper";
                grace.ContactPoints.RemoveAll(p => p.Kind == ContactKind.Mail);
                await db.SaveChangesAsync();
            }
        );
        Assert.Empty(await FindAsync(house, "okafor"));
        Assert.Empty(await FindAsync(house, "grace@"));
        Assert.Equal(["Grace Hopper"], await FindAsync(house, "hopp"));
    }

    [Theory]
    [InlineData("Grace Okafor", "okafor grace", true)]
    [InlineData("Grace Okafor", "Grace A. Okafor", true)]
    [InlineData("王芳", "王芳", true)]
    [InlineData("Grace Okafor", "Tom Okafor", false)]
    [InlineData("Grace Okafor", "Grace", false)]
    [InlineData("Grace Okafor", "", false)]
    public void A_name_fits_or_not(string one, string other, bool fits) => Assert.Equal(fits, Matching.NameFits(one, other));

    private static Task<string[]> FindAsync(TestHouse house, string typed) =>
        house.WithAsync(async db =>
        {
            var ids = await new CustomerSearch(db).FindAsync(typed, 10);
            return await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToArrayAsync();
        });

    private static ContactPoint Point(ContactKind kind, string value) =>
        new()
        {
            Kind = kind,
            Value = value,
            Normalised = Matching.Normalise(kind, value),
        };
}
