using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>The letter of a resolution takes files, copies and a quotation along, at once or after approval.</summary>
public sealed class ResolutionLetterTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_resolution_goes_with_its_files_and_copies(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, mia) = await ApologizedAsync(house);
        using var browser = mia;
        var page = $"/complaints/{reference}";
        var fields = await FieldsAsync(house, reference, "150.00");
        Assert.Contains("Refund of 150.00 GBP", await mia.PostFormAsync($"{page}/previews/resolution", page, fields));
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);
        var later = await mia.PostFormAsync($"{page}/resolution", page, [.. fields, ("SendAt", "2027-01-01T10:00")]);
        Assert.Contains("its letter leaves now", later);
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);

        await mia.PostFormAsync($"{page}/resolution", page, fields, ("Files", "refund.pdf", Letters.Pdf));
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        await ArrivesAsync(house);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_waits_for_approval_takes_them_along_when_it_is_granted(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, mia) = await ApologizedAsync(house);
        using var browser = mia;
        var page = $"/complaints/{reference}";
        var asked = await mia.PostFormAsync(
            $"{page}/resolution",
            page,
            await FieldsAsync(house, reference, "1500.00"),
            ("Files", "refund.pdf", Letters.Pdf)
        );
        Assert.Contains("Awaiting approval", asked);
        Assert.Contains("refund.pdf", asked);
        Assert.Empty(await house.MailsAsync(MailPurpose.Resolution));
        using var lena = await house.SignInAsync("Lena");
        await lena.PostAsync($"{page}/approval", new() { ["decision"] = "approve" }, page);
        await ArrivesAsync(house);
    }

    private static async Task ArrivesAsync(TestHouse house)
    {
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Resolution));
        Assert.Equal("refund.pdf", Assert.Single(mail.Files).FileName);
        Assert.Equal(
            ["anna@partner.example", "grace@customer.example"],
            mail.Deliveries.Select(d => d.Recipient).Order(StringComparer.Ordinal)
        );
        Assert.Equal(1, (await house.CountsAsync()).Files);
        Assert.Equal(1, (await house.CountsAsync()).People);
    }

    private static async Task<(string Reference, Browser Mia)> ApologizedAsync(TestHouse house)
    {
        var reference = await house.LogAsync();
        var said = new Statement(Channel.Phone, "Said");
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) =>
            {
                c.Acknowledge(a, house.Now, said, b);
                c.Apologize(a, house.Now, new Apology(true, null), said);
            }
        );
        return (reference, await house.SignInAsync("Mia"));
    }

    private static async Task<(string, string)[]> FieldsAsync(TestHouse house, string reference, string amount)
    {
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        return
        [
            ("Seen", await house.SeenAsync(reference)),
            ("Channel", "Email"),
            ("Words", "We pay you back."),
            ("Solution", "The second room was paid back."),
            ("Remedy", "Refund"),
            ("Amount", amount),
            ("Currency", "GBP"),
            ("RootCauseId", cause.ToString(CultureInfo.InvariantCulture)),
            ("Outcome", "Upheld"),
            ("Cc", "anna@partner.example"),
        ];
    }
}
