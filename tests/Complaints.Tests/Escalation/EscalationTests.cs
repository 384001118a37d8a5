using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Escalation;

public sealed class EscalationTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task The_seeded_ladder_is_climbed_step_by_step(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳"))[0]; // brass: 240 working minutes to acknowledge, due 14:00
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.TakeWithinAsync(10_000);
        var seen = new List<(string, int, string?)>();
        for (var minute = 0; minute <= 481; minute++)
        {
            await house.SweepAsync();
            foreach (var e in (await house.RaisedAsync(id)).Skip(seen.Count))
            {
                seen.Add((house.Now.ToString("HH:mm", null), e.Level, e.Told?.Name));
            }

            house.Clock.Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([("13:00", 0, "Sen"), ("14:00", 1, "Lena"), ("16:00", 2, "Max")], seen);
        house.Clock.Now = LittleWorld.Monday.AddDays(1); // Tuesday 10:00: 200 % were used up at 09:30 or so
        await house.SweepAsync();
        var all = await house.RaisedAsync(id);
        Assert.Equal([0, 1, 2, 3], all.Select(e => e.Level));
        Assert.Equal("Dora", all[^1].Told!.Name);
        Assert.Contains("75 % of 4 working hours", KeptSentence.Read(all[0].Why).ToString());
        Assert.Contains("Told: Lena", KeptSentence.Read(all[1].Why).ToString());
        Assert.Equal(3, await house.WithAsync(db => db.Complaints.Select(c => c.Level).SingleAsync()));
        var mails = await house.WithAsync(db => db.OutMessages.OrderBy(m => m.Id).ToListAsync());
        Assert.Equal(
            [MailPurpose.OwnerWarning, MailPurpose.EscalationNotice, MailPurpose.EscalationNotice, MailPurpose.EscalationNotice],
            mails.Select(m => m.Purpose)
        );
        Assert.All(mails, m => Assert.False(m.PersonWrote));
        Assert.Equal($"escalation:{id}:{all[0].Key}", mails[0].Key);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_downtime_only_the_highest_level_is_raised_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳"))[0];
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.SweepAsync();
        house.Clock.Now = LittleWorld.Monday.AddDays(7);
        await house.SweepAsync();
        await house.SweepAsync();
        var raised = Assert.Single(await house.RaisedAsync(id));
        Assert.Equal(3, raised.Level);
        var passed = KeptSentence.Read(raised.Passed!).ToString();
        Assert.Contains("Found late", passed);
        Assert.Contains("Levels passed: 0, 1, 2", passed);
        house.Clock.Pass(TimeSpan.FromDays(3));
        await house.SweepAsync();
        Assert.Single(await house.RaisedAsync(id));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_complaint_logged_late_says_so(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳", receivedAt: house.Now.AddDays(-4)))[0]; // Thursday
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.SweepAsync();
        var raised = Assert.Single(await house.RaisedAsync(id));
        Assert.Equal(3, raised.Level);
        Assert.Contains("Late at logging", KeptSentence.Read(raised.Passed!).ToString());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task It_ends_by_itself_when_the_step_is_done(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳"))[0];
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.SweepAsync();
        house.Clock.Pass(TimeSpan.FromHours(4));
        await house.SweepAsync();
        var sen = await house.ActorAsync("Sen");
        await house.ChangeAsync(id, (c, book) => c.Acknowledge(sen, house.Now, new Statement(Channel.Phone, "We have it."), book));
        await house.SweepAsync();
        var raised = Assert.Single(await house.RaisedAsync(id));
        Assert.Equal(house.Now, raised.EndedAt);
        Assert.Contains("Acknowledge", KeptSentence.Read(raised.EndReason!).ToString());
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.Select(c => c.Level).SingleAsync()));
        Assert.Equal(1, await house.WithAsync(db => db.Timeline.CountAsync(t => t.Kind == EntryKind.EscalationEnded)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Untaken_goes_to_the_next_level_and_taken_does_not(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await house.LogAsync(2, customer: "王芳");
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.SweepAsync();
        house.Clock.Pass(TimeSpan.FromHours(4));
        await house.SweepAsync();
        var lena = await house.ActorAsync("Lena");
        await house.WithAsync(
            async (db, _) =>
            {
                var taken = await db.Complaints.SingleAsync(c => c.Id == ids[0]);
                (await OpenEscalations.OfAsync(db, taken)).Take(lena, house.Now);
                await db.SaveChangesAsync();
            }
        );
        house.Clock.Pass(TimeSpan.FromMinutes(30));
        await house.SweepAsync();
        Assert.Equal([1], (await house.RaisedAsync(ids[0])).Select(e => e.Level));
        var untaken = await house.RaisedAsync(ids[1]);
        Assert.Equal([(1, "Lena"), (2, "Max")], untaken.Select(e => (e.Level, e.Told!.Name)));
        Assert.Contains("was not taken within 30 working minutes", KeptSentence.Read(untaken[1].Why).ToString());
        house.Clock.Pass(TimeSpan.FromMinutes(30));
        await house.SweepAsync();
        Assert.Equal([1, 2, 3], (await house.RaisedAsync(ids[1])).Select(e => e.Level));
        house.Clock.Pass(TimeSpan.FromMinutes(30));
        await house.SweepAsync();
        Assert.Equal(3, (await house.RaisedAsync(ids[1])).Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_delegate_stands_in_and_who_is_complained_about_hears_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                var lena = await db.Staff.SingleAsync(s => s.Name == "Lena");
                lena.AwayUntil = house.Now.AddDays(5);
                lena.DelegateId = await db.Staff.Where(s => s.Name == "Mia").Select(s => s.Id).SingleAsync();
                await db.SaveChangesAsync();
            }
        );
        var first = (await house.LogAsync(customer: "王芳"))[0];
        var second = (await house.LogAsync(customer: "王芳", about: "Mia"))[0];
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.SweepAsync();
        house.Clock.Pass(TimeSpan.FromHours(4));
        await house.SweepAsync();
        var one = Assert.Single(await house.RaisedAsync(first));
        Assert.Equal((1, "Mia"), (one.Level, one.Told!.Name));
        var other = Assert.Single(await house.RaisedAsync(second));
        Assert.Equal((2, "Max"), (other.Level, other.Told!.Name));
        Assert.Contains("one level higher", KeptSentence.Read(other.Why).ToString());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Causes_escalate_at_once_and_only_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var critical = (await house.LogAsync(customer: "Ivar Lindqvist", severity: Severity.Critical))[0];
        var words = (await house.LogAsync(customer: "王芳", words: "再不处理，我就打12315，找律师，还要上媒体曝光。"))[0];
        var harmless = (await house.LogAsync(customer: "王芳", words: "流媒体会员被重复扣费。"))[0];
        var english = (await house.LogAsync(words: "My Lawyer will hear of this. The food court was closed."))[0];
        await house.SweepAsync();
        await house.SweepAsync();
        Assert.Equal(Trigger.DiamondCritical, Assert.Single(await house.RaisedAsync(critical)).Trigger);
        var found = Assert.Single(await house.RaisedAsync(words));
        Assert.Equal((Trigger.Word, "Word:1"), (found.Trigger!.Value, found.Key));
        Assert.Contains("12315", KeptSentence.Read(found.Why).ToString());
        Assert.Contains("律师", KeptSentence.Read(found.Why).ToString());
        Assert.Empty(await house.RaisedAsync(harmless));
        var said = KeptSentence.Read(Assert.Single(await house.RaisedAsync(english)).Why).ToString();
        Assert.Contains("lawyer", said);
        Assert.DoesNotContain("court", said);
        Assert.Equal(0, await house.WithAsync(db => db.Causes.CountAsync(c => c.HandledAt == null)));

        await house.ChangeAsync(
            harmless,
            (c, book) => c.HearFrom(Actor.Customer, house.Now, Channel.Email, "Then I go to the ombudsman.", book)
        );
        await house.SweepAsync();
        Assert.Single(await house.RaisedAsync(harmless));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_complaint_about_its_holder_is_taken_from_them(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳", owner: null, about: "Sen"))[0];
        await house.WithAsync(
            async (db, _) =>
            {
                var sen = await db.Staff.Where(s => s.Name == "Sen").Select(s => (long?)s.Id).SingleAsync();
                await db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.OwnerId, sen));
            }
        );
        await house.SweepAsync();
        Assert.Equal(Trigger.AboutHolder, Assert.Single(await house.RaisedAsync(id)).Trigger);
        Assert.Equal("Lena", await house.WithAsync(db => db.Complaints.Select(c => c.Owner!.Name).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Reopening_escalates_one_level(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳"))[0];
        var sen = await house.ActorAsync("Sen");
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        await house.ChangeAsync(
            id,
            (c, book) =>
            {
                var said = new Statement(Channel.Phone, "As agreed.");
                c.Acknowledge(sen, house.Now, said, book);
                c.Apologize(sen, house.Now, new Apology(false, "Charged twice"), said);
                c.Resolve(sen, house.Now, new Resolution("Paid back", Remedy.None, null, cause, null, true, Outcome.Upheld), said, 0, book);
                return c.Reopen(sen, house.Now, "It came again.", book);
            }
        );
        await house.SweepAsync();
        var raised = Assert.Single(await house.RaisedAsync(id));
        Assert.Equal((Trigger.Reopened, 1), (raised.Trigger!.Value, raised.Level));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_changed_rule_applies_to_open_complaints(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync(customer: "王芳"))[0];
        await house.OnlyAsync(ClockName.Acknowledge);
        await house.SweepAsync();
        house.Clock.Pass(TimeSpan.FromHours(1));
        using var ada = await house.SignInAsync("Ada");
        await ada.PostAsync(
            "/settings/escalation/rules",
            new()
            {
                ["Clock"] = "Acknowledge",
                ["Moment"] = "Share",
                ["Amount"] = "20",
                ["Level"] = "1",
                ["Action"] = "RaiseSeverity",
            },
            "/settings/escalation"
        );
        Assert.Equal(System.Net.HttpStatusCode.OK, ada.Status);
        Assert.Equal(1, await house.SweepAsync());
        Assert.Equal(1, Assert.Single(await house.RaisedAsync(id)).Level);
        Assert.Equal(Severity.High, await house.WithAsync(db => db.Complaints.Select(c => c.Severity).SingleAsync()));
    }

    [Theory, OnPostgres]
    public async Task Two_nodes_raise_each_level_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(300, customer: "王芳");
        await house.SweepAsync();
        house.Clock.Pass(TimeSpan.FromHours(4));
        await using var second = await house.SecondNodeAsync();
        await Task.WhenAll(house.SweepAsync(), second.Services.SweepAsync(), house.SweepAsync(), second.Services.SweepAsync());
        var counts = await house.WithAsync(db => db.Escalations.GroupBy(e => e.ComplaintId).Select(g => g.Count()).ToListAsync());
        Assert.Equal(300, counts.Count);
        Assert.All(counts, c => Assert.Equal(1, c));
        Assert.Equal(300, await house.WithAsync(db => db.OutMessages.CountAsync()));
        Assert.Empty(await house.WithAsync(db => db.WorkFailures.ToListAsync()));
        await second.StopAsync();
    }

    [Theory, OnSqlite]
    public async Task A_notice_waits_for_the_recipients_hours(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        house.Clock.Now = LittleWorld.Monday.AddHours(13); // 23:00 in London
        await house.LogAsync(words: "I will tell my lawyer.");
        await house.SweepAsync();
        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync());
        Assert.True(mail.NotBefore > house.Now.AddHours(8));
        Assert.True(mail.NotBefore < house.Now.AddHours(12));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_regulators_notice_leaves_at_night_though_the_houses_to_the_same_person_waits(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                await db.EscalationRules.Where(r => r.Level != 1).ExecuteDeleteAsync();
                db.RegimeAttachments.Add(
                    new RegimeAttachment
                    {
                        RegimeId = await db.Regimes.Where(r => r.Key == "fca-disp").Select(r => r.Id).SingleAsync(),
                        UnitId = await db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                    }
                );
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
        await house.LogAsync();
        var due = await house.WithAsync(db => db.Clocks.Where(c => c.Name == ClockName.Regime).Select(c => c.DueAt).SingleAsync());
        house.Clock.Now = due.AddMinutes(1); // midnight in London, and every house clock ran out long ago
        await house.SweepAsync();
        var notices = await house.WithAsync(db => db.OutMessages.OrderBy(m => m.NotBefore).ToListAsync());
        Assert.Equal(2, notices.Count);
        Assert.Equal(house.Now, notices[0].NotBefore);
        Assert.Contains("fca-disp/", notices[0].Key);
        Assert.True(notices[1].NotBefore > house.Now.AddHours(8));

        await house.WorkAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(
            [notices[0].Id],
            await house.WithAsync(db =>
                db.OutDeliveries.Where(d => d.State == DeliveryState.Sent && d.Message!.Purpose == MailPurpose.EscalationNotice)
                    .Select(d => d.MessageId)
                    .ToListAsync()
            )
        );
        var holder = await house.WithAsync(db => db.OutMessages.SingleAsync(m => m.Purpose == MailPurpose.Notice)); // whoever holds it hears too
        Assert.StartsWith("A regulator's deadline: C-", holder.Subject, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_regulators_deadline_reaches_whoever_chose_nothing_and_the_houses_keeps_their_quiet_hours(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                await db.EscalationRules.Where(r => r.Level != 1).ExecuteDeleteAsync();
                db.RegimeAttachments.Add(
                    new RegimeAttachment
                    {
                        RegimeId = await db.Regimes.Where(r => r.Key == "fca-disp").Select(r => r.Id).SingleAsync(),
                        UnitId = await db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                    }
                );
                foreach (var name in new[] { "Lena", "Max" })
                {
                    var choice = new NoticeChoice { StaffId = await db.Staff.Where(s => s.Name == name).Select(s => s.Id).SingleAsync() };
                    choice.Choose(
                        NoticeChoice.Choosable.ToDictionary(k => k, _ => (false, MailWhen.Never)),
                        new TimeOnly(12, 0),
                        new TimeOnly(18, 0),
                        new TimeOnly(9, 0),
                        [DayOfWeek.Saturday, DayOfWeek.Sunday]
                    );
                    db.Add(choice);
                }

                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
        await house.LogAsync();
        var due = await house.WithAsync(db => db.Clocks.Where(c => c.Name == ClockName.Regime).Select(c => c.DueAt).SingleAsync());
        house.Clock.Now = due.AddMinutes(1);
        await house.SweepAsync();
        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync(m => m.Purpose == MailPurpose.EscalationNotice));
        Assert.Contains("fca-disp/", mail.Key); // the house's own level is what they switched off
        Assert.Equal(house.Now, mail.NotBefore);
        var told = await house.WithAsync(db =>
            db.Notices.Where(n => db.Set<NoticeChoice>().Any(c => c.StaffId == n.StaffId)).ToListAsync()
        );
        Assert.Equal(NoticeKind.Statutory, Assert.Single(told).Kind);
        Assert.True(told[0].OnPage);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_notice_of_the_house_waits_for_the_end_of_somebodys_quiet_hours_or_for_their_digest(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                await db.EscalationRules.Where(r => r.Level != 1).ExecuteDeleteAsync();
                await ChooseAsync(db, MailWhen.AtOnce, new TimeOnly(9, 0), new TimeOnly(15, 0));
            }
        );
        var (quiet, digest) = ((await house.LogAsync(1))[0], 0L);
        await house.OnlyAsync(ClockName.Acknowledge);
        house.Clock.Pass(TimeSpan.FromHours(28)); // Tuesday 14:00: late, and quiet for Lena until 15:00
        await house.SweepAsync();
        var mail = await house.WithAsync(db =>
            db.OutMessages.FirstAsync(m => m.ComplaintId == quiet && m.Purpose == MailPurpose.EscalationNotice)
        );
        Assert.Equal(house.Now.Date.AddHours(15), mail.NotBefore);
        await house.WithAsync((db, _) => ChooseAsync(db, MailWhen.Digest, null, null));
        digest = (await house.LogAsync(1))[0];
        await house.OnlyAsync(ClockName.Acknowledge);
        house.Clock.Pass(TimeSpan.FromHours(28));
        await house.SweepAsync();
        Assert.False(
            await house.WithAsync(db => db.OutMessages.AnyAsync(m => m.ComplaintId == digest && m.Purpose == MailPurpose.EscalationNotice))
        );
        Assert.NotNull((await house.WithAsync(db => db.Notices.FirstAsync(n => n.ComplaintId == digest && n.InDigest))).MailAt);
    }

    private static async Task ChooseAsync(ComplaintsDb db, MailWhen mail, TimeOnly? from, TimeOnly? to)
    {
        var id = await db.Staff.Where(s => s.Name == "Lena").Select(s => s.Id).SingleAsync();
        var choice = await db.NoticeChoices.FirstOrDefaultAsync(c => c.StaffId == id) ?? db.Add(new NoticeChoice { StaffId = id }).Entity;
        choice.Choose(
            new Dictionary<NoticeKind, (bool, MailWhen)> { [NoticeKind.Escalated] = (true, mail) },
            new TimeOnly(8, 0),
            from,
            to,
            []
        );
        await db.SaveChangesAsync();
    }
}
