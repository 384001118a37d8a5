using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Joining;

/// <summary>A fault that hits many: they stand under one complaint and are answered at once.</summary>
public sealed class CommonCauseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Picked_in_a_list_put_under_one_and_answered_at_once_each_in_its_own_mail(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var parent = await house.LogAsync();
        var first = await house.LogAsync("Ivar Lindqvist");
        var second = await house.LogAsync("王芳");
        var mute = await house.LogAsync("No Mail Norris");
        var hidden = await house.LogAsync(complainedAbout: "Lena");
        await house.DoAsync(second, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said"), b));
        var ids = new List<long>();
        foreach (var reference in new[] { first, second, mute, hidden })
        {
            ids.Add(await house.IdAsync(reference));
        }

        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("name=\"Under\"", await lena.GetAsync("/queues/unit"));
        var nothing = await lena.PostAsync(
            "/queues/unit/common-cause",
            new() { ["Pick[0]"] = $"{ids[0]}", ["Under"] = "C-26-99999-9" },
            "/queues/unit"
        );
        Assert.Contains("nothing was changed", nothing);
        var page = await lena.PostAsync(
            "/queues/unit/common-cause",
            ids.Select((id, i) => (Key: $"Pick[{i}]", Value: (string?)$"{id}"))
                .Append(("Under", parent))
                .ToDictionary(p => p.Item1, p => p.Item2),
            "/queues/unit"
        );
        Assert.Contains($"Put under {parent}: 3.", page); // what is about her is not there for her
        Assert.Contains(first, page);
        Assert.DoesNotContain(hidden, page);
        await house.DoAsync(hidden, "Mia", async (c, a, _) => c.PutUnder(await house.ReadAsync(parent), a, house.Now, false));

        var url = $"/complaints/{parent}/common-cause";
        Assert.Contains("Take the other braces out", await lena.PostAsync($"{url}/plan", new() { ["text"] = "Dear {{name}}" }, url));
        Dictionary<string, string?> text = new() { ["text"] = "Dear {{customer}}, the lift runs again. {{reference}}" };
        page = await lena.PostAsync($"{url}/plan", text, url);
        Assert.Contains("3 of 4 would be written to", page);
        Assert.Contains("2 as their acknowledgement, 1 as a reply", page);
        Assert.Contains("no mail address that works", page);
        Assert.Empty(await house.MailsAsync());
        page = await lena.PostAsync($"{url}/answers", text, url);
        Assert.Contains("Being sent", page);
        Assert.Contains("being sent already", await lena.PostAsync($"{url}/answers", text, url));
        await RunAsync(house);
        await RunAsync(house);
        Assert.Contains("3 written to", await lena.GetAsync(url));
        var reply = Assert.Single(await house.MailsAsync());
        Assert.Contains($"Dear 王芳, the lift runs again. {second}", reply.Text);
        var receipts = await house.MailsAsync(MailPurpose.Acknowledgement);
        Assert.Equal(2, receipts.Count);
        Assert.Contains(receipts, m => m.Text.Contains($"Dear Ivar Lindqvist, the lift runs again. {first}", StringComparison.Ordinal));
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(first)).State);
        Assert.Equal(State.Received, (await house.ReadAsync(mute)).State);
        Assert.Equal(State.Received, (await house.ReadAsync(hidden)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_cause_stands_under_no_cause_and_an_agent_answers_one_by_one(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var parent = await house.LogAsync();
        var child = await house.LogAsync("Ivar Lindqvist");
        var other = await house.LogAsync("王芳");
        var foreign = await house.LogAsync(unit: "Shanghai", owner: "Wen");
        using var mia = await house.SignInAsync("Mia");
        var url = $"/complaints/{parent}/common-cause";
        Assert.Contains($"{child} stands under {parent}.", await mia.PostAsync($"{url}/children", new() { ["child"] = child }, url));
        Assert.Contains(
            "Name that one",
            await mia.PostAsync($"/complaints/{child}/common-cause/children", new() { ["child"] = other }, url)
        );
        Assert.Contains(
            "Others stand under",
            await mia.PostAsync($"/complaints/{other}/common-cause/children", new() { ["child"] = parent }, url)
        );
        Assert.Contains("There is no complaint", await mia.PostAsync($"{url}/children", new() { ["child"] = foreign }, url));
        Assert.Contains("That is this complaint itself", await mia.PostAsync($"{url}/children", new() { ["child"] = parent }, url));
        Assert.DoesNotContain("One answer to all", await mia.GetAsync(url));
        await mia.PostAsync($"{url}/answers", new() { ["text"] = "Hello" }, url);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        Assert.Contains("Under the common cause", await mia.GetAsync($"/complaints/{child}"));
        Assert.Contains("1 under this common cause", await mia.GetAsync($"/complaints/{parent}"));
        await mia.PostAsync($"{url}/children/{child}/removal", [], url);
        Assert.Null((await house.ReadAsync(child)).ParentId);
        await mia.PostAsync($"{url}/children/{child}/removal", [], url);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var wen = await house.SignInAsync("Wen");
        await wen.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
    }

    [Theory, OnPostgres]
    public async Task Two_nodes_at_once_write_to_nobody_twice(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var parent = await house.LogAsync();
        for (var i = 0; i < 60; i++)
        {
            var child = await house.LogAsync("Ivar Lindqvist");
            await house.BothAsync(child, parent, "Mia", (_, c, p, a, _) => Task.FromResult(c.PutUnder(p, a, house.Now, false)));
        }

        using var lena = await house.SignInAsync("Lena");
        var url = $"/complaints/{parent}/common-cause";
        await lena.PostAsync($"{url}/answers", new() { ["text"] = "Hello" }, url);
        await Task.WhenAll(RunAsync(house), RunAsync(house), RunAsync(house));
        await RunAsync(house);
        var mails = await house.MailsAsync(MailPurpose.Acknowledgement);
        Assert.Equal(61, mails.Count);
        Assert.Equal(61, mails.Select(m => m.ComplaintId).Distinct().Count());
        Assert.Contains("61 of 61", await lena.GetAsync(url));
    }

    private static Task RunAsync(TestHouse house) =>
        house.AskAsync<CommonAnswers, int>(async a =>
        {
            await a.RunAsync();
            return 0;
        });
}
