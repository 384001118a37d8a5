using System.Net;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Words;

/// <summary>The adviser over HTTP: while writing, on a form that came back, on the preview, and the one case in which it refuses.</summary>
public sealed class AdvicePageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task While_writing_the_box_is_told_what_could_be_better_and_nothing_changes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var other = await house.LogAsync("Ivar Lindqvist");
        using var mia = await house.SignInAsync("Mia");
        var before = await house.CountsAsync();
        var advice = await AskAsync(
            mia,
            reference,
            $"Dear Ms Okafer,\r\nSorry to keep you waiting. As in {other}, write to ivar@customer.example, not to grace@customer.example. {{{{customer}}}}, see {reference}."
        );
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Equal(before, await house.CountsAsync());
        Assert.Contains("data-found=\"Okafer\" data-better=\"Okafor\"", advice);
        Assert.Contains("data-at=\"16\" data-length=\"25\" data-found=\"Sorry to keep you waiting\"", advice);
        Assert.Contains($"data-found=\"{other}\" data-better=\"{reference}\"", advice);
        Assert.Contains("data-found=\"ivar@customer.example\"", advice);
        Assert.DoesNotContain("data-found=\"grace@customer.example\"", advice);
        Assert.Contains("data-found=\"{{customer}}\" data-better=\"Grace Okafor\"", advice);

        Assert.DoesNotContain(
            "data-advice",
            await AskAsync(mia, reference, "Thank you for your patience. I will call you on Tuesday at 10:00.")
        );
        var chinese = await house.LogAsync("王芳");
        Assert.Contains("非常感谢您的耐心等待", await AskAsync(mia, chinese, "很抱歉让你久等。"));
        Assert.Contains("data-found=\"Sorry to keep you waiting\"", await AskAsync(mia, chinese, "Sorry to keep you waiting."));
    }

    [Theory, OnSqlite]
    public async Task Advice_is_for_those_who_may_work_the_complaint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        foreach (var name in new[] { "Wen", "Otto", "Ada" })
        {
            using var stranger = await house.SignInAsync(name);
            await AskAsync(stranger, reference, "Sorry to keep you waiting.", from: "/profile");
            Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        }

        using var mia = await house.SignInAsync("Mia");
        await mia.SendAsync($"/complaints/{reference}/advice/reply", new() { ["AdviceText"] = "Sorry to keep you waiting." });
        Assert.Equal(HttpStatusCode.BadRequest, mia.Status); // no token
        await AskAsync(mia, reference, "x", step: "gossip");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
    }

    [Theory, OnSqlite]
    public async Task Without_scripts_the_advice_stands_on_the_refused_form_and_on_the_preview(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.ReplyAsync(reference, [("Words", "You should have asked."), ("Cc", "anna@")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("This blames the customer.", page);
        Assert.Contains("Thank you for telling us. It helps the next guest as well.", page); // a phrase to copy
        var preview = await mia.PostFormAsync(
            $"/complaints/{reference}/previews/reply",
            $"/complaints/{reference}",
            [("Channel", "Email"), ("Words", "You should have asked.")]
        );
        Assert.Contains("This blames the customer.", preview);

        // Advice never blocks.
        await mia.ReplyAsync(reference, [("Words", "You should have asked.")]);
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Single(await house.MailsAsync());
    }

    [Theory, OnSqlite]
    public async Task On_the_log_page_it_reads_along_too(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var page = await jun.GetAsync("/complaints/new");
        Assert.Contains("data-advice-url=\"/complaints/new/advice\"", page);
        Assert.Contains("Hello {{customer}}, my name is Jun.", page);
        var advice = await jun.PostAsync(
            "/complaints/new/advice",
            new() { ["AdviceText"] = "We apologize.", ["AdviceField"] = "ApologyWords" },
            "/complaints/new"
        );
        Assert.Contains("data-found=\"We apologize\"", advice);
        Assert.DoesNotContain(
            "data-advice",
            await jun.PostAsync(
                "/complaints/new/advice",
                new()
                {
                    ["AdviceText"] = "We apologize.",
                    ["AdviceField"] = "ApologyWords",
                    ["Shortfall"] = "The room was cold.",
                },
                "/complaints/new"
            )
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_regulators_final_answer_that_lacks_a_sentence_is_refused_and_the_sentence_offered(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house);
        var reference = await ApologizedAsync(house);
        using var sen = await house.SignInAsync("Sen");
        var cause = await house.WithAsync(db => db.RootCauses.Select(c => c.Id).FirstAsync());
        var demanded = await DemandedAsync(house);
        async Task<string> ResolveAsync(string words, string? document = "final-response", string channel = "Email") =>
            await sen.PostAsync(
                $"/complaints/{reference}/resolution",
                new()
                {
                    ["Seen"] = await house.SeenAsync(reference),
                    ["Channel"] = channel,
                    ["Words"] = words,
                    ["Solution"] = "The second charge is refunded. " + demanded[0], // the mail says it, whoever typed it where
                    ["Remedy"] = nameof(Remedy.Explanation),
                    ["RootCauseId"] = $"{cause}",
                    ["Outcome"] = nameof(Outcome.Upheld),
                    ["Document"] = document,
                },
                $"/complaints/{reference}"
            );

        var page = await ResolveAsync(string.Join("\n", demanded.Skip(2)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sen.Status);
        Assert.Contains("it must also say: “" + demanded[1], page);
        Assert.Contains("Put it in", page);
        Assert.Contains($"data-better=\"{demanded[1]}\"", page);
        Assert.DoesNotContain($"data-better=\"{demanded[0]}\"", page);
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);
        await ResolveAsync(string.Join("\n", demanded.Skip(2)), channel: "Letter");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sen.Status);

        await ResolveAsync(string.Join("\n", demanded.Skip(1)));
        Assert.Equal(HttpStatusCode.OK, sen.Status);
        Assert.Equal(State.Resolved, (await house.ReadAsync(reference)).State);
        Assert.Equal("final-response", (await house.MailsAsync(MailPurpose.Resolution)).Single().DocumentKey);
    }

    [Theory, OnSqlite]
    public async Task A_resolution_that_is_no_such_document_is_sent_as_it_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house);
        var reference = await ApologizedAsync(house);
        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync(
            $"/complaints/{reference}/resolution",
            new()
            {
                ["Channel"] = "Email",
                ["Words"] = "The second charge is refunded.",
                ["Solution"] = "Refunded.",
                ["Remedy"] = nameof(Remedy.Explanation),
                ["RootCauseId"] = $"{await house.WithAsync(db => db.RootCauses.Select(c => c.Id).FirstAsync())}",
                ["Outcome"] = nameof(Outcome.Upheld),
                ["Document"] = "",
            },
            $"/complaints/{reference}"
        );
        Assert.Equal(State.Resolved, (await house.ReadAsync(reference)).State);
    }

    [Theory, OnSqlite]
    public async Task What_waits_for_approval_is_asked_for_the_sentences_at_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house);
        var reference = await ApologizedAsync(house);
        using var sen = await house.SignInAsync("Sen");
        var page = await sen.PostAsync(
            $"/complaints/{reference}/resolution",
            new()
            {
                ["Channel"] = "Email",
                ["Words"] = "Four million go back to you.",
                ["Solution"] = "Refunded.",
                ["Remedy"] = nameof(Remedy.Refund),
                ["Amount"] = "4000000",
                ["RootCauseId"] = $"{await house.WithAsync(db => db.RootCauses.Select(c => c.Id).FirstAsync())}",
                ["Outcome"] = nameof(Outcome.Upheld),
            },
            $"/complaints/{reference}"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sen.Status);
        Assert.Contains("it must also say", page);
        Assert.False((await house.ReadAsync(reference)).AwaitingApproval);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_macros_reply_that_is_the_final_answer_is_refused_as_a_typed_one_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var plain = await house.LogAsync("Ivar Lindqvist", owner: "Sen"); // no regulator yet
        await AttachAsync(house);
        var reference = await ApologizedAsync(house);
        var demanded = await DemandedAsync(house);
        using var sen = await house.SignInAsync("Sen");
        async Task<string> RunAsync(string on, string words)
        {
            await house.WithAsync(db => db.Macros.ExecuteDeleteAsync());
            await sen.PostAsync(
                "/macros",
                new()
                {
                    ["Name"] = "Final",
                    ["ReplyEnglish"] = words,
                    ["ReplyDocument"] = "final-response",
                },
                "/macros"
            );
            var id = await house.WithAsync(db => db.Macros.Select(m => m.Id).SingleAsync());
            return await sen.PostAsync($"/complaints/{on}/macros", new() { ["macro"] = $"{id}" }, $"/complaints/{on}");
        }

        Assert.Contains("it would be the regulator's final answer and lacks “" + demanded[0], await RunAsync(reference, "Refunded."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sen.Status);
        Assert.Empty(await house.MailsAsync());
        await RunAsync(reference, "Refunded.\n" + string.Join("\n", demanded));
        Assert.Equal("final-response", Assert.Single(await house.MailsAsync()).DocumentKey);
        await RunAsync(plain, "Refunded."); // nobody waits for it there: a plain reply
        Assert.Null((await house.MailsAsync())[^1].DocumentKey);
        Assert.Equal(2, (await house.MailsAsync()).Count);
    }

    private static Task<string> AskAsync(Browser browser, string reference, string text, string step = "reply", string? from = null) =>
        browser.PostAsync(
            $"/complaints/{reference}/advice/{step}",
            new()
            {
                ["AdviceText"] = text,
                ["AdviceField"] = "Words",
                ["Channel"] = "Email",
            },
            from ?? $"/complaints/{reference}"
        );

    private static async Task<string> ApologizedAsync(TestHouse house)
    {
        var reference = await house.LogAsync(owner: "Sen");
        await house.DoAsync(
            reference,
            "Sen",
            (c, sen, book) =>
            {
                c.Acknowledge(sen, house.Now, PureDesk.Said, book);
                c.Apologize(sen, house.Now, new Apology(false, "We charged twice."), PureDesk.Said);
            }
        );
        return reference;
    }

    private static Task<string[]> DemandedAsync(TestHouse house) =>
        house.WithAsync(async db =>
            (
                await db.Regimes.Where(r => r.Key == "fca-disp").SelectMany(r => r.Documents).SingleAsync(d => d.Key == "final-response")
            ).MustSay.Split('\n')
        );

    private static Task AttachAsync(TestHouse house) =>
        house.WithAsync(
            async (db, _) =>
            {
                db.RegimeAttachments.Add(
                    new RegimeAttachment
                    {
                        RegimeId = await db.Regimes.Where(r => r.Key == "fca-disp").Select(r => r.Id).SingleAsync(),
                        UnitId = await db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                    }
                );
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
}
