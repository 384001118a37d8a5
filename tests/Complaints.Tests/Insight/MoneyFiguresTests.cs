using Complaints.Casework;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Insight;

/// <summary>Money given, among the figures: what was paid in full, by unit and currency, beside the period before.</summary>
public sealed class MoneyFiguresTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_paid_in_full_is_summed_by_unit_and_currency_beside_the_period_before(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await PaidAsync(house, 40_00);
        house.Clock.Pass(TimeSpan.FromDays(30));
        var paid = new List<string>();
        foreach (var minor in new[] { 10_00, 20_00, 30_00, 90_00 })
        {
            paid.Add(await PaidAsync(house, minor));
        }

        var chinese = await PaidAsync(house, 100_00, "CNY", "Shanghai");
        await PaidAsync(house, 70_00, part: 30_00); // not all of it yet
        using var dora = await house.SignInAsync("Dora");
        Assert.Equal(["North · GBP,150,40,25,40,4,1", "Shanghai · CNY,100,,100,,1,0"], (await SheetAsync(house, dora)).Order());
        var page = await dora.GetAsync("/figures");
        Assert.Contains("<td class=\"num\" data-value=\"150\">150.00</td>", page);
        var north = await house.WithAsync(db => db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync());
        var link = $"/payments?state=paid&unit={north}&alone=true&from=2026-11-24&to=2026-12-23";
        Assert.Contains($"href=\"{link}\"", page);
        var behind = await dora.GetAsync(link);
        Assert.Contains("<b>150.00 GBP</b>", behind);
        Assert.All(paid, r => Assert.Contains(r, behind));
        Assert.DoesNotContain(before, behind);
        Assert.DoesNotContain(chinese, behind);

        await house.DoAsync(paid[0], "Mia", (c, a, _) => c.ConfirmPaid(c.Grants[0], a, house.Now, null)); // still given
        Assert.Contains("North · GBP,150,40,25,40,4,1", await SheetAsync(house, dora));
        await house.DoAsync(paid[3], "Mia", (c, a, b) => c.Reverse(c.Grants[0], c.Grants[0].Payments[0], a, house.Now, "Wrong", b));
        Assert.Contains("North · GBP,60,40,20,40,3,1", await SheetAsync(house, dora)); // the day it was paid on is counted again
        var shanghai = await house.WithAsync(db => db.Units.SingleAsync(u => u.Name == "Shanghai"));
        await house.DoAsync(paid[2], "Dora", (c, a, b) => c.MoveTo(a, house.Now, shanghai, "Theirs", b));
        Assert.Equal(
            [
                "All together · GBP,60,40,20,40,3,1",
                "North · GBP,30,40,15,40,2,1",
                "Shanghai · CNY,100,,100,,1,0",
                "Shanghai · GBP,30,,30,,1,0",
            ],
            (await SheetAsync(house, dora)).Order()
        );
        using var lena = await house.SignInAsync("Lena");
        Assert.Equal(["North · GBP,30,40,15,40,2,1"], await SheetAsync(house, lena));
        Assert.Contains("Nothing was paid in these days.", await lena.GetAsync("/payments?state=paid&from=2026-01-01&to=2026-01-31"));
    }

    [Fact]
    public void A_currency_is_read_back_from_its_number() =>
        Assert.All(new[] { "AAA", "GBP", "CNY", "JPY", "ZZZ" }, c => Assert.Equal(c, MoneyFigures.CurrencyOf(MoneyFigures.NumberOf(c))));

    private static async Task<string> PaidAsync(
        TestHouse house,
        long minor,
        string currency = "GBP",
        string unit = "North",
        long? part = null
    )
    {
        var who = unit == "North" ? "Mia" : "Wen";
        var reference = await house.LogAsync(owner: who, unit: unit);
        await house.DoAsync(
            reference,
            who,
            (c, a, b) =>
            {
                var grant = c.Offer(a, house.Now, Remedy.Refund, new Money(minor, currency), "Charged twice", 900_000, b);
                c.AcceptOffer(grant, a, house.Now, null, b);
                c.Pay(grant, a, house.Now, new Money(part ?? minor, currency), DateOnly.FromDateTime(house.Now), PayWay.Card, null, b);
            }
        );
        return reference;
    }

    private static async Task<List<string>> SheetAsync(TestHouse house, Browser who)
    {
        await house.CountFiguresAsync();
        var sheet = await who.GetAsync("/figures/compensation.csv");
        return [.. sheet.Replace("\"", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }
}
