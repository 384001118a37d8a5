using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

public sealed class CasePageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task The_way_through_the_steps_by_mail(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Contains("Next: acknowledge", page);
        Assert.Contains("__RequestVerificationToken", page);

        page = await mia.PostAsync(
            $"/complaints/{reference}/acknowledgement",
            new()
            {
                ["Seen"] = "2",
                ["Channel"] = "Email",
                ["Words"] = "We have it, and I look after it.",
            },
            $"/complaints/{reference}"
        );
        Assert.Equal($"/complaints/{reference}", mia.Path);
        Assert.Contains("Next: apologize", page);
        Assert.Contains("data-undo-until", page);
        var mail = await MailAsync(house, MailPurpose.Acknowledgement);
        Assert.Equal("grace@customer.example", mail.Deliveries[0].Recipient);
        Assert.Equal(house.Now.AddSeconds(15), mail.NotBefore);
        Assert.Equal((int)Verb.Acknowledge, mail.Step);
        Assert.Contains("We have it, and I look after it.", mail.Text);
        Assert.Contains("you will have our answer by", mail.Text);
        Assert.DoesNotContain("{{", mail.Text);

        page = await mia.PostAsync(
            $"/complaints/{reference}/apology",
            new()
            {
                ["Seen"] = await house.SeenAsync(reference),
                ["Channel"] = "Phone",
                ["Words"] = "I am sorry.",
                ["Shortfall"] = "we charged twice",
            },
            $"/complaints/{reference}"
        );
        Assert.Contains("Next: resolve", page);

        page = await mia.PostAsync(
            $"/complaints/{reference}/resolution",
            await ResolutionAsync(house, reference, "150.00"),
            $"/complaints/{reference}"
        );
        Assert.Contains("Next: follow up", page);
        var resolution = await MailAsync(house, MailPurpose.Resolution);
        Assert.Contains("Refund of 150.00 GBP", resolution.Text);
        Assert.Contains("Mia", resolution.Text);
    }

    [Theory, OnSqlite]
    public async Task An_apology_without_a_shortfall_comes_back_with_what_was_typed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(reference, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said"), b));
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.PostAsync(
            $"/complaints/{reference}/apology",
            new()
            {
                ["Seen"] = await house.SeenAsync(reference),
                ["Channel"] = "Phone",
                ["Words"] = "My own careful words",
            },
            $"/complaints/{reference}"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("Name the shortfall", page);
        Assert.Contains("#apology-Shortfall", page);
        Assert.Contains("My own careful words", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_remedy_above_the_limit_waits_for_somebody_else_whose_limit_covers_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(reference, "Mia", Apologized(house));
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.PostAsync(
            $"/complaints/{reference}/resolution",
            await ResolutionAsync(house, reference, "1500.00"),
            $"/complaints/{reference}"
        );
        Assert.Contains("Awaiting approval", page);
        Assert.Equal("lena@desk.example", (await MailAsync(house, MailPurpose.ApprovalRequest)).Deliveries[0].Recipient);
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);

        using var lena = await house.SignInAsync("Lena");
        Assert.Contains(reference, await lena.GetAsync("/approvals"));
        await lena.PostAsync($"/complaints/{reference}/approval", new() { ["decision"] = "approve" }, $"/complaints/{reference}");
        var complaint = await house.ReadAsync(reference);
        Assert.Equal(State.Resolved, complaint.State);
        Assert.False(complaint.AwaitingApproval);
        Assert.Contains("Mia", (await MailAsync(house, MailPurpose.Resolution)).Text);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_people_at_once_the_second_sees_what_changed_and_keeps_the_words(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        var fields = new Dictionary<string, string?>
        {
            ["Seen"] = "2",
            ["Channel"] = "Phone",
            ["Words"] = "Mia told them",
        };
        await mia.PostAsync($"/complaints/{reference}/acknowledgement", fields, $"/complaints/{reference}");
        fields["Words"] = "Sen's words stay";
        var page = await sen.PostAsync($"/complaints/{reference}/acknowledgement", fields, $"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sen.Status);
        Assert.Contains("Somebody changed this complaint", page);
        Assert.Contains("New since you opened it", page);
        Assert.Contains("Mia told them", page);
        Assert.Contains("Sen's words stay", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Ten_people_in_the_same_instant_leave_one_acknowledgement_and_a_whole_chain(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var browsers = await Task.WhenAll(new[] { "Jun", "Mia", "Sen", "Lena", "Max" }.Select(house.SignInAsync));
        await Task.WhenAll(
            browsers.SelectMany(b =>
                new[]
                {
                    b.PostAsync(
                        $"/complaints/{reference}/acknowledgement",
                        new()
                        {
                            ["Seen"] = "2",
                            ["Channel"] = "Phone",
                            ["Words"] = "Said",
                        },
                        $"/complaints/{reference}"
                    ),
                }
            )
        );
        await Task.WhenAll(
            browsers.Select(b =>
                b.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "A note of many" }, $"/complaints/{reference}")
            )
        );
        var complaint = await house.ReadAsync(reference);
        Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.Acknowledged);
        Assert.InRange(complaint.Timeline.Count(e => e.Kind == EntryKind.Note), 1, 5);
        Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(v => v.VerifyAsync(complaint.Id)));
        foreach (var browser in browsers)
        {
            browser.Dispose();
        }
    }

    [Theory, OnSqlite]
    public async Task Who_is_complained_about_and_other_units_find_nothing_here(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(complainedAbout: "Sen");
        foreach (var name in new[] { "Sen", "Wen", "Ada" })
        {
            using var browser = await house.SignInAsync(name);
            await browser.GetAsync($"/complaints/{reference}");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Theory, OnSqlite]
    public async Task The_auditor_reads_without_forms_and_the_access_log_has_one_row(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var otto = await house.SignInAsync("Otto");
        var page = await otto.GetAsync($"/complaints/{reference}");
        await otto.GetAsync($"/complaints/{reference}");
        Assert.DoesNotContain("/acknowledgement", page);
        Assert.Equal(1, await house.WithAsync(db => db.AccessLog.CountAsync()));
        Assert.Contains(reference, await otto.GetAsync("/audit"));
        Assert.Contains("timelines are whole", await otto.PostAsync("/audit/verification", [], "/audit"));
    }

    [Theory, OnSqlite]
    public async Task Not_a_complaint_needs_a_second_person(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var lena = await house.SignInAsync("Lena");
        var fields = new Dictionary<string, string?> { ["Verb"] = "DismissAsNoComplaint", ["Reason"] = "A question about opening hours" };
        await lena.PostAsync($"/complaints/{reference}/setting-beside", fields, $"/complaints/{reference}");
        await lena.PostAsync(
            $"/complaints/{reference}/setting-beside/decision",
            new() { ["decision"] = "confirm" },
            $"/complaints/{reference}"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lena.Status);
        using var max = await house.SignInAsync("Max");
        Assert.Contains("opening hours", await max.GetAsync("/approvals"));
        await max.PostAsync(
            $"/complaints/{reference}/setting-beside/decision",
            new() { ["decision"] = "confirm" },
            $"/complaints/{reference}"
        );
        Assert.Equal(State.NotAComplaint, (await house.ReadAsync(reference)).State);
    }

    [Theory, OnSqlite]
    public async Task The_page_is_complete_in_Chinese(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync("王芳", "Wen", unit: "Shanghai");
        using var wen = await house.SignInAsync("Wen");
        var page = await wen.GetAsync($"/complaints/{reference}");
        Assert.Contains("下一步", page);
        Assert.Contains("时间线", page);
    }

    internal static Action<Complaint, Actor, Complaints.Deadlines.DeadlineBook> Apologized(TestHouse house) =>
        (c, a, b) =>
        {
            c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "We have it"), b);
            c.Apologize(a, house.Now, new Apology(false, "charged twice"), new Statement(Channel.Phone, "Sorry"));
        };

    private static async Task<Dictionary<string, string?>> ResolutionAsync(TestHouse house, string reference, string amount) =>
        new()
        {
            ["Seen"] = await house.SeenAsync(reference),
            ["Channel"] = "Email",
            ["Words"] = "Here is our answer.",
            ["Solution"] = "The second charge was taken back",
            ["Remedy"] = "Refund",
            ["Amount"] = amount,
            ["Currency"] = "GBP",
            ["RootCauseId"] = (await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync())).ToString(
                System.Globalization.CultureInfo.InvariantCulture
            ),
            ["Outcome"] = "Upheld",
        };

    private static Task<OutMessage> MailAsync(TestHouse house, MailPurpose purpose) =>
        house.WithAsync(db => db.OutMessages.Include(m => m.Deliveries).SingleAsync(m => m.Purpose == purpose));
}
