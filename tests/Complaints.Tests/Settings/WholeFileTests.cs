using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Complaints.Web.Settings;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Settings;

/// <summary>The whole configuration as one file: out of one house, into another, and the same again.</summary>
public sealed class WholeFileTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_one_house_exports_another_imports_and_exports_again_byte_for_byte(string database)
    {
        string text;
        await using (var a = await TestHouse.OpenAsync(database))
        {
            await EditAsync(a);
            text = await ExportAsync(a);
        }

        await using var b = await TestHouse.OpenAsync(database);
        await b.WithAsync(async db =>
        {
            // As empty as a house with an administrator can be: what others are in stays with its name.
            (await db.Units.SingleAsync(u => u.Name == "Shanghai")).NameZh = null;
            await db.SaveChangesAsync();
        });
        var ada = await b.ActorAsync("Ada");
        b.Services.GetRequiredService<WhoChanges>().AtTheCommandLine = true; // what the house does by itself is no history
        var done = await b.AskAsync<Importing, Difference>(i => i.ApplyAsync(ConfigurationFile.Read(text), ada));
        Assert.NotEmpty(done.All);
        Assert.Equal(text, await ExportAsync(b));

        var again = await b.AskAsync<Importing, Difference>(i => i.ApplyAsync(ConfigurationFile.Read(text), ada));
        Assert.Empty(again.All);
        await b.WithAsync(async db =>
        {
            var dock = await db.Units.SingleAsync(u => u.Name == "Dock");
            var north = await db.Units.SingleAsync(u => u.Name == "North");
            Assert.Equal($"{north.Path}{dock.Id}/", dock.Path);
            Assert.Equal("Round the clock too", await db.Calendars.Where(c => c.Id == dock.CalendarId).Select(c => c.Name).SingleAsync());
            Assert.Equal(ada.StaffId, (await db.Set<Macro>().SingleAsync()).OwnerId);
            Assert.Null((await db.Mailboxes.SingleAsync()).SealedPassword);
            Assert.Equal(
                ["Ask for the number", "Take two pictures"],
                (await db.ChecklistVersions.OrderBy(v => v.Id).ToListAsync()).SelectMany(v => v.Points).Select(p => p.Text).Order()
            );
            Assert.True(await db.SettingsChanges.AnyAsync(c => c.Topic == Topic.Mailboxes && c.Act == ChangeAct.Added));
        });
    }

    [Theory, OnSqlite]
    public async Task No_secret_no_person_and_no_complaint_is_in_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await EditAsync(house);
        var text = await ExportAsync(house);
        Assert.DoesNotContain("v1.", text);
        Assert.DoesNotContain("ealedPassword", text);
        Assert.DoesNotContain("hush", text);
        Assert.DoesNotContain("okenHash", text);
        Assert.All(new[] { "Jun", "Lena", "Ada", "Grace" }, n => Assert.DoesNotContain($"\"{n}\"", text));
        Assert.DoesNotContain(LittleWorld.Mail("Lena"), text);
        Assert.DoesNotContain("Work for Jun", text);
        Assert.Contains("Say sorry", text);
        Assert.Contains("\n", text);
        Assert.DoesNotContain("\r", text);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_page_shows_what_would_change_and_then_does_it_and_says_who(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var file = JsonNode.Parse(await ada.GetAsync("/settings/file/export"))!;
        file["policy"]![0]!["acknowledge"] = 200;
        file["settings"]!["escalation.options"]!["TakeWithin"] = 45;
        var gone = (JsonObject)file["triggerWords"]![0]!;
        ((JsonArray)file["triggerWords"]!).RemoveAt(0);
        ((JsonArray)file["tags"]!).Add(new JsonObject { ["name"] = "roof" });
        ((JsonArray)file["categories"]!).RemoveAt(((JsonArray)file["categories"]!).Count - 1);
        var look = await ada.PostFileAsync("/settings/file", [], "file", "a.json", Encoding.UTF8.GetBytes(file.ToJsonString()));
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Contains("1 added, 2 changed, 1 removed", look);
        Assert.Contains("Left alone", look);
        Assert.Contains((string)gone["word"]!, look);
        Assert.Equal(0, await house.WithAsync(db => db.SettingsChanges.CountAsync()));

        await ada.SubmitAsync();
        Assert.Equal("/settings/file", ada.Path);
        await house.WithAsync(async db =>
        {
            Assert.Equal(200, (await db.Policies.SingleAsync()).Acknowledge);
            Assert.True(await db.Tags.AnyAsync(t => t.Folded == "roof"));
            Assert.Equal(4, await db.SettingsChanges.CountAsync(c => c.ByName == "Ada"));
        });
    }

    [Theory, OnSqlite]
    public async Task Nothing_else_is_brought_in_than_what_was_shown(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var file = JsonNode.Parse(await ada.GetAsync("/settings/file/export"))!;
        file["policy"]![0]!["acknowledge"] = 200;
        var look = await ada.PostFileAsync("/settings/file", [], "file", "a.json", Encoding.UTF8.GetBytes(file.ToJsonString()));
        var seen = Regex.Match(look, "name=\"seen\" value=\"([^\"]+)\"").Groups[1].Value;
        await house.WithAsync(async db =>
        {
            (await db.Policies.SingleAsync()).Apologize = 444;
            await db.SaveChangesAsync();
        });
        var page = await ada.PostAsync(
            "/settings/file/application",
            new() { ["content"] = file.ToJsonString(), ["seen"] = seen },
            "/settings/file"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("changed meanwhile", page);
        Assert.Contains("444", page);
        Assert.Equal(240, await house.WithAsync(db => db.Policies.Select(p => p.Acknowledge).SingleAsync()));
    }

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "not json", "broken in line 1" },
            { "[1,2]", "no file of settings" },
            { "{\"format\":\"something else\"}", "no file of settings" },
            { "version:7", "version 7" },
            { "half", "broken in line" },
            { "without:units", "“units” is missing" },
            { "with:surprise", "“surprise”" },
            { "policy/0/acknowledge=-5", "policy, number 1" },
            { "policy/0/acknowledge=\"soon\"", "another kind" },
            { "policy/0/resolveUnit=\"Moons\"", "none of" },
            { "units/1/calendar=\"nowhere\"", "neither in “calendars”" },
            { "units/1/parent=\"Nobody\"", "does not stand before it" },
            { "units/1/active=false", "Move them first" },
            { "units/1/name=\"\"", "cannot stay empty" },
            { "units/1/nmae=\"x\"", "no field “nmae”" },
            { "calendars/0/hours=\"never\"", "calendars, number 1" },
            { "templates/0/body=\"{{nonsense}}\"", "nonsense" },
            { "templates/1/purpose=\"Receipt\"", "templates" },
            { "escalationRules/0/level=9", "escalationRules, number 1" },
            { "settings/followup.options/CallAttempts=99", "followup.options" },
            { "settings/followup.options/CallAttempts=\"x\"", "another kind" },
            { "settings/mail.smtp/sealedPassword=\"x\"", "no field “sealedPassword”" },
            { "settings/organisation.zone=\"Moon\"", "not a time zone" },
            { "settings/unknown=1", "no setting “unknown”" },
            { "settings/intake.webUnit=\"Nobody\"", "neither in “units”" },
            { "limits/0/currency=\"pounds\"", "limits, number 1" },
        };

    [Theory, OnSqlite]
    public async Task What_cannot_be_is_refused_in_a_sentence_and_nothing_changes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var good = await ExportAsync(house);
        foreach (var row in Wrong)
        {
            var (how, says) = ((string)row[0], (string)row[1]);
            var page = await ada.PostFileAsync("/settings/file", [], "file", "a.json", Encoding.UTF8.GetBytes(Spoilt(good, how)));
            Assert.True(ada.Status == HttpStatusCode.UnprocessableEntity, $"{how}: {ada.Status}");
            Assert.True(
                page.Contains(says, StringComparison.Ordinal),
                $"{how}: {Regex.Match(page, "error-summary.*?</div>", RegexOptions.Singleline).Value}"
            );
            var refused = await Assert.ThrowsAsync<Refusal>(() =>
                house.AskAsync<Importing, Difference>(async i =>
                    await i.ApplyAsync(ConfigurationFile.Read(Spoilt(good, how)), Actor.System)
                )
            );
            Assert.NotEmpty(refused.Message);
        }

        var huge = await ada.PostFileAsync("/settings/file", [], "file", "a.json", new byte[ConfigurationFile.MostBytes + 1]);
        Assert.Contains("larger than 8 MB", huge);
        Assert.Contains("UTF-8", await ada.PostFileAsync("/settings/file", [], "file", "a.json", [0xff, 0xfe, 0xff]));
        Assert.Equal(good, await ExportAsync(house));
        Assert.Equal(0, await house.WithAsync(db => db.SettingsChanges.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task The_command_line_does_the_same(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var folder = Directory.CreateTempSubdirectory("complaints-test-").FullName;
        var (first, second) = (Path.Combine(folder, "a.json"), Path.Combine(folder, "b.json"));
        Assert.Equal(0, await Commands.RunAsync(["settings", "export", first, .. house.Arguments, .. TestHouse.Quiet]));
        Assert.Equal(await ExportAsync(house), await File.ReadAllTextAsync(first));
        await File.WriteAllTextAsync(first, Spoilt(await File.ReadAllTextAsync(first), "policy/0/acknowledge=200"));
        string[] empty = ["--Database:Provider", "sqlite", "--Data:Folder", Path.Combine(folder, "house"), .. TestHouse.Quiet];
        Assert.Equal(0, await Commands.RunAsync(["settings", "import", first, "--dry-run", .. empty]));
        Assert.Equal(0, await Commands.RunAsync(["settings", "import", first, .. empty]));
        Assert.Equal(0, await Commands.RunAsync(["settings", "export", second, .. empty]));
        Assert.Equal(ConfigurationTextOf(first), ConfigurationTextOf(second));
        await using (var app = RunCommand.Build(empty))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var line = await scope
                .ServiceProvider.GetRequiredService<ComplaintsDb>()
                .SettingsChanges.FirstAsync(c => c.Topic == Topic.Deadlines);
            Assert.Equal((ChangedBy.CommandLine, ChangeAct.Changed), (line.By, line.Act));
        }

        Assert.Equal(1, await Commands.RunAsync(["settings", "import", Path.Combine(folder, "none.json"), .. empty]));
        using (house.Services.GetRequiredService<ServerLock>().Take()) // as a server that runs on it
        {
            Assert.Equal(1, await Commands.RunAsync(["settings", "import", first, .. house.Arguments, .. TestHouse.Quiet]));
        }

        Assert.Equal(1, await Commands.RunAsync(["settings", "bring", first, .. empty]));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static string ConfigurationTextOf(string path) => JsonNode.Parse(File.ReadAllText(path))!.ToJsonString();

    private static string Spoilt(string good, string how)
    {
        if (how == "half")
        {
            return good[..(good.Length / 2)];
        }

        var file = (JsonObject)JsonNode.Parse(good)!;
        switch (how.Split(':', 2))
        {
            case ["version", var n]:
                file["version"] = int.Parse(n, System.Globalization.CultureInfo.InvariantCulture);
                return file.ToJsonString();
            case ["without", var section]:
                file.Remove(section);
                return file.ToJsonString();
            case ["with", var section]:
                file[section] = new JsonArray();
                return file.ToJsonString();
        }

        if (how.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
        {
            return how;
        }

        var (path, node) = (how[..at].Split('/'), (JsonNode)file);
        foreach (var step in path[..^1])
        {
            node = int.TryParse(step, System.Globalization.CultureInfo.InvariantCulture, out var i) ? node[i]! : node[step]!;
        }

        node[path[^1]] = JsonNode.Parse(how[(at + 1)..]);
        return file.ToJsonString();
    }

    internal static Task<string> ExportAsync(TestHouse house) =>
        house.WithAsync(async db => ConfigurationFile.Write(await Snapshot.ReadAsync(db)));

    /// <summary>Something of every kind is changed, added and taken away.</summary>
    internal static Task EditAsync(TestHouse house) =>
        house.WithAsync(
            async (db, services) =>
            {
                var north = await db.Units.SingleAsync(u => u.Name == "North");
                var calendar = db.Add(
                    new CalendarSetting
                    {
                        Name = "Round the clock too",
                        NameZh = "全天",
                        Zone = "Asia/Shanghai",
                        Hours = "Mon-Sun 00:00-24:00",
                        Holidays = "2026-12-28;every year: 12-25",
                    }
                ).Entity;
                await db.SaveChangesAsync();
                var dock = db.Add(
                    new Unit
                    {
                        Name = "Dock",
                        ParentId = north.Id,
                        CalendarId = calendar.Id,
                        EqualTreatment = true,
                    }
                ).Entity;
                await db.SaveChangesAsync();
                dock.Path = $"{north.Path}{dock.Id}/";
                (await db.Units.SingleAsync(u => u.Name == "Shanghai")).NameZh = "上海分店";
                var category = await db.Categories.OrderBy(c => c.Id).FirstAsync();
                (category.Name, category.Position) = ("Bills and money", 4);
                var own = db.Add(new Category { Name = "Our own", ParentId = category.Id }).Entity;
                db.Add(
                    new RootCause
                    {
                        Name = "Weather",
                        NameZh = "天气",
                        Active = false,
                    }
                );
                await db.SaveChangesAsync();
                var lists = services.GetRequiredService<Checklists>();
                var owner = (await db.Staff.FirstAsync()).Id;
                await lists.KeepAsync(null, [new("a1", "Ask for the number", "问清单号", null, true)], owner, LittleWorld.Monday);
                await lists.KeepAsync(own.Id, [new("b1", "Take a picture", null, Verb.Resolve, false)], owner, LittleWorld.Monday);
                await db.SaveChangesAsync();
                await lists.KeepAsync(
                    own.Id,
                    [new("b1", "Take two pictures", null, Verb.Resolve, false)],
                    owner,
                    LittleWorld.Monday.AddMinutes(1)
                );
                await db.SaveChangesAsync();
                var policy = await db.Policies.Include(p => p.Lines).SingleAsync();
                (policy.Acknowledge, policy.Diamond) = (120.5m, 0.3m);
                policy.Lines.Add(
                    new PolicyLine
                    {
                        Tier = Tier.Gold,
                        CategoryId = own.Id,
                        Resolve = 900,
                    }
                );
                policy.Lines.Add(new PolicyLine { Channel = Channel.Regulator, Acknowledge = 60 });
                var regime = await db.Regimes.Include(r => r.Clocks).Include(r => r.Documents).OrderBy(r => r.Id).FirstAsync();
                (regime.Active, regime.CalendarId, regime.Remark) = (true, calendar.Id, "first line\nsecond line");
                regime.Clocks[0].Amount = 7;
                db.RegimeAttachments.Add(new RegimeAttachment { RegimeId = regime.Id, UnitId = dock.Id });
                db.RegimeAttachments.Add(new RegimeAttachment { RegimeId = regime.Id, CategoryId = own.Id });
                var rule = await db.EscalationRules.OrderBy(r => r.Id).FirstAsync();
                rule.Amount = 80;
                db.Remove(await db.RemedyLimits.OrderBy(l => l.Id).FirstAsync());
                db.Add(
                    new RemedyLimit
                    {
                        Role = Role.Agent,
                        Seat = Seat.Senior,
                        Currency = "JPY",
                        Tier = Tier.Gold,
                        Minor = 5000,
                    }
                );
                (await db.TriggerWords.OrderBy(w => w.Id).FirstAsync()).Set("solicitor", "solicitor general;", true);
                var template = await db.Templates.OrderBy(t => t.Id).FirstAsync();
                (template.Subject, template.Body) = (
                    "We have it: {{reference}}",
                    "Dear {{customer}},\n\nwe have it.\n\n\"Quoted\" & <tagged> 王芳"
                );
                (await db.Phrases.OrderBy(p => p.Id).FirstAsync()).Text = "How good of you to call.\nTruly.";
                db.Add(
                    new Phrase
                    {
                        Language = Tongue.English,
                        Text = "From the dock",
                        UnitId = dock.Id,
                        Position = 99,
                        Active = false,
                    }
                );
                (await db.AdviceRules.OrderBy(r => r.Id).FirstAsync()).Better = "better words";
                db.Add(
                    new CaseField
                    {
                        Name = "Room",
                        Kind = FieldKind.Choice,
                        Choices = "one\ntwo",
                        CategoryId = own.Id,
                        RequiredAt = Verb.Resolve,
                        Position = 3,
                    }
                );
                db.Add(new Tag { Name = "Roof", Folded = Tag.Fold("Roof") });
                var lena = await db.Staff.SingleAsync(s => s.Name == "Lena");
                db.Add(
                    new Macro
                    {
                        OwnerId = lena.Id,
                        UnitId = north.Id,
                        Name = "Say sorry",
                        Changes = new CaseChanges
                        {
                            Note = "said\nsorry",
                            Severity = Severity.High,
                            AddTags = "Roof",
                        }.Write(),
                    }
                );
                db.Add(
                    new Macro
                    {
                        OwnerId = lena.Id,
                        UnitId = north.Id,
                        Name = "Work for Jun",
                        Changes = new CaseChanges { OwnerId = 1 }.Write(),
                    }
                );
                db.Add(
                    new Macro
                    {
                        OwnerId = lena.Id,
                        Name = "My own",
                        Changes = new CaseChanges { ToMe = true }.Write(),
                    }
                );
                db.Add(
                    new Mailbox
                    {
                        Name = "in",
                        Address = "in@desk.example",
                        UnitId = dock.Id,
                        Host = "imap.desk.example",
                        UserName = "in",
                        SealedPassword = "v1.secret",
                    }
                );
                await services
                    .GetRequiredService<Questionnaires>()
                    .KeepAsync(
                        dock.Id,
                        null,
                        false,
                        new Dictionary<string, Questions>
                        {
                            [Tongue.English] = new() { Solved = "Happy?", Script = "Hello {{customer}}\nBye" },
                        },
                        Actor.System,
                        house.Now
                    );
                await new FollowUpOptions
                {
                    ReminderDays = [1, 3, 6],
                    CallAfterDays = 8,
                    AskShare = 50,
                }.KeepAsync(db);
                await new RepeatRule { From = 4 }.KeepAsync(db);
                await new MailSettings
                {
                    Host = "mail.desk.example",
                    SenderAddress = "desk@desk.example",
                    SealedPassword = "v1.hush",
                    PlusAddresses = true,
                }.WriteAsync(db);
                db.Settings.Add(new Setting { Name = "organisation.name", Value = "Harbour" });
                db.Settings.Add(new Setting { Name = "organisation.zone", Value = "Europe/London" });
                db.Settings.Add(new Setting { Name = "intake.webUnit", Value = $"{dock.Id}" });
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
}
