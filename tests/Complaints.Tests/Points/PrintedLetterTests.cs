using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Points;

/// <summary>The letter on paper: printed before it is posted, refused when it lacks what is demanded, and printed again.</summary>
public sealed class PrintedLetterTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task It_is_printed_with_letterhead_and_address_and_posted_only_with_what_the_regulator_demands(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var demanded = await AttachAsync(house);
        var (reference, page) = await PointPageTests.ApologizedAsync(house, "Charged twice");
        using var mia = await house.SignInAsync("Mia");
        var ids = await PointPageTests.IdsAsync(house, reference);
        async Task<string> SendAsync(string where, string words) =>
            await mia.PostFormAsync(
                $"{page}/{where}",
                page,
                [
                    .. (
                        await PointPageTests.FieldsAsync(
                            house,
                            reference,
                            [
                                .. PointPageTests.Answered(ids[0], "Upheld", "The bank confirms it.", "60.00"),
                                ("Words", words),
                                ("Document", "final-response"),
                            ]
                        )
                    ).Where(f => f.Item1 != "Channel"),
                    ("Channel", "Letter"),
                ]
            );

        var sheet = await SendAsync("letters/resolution", "Here is our answer.");
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Contains("1 Bridge Street\nBristol", sheet.ReplaceLineEndings("\n"));
        Assert.Contains("Grace Okafor\n12 Mill Lane\nBath\nBA1 1AA", sheet.ReplaceLineEndings("\n"));
        Assert.Contains("Our reference: " + reference, sheet);
        Assert.Contains("23 Nov 2026", sheet);
        Assert.Contains("Charged twice: Upheld. The bank confirms it.", sheet);
        Assert.Contains("Yours sincerely,", sheet);
        Assert.Contains("It will not be taken as posted without:", sheet);
        Assert.Contains(demanded[0], sheet);
        Assert.Equal(1, (await house.ReadAsync(reference)).OpenPoints);

        var refused = await SendAsync("resolution", "Here is our answer.");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("it must also say: “" + demanded[0], refused);
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);

        var words = "Here is our answer.\n" + string.Join("\n", demanded);
        Assert.DoesNotContain("It will not be taken as posted without:", await SendAsync("letters/resolution", words));
        var done = await SendAsync("resolution", words);
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal(State.Resolved, complaint.State);
        Assert.Equal(ClockState.Stopped, complaint.Clocks.Single(c => c.Name == ClockName.Regime).State);
        Assert.Empty(await house.MailsAsync(MailPurpose.Resolution));

        var seq = complaint.Timeline.Single(e => e.Kind == EntryKind.Resolved).Seq;
        Assert.Contains($"{page}/letters/{seq}", done);
        using var otto = await house.SignInAsync("Otto");
        var again = await otto.GetAsync($"{page}/letters/{seq}");
        Assert.Contains(demanded[^1], again);
        Assert.Contains("Refund of 60.00 GBP", again);
        await otto.GetAsync($"{page}/letters/1"); // a call is no letter
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        using var wen = await house.SignInAsync("Wen");
        await wen.GetAsync($"{page}/letters/{seq}");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
    }

    [Theory, OnSqlite]
    public async Task What_stands_in_the_houses_own_sheet_counts_as_said(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var demanded = await AttachAsync(house);
        await house.WithAsync(
            async (db, _) =>
            {
                var template = await db.Templates.SingleAsync(t => t.Purpose == MailPurpose.PrintedLetter && t.Language == "en");
                template.Body += "\n\n" + string.Join("\n\n", demanded);
                await db.SaveChangesAsync();
            }
        );
        var (reference, page) = await PointPageTests.ApologizedAsync(house);
        using var mia = await house.SignInAsync("Mia");
        (string, string)[] more =
        [
            ("Solution", "Explained."),
            ("Outcome", "NotUpheld"),
            ("Document", "final-response"),
            ("Channel", "Letter"),
        ];
        var fields = (await PointPageTests.FieldsAsync(house, reference, more)).Where(f => f is not ("Channel", "Email"));
        await mia.PostFormAsync($"{page}/resolution", page, fields);
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Equal(State.Resolved, (await house.ReadAsync(reference)).State);
    }

    private static async Task<IReadOnlyList<string>> AttachAsync(TestHouse house) =>
        await house.WithAsync(
            async (db, _) =>
            {
                db.RegimeAttachments.Add(
                    new RegimeAttachment
                    {
                        RegimeId = await db.Regimes.Where(r => r.Key == "fca-disp").Select(r => r.Id).SingleAsync(),
                        UnitId = await db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                    }
                );
                db.Settings.Add(new Setting { Name = Complaints.Words.House.AddressSetting, Value = "1 Bridge Street\nBristol" });
                var grace = await db.Customers.SingleAsync(c => c.Name == "Grace Okafor");
                (grace.PostalAddress, grace.PostalCode) = ("12 Mill Lane\nBath", "BA1 1AA");
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
                var document = await db
                    .Regimes.Where(r => r.Key == "fca-disp")
                    .SelectMany(r => r.Documents)
                    .SingleAsync(d => d.Key == "final-response");
                return (IReadOnlyList<string>)document.MustSay.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        );
}
