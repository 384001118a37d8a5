using System.Text.Json.Nodes;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Settings;

/// <summary>What a file that is brought in does beside the rows it names: secrets, what is used, what runs.</summary>
public sealed class ImportingTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_secret_never_goes_to_another_server_or_another_name(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await WholeFileTests.EditAsync(house);
        Task<(string? Box, long Uid, string? Mail, bool Plus)> KeptAsync() =>
            house.WithAsync(async db =>
            {
                var (box, mail) = (await db.Mailboxes.SingleAsync(), await MailSettings.ReadAsync(db));
                return (box.SealedPassword, box.LastUid, mail.SealedPassword, mail.PlusAddresses);
            });
        Task SecretAsync() =>
            house.WithAsync(async db =>
            {
                var box = await db.Mailboxes.SingleAsync();
                (box.SealedPassword, box.LastUid) = ("v1.secret", 7);
                await ((await MailSettings.ReadAsync(db)) with { SealedPassword = "v1.hush", PlusAddresses = true }).WriteAsync(db);
                await db.SaveChangesAsync();
            });
        await SecretAsync();
        await ApplyAsync(
            house,
            f => (f["mailboxes"]![0]!["folder"], f["settings"]!["mail.smtp"]!["senderName"]) = ("Complaints", "The desk")
        );
        Assert.Equal(("v1.secret", 7, "v1.hush", true), await KeptAsync());
        foreach (var field in new[] { "host", "userName" })
        {
            await SecretAsync();
            await ApplyAsync(house, f => f["mailboxes"]![0]![field] = "other.desk.example");
            Assert.Equal((null, 0, "v1.hush", true), await KeptAsync());
            await SecretAsync();
            await ApplyAsync(house, f => f["settings"]!["mail.smtp"]![field] = "other.desk.example");
            Assert.Equal(("v1.secret", 7, null, true), await KeptAsync());
        }

        await SecretAsync();
        await ApplyAsync(house, f => f["settings"]!["mail.smtp"]!["senderAddress"] = "other@desk.example");
        Assert.Equal(("v1.secret", 7, "v1.hush", false), await KeptAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_used_stays_and_what_nobody_uses_goes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        var (used, free) = await house.WithAsync(async db =>
        {
            db.Add(
                new CalendarSetting
                {
                    Name = "Nobody's",
                    Zone = "UTC",
                    Hours = "Mon-Fri 09:00-17:00",
                }
            );
            var phrases = await db.Phrases.OrderBy(p => p.Id).Take(2).ToListAsync();
            var (complaint, staff) = (await db.Complaints.FirstAsync(), await db.Staff.FirstAsync());
            db.Add(
                new PhraseUse
                {
                    PhraseId = phrases[0].Id,
                    ComplaintId = complaint.Id,
                    StaffId = staff.Id,
                    At = house.Now,
                }
            );
            await db.SaveChangesAsync();
            return (phrases[0], phrases[1]);
        });
        var running = await house.WithAsync(db => db.Clocks.Select(c => c.CalendarId).FirstAsync());
        await ApplyAsync(
            house,
            f =>
            {
                f["phrases"] = new JsonArray();
                f["calendars"] = new JsonArray([
                    .. f["calendars"]!.AsArray().Where(c => (string?)c!["name"] != "Nobody's").Select(c => c!.DeepClone()),
                ]);
            }
        );
        await house.WithAsync(async db =>
        {
            Assert.True(await db.Phrases.AnyAsync(p => p.Id == used.Id));
            Assert.False(await db.Phrases.AnyAsync(p => p.Id == free.Id));
            Assert.False(await db.Calendars.AnyAsync(c => c.Name == "Nobody's"));
            Assert.True(await db.Calendars.AnyAsync(c => c.Id == running));
        });
    }

    [Theory, OnSqlite]
    public async Task What_a_file_does_not_say_of_a_setting_is_as_it_comes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ApplyAsync(house, f => f["settings"]!["escalation.options"]!["TakeWithin"] = 45);
        Assert.Equal(45, (await house.WithAsync(db => EscalationOptions.ReadAsync(db))).TakeWithin);
        await ApplyAsync(house, f => f["settings"]!["escalation.options"]!.AsObject().Remove("TakeWithin"));
        Assert.Equal(EscalationOptions.Seeded.TakeWithin, (await house.WithAsync(db => EscalationOptions.ReadAsync(db))).TakeWithin);
        await ApplyAsync(house, f => f["settings"]!["escalation.options"]!["TakeWithin"] = 50);
        await ApplyAsync(house, f => f["settings"]!["escalation.options"]!["TakeWithin"] = null);
        Assert.Equal(EscalationOptions.Seeded.TakeWithin, (await house.WithAsync(db => EscalationOptions.ReadAsync(db))).TakeWithin);
    }

    [Theory, OnSqlite]
    public async Task New_complaints_follow_the_new_rules_at_once_and_open_ones_are_looked_at_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await house.LogAsync();
        await house.WithAsync(async db =>
        {
            foreach (var complaint in await db.Complaints.ToListAsync())
            {
                db.Entry(complaint).Property(c => c.NextActionAt).CurrentValue = house.Now.AddDays(9);
            }

            await db.SaveChangesAsync();
        });
        await ApplyAsync(
            house,
            f =>
            {
                f["policy"]![0]!["acknowledge"] = 111;
                f["escalationRules"]![0]!["amount"] = 33;
            }
        );
        Assert.True((await house.ReadAsync(before)).NextActionAt <= house.Now.AddMinutes(1));
        var after = await house.LogAsync("王芳");
        var due = await house.WithAsync(async db =>
            (
                await db
                    .Complaints.Include(c => c.Clocks)
                    .Where(c => c.Reference == before || c.Reference == after)
                    .OrderBy(c => c.Id)
                    .ToListAsync()
            )
                .Select(c => c.Clocks.First(k => k.Name == ClockName.Acknowledge).DueAt)
                .ToList()
        );
        Assert.NotEqual(due[0], due[1]);
    }

    [Theory, OnSqlite]
    public async Task A_change_of_order_is_one_line_and_a_macro_of_ones_own_is_none(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(async db =>
        {
            var ada = await db.Staff.SingleAsync(s => s.Name == "Ada");
            db.AddRange(new CaseField { Name = "Room", Position = 1 }, new CaseField { Name = "Bed", Position = 2 });
            db.Add(
                new Macro
                {
                    OwnerId = ada.Id,
                    Name = "Mine",
                    Changes = new CaseChanges { ToMe = true }.Write(),
                }
            );
            await db.SaveChangesAsync();
            foreach (var field in await db.CaseFields.ToListAsync())
            {
                field.Position = 3 - field.Position;
            }

            (await db.Set<Macro>().SingleAsync()).Name = "Still mine";
            await db.SaveChangesAsync();
        });
        var line = await house.WithAsync(db => db.SettingsChanges.SingleAsync());
        Assert.Equal((Topic.Fields, "Order of 2 lines"), (line.Topic, KeptSentence.Read(line.What).ToString()));
    }

    [Theory, OnSqlite]
    public async Task What_was_fixed_when_it_was_made_stays_so(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await WholeFileTests.EditAsync(house);
        var refused = await Assert.ThrowsAsync<Refusal>(() => ApplyAsync(house, f => f["fields"]![0]!["kind"] = "Number"));
        Assert.Contains("stays what it was", refused.Message);
    }

    private static async Task ApplyAsync(TestHouse house, Action<JsonNode> change)
    {
        var file = JsonNode.Parse(await WholeFileTests.ExportAsync(house))!;
        change(file);
        var ada = await house.ActorAsync("Ada");
        await house.AskAsync<Importing, Difference>(i => i.ApplyAsync(ConfigurationFile.Read(file.ToJsonString()), ada));
    }
}
