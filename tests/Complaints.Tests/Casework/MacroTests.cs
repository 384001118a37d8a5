using System.Net;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>Macros: several changes at once or none; people named in notes, and those who follow, are told.</summary>
public sealed class MacroTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_macro_does_all_it_says_at_once_and_nothing_when_one_part_is_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, mute) = (await house.LogAsync(owner: null), await house.LogAsync("No Mail Norris", owner: null));
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("Choose what is to change", await MacroAsync(mia, "Empty", []));
        Assert.Contains("One mail at a time", await MacroAsync(mia, "Two", new() { ["Reply"] = "a", ["Apology"] = "b" }));
        Assert.Contains("cannot stay empty", await MacroAsync(mia, "", new() { ["Note"] = "a" }));
        await MacroAsync(
            mia,
            "Lift again",
            new()
            {
                ["Owner"] = "me",
                ["Severity"] = "High",
                ["AddTags"] = "lift",
                ["Note"] = "The usual lift",
                ["Acknowledgement"] = "Dear {{customer}}, we have {{reference}}.",
                ["Promise"] = "answer within 2 days",
            }
        );
        Assert.Contains("acknowledges by mail: “Dear", await mia.GetAsync("/macros"));
        var id = await house.WithAsync(db => db.Macros.Select(m => m.Id).SingleAsync());
        Assert.Contains("Lift again", await mia.GetAsync($"/complaints/{first}"));
        await RunAsync(mia, first, id);
        var done = await house.ReadAsync(first);
        Assert.Equal((State.Acknowledged, Severity.High, "Mia"), (done.State, done.Severity, done.Owner?.Name));
        Assert.NotNull(done.PromiseDueAt);
        Assert.Contains(done.Timeline, e => e.Kind == EntryKind.Note);
        Assert.Single(await house.MailsAsync(MailPurpose.Acknowledgement));
        Assert.Equal(1, await house.WithAsync(db => db.CaseTags.CountAsync()));
        Assert.Contains("is not possible", await RunAsync(mia, first, id)); // acknowledged already

        var before = await house.ReadAsync(mute);
        Assert.Contains("no mail address that works", await RunAsync(mia, mute, id));
        var after = await house.ReadAsync(mute);
        Assert.Equal((before.TimelineCount, before.Severity, before.OwnerId), (after.TimelineCount, after.Severity, after.OwnerId));
        Assert.Equal(1, await house.WithAsync(db => db.CaseTags.CountAsync()));
        Assert.Contains("Choose a macro", await RunAsync(mia, mute, 999_999));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_macro_is_ones_own_or_shared_by_a_lead_and_runs_on_many_with_the_rights_of_whoever_runs_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var north = (await house.ActorAsync("Lena")).UnitId;
        var reference = await house.LogAsync(owner: "Sen");
        using var lena = await house.SignInAsync("Lena");
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("Sharing is for team leads", await MacroAsync(mia, "Mine", new() { ["Note"] = "x", ["UnitId"] = $"{north}" }));
        await MacroAsync(
            lena,
            "Take and note",
            new()
            {
                ["Owner"] = "me",
                ["Note"] = "Taken over",
                ["UnitId"] = $"{north}",
            }
        );
        var id = await house.WithAsync(db => db.Macros.Select(m => m.Id).SingleAsync());
        Assert.Contains("Take and note", await mia.GetAsync("/macros"));
        using var wen = await house.SignInAsync("Wen");
        Assert.DoesNotContain("Take and note", await wen.GetAsync("/macros"));
        await mia.PostAsync($"/macros/{id}", new() { ["Name"] = "x", ["Note"] = "y" }, "/macros");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        Assert.Contains("Somebody else holds it", await RunAsync(mia, reference, id));
        Assert.DoesNotContain((await house.ReadAsync(reference)).Timeline, e => e.Kind == EntryKind.Note);

        var complaint = (await house.ReadAsync(reference)).Id;
        var page = await lena.PostAsync(
            "/queues/unit/bulk",
            new()
            {
                ["Pick[0]"] = $"{complaint}",
                ["What"] = "macro",
                ["MacroId"] = $"{id}",
            },
            "/queues/unit"
        );
        Assert.Contains("Assigned to Lena", page);
        await lena.PostAsync(lena.Path + "/start", [], lena.Path);
        Assert.Equal("Lena", (await house.ReadAsync(reference)).Owner!.Name);
        await wen.PostAsync(
            "/queues/unit/bulk",
            new()
            {
                ["Pick[0]"] = "1",
                ["What"] = "macro",
                ["MacroId"] = $"{id}",
            },
            "/queues/unit"
        );
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
        await lena.PostAsync($"/macros/{id}", new() { ["Name"] = "Renamed", ["Note"] = "y" }, "/macros"); // no longer shared
        Assert.DoesNotContain("Renamed", await mia.GetAsync("/macros"));
        await lena.PostAsync($"/macros/{id}/removal", [], "/macros");
        Assert.DoesNotContain("Renamed", await lena.GetAsync("/macros"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_is_named_in_a_note_is_told_if_they_may_read_it_and_otherwise_the_writer_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(complainedAbout: "Jun");
        using var mia = await house.SignInAsync("Mia");
        var page = await NoteAsync(mia, reference, "@Sen please look, ＠jun did it, @Wen knows, @nobody; mail sen@max.example");
        Assert.Contains("may not read this complaint: Jun, Wen.", page);
        using var sen = await house.SignInAsync("Sen");
        page = await sen.GetAsync("/notices");
        Assert.Contains("You were named", page);
        Assert.Contains(reference, page);
        Assert.Contains("<span class=\"badge\">1</span>", page);
        var notice = await house.WithAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.Mention));
        using var lena = await house.SignInAsync("Lena");
        await lena.PostAsync($"/notices/{notice.Id}", [], "/notices");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
        await sen.PostAsync($"/notices/{notice.Id}", [], "/notices");
        Assert.StartsWith($"/complaints/{reference}", sen.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"badge\"", await sen.GetAsync("/notices"));
        await NoteAsync(mia, reference, "@Sen again");
        await house.WithAsync(async db =>
        {
            (await db.Staff.SingleAsync(s => s.Name == "Sen")).UnitId = await db.Set<Unit>()
                .Where(u => u.Name == "Shanghai")
                .Select(u => u.Id)
                .SingleAsync();
            await db.SaveChangesAsync();
        });
        Assert.DoesNotContain(reference, await sen.GetAsync("/notices"));
        house.Clock.Pass(TimeSpan.FromDays(100));
        await house.AskAsync<BulkRuns, int>(async r =>
        {
            await r.RunAsync();
            return 0;
        });
        Assert.Empty(await house.WithAsync(db => db.Notices.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_is_named_in_the_note_of_a_macro_is_told_as_of_any_note(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await MacroAsync(mia, "Look", new() { ["Note"] = "@Sen and @Wen, look at {{reference}}" });
        var id = await house.WithAsync(db => db.Macros.Select(m => m.Id).SingleAsync());
        Assert.Contains("Done: Look. Not told, because they may not read this complaint: Wen.", await RunAsync(mia, reference, id));
        var told = await house.WithAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.Mention));
        Assert.Equal(((await house.ActorAsync("Sen")).StaffId, 1), (told.StaffId, told.Number));
        Assert.Equal((await house.ReadAsync(reference)).Timeline.Single(e => e.Kind == EntryKind.Note).Seq, told.Seq);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_follows_a_complaint_is_told_once_of_what_others_do_until_they_look(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var url = $"/complaints/{reference}";
        using var otto = await house.SignInAsync("Otto"); // an auditor reads and may follow
        Assert.Contains("You follow it now", await otto.PostAsync($"{url}/watching", new() { ["follow"] = "true" }, url));
        await otto.PostAsync($"{url}/watching", new() { ["follow"] = "true" }, url);
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync($"{url}/watching", new() { ["follow"] = "true" }, url);
        await NoteAsync(mia, reference, "One");
        await NoteAsync(mia, reference, "Two");
        var notice = await house.WithAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.Change));
        Assert.Equal((await house.ActorAsync("Otto")).StaffId, notice.StaffId); // what one does oneself is no news
        Assert.Equal((await house.ReadAsync(reference)).TimelineCount, notice.Seq);
        Assert.Contains("Something changed", await otto.GetAsync("/notices"));
        await otto.PostAsync("/notices/seen", [], "/notices");
        await NoteAsync(mia, reference, "Three");
        Assert.Equal(2, await house.WithAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.Change)));
        await otto.PostAsync($"{url}/watching", new() { ["follow"] = "false" }, url);
        await otto.PostAsync("/notices/seen", [], "/notices");
        await NoteAsync(mia, reference, "Four");
        Assert.Equal(2, await house.WithAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.Change)));
        using var wen = await house.SignInAsync("Wen");
        await wen.PostAsync($"{url}/watching", new() { ["follow"] = "true" }, "/queues/unit");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
    }

    [Fact]
    public void Of_two_names_that_fit_the_longer_is_meant_and_a_mail_address_names_nobody()
    {
        Namable li = new(1, "Li", true);
        Namable lina = new(2, "Li Na", true);
        Namable wang = new(3, "王芳", true);
        Namable[] people = [li, lina, wang];
        Assert.Equal([lina], Mentions.Find("@li na, have a look", people));
        Assert.Equal([li], Mentions.Find("@Li Nadia", people));
        Assert.Empty(Mentions.Find("someone@link.example", people));
        Assert.Equal([wang, li], Mentions.Find("请@王芳看一下，＠LI", people));
    }

    private static Task<string> NoteAsync(Browser who, string reference, string words) =>
        who.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = words }, $"/complaints/{reference}");

    private static Task<string> RunAsync(Browser who, string reference, long macro) =>
        who.PostAsync($"/complaints/{reference}/macros", new() { ["macro"] = $"{macro}" }, $"/complaints/{reference}");

    private static Task<string> MacroAsync(Browser who, string name, Dictionary<string, string?> form) =>
        who.PostAsync("/macros", new(form) { ["Name"] = name }, "/macros");
}
