using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Settings;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Settings;

/// <summary>Who changed what: every form of the settings leaves a line, and none tells a secret.</summary>
public sealed class HistoryTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_form_of_the_settings_leaves_a_line_with_its_name_and_what_it_was_before(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var (unit, calendar, category, cause, regime, rule, word, template, phrase, advice, staff) = await house.WithAsync(async db =>
            (
                (await db.Units.SingleAsync(u => u.Name == "North")).Id,
                (await db.Calendars.SingleAsync(c => c.Key == "london")).Id,
                (await db.Categories.FirstAsync()).Id,
                (await db.RootCauses.FirstAsync()).Id,
                (await db.Regimes.FirstAsync()).Id,
                (await db.EscalationRules.FirstAsync(r => r.Amount == 75)).Id,
                (await db.TriggerWords.FirstAsync()).Id,
                (await db.Templates.FirstAsync(t => t.Purpose == MailPurpose.Receipt && t.Language == Tongue.English)).Id,
                (await db.Phrases.FirstAsync()).Id,
                (await db.AdviceRules.FirstAsync()).Id,
                (await db.Staff.SingleAsync(s => s.Name == "Jun")).Id
            )
        );
        var forms = new (Topic Topic, Func<Task> Change, string Says)[]
        {
            (
                Topic.Organisation,
                () =>
                    ada.FillAsync(
                        "/settings/organisation",
                        "/settings/organisation",
                        ("Name", "Harbour"),
                        ("Zone", "Europe/London"),
                        ("Currency", "GBP")
                    ),
                "Harbour"
            ),
            (Topic.Units, () => ada.FillAsync($"/settings/units/{unit}", $"/settings/units/{unit}", ("Name", "Northern")), "Northern"),
            (Topic.Staff, () => ada.FillAsync($"/staff/{staff}", $"/staff/{staff}", ("Seat", "Middle")), "Middle"),
            (
                Topic.Calendars,
                () => ada.FillAsync($"/settings/calendars/{calendar}", "/settings/calendars", ("Hours", "Mon-Fri 08:30-17:00")),
                "08:30"
            ),
            (Topic.Deadlines, () => ada.FillAsync("/settings/policy", "/settings/policy", ("Acknowledge", "200")), "200"),
            (
                Topic.Regulators,
                () => ada.FillAsync($"/settings/regimes/{regime}", $"/settings/regimes/{regime}", ("Remark", "asked the lawyer")),
                "lawyer"
            ),
            (Topic.Escalation, () => ada.FillAsync("/settings/escalation", $"/settings/escalation/rules/{rule}", ("Amount", "80")), "80"),
            (Topic.Escalation, () => ada.FillAsync("/settings/escalation", "/settings/escalation/options", ("takeWithin", "45")), "45"),
            (
                Topic.Escalation,
                () => ada.FillAsync("/settings/escalation", $"/settings/escalation/words/{word}", ("Word", "solicitor")),
                "solicitor"
            ),
            (Topic.FollowUp, () => ada.FillAsync("/settings/follow-up", "/settings/follow-up", ("CallAttempts", "4")), "4"),
            (
                Topic.Questions,
                () => ada.FillAsync("/settings/questionnaires/new", "/settings/questionnaires", ("En.Solved", "Are you happy?")),
                "Are you happy?"
            ),
            (Topic.PublicForm, () => ada.FillAsync("/settings/web-form", "/settings/web-form", ("unitId", $"{unit}")), "Northern"),
            (
                Topic.Categories,
                () => ada.FillAsync($"/settings/categories/{category}", $"/settings/categories/{category}", ("Name", "Money matters")),
                "Money matters"
            ),
            (
                Topic.Causes,
                () => ada.FillAsync($"/settings/causes/{cause}", $"/settings/causes/{cause}", ("Name", "Nobody asked")),
                "Nobody asked"
            ),
            (Topic.Fields, () => ada.FillAsync("/settings/fields", "/settings/fields", ("Name", "Room")), "Room"),
            (Topic.Callers, () => ada.FillAsync("/settings/caller", "/settings/caller", ("English", "Your booking?")), "Your booking?"),
            (Topic.Limits, () => ada.FillAsync("/settings/limits", "/settings/limits", ("limit[GBP-Agent-Junior]", "61.50")), "61.50"),
            (
                Topic.Mail,
                () =>
                    ada.FillAsync(
                        "/settings/mail",
                        "/settings/mail",
                        ("Host", "mail.desk.example"),
                        ("SenderAddress", "desk@desk.example"),
                        ("Password", "hush-hush-1")
                    ),
                "mail.desk.example"
            ),
            (
                Topic.Mailboxes,
                () =>
                    ada.FillAsync(
                        "/settings/mailboxes/new",
                        "/settings/mailboxes",
                        ("Name", "in"),
                        ("Address", "in@desk.example"),
                        ("Host", "imap.desk.example"),
                        ("UserName", "in"),
                        ("Password", "hush-hush-2"),
                        ("UnitId", $"{unit}")
                    ),
                "imap.desk.example"
            ),
            (Topic.Files, () => ada.FillAsync("/settings/files", "/settings/files", ("StaffMb", "19")), "19"),
            (Topic.Customers, () => ada.FillAsync("/settings/customers", "/settings/customers", ("From", "5")), "5"),
            (Topic.Receipts, () => ada.FillAsync("/settings/receipts", "/settings/receipts", ("PerHour", "7")), "7"),
            (
                Topic.Templates,
                () =>
                    ada.FillAsync(
                        $"/settings/templates/{template}",
                        $"/settings/templates/{template}",
                        ("Subject", "We have it: {{reference}}")
                    ),
                "We have it"
            ),
            (
                Topic.Phrases,
                () => ada.FillAsync($"/phrases/{phrase}", $"/phrases/{phrase}", ("Text", "How good of you to call.")),
                "How good of you"
            ),
            (
                Topic.Advice,
                () =>
                    ada.PostAsync(
                        $"/settings/writing-advice/{advice}",
                        new()
                        {
                            ["Text"] = "no way",
                            ["Better"] = "let us look",
                            ["Active"] = "true",
                        },
                        "/settings/writing-advice"
                    ),
                "no way"
            ),
            (Topic.Work, () => ada.PostAsync("/settings/work/sweep/pause", [], "/settings/work"), "Paused"),
        };
        foreach (var (topic, change, says) in forms)
        {
            var last = await house.WithAsync(db => db.SettingsChanges.CountAsync());
            await change();
            Assert.True(ada.Status == HttpStatusCode.OK, $"{topic}: {ada.Status}");
            var lines = await house.WithAsync(db => db.SettingsChanges.OrderBy(c => c.Id).Skip(last).ToListAsync());
            Assert.True(
                lines.Exists(l => l.Topic == topic && (l.Fields + l.What).Contains(says, StringComparison.Ordinal)),
                $"{topic}: no line says {says}"
            );
            Assert.All(lines, l => Assert.Equal((ChangedBy.Person, "Ada"), (l.By, l.ByName)));
        }

        var all = await house.WithAsync(db => db.SettingsChanges.ToListAsync());
        Assert.Contains(
            all.Where(l => l.Topic == Topic.Escalation).SelectMany(l => l.All),
            f => (Said(f.Before), Said(f.After)) == ("75", "80")
        );
        Assert.DoesNotContain(
            all,
            l => l.Fields.Contains("hush", StringComparison.Ordinal) || l.Fields.Contains("v1.", StringComparison.Ordinal)
        );
        Assert.Equal(2, all.Count(l => l.All.Any(f => f is { Secret: true, Before: null, After: null })));
        var page = await ada.GetAsync("/settings/history?about=Mail");
        Assert.Contains("changed, not shown", page);
        Assert.Contains("mail.desk.example", page);
        Assert.DoesNotContain("Harbour", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Saving_what_is_there_already_writes_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var (regime, unit) = await house.WithAsync(async db =>
            ((await db.Regimes.FirstAsync()).Id, (await db.Units.SingleAsync(u => u.Name == "North")).Id)
        );
        await ada.PostAsync(
            $"/settings/regimes/{regime}",
            new() { ["UnitIds"] = $"{unit}", ["CalendarId"] = "1" },
            $"/settings/regimes/{regime}"
        );
        var before = await house.WithAsync(db => db.SettingsChanges.CountAsync());
        foreach (
            var page in new[]
            {
                "escalation/options",
                "follow-up",
                "files",
                "customers",
                "receipts",
                "limits",
                "caller",
                $"units/{unit}",
                "policy",
                $"regimes/{regime}",
            }
        )
        {
            await ada.FillAsync("/settings/" + page.Replace("/options", "", StringComparison.Ordinal), "/settings/" + page);
            Assert.True(ada.Status == HttpStatusCode.OK, page);
        }

        Assert.Equal(before, await house.WithAsync(db => db.SettingsChanges.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task It_pages_by_key_and_is_read_by_administrators_and_auditors_alone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        for (var i = 0; i < 45; i++)
        {
            await ada.PostAsync(
                "/settings/customers",
                new() { ["From"] = $"{3 + (i % 2) + 1}", ["Months"] = $"{i + 13}" },
                "/settings/customers"
            );
        }

        var first = await ada.GetAsync("/settings/history");
        Assert.Contains("rel=\"next\"", first);
        Assert.DoesNotContain("rel=\"prev\"", first);
        var second = await ada.GetAsync(
            System.Text.RegularExpressions.Regex.Match(first, "rel=\"next\" href=\"([^\"]+)\"").Groups[1].Value
        );
        Assert.DoesNotContain("rel=\"next\"", second);
        var back = await ada.GetAsync(System.Text.RegularExpressions.Regex.Match(second, "rel=\"prev\" href=\"([^\"]+)\"").Groups[1].Value);
        Assert.Contains("id=\"h45\"", back);
        using var otto = await house.SignInAsync("Otto");
        Assert.Contains("Ada", await otto.GetAsync("/settings/history"));
        using var lena = await house.SignInAsync("Lena");
        await lena.GetAsync("/settings/history");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
        Assert.Contains("Who changed this", await ada.GetAsync("/settings/customers"));
        Assert.DoesNotContain("Who changed this", await lena.GetAsync("/phrases"));
    }

    [Theory, OnSqlite]
    public async Task What_the_house_comes_with_is_no_history_and_what_it_changes_by_itself_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        Assert.Equal(0, await house.WithAsync(db => db.SettingsChanges.CountAsync()));
        await house.WithAsync(async db =>
        {
            (await db.Units.SingleAsync(u => u.Name == "North")).EqualTreatment = true;
            await db.SaveChangesAsync();
        });
        var line = await house.WithAsync(db => db.SettingsChanges.SingleAsync());
        Assert.Equal((ChangedBy.House, Topic.Units, ChangeAct.Changed), (line.By, line.Topic, line.Act));
        Assert.Equal("Equal treatment of all tiers", KeptSentence.Read(line.All.Single().Label).ToString());
    }

    /// <summary>Whoever adds a table of settings describes it; whoever adds another says here that it is none.</summary>
    [Theory, OnSqlite]
    public async Task Every_table_is_described_as_a_setting_or_known_to_be_none(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var undescribed = await house.WithAsync(db =>
            Task.FromResult(
                db.Model.GetEntityTypes()
                    .Select(t => t.ClrType)
                    .Where(t => Configuration.Of(t) is null && t != typeof(Setting))
                    .Select(t => t.Name)
                    .Where(n => !_noSettings.Contains(n))
                    .ToList()
            )
        );
        Assert.True(
            undescribed.Count == 0,
            "Describe in Complaints.Settings.Configuration, so that its changes are seen and carried, or add to the list here: "
                + string.Join(", ", undescribed)
        );
    }

    /// <summary>A field nobody described would be changed without a line.</summary>
    [Theory, OnSqlite]
    public async Task Every_field_of_a_described_table_is_described_or_known_to_be_none(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var missing = await house.WithAsync(db =>
            Task.FromResult(
                (
                    from kind in Configuration.Tables
                    where kind.Type != typeof(StaffMember)
                    from property in db.Model.FindEntityType(kind.Type)!.GetProperties()
                    let name = property.Name
                    where
                        !kind.Fields.Any(f => f.Name == name)
                        && !_noFields.Contains($"{kind.Type.Name}.{name}")
                        && name is not ("Id" or "Version")
                    select $"{kind.Type.Name}.{name}"
                ).ToList()
            )
        );
        Assert.Empty(missing);
        foreach (var named in Configuration.Named.Where(n => n.Parts.Count > 0))
        {
            Assert.All(
                JsonParts.Of(System.Text.Json.Nodes.JsonNode.Parse(named.Otherwise!)),
                p => Assert.NotNull(JsonParts.Find(named.Parts, p.Path))
            );
        }
    }

    [Fact]
    public void Every_topic_has_its_page() =>
        Assert.All(Enum.GetValues<Topic>(), t => Assert.Equal(t, TopicPages.At(TopicPages.Of(t) + "/1")));

    private static string? Said(string? kept) => kept is null ? null : KeptSentence.Read(kept).ToString();

    private static readonly HashSet<string> _noFields =
    [
        "Unit.Path",
        "PolicyLine.PolicyId",
        "Template.ChangedAt",
        "Template.ChangedById",
        "Tag.Folded",
        "Macro.OwnerId",
        "Questionnaire.MadeAt",
        "Questionnaire.MadeById",
        "ChecklistVersion.At",
        "ChecklistVersion.ById",
        "Mailbox.UidValidity",
        "Mailbox.LastUid",
        "Mailbox.SeenAt",
        "Mailbox.Trouble",
        "Mailbox.TroubleSince",
        "Mailbox.Failures",
        "Mailbox.NotBefore",
        "Mailbox.LeaseBy",
        "Mailbox.LeaseUntil",
    ];

    private static readonly HashSet<string> _noSettings =
    [
        .. (
            "AccessLogEntry Approval Attachment BulkRun CareNote ChecklistTaken ChecklistTick Draft NoticeChoice CaseFieldValue CaseLink CaseTag CaseVisit Cause ChosenColumns ClockPause CommonAnswer "
            + "Complaint ComplaintWords Consent ContactPoint Customer CustomerContact CustomerExport CustomerKey CustomerMerger CustomerMoment CustomerWords "
            + "CustomersApart DeadlineClock DeskTask EntryContent FileScan Grant HeldFile ImportJob ImportedRow InMessage Merger Notice OneTimeCode "
            + "OutDelivery OutFile OutMessage Participant Payment PhraseUse PlannedFollowUp Point Promise ProtectionKey Purchase RaisedEscalation "
            + "ReferenceCounter RefusedRow RememberedMapping SavedView SearchHit SettingsChange SurveyAnswer TallyCell TallyMark TierChange TimelineEntry "
            + "Watcher WorkFailure WorkRun IdentityUserClaim`1 IdentityUserLogin`1 IdentityUserToken`1"
        ).Split(' '),
    ];
}
