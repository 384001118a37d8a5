using System.Net;
using Complaints.Casework;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>Macros that reply: in the customer's language, filled for each, and refused where something would stay open.</summary>
public sealed class StandingReplyTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Each_gets_the_phrase_and_words_of_their_language_filled_and_who_cannot_is_refused_before(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (written, chinese, mute) = (await house.LogAsync(), await house.LogAsync("王芳"), await house.LogAsync("No Mail Norris"));
        var open = await house.LogAsync("Ivar Lindqvist");
        await house.DoAsync(open, "Mia", (c, a, b) => c.WaitForCustomer(a, house.Now, "The bill", b)); // no day to name
        using var mia = await house.SignInAsync("Mia");
        var offered = await mia.GetAsync("/macros");
        Assert.Contains("Your reference is {{reference}}.", offered);
        Assert.DoesNotContain("I will call you by [day and time]", offered); // nobody would fill that in
        await MacroAsync(
            mia,
            new()
            {
                ["PhraseEnglish"] = await PhraseAsync(house, "Your reference is"),
                ["ReplyEnglish"] = "{{customer}}: by {{due}}. {{agent}}",
            }
        );
        var id = await house.WithAsync(db => db.Macros.Select(m => m.Id).SingleAsync());
        Assert.Contains("replies by mail in the customer's language: “Your reference is", await mia.GetAsync("/macros"));

        var page = await PickAsync(house, mia, id, written, chinese, mute, open);
        Assert.Contains("1 will be changed, 3 refused", page);
        Assert.Contains("the macro has no reply in Chinese", page);
        Assert.Contains("no mail address that works", page);
        Assert.Contains("{{due}} in the reply cannot be filled in here", page);
        Assert.Contains($"“Your reference is {written}.", page);
        Assert.Empty(await house.MailsAsync());
        await mia.PostAsync(mia.Path + "/start", [], mia.Path);
        var mail = Assert.Single(await house.MailsAsync());
        Assert.Contains($"Your reference is {written}.", mail.Text);
        Assert.Contains("Grace Okafor: by ", mail.Text);
        Assert.DoesNotContain("{{", mail.Text);
        Assert.Contains((await house.ReadAsync(written)).Timeline, e => e.Kind == EntryKind.ContactOut); // the verb of a typed reply
        Assert.Single(await house.WithAsync(db => db.PhraseUses.ToListAsync()));
        foreach (var refused in new[] { chinese, mute, open })
        {
            Assert.DoesNotContain((await house.ReadAsync(refused)).Timeline, e => e.Kind == EntryKind.ContactOut);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Chinese_customers_read_chinese_and_a_phrase_that_is_gone_refuses(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync("王芳");
        using var mia = await house.SignInAsync("Mia");
        var phrase = await PhraseAsync(house, "您的投诉编号是");
        await MacroAsync(mia, new() { ["ReplyEnglish"] = "Hello", ["PhraseChinese"] = phrase });
        var id = await house.WithAsync(db => db.Macros.Select(m => m.Id).SingleAsync());
        await RunAsync(mia, reference, id);
        Assert.Contains($"您的投诉编号是 {reference}", Assert.Single(await house.MailsAsync()).Text);
        await house.WithAsync(db => db.Phrases.ExecuteUpdateAsync(s => s.SetProperty(p => p.Active, false)));
        Assert.Contains("not offered here any more", await RunAsync(mia, reference, id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Single(await house.MailsAsync());
        Assert.Contains($"value=\"{phrase}\" lang=\"zh-Hans\" selected", await mia.GetAsync($"/macros/{id}")); // it still says which it was
    }

    [Theory, OnSqlite]
    public async Task What_nobody_could_fill_in_is_refused_when_the_macro_is_made(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("There is no field name", await MacroAsync(mia, new() { ["ReplyEnglish"] = "Dear {{name}}" }));
        Assert.Contains("Nobody fills in ［日期］", await MacroAsync(mia, new() { ["ReplyChinese"] = "我们会在［日期］之前完成。" }));
        Assert.Contains("One mail at a time", await MacroAsync(mia, new() { ["ReplyEnglish"] = "a", ["Reply"] = "b" }));
        Assert.Empty(await house.WithAsync(db => db.Macros.ToListAsync()));
    }

    [Fact]
    public void What_stands_in_a_field_is_no_place_left_open()
    {
        var fields = new Dictionary<string, string> { ["summary"] = "[EXT] Re: {{bill}}", ["agent"] = "" };
        Assert.Null(StandingReply.LeftOpen("About {{ summary }}", fields));
        Assert.Equal("{{agent}}", StandingReply.LeftOpen("About {{summary}}, {{agent}}", fields));
        Assert.Equal("[day]", StandingReply.LeftOpen("By [day]", fields));
        Assert.Equal("{{", StandingReply.LeftOpen("By {{day", fields));
    }

    private static Task<string> PhraseAsync(TestHouse house, string start) =>
        house.WithAsync(async db => $"{await db.Phrases.Where(p => p.Text.StartsWith(start)).Select(p => p.Id).SingleAsync()}");

    private static Task<string> MacroAsync(Browser who, Dictionary<string, string?> form) =>
        who.PostAsync("/macros", new(form) { ["Name"] = "Answer" }, "/macros");

    private static Task<string> RunAsync(Browser who, string reference, long macro) =>
        who.PostAsync($"/complaints/{reference}/macros", new() { ["macro"] = $"{macro}" }, $"/complaints/{reference}");

    private static async Task<string> PickAsync(TestHouse house, Browser who, long macro, params string[] references)
    {
        var form = new Dictionary<string, string?> { ["What"] = "macro", ["MacroId"] = $"{macro}" };
        for (var i = 0; i < references.Length; i++)
        {
            var reference = references[i];
            form[$"Pick[{i}]"] =
                $"{await house.WithAsync(db => db.Complaints.Where(c => c.Reference == reference).Select(c => c.Id).SingleAsync())}";
        }

        return await who.PostAsync("/queues/unit/bulk", form, "/queues/unit");
    }
}
