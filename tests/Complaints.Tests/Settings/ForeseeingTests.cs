using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.FollowUp;
using Complaints.Settings;
using Complaints.Tests.Escalation;
using Complaints.Tests.World;
using Complaints.Web.Settings;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Settings;

/// <summary>What a rule would do is shown before it is saved, by the rules themselves, and nothing is written.</summary>
public sealed class ForeseeingTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task The_dry_run_names_what_the_sweep_then_raises(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(9, customer: "王芳");
        house.Clock.Pass(TimeSpan.FromMinutes(150));
        var rules = await house.WithAsync(db => db.EscalationRules.AsNoTracking().ToListAsync());
        var nothing = await house.AskAsync<Foreseeing, IReadOnlyList<Foreseen>>(f => f.LadderAsync(rules));
        Assert.Equal("Nothing would be raised now for any of 9 open complaints.", nothing.Single().Says.ToString());

        using var ada = await house.SignInAsync("Ada");
        var rule = rules.First(r => r.Amount == 75 && r.Clock is null or ClockName.Acknowledge);
        var page = await ada.FillAsync(
            "/settings/escalation",
            $"/settings/escalation/rules/{rule.Id}",
            ("Amount", "50"),
            ("Level", "2"),
            ("preview", "true")
        );
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Contains("9 open complaints would be escalated to level 2 now.", page);
        Assert.Equal(7, System.Text.RegularExpressions.Regex.Count(page, "C-26-\\d{5}-\\d"));
        Assert.Contains("value=\"50\"", page); // what was typed is still there
        await house.WithAsync(async db =>
        {
            Assert.Equal(75, (await db.EscalationRules.SingleAsync(r => r.Id == rule.Id)).Amount);
            Assert.False(await db.Escalations.AnyAsync());
            Assert.False(await db.SettingsChanges.AnyAsync());
        });

        await ada.FillAsync("/settings/escalation", $"/settings/escalation/rules/{rule.Id}", ("Amount", "50"), ("Level", "2"));
        await house.AskAsync((Sweep sweep) => sweep.RunAsync());
        Assert.Equal(9, await house.WithAsync(db => db.Escalations.CountAsync(e => e.Level == 2)));
        Assert.Contains("for any of 9 open complaints", await ada.PostAsync("/settings/escalation/dry-run", [], "/settings/escalation"));
    }

    [Theory, OnSqlite]
    public async Task Hours_of_silence_are_tried_before_they_count(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(2);
        await house.WithAsync(async db =>
        {
            foreach (var complaint in await db.Complaints.ToListAsync())
            {
                db.Entry(complaint).Property(nameof(Complaint.LastPersonContactAt)).CurrentValue = house.Now;
            }

            await db.SaveChangesAsync();
        });
        house.Clock.Pass(TimeSpan.FromHours(5));
        using var ada = await house.SignInAsync("Ada");
        var page = await ada.FillAsync(
            "/settings/escalation",
            "/settings/escalation/options",
            ("silenceWarn", "3"),
            ("silenceRaise", "30"),
            ("preview", "true")
        );
        Assert.Contains("For 2 open complaints the owner would be warned now.", page);
        Assert.Contains("value=\"3\"", page);
        page = await ada.FillAsync(
            "/settings/escalation",
            "/settings/escalation/options",
            ("silenceWarn", "2"),
            ("silenceRaise", "3"),
            ("preview", "true")
        );
        Assert.Contains("2 open complaints would be escalated to level 1 now.", page);
        await house.WithAsync(async db =>
        {
            var gone = await db.Complaints.OrderBy(c => c.Id).FirstAsync();
            db.Entry(gone).Property(c => c.Historic).CurrentValue = true;
            await db.SaveChangesAsync();
        });
        page = await ada.FillAsync(
            "/settings/escalation",
            "/settings/escalation/options",
            ("silenceWarn", "2"),
            ("silenceRaise", "3"),
            ("preview", "true")
        );
        Assert.Contains("1 open complaint would be escalated to level 1 now.", page); // history is not worked on
        Assert.Equal(24, (await house.WithAsync(db => EscalationOptions.ReadAsync(db))).SilenceWarn);

        await ada.FillAsync("/settings/escalation", "/settings/escalation/options", ("silenceWarn", "2"), ("silenceRaise", "3"));
        await house.AskAsync((Sweep sweep) => sweep.RunAsync());
        page = await ada.FillAsync(
            "/settings/escalation",
            "/settings/escalation/options",
            ("silenceWarn", "2"),
            ("silenceRaise", "3"),
            ("preview", "true")
        );
        Assert.Contains("Nothing would be raised now for any of 1 open complaint.", page); // it was raised already
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_field_says_whom_it_would_hold_and_the_step_then_does(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(8);
        using var ada = await house.SignInAsync("Ada");
        var page = await ada.FillAsync(
            "/settings/fields",
            "/settings/fields",
            ("Name", "Room"),
            ("RequiredAt", "Resolve"),
            ("preview", "true")
        );
        Assert.Contains("8 open complaints would be held at “", page);
        Assert.Equal(7, System.Text.RegularExpressions.Regex.Count(page, "C-26-\\d{5}-\\d"));
        Assert.Contains("value=\"Room\"", page);
        Assert.False(await house.WithAsync(db => db.CaseFields.AnyAsync()));
        page = await ada.FillAsync(
            "/settings/fields",
            "/settings/fields",
            ("Name", "Room"),
            ("RequiredAt", "Acknowledge"),
            ("preview", "true")
        );
        Assert.Contains("8 open complaints would be held at “", page); // the very step they stand before
        page = await ada.FillAsync("/settings/fields", "/settings/fields", ("Name", "Room"), ("preview", "true"));
        Assert.Contains("No complaint would be held", page);
        var other = await house.WithAsync(db => db.Categories.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync());
        page = await ada.FillAsync(
            "/settings/fields",
            "/settings/fields",
            ("Name", "Room"),
            ("RequiredAt", "Resolve"),
            ("CategoryId", $"{other}"),
            ("preview", "true")
        );
        Assert.Contains("0 open complaints would be held", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_share_says_whom_it_leaves_out_and_limits_what_they_would_have_freed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await house.LogAsync(6);
        await house.WithAsync(async db =>
        {
            foreach (var id in ids)
            {
                db.Add(
                    new PlannedFollowUp
                    {
                        ComplaintId = id,
                        Cycle = 1,
                        PlannedAt = house.Now.AddDays(1),
                        NextAt = house.Now.AddDays(1),
                    }
                );
            }

            await db.SaveChangesAsync();
            var asked = db.Add(
                new PlannedFollowUp
                {
                    ComplaintId = ids[0],
                    Cycle = 2,
                    PlannedAt = house.Now,
                    NextAt = house.Now,
                }
            );
            asked.Property(f => f.State).CurrentValue = FollowUpState.Asked; // not planned any more
            await db.SaveChangesAsync();
        });
        using var ada = await house.SignInAsync("Ada");
        var page = await ada.FillAsync("/settings/follow-up", "/settings/follow-up", ("AskShare", "1"), ("preview", "true"));
        var left = await house.WithAsync(async db =>
            (await db.Complaints.Include(c => c.Customer).ToListAsync()).Count(c => !Sampling.IsIn(c, 1))
        );
        Assert.Contains($"Of 6 follow-ups planned now, {left} would not be asked", page);
        Assert.True(left > 0);
        page = await ada.FillAsync("/settings/limits", "/settings/limits", ("limit[GBP-Agent-Senior]", "999"), ("preview", "true"));
        Assert.Contains("those of 0 complaints would not have needed approval", page);
        Assert.Contains("value=\"999.00\"", page);
        Assert.False(await house.WithAsync(db => db.RemedyLimits.AnyAsync(l => l.Minor == 99900)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_pause_between_two_questions_to_one_customer_is_foreseen_in_the_order_of_asking(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second) = ((await house.LogAsync())[0], (await house.LogAsync())[0]);
        var lately = await house.LogAsync(2, customer: "王芳");
        var silent = await house.LogAsync(2, customer: "No Mail Norris"); // called, and nobody knows when that asks them
        await house.WithAsync(async db =>
        {
            foreach (var (id, place) in new[] { first, second, lately[1], silent[0], silent[1] }.Select((id, i) => (id, i)))
            {
                db.Add(
                    new PlannedFollowUp
                    {
                        ComplaintId = id,
                        Cycle = 1,
                        PlannedAt = house.Now.AddDays(1 + (3 * place)),
                        NextAt = house.Now.AddDays(1 + (3 * place)),
                    }
                );
            }

            db.Add(
                new PlannedFollowUp
                {
                    ComplaintId = lately[0],
                    Cycle = 1,
                    State = FollowUpState.Asked,
                    PlannedAt = house.Now.AddDays(-5),
                    AskedAt = house.Now.AddDays(-5),
                }
            );
            await db.SaveChangesAsync();
        });
        var references = await house.WithAsync(db => db.Complaints.ToDictionaryAsync(c => c.Id, c => c.Reference));
        async Task<IReadOnlyList<string>> CoolingAsync(int days) =>
            (await house.AskAsync<Foreseeing, IReadOnlyList<Foreseen>>(f => f.SampleAsync(new FollowUpOptions { CoolDownDays = days })))[
                ^1
            ].References;
        Assert.Equal([references[second], references[lately[1]]], await CoolingAsync(30));
        Assert.Equal([references[second]], await CoolingAsync(4)); // the other was asked twelve days before its day
        Assert.Empty(await CoolingAsync(2));
        Assert.Single(await house.AskAsync<Foreseeing, IReadOnlyList<Foreseen>>(f => f.SampleAsync(new FollowUpOptions())));
        await house.WithAsync(db =>
            db.Customers.Where(c => c.Name == "Grace Okafor").ExecuteUpdateAsync(s => s.SetProperty(c => c.NoSurveysSince, house.Now))
        );
        Assert.Equal([references[lately[1]]], await CoolingAsync(30)); // who does not want to be asked is left out by no rule

        using var ada = await house.SignInAsync("Ada");
        var page = await ada.FillAsync("/settings/follow-up", "/settings/follow-up", ("CoolDownDays", "30"), ("preview", "true"));
        Assert.Contains("1 more would not be asked, because their customer is asked about another complaint within 30 days.", page);
        Assert.False(await house.WithAsync(db => db.FollowUps.AnyAsync(f => f.NotAsked != null))); // nothing is written
    }

    [Theory, OnSqlite]
    public async Task The_checklist_ticks_itself_and_stands_on_the_home_page_until_it_is_put_away(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        async Task<int> DoneAsync() => (await house.AskAsync<FirstSteps, IReadOnlyList<FirstStep>>(s => s.ReadAsync())).Count(s => s.Done);
        Assert.Equal(2, await DoneAsync()); // units and people are there in the little world
        Assert.Contains("First steps", await ada.GetAsync("/"));
        await ada.PostAsync("/settings/checklist/calendar", [], "/settings/checklist");
        Assert.Equal(3, await DoneAsync());
        var category = await house.WithAsync(db => db.Categories.Select(c => c.Id).FirstAsync());
        await ada.FillAsync($"/settings/categories/{category}", $"/settings/categories/{category}", ("Name", "Ours"));
        Assert.Equal(4, await DoneAsync());
        await ada.PostAsync("/settings/escalation/dry-run", [], "/settings/escalation");
        Assert.Equal(5, await DoneAsync());
        await house.LogAsync();
        Assert.Equal(6, await DoneAsync());
        FirstSteps.NoteBackup(new Complaints.Web.Operation.DataFolder(house.Folder), house.Now);
        Assert.Equal(7, await DoneAsync());
        await ada.PostAsync("/settings/checklist/nonsense", [], "/settings/checklist");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);

        await ada.PostAsync("/settings/checklist/away", [], "/settings/checklist");
        Assert.DoesNotContain("First steps", await ada.GetAsync("/"));
        await ada.PostAsync("/settings/checklist/back", [], "/settings/checklist");
        Assert.Contains("First steps", await ada.GetAsync("/"));
        using var lena = await house.SignInAsync("Lena");
        Assert.DoesNotContain("First steps", await lena.GetAsync("/"));
        house.Clock.Pass(TimeSpan.FromDays(8));
        Assert.Equal(6, await DoneAsync()); // a backup of last week is none
    }
}
