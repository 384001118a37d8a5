using Complaints.Data;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

/// <summary>A mail server that is away for long: nothing is lost, given up or out of order, and staff are told.</summary>
public sealed class OutageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_week_without_the_server_all_mail_goes_out_in_order_at_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp();
        await server.GoAwayAsync();
        var id = await Outbox.ComplaintAsync(house);
        var first = await Outbox.ReceiptAsync(house, id);
        for (var i = 0; i < 84; i++)
        {
            await Outbox.SendAsync(house, server.Transport); // one try a run: the others would only wait for the same
            house.Clock.Pass(TimeSpan.FromHours(2));
        }

        var second = await Outbox.ReceiptAsync(house, id, 2);
        await Outbox.SendAsync(house, server.Transport);
        Assert.Equal(DeliveryState.Waiting, (await Outbox.DeliveryAsync(house, first)).State);
        server.ComeBack();
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await Outbox.SendAsync(house, server.Transport);
        await Outbox.SendAsync(house, server.Transport);

        var ids = await house.WithAsync(db =>
            db.OutMessages.Where(m => m.Id == first || m.Id == second).OrderBy(m => m.Id).Select(m => m.MessageId).ToListAsync()
        );
        Assert.Equal(ids, server.Taken.Select(t => MailReader.Read(t.Bytes).MessageId!));
        Assert.Null(await house.WithAsync(db => MailOutage.ReadAsync(db)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Staff_are_told_after_ten_minutes_and_no_longer_once_it_goes_out(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp();
        await server.GoAwayAsync();
        await Outbox.ReceiptAsync(house, await Outbox.ComplaintAsync(house));
        using var sen = await house.SignInAsync("Sen");
        using var max = await house.SignInAsync("Max");
        const string Banner = "Mail is not going out since";
        for (var minute = 0; minute < 10; minute++)
        {
            await Outbox.SendAsync(house, server.Transport);
            Assert.DoesNotContain(Banner, await sen.GetAsync("/"));
            house.Clock.Pass(TimeSpan.FromMinutes(1));
        }

        await Outbox.SendAsync(house, server.Transport);
        var told = await sen.GetAsync("/");
        Assert.Contains(Banner, told);
        Assert.Contains("10:00", told);
        Assert.Contains("Nothing answers at 127.0.0.1", told);
        Assert.DoesNotContain("See the mail that waits", told);
        Assert.Contains("See the mail that waits", await max.GetAsync("/"));

        server.ComeBack();
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await Outbox.SendAsync(house, server.Transport);
        Assert.DoesNotContain(Banner, await sen.GetAsync("/"));
        Assert.Single(server.Taken);
    }

    [Theory, OnSqlite]
    public async Task A_server_that_says_later_of_one_mail_is_no_outage(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp { Refuses = _ => "451 4.7.1 later" };
        await Outbox.ReceiptAsync(house, await Outbox.ComplaintAsync(house));
        await Outbox.SendAsync(house, server.Transport);
        Assert.Null(await house.WithAsync(db => MailOutage.ReadAsync(db)));
        Assert.Equal(1, server.Visits);
    }

    [Fact]
    public void Two_failures_far_apart_are_two_outages_and_one_long_past_is_not_told()
    {
        var now = LittleWorld.Monday;
        var outage = new MailOutage(now.AddMinutes(-11), now, "x");
        Assert.True(outage.IsTold(now));
        Assert.False(outage.IsTold(now.AddMinutes(10)));
        Assert.False((outage with { Since = now.AddMinutes(-9) }).IsTold(now));
    }
}
