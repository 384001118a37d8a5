using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Joining;

/// <summary>One message split out into a complaint of its own.</summary>
public sealed class SplitTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_message_becomes_a_complaint_received_when_it_came_with_its_files_and_both_say_where_the_other_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var old = await house.LogAsync();
        var seq = 0;
        var came = house.Now;
        await house.DoAsync(
            old,
            "Mia",
            (c, _, b) => seq = c.HearFrom(Actor.Customer, house.Now, Channel.Email, "And the lift was out of order all week", b).Seq
        );
        var id = await house.IdAsync(old);
        await house.WithAsync(
            async (db, _) =>
            {
                db.Attachments.Add(
                    new Attachment
                    {
                        ComplaintId = id,
                        Seq = seq,
                        FileName = "lift.txt",
                        ContentType = "text/plain",
                        Bytes = 4,
                        Sha256 = new string('a', 64),
                    }
                );
                await db.SaveChangesAsync();
            }
        );
        house.Clock.Pass(TimeSpan.FromHours(3));
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains($"/entries/{seq}/split", await mia.GetAsync($"/complaints/{old}"));
        var page = await mia.PostAsync(
            $"/complaints/{old}/entries/{seq}/split",
            new() { ["summary"] = "Lift out of order" },
            $"/complaints/{old}"
        );
        Assert.Contains("this one was split out of it", page);
        Assert.Contains("lift.txt", page);
        var made = mia.Path["/complaints/".Length..];
        Assert.NotEqual(old, made);
        var complaint = await house.ReadAsync(made);
        Assert.Equal((came, house.Now), (complaint.ReceivedAt, complaint.LoggedAt));
        Assert.Equal(
            ("Lift out of order", "And the lift was out of order all week", Channel.Email),
            (complaint.Summary, complaint.WhatHappened, complaint.Channel)
        );
        Assert.Equal("Grace Okafor", complaint.Customer.Name);
        Assert.All(complaint.Clocks, c => Assert.Equal(came, c.StartedAt));

        page = await mia.GetAsync($"/complaints/{old}");
        Assert.Contains("split out as", page);
        Assert.Contains($"href=\"/complaints/{made}\"", page);
        Assert.Contains("And the lift was out of order all week", page);
        Assert.DoesNotContain($"/entries/{seq}/split", page);
        Assert.Contains("split out already", await mia.PostAsync($"/complaints/{old}/entries/{seq}/split", [], $"/complaints/{old}"));
        Assert.Contains("Only something the customer", await mia.PostAsync($"/complaints/{old}/entries/1/split", [], $"/complaints/{old}"));
        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync()));
        using var wen = await house.SignInAsync("Wen");
        await wen.PostAsync($"/complaints/{old}/entries/{seq}/split", [], "/");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
    }

    [Theory, OnSqlite]
    public async Task Whoever_is_complained_about_may_read_neither(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var old = await house.LogAsync(complainedAbout: "Sen");
        var seq = 0;
        await house.DoAsync(
            old,
            "Mia",
            (c, _, b) => seq = c.HearFrom(Actor.Customer, house.Now, Channel.Email, "And another thing", b).Seq
        );
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync($"/complaints/{old}/entries/{seq}/split", [], $"/complaints/{old}");
        using var sen = await house.SignInAsync("Sen");
        await sen.GetAsync(mia.Path);
        Assert.Equal(HttpStatusCode.NotFound, sen.Status);
    }
}
