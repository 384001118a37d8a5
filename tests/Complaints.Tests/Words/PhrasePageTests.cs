using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Insight;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Words;

public sealed class PhrasePageTests
{
    [Theory]
    [InlineData(Role.Administrator, null, true)]
    [InlineData(Role.Administrator, "/1/3/", true)]
    [InlineData(Role.TeamLead, "/1/2/", true)]
    [InlineData(Role.TeamLead, "/1/2/5/", true)]
    [InlineData(Role.TeamLead, "/1/", false)]
    [InlineData(Role.TeamLead, "/1/3/", false)]
    [InlineData(Role.TeamLead, null, false)]
    [InlineData(Role.Manager, "/1/2/", true)]
    [InlineData(Role.Agent, "/1/2/", false)]
    [InlineData(Role.Auditor, "/1/2/", false)]
    public void Who_may_change_the_phrases_of_a_unit(Role role, string? unit, bool may) =>
        Assert.Equal(
            may,
            Rights.MayEditPhrases(new(7, "Seven", role, Seat.Senior, 2, "/1/2/", new Reader(Tongue.English, TimeZoneInfo.Utc)), unit)
        );

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lead_adds_a_phrase_for_the_unit_and_it_is_offered_there_and_nowhere_else(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var lena = await house.SignInAsync("Lena");
        var north = await UnitAsync(house, "North");
        await SaveAsync(lena, "The quay is loud on Sundays, {{customer}}.", north);
        Assert.Equal(HttpStatusCode.OK, lena.Status);
        var (here, there) = (await house.LogAsync(), await house.LogAsync(unit: "Shanghai", owner: null));
        Assert.Contains("The quay is loud on Sundays, Grace Okafor.", await lena.GetAsync($"/complaints/{here}"));
        using var wen = await house.SignInAsync("Wen");
        Assert.DoesNotContain("The quay is loud", await wen.GetAsync($"/complaints/{there}"));
        using var chen = await house.SignInAsync("Chen");
        Assert.DoesNotContain("The quay is loud", await chen.GetAsync("/phrases?language=en"));

        // Not for the whole house, not for another unit, not with a field that does not exist.
        Assert.Contains("Choose a unit of yours", await SaveAsync(lena, "For all.", null));
        Assert.Contains("Choose a unit of yours", await SaveAsync(lena, "For them.", await UnitAsync(house, "Shanghai")));
        Assert.Contains("no field tier", await SaveAsync(lena, "Dear {{tier}}", north));
        Assert.Contains("cannot stay empty", await SaveAsync(lena, " ", north));

        // The house's phrases are there to read, and not theirs to change.
        var of = await house.WithAsync(db => db.Phrases.Where(p => p.UnitId == null && p.Language == "en").Select(p => p.Id).FirstAsync());
        await lena.GetAsync($"/phrases/{of}");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
        await lena.PostAsync($"/phrases/{of}/place", new() { ["up"] = "false" }, "/phrases");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/phrases");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
    }

    [Theory, OnSqlite]
    public async Task An_administrator_changes_orders_and_takes_out_of_use(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var first = (await OpeningsAsync(house))[..2];
        await ada.PostAsync($"/phrases/{first[0].Id}/place", new() { ["up"] = "false" }, "/phrases");
        Assert.Equal([first[1].Id, first[0].Id], (await OpeningsAsync(house))[..2].Select(p => p.Id));
        await ada.PostAsync($"/phrases/{first[1].Id}/place", new() { ["up"] = "true" }, "/phrases"); // at the top already
        Assert.Equal(first[1].Id, (await OpeningsAsync(house))[0].Id);

        var version = (await OpeningsAsync(house))[0].Version;
        await SaveAsync(ada, "Good to have you here.", null, first[1].Id, version, active: false);
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Contains("Somebody changed this phrase", await SaveAsync(ada, "Late.", null, first[1].Id, version));
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.DoesNotContain("Good to have you here.", await mia.GetAsync($"/complaints/{reference}"));
        Assert.Contains("no longer offered", await ada.GetAsync("/phrases?language=en"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Words_that_hold_a_phrase_are_counted_and_undoing_the_mail_takes_it_back(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.ReplyAsync(
            reference,
            [("Words", "Your reference is " + reference + ". With it, any of us can pick up where I left off.")]
        );
        var use = Assert.Single(await house.WithAsync(db => db.PhraseUses.ToListAsync()));
        Assert.NotNull(use.MessageKey);
        var mail = (await house.MailsAsync(MailPurpose.Reply)).Single();
        await mia.PostAsync($"/mail/{mail.Id}/undo", [], $"/complaints/{reference}");
        Assert.Empty(await house.WithAsync(db => db.PhraseUses.ToListAsync()));

        // Said by phone counts as well.
        await mia.PostAsync(
            $"/complaints/{reference}/replies",
            new() { ["Channel"] = "Phone", ["Words"] = "Thank you for telling us. It helps the next guest as well." },
            $"/complaints/{reference}"
        );
        Assert.Single(await house.WithAsync(db => db.PhraseUses.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mean_is_shown_from_five_answers_on(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var phrase = await house.WithAsync(db => db.Phrases.Where(p => p.Language == "en").Select(p => p.Id).FirstAsync());
        for (var n = 1; n <= PhraseFigures.Fewest; n++)
        {
            var reference = await house.LogAsync();
            await house.WithAsync(
                async (db, _) =>
                {
                    var complaint = await db.Complaints.SingleAsync(c => c.Reference == reference);
                    var plan = db.Add(
                        new PlannedFollowUp
                        {
                            ComplaintId = complaint.Id,
                            Cycle = 1,
                            PlannedAt = house.Now,
                        }
                    ).Entity;
                    db.PhraseUses.Add(
                        new PhraseUse
                        {
                            PhraseId = phrase,
                            ComplaintId = complaint.Id,
                            At = house.Now,
                        }
                    );
                    db.PhraseUses.Add(
                        new PhraseUse
                        {
                            PhraseId = phrase,
                            ComplaintId = complaint.Id,
                            At = house.Now,
                        }
                    ); // said twice, marked once
                    await db.SaveChangesAsync();
                    db.SurveyAnswers.Add(
                        new SurveyAnswer
                        {
                            FollowUpId = plan.Id,
                            ComplaintId = complaint.Id,
                            CustomerId = complaint.CustomerId,
                            UnitId = complaint.UnitId,
                            AnsweredAt = house.Now,
                            Solved = true,
                            Mean = n,
                            Current = true,
                        }
                    );
                    await db.SaveChangesAsync();
                }
            );
            var figure = (await house.WithAsync(db => PhraseFigures.OfAsync(db)))[phrase];
            Assert.Equal((2 * n, n, n < 5 ? null : 3.0), (figure.Uses, figure.Answers, figure.Mean));
        }

        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("3.0 of 5 (n = 5)", await ada.GetAsync("/phrases?language=en"));
    }

    [Theory, OnSqlite]
    public async Task The_advisers_lists_are_edited_and_tried(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Dictionary<string, string?> rule = new()
        {
            ["List"] = "Jargon",
            ["Language"] = "en",
            ["Text"] = "footfall",
            ["Better"] = "visitors",
        };
        await ada.PostAsync("/settings/writing-advice", rule, "/settings/writing-advice");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Contains("stands in this list already", await ada.PostAsync("/settings/writing-advice", rule, "/settings/writing-advice"));
        Assert.Contains("data-better=\"visitors\"", await TryAsync());
        var added = await house.WithAsync(db => db.AdviceRules.SingleAsync(r => r.Text == "footfall"));
        await ada.PostAsync(
            $"/settings/writing-advice/{added.Id}",
            new(rule) { ["Version"] = $"{added.Version}", ["Active"] = null },
            "/settings/writing-advice"
        );
        Assert.Contains("Nothing is marked.", await TryAsync());
        Assert.Contains(
            "Somebody changed this rule",
            await ada.PostAsync(
                $"/settings/writing-advice/{added.Id}",
                new(rule) { ["Version"] = $"{added.Version}" },
                "/settings/writing-advice"
            )
        );

        Task<string> TryAsync() =>
            ada.PostAsync(
                "/settings/writing-advice/trial",
                new()
                {
                    ["List"] = "Jargon",
                    ["Language"] = "en",
                    ["Trial"] = "The footfall was low.",
                },
                "/settings/writing-advice"
            );
    }

    private static Task<List<Phrase>> OpeningsAsync(TestHouse house) =>
        house.WithAsync(db =>
            db.Phrases.AsNoTracking()
                .Where(p => p.Language == "en" && p.Purpose == PhrasePurpose.Opening)
                .OrderBy(p => p.Position)
                .ThenBy(p => p.Id)
                .ToListAsync()
        );

    private static Task<long> UnitAsync(TestHouse house, string name) =>
        house.WithAsync(db => db.Units.Where(u => u.Name == name).Select(u => u.Id).SingleAsync());

    private static Task<string> SaveAsync(
        Browser browser,
        string text,
        long? unit,
        long? id = null,
        long version = 0,
        bool active = true
    ) =>
        browser.PostAsync(
            id is null ? "/phrases" : $"/phrases/{id}",
            new()
            {
                ["Purpose"] = nameof(PhrasePurpose.Opening),
                ["Language"] = "en",
                ["Text"] = text,
                ["UnitId"] = unit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Active"] = active ? "true" : "false",
                ["Version"] = $"{version}",
            },
            "/phrases"
        );
}
