using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Staff;
using Complaints.Tests.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Escalation;

/// <summary>The time since the customer last heard from a person: warned of, answered by a holding letter, or escalated.</summary>
public sealed class SilenceTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Silence_warns_drafts_a_holding_letter_and_escalates_and_a_word_of_a_person_ends_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var page = $"/complaints/{(await Outbox.ComplaintAsync(house, id)).Reference}";
        await SpeakAsync(house, id);
        var moments = await MomentsAsync(house, id);
        Assert.Equal(house.Now, moments!.Since);

        house.Clock.Pass(moments.WarnAt - house.Now - TimeSpan.FromMinutes(1));
        await SweepAsync(house);
        Assert.Empty(await SilentAsync(house, id));
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await SweepAsync(house);
        await SweepAsync(house);
        Assert.Equal([(0, false)], await SilentAsync(house, id));
        using (var sen = await house.SignInAsync("Sen"))
        {
            Assert.Contains("Write a holding letter", await sen.GetAsync(page));
            var draft = await sen.GetAsync(page + "?holding=true");
            Assert.Contains("we have not forgotten your complaint", draft);
            Assert.Contains("value=\"an answer within 3 days\"", draft);
        }

        house.Clock.Pass(moments.RaiseAt - house.Now);
        await SweepAsync(house);
        await SweepAsync(house);
        Assert.Equal([(0, false), (1, false)], await SilentAsync(house, id));

        house.Clock.Pass(TimeSpan.FromMinutes(5));
        await SpeakAsync(house, id);
        await SweepAsync(house);
        Assert.Equal([(0, true), (1, true)], await SilentAsync(house, id));
        Assert.False(
            await house.WithAsync(db =>
                db.DeskTasks.AnyAsync(t => t.ComplaintId == id && t.Kind == TaskKind.HoldingLetter && t.DoneAt == null)
            )
        );
    }

    [Theory, OnSqlite]
    public async Task It_does_not_run_before_the_first_word_while_we_wait_or_when_switched_off(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        Assert.Null(await MomentsAsync(house, id));
        await SpeakAsync(house, id);
        Assert.NotNull(await MomentsAsync(house, id));
        Assert.Null(await MomentsAsync(house, id, EscalationOptions.Seeded with { SilenceWarn = 0 }));
        await house.WithAsync(
            async (db, s) =>
            {
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = await Outbox.LoadAsync(db, id);
                complaint.WaitForCustomer(await SenAsync(db), house.Now, "The bill.", book);
                await db.SaveChangesAsync();
            }
        );
        Assert.Null(await MomentsAsync(house, id));

        using var ada = await house.SignInAsync("Ada");
        Dictionary<string, string?> form = new()
        {
            ["takeWithin"] = "30",
            ["silenceWarn"] = "50",
            ["silenceRaise"] = "50",
            ["levels[Word]"] = "1",
        };
        Assert.Contains("Silence: warn after", await ada.PostAsync("/settings/escalation/options", form, "/settings/escalation"));
        form["silenceWarn"] = "8";
        await ada.PostAsync("/settings/escalation/options", form, "/settings/escalation");
        var kept = await house.WithAsync(db => EscalationOptions.ReadAsync(db));
        Assert.Equal((8, 50), (kept.SilenceWarn, kept.SilenceRaise));
    }

    private static async Task<Actor> SenAsync(Complaints.Data.ComplaintsDb db) =>
        Actor.Of(await db.Staff.Include(m => m.Unit).SingleAsync(m => m.Name == "Sen"), TimeZoneInfo.Utc);

    private static Task SpeakAsync(TestHouse house, long id) =>
        house.WithAsync(
            async (db, _) =>
            {
                var complaint = await Outbox.LoadAsync(db, id);
                complaint.SpeakTo(await SenAsync(db), house.Now, new Statement(Channel.Phone, "We are looking into it."));
                await db.SaveChangesAsync();
            }
        );

    private static Task<SilenceMoments?> MomentsAsync(TestHouse house, long id, EscalationOptions? options = null) =>
        house.WithAsync(
            async (db, s) =>
                SilencePolicy.Of(
                    await Outbox.LoadAsync(db, id),
                    await s.GetRequiredService<DeadlineBooks>().OpenAsync(db),
                    options ?? EscalationOptions.Seeded
                )
        );

    private static Task SweepAsync(TestHouse house) => house.AskAsync((Sweep sweep) => sweep.RunAsync());

    private static async Task<List<(int Level, bool Ended)>> SilentAsync(TestHouse house, long id) =>
        [
            .. (
                await house.WithAsync(db =>
                    db.Escalations.AsNoTracking()
                        .Where(e => e.ComplaintId == id && e.Trigger == Trigger.Silence && !e.Key.EndsWith(":2") && !e.Key.EndsWith(":3"))
                        .OrderBy(e => e.Id)
                        .Select(e => new { e.Level, e.EndedAt })
                        .ToListAsync()
                )
            ).Select(e => (e.Level, e.EndedAt is not null)),
        ];
}
