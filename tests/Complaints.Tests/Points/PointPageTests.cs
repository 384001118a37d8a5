using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Points;

/// <summary>Points over HTTP: logged, added, answered in the form that resolves, and what happens when two people do it.</summary>
public sealed class PointPageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Two_points_are_added_answered_and_resolved_in_one_form(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, page) = await ApologizedAsync(house);
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync($"{page}/points", await SeenAsync(house, reference, ("lines", "Charged twice\r\n\r\n Cold room ")), page);
        var ids = await IdsAsync(house, reference);
        Assert.Equal(2, ids.Count);

        var refused = await mia.PostFormAsync(
            $"{page}/resolution",
            page,
            await FieldsAsync(house, reference, Answered(ids[0], "Upheld", "The bank confirms it.", "60.00"))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("Point 2, “Cold room”, is not answered yet.", refused);
        Assert.Contains("The bank confirms it.", refused); // nothing typed is lost
        Assert.Equal(2, (await house.ReadAsync(reference)).OpenPoints);

        await mia.PostFormAsync(
            $"{page}/resolution",
            page,
            await FieldsAsync(
                house,
                reference,
                [
                    .. Answered(ids[0], "Upheld", "The bank confirms it.", "60.00"),
                    .. Answered(ids[1], "NotUpheld", "The log shows 21 degrees."),
                ]
            )
        );
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal((State.Resolved, Outcome.PartlyUpheld, 6000L), (complaint.State, complaint.Outcome, complaint.RemedyMinor));
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Resolution));
        Assert.Contains("1. Charged twice: Upheld. The bank confirms it. (Refund of 60.00 GBP)", mail.Text);
        Assert.Contains("Refund of 60.00 GBP", mail.Text);

        // What was found is found, in the search as on the timeline and on paper.
        Assert.Contains(reference, await mia.GetAsync("/search?q=21+degrees"));
        var shown = await mia.GetAsync(page);
        Assert.Contains("Taken together:", shown);
        Assert.DoesNotContain($"{page}/points\"", shown); // resolved: nothing to add or answer any more
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_letter_is_put_together_from_what_is_typed_and_leaves_as_it_was_changed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, page) = await ApologizedAsync(house, "Charged twice", "Cold room");
        using var mia = await house.SignInAsync("Mia");
        var ids = await IdsAsync(house, reference);
        (string, string)[] answers =
        [
            .. Answered(ids[0], "Upheld", "The bank confirms it.", "60.00"),
            .. Answered(ids[1], "NotUpheld", "The log shows 21 degrees."),
        ];
        var half = await mia.PostFormAsync(
            $"{page}/letters/draft",
            page,
            await FieldsAsync(house, reference, [.. Answered(ids[0], "Upheld", "Yes."), ("Solution", "Being typed")])
        );
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Contains("1 point is still open", half);
        Assert.Contains("Being typed", half);
        Assert.Equal(1, (await house.ReadAsync(reference)).OpenPoints);
        var bad = await mia.PostFormAsync(
            $"{page}/letters/draft",
            page,
            await FieldsAsync(house, reference, Answered(ids[1], "", "Without an outcome"))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("Say for “Cold room” what was found", bad);
        Assert.Contains("Without an outcome", bad);

        var draft = await mia.PostFormAsync(
            $"{page}/letters/draft",
            page,
            await FieldsAsync(house, reference, [.. answers, ("CustomerAgreed", "true")])
        );
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Contains("1. Charged twice\nThe bank confirms it.\nOur finding: Upheld.", draft.ReplaceLineEndings("\n"));
        Assert.Contains("<option value=\"true\" selected", draft);
        Assert.Equal((State.Apologized, 0), await StateAsync(house, reference)); // answered, and not resolved by it

        // Whoever opens it now finds the letter in the form.
        Assert.Contains("2. Cold room\nThe log shows 21 degrees.", (await mia.GetAsync(page)).ReplaceLineEndings("\n"));
        var words = "Charged twice: you are right. Cold room: it was not.";
        await mia.PostFormAsync($"{page}/resolution", page, await FieldsAsync(house, reference, [("Words", words)]));
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Resolution));
        Assert.Contains(words, mail.Text);
        Assert.DoesNotContain("The bank confirms it.", mail.Text); // it names the points, so they are not said twice
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_second_person_sees_what_changed_and_keeps_what_was_typed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, page) = await ApologizedAsync(house, "Charged twice", "Cold room");
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        var ids = await IdsAsync(house, reference);
        var late = await FieldsAsync(
            house,
            reference,
            [.. Answered(ids[0], "Upheld", "Seen by Mia."), .. Answered(ids[1], "Upheld", "Mia felt it too.")]
        );
        await sen.PostAsync(
            $"{page}/points/2/withdrawal",
            await SeenAsync(house, reference, ("reason", "The customer took it back")),
            page
        );
        Assert.Equal(HttpStatusCode.OK, sen.Status);
        var again = await mia.PostFormAsync($"{page}/resolution", page, late);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("New since you opened it", again);
        Assert.Contains("The customer took it back", again);
        Assert.Contains("Seen by Mia.", again);
        Assert.Contains("Mia felt it too.", again); // on a point that is gone: readable, to be copied
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);
        var gone = $"Points[{ids[1]}]"; // the page that came back has no fields for it
        var fields = late.Where(f => f.Item1 != "Seen" && f.Item2 != $"{ids[1]}" && !f.Item1.StartsWith(gone, StringComparison.Ordinal))
            .Append(("Seen", await house.SeenAsync(reference)));
        await mia.PostFormAsync($"{page}/resolution", page, fields);
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Equal(Outcome.Upheld, (await house.ReadAsync(reference)).Outcome);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_saves_at_once_never_resolve_over_an_open_point(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, page) = await ApologizedAsync(house, "Charged twice");
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        var id = (await IdsAsync(house, reference))[0];
        var resolve = await FieldsAsync(house, reference, Answered(id, "Upheld", "Yes."));
        var add = await SeenAsync(house, reference, ("lines", "Cold room"));
        await Task.WhenAll(mia.PostFormAsync($"{page}/resolution", page, resolve), sen.PostAsync($"{page}/points", add, page));
        var now = await house.ReadAsync(reference);
        Assert.True(now.State == State.Apologized || now.OpenPoints == 0, "resolved although a point is open");
        Assert.Equal(now.Points.Count(p => p.IsOpen), now.OpenPoints);
    }

    [Theory, OnSqlite]
    public async Task Points_are_logged_one_a_line_and_evidence_and_files_are_put_to_them(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var form = new Dictionary<string, string?>
        {
            ["Who"] = "Ann Lee",
            ["Known"] = "new",
            ["NewContact"] = "ann@customer.example",
            ["Channel"] = "Phone",
            ["WhatHappened"] = "The bill and the room were wrong.",
            ["Points"] = "The bill was wrong\nThe room was cold",
        };
        var spot = new Dictionary<string, string?>(form) { ["OnTheSpot"] = "true" };
        var refused = await jun.PostAsync("/complaints/new", spot, "/complaints/new");
        Assert.Contains("Points are answered one by one", refused);
        Assert.Contains("The room was cold", refused);
        await jun.PostAsync("/complaints/new", form, "/complaints/new");
        Assert.Equal(HttpStatusCode.OK, jun.Status);
        var page = jun.Path;
        var reference = page.Split('/')[2];
        Assert.Equal(["The bill was wrong", "The room was cold"], (await house.ReadAsync(reference)).Points.Select(p => p.What));
        await jun.PostFormAsync(
            $"{page}/attachments",
            page,
            [("Seen", await house.SeenAsync(reference))],
            ("file", "bill.pdf", Letters.Pdf)
        );
        var file = await house.WithAsync(db => db.Attachments.SingleAsync());
        var foreign = await ForeignFileAsync(house);
        var category = await house.WithAsync(db => db.Categories.Select(c => c.Id).FirstAsync());
        var shown = await jun.PostFormAsync(
            $"{page}/points/1",
            page,
            [
                ("Seen", await house.SeenAsync(reference)),
                ("what", "The bill was far too high"),
                ("categoryId", category.ToString(CultureInfo.InvariantCulture)),
                ("evidence", "The tariff on the wall"),
                ("files", file.Id.ToString(CultureInfo.InvariantCulture)),
                ("files", foreign.ToString(CultureInfo.InvariantCulture)),
            ]
        );
        Assert.Contains("The tariff on the wall", shown);
        var point = (await house.ReadAsync(reference)).Points.Single(p => p.Number == 1);
        Assert.Equal((category, "The bill was far too high"), (point.CategoryId, point.What));
        Assert.Equal([file.Id], point.FileIds); // never a file of another complaint
        await jun.PostFormAsync($"{page}/points/9", page, [("what", "x")]);
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        using var otto = await house.SignInAsync("Otto");
        var read = await otto.GetAsync(page);
        Assert.Contains("The tariff on the wall", read);
        Assert.DoesNotContain("/points", read);
        await otto.PostAsync($"{page}/points", new() { ["lines"] = "x" }, "/profile");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
    }

    internal static async Task<(string Reference, string Page)> ApologizedAsync(TestHouse house, params string[] points)
    {
        var reference = await house.LogAsync();
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) =>
            {
                CasePageTests.Apologized(house)(c, a, b);
                foreach (var what in points)
                {
                    c.AddPoint(a, house.Now, new PointFacts(what));
                }
            }
        );
        return (reference, $"/complaints/{reference}");
    }

    internal static async Task<List<long>> IdsAsync(TestHouse house, string reference) =>
        [.. (await house.ReadAsync(reference)).Points.OrderBy(p => p.Number).Select(p => p.Id)];

    internal static (string, string)[] Answered(long id, string outcome, string finding, string? amount = null) =>
        [
            ("Points.Index", $"{id}"),
            ($"Points[{id}].Id", $"{id}"),
            ($"Points[{id}].Outcome", outcome),
            ($"Points[{id}].Finding", finding),
            ($"Points[{id}].Remedy", amount is null ? "None" : "Refund"),
            ($"Points[{id}].Amount", amount ?? ""),
        ];

    internal static async Task<(string, string)[]> FieldsAsync(TestHouse house, string reference, (string, string)[] more)
    {
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        (string, string)[] all =
        [
            ("Seen", await house.SeenAsync(reference)),
            ("Channel", "Email"),
            ("Remedy", "None"),
            ("Currency", "GBP"),
            ("RootCauseId", cause.ToString(CultureInfo.InvariantCulture)),
            .. more,
        ];
        return all.Any(f => f.Item1 == "Words") ? all : [.. all, ("Words", "Thank you for your patience.")];
    }

    private static async Task<(State, int)> StateAsync(TestHouse house, string reference)
    {
        var complaint = await house.ReadAsync(reference);
        return (complaint.State, complaint.OpenPoints);
    }

    private static async Task<Dictionary<string, string?>> SeenAsync(TestHouse house, string reference, (string, string) more) =>
        new() { ["Seen"] = await house.SeenAsync(reference), [more.Item1] = more.Item2 };

    private static async Task<long> ForeignFileAsync(TestHouse house)
    {
        var other = await house.LogAsync();
        return await house.WithAsync(
            async (db, _) =>
            {
                var file = new Attachment
                {
                    ComplaintId = (await db.Complaints.SingleAsync(c => c.Reference == other)).Id,
                    Seq = 1,
                    FileName = "other.pdf",
                    ContentType = "application/pdf",
                    Bytes = 1,
                    Sha256 = new string('0', 64),
                };
                db.Add(file);
                await db.SaveChangesAsync();
                return file.Id;
            }
        );
    }
}
