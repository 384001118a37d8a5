using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Tests.World;
using Complaints.Web.Home;
using Microsoft.EntityFrameworkCore;
using Need = Complaints.Web.Home.Need;

namespace Complaints.Tests.Casework;

/// <summary>The home page: what needs somebody, in order, each complaint once.</summary>
public sealed partial class HomeTests
{
    [Fact]
    public void A_complaint_that_needs_three_things_is_one_line_where_its_most_urgent_puts_it()
    {
        var now = LittleWorld.Monday;
        NeedOf Of(string reference) => new(reference, "", "", Tier.Brass);
        Need Need(NeedKind kind, int minutes) => new(kind, now.AddMinutes(minutes), new Sentence("{0}", kind.ToString()), "", "");
        var lines = NeedLine.Order(
            [
                (Of("B"), Need(NeedKind.Told, -1)),
                (Of("A"), Need(NeedKind.Today, 50)),
                (Of("B"), Need(NeedKind.Statutory, 500)),
                (Of("C"), Need(NeedKind.Late, -60)),
                (Of("D"), Need(NeedKind.Late, -90)),
                (Of("B"), Need(NeedKind.Late, -200)),
                (Of("B"), Need(NeedKind.Told, -5)),
                (Of("E"), Need(NeedKind.Draft, -5)),
            ],
            4
        );
        Assert.Equal(["B", "D", "C", "A"], lines.Select(l => l.Of.Reference)); // the regulator's first, though it is due last
        Assert.Equal([NeedKind.Statutory, NeedKind.Late, NeedKind.Told], lines[0].Needs.Select(n => n.Kind));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_clerk_sees_the_regulator_first_then_what_is_late_then_the_rest_each_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        var empty = await mia.GetAsync("/");
        Assert.Contains("Nothing needs you right now.", empty);
        var (told, late, statutory) = (
            await house.LogAsync("王芳"),
            await house.LogAsync("Ivar Lindqvist"),
            await house.LogAsync("No Mail Norris")
        );
        await house.WithAsync(async db =>
        {
            await db.Notices.ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, house.Now)); // that they were handed to her
            var id = await db.Complaints.Where(c => c.Reference == statutory).Select(c => c.Id).SingleAsync();
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE "Clocks" SET "Name" = {(int)ClockName.Regime}, "RegimeClock" = 'x/y' WHERE "ComplaintId" = {id} AND "Name" = {(int)ClockName.Resolve}"""
            );
        });
        using var sen = await house.SignInAsync("Sen");
        foreach (var reference in new[] { told, late })
        {
            await sen.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "@Mia look" }, $"/complaints/{reference}");
        }

        await house.WithAsync(async db =>
        {
            var (far, soon) = (house.Now.AddDays(9), house.Now.AddHours(40));
            await db
                .Complaints.Where(c => c.Reference == told)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.QueueAt, far).SetProperty(c => c.NextDueAt, far));
            await db
                .Complaints.Where(c => c.Reference == statutory)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.QueueAt, soon).SetProperty(c => c.NextDueAt, soon));
            await db.Clocks.Where(c => c.Name == ClockName.Regime).ExecuteUpdateAsync(s => s.SetProperty(c => c.DueAt, soon));
        });
        house.Clock.Pass(TimeSpan.FromHours(2)); // the diamond customer's hour to acknowledge is over
        var page = await mia.GetAsync("/");
        Assert.Equal([statutory, late, told], Lines(page));
        Assert.Contains("A regulator's deadline", page);
        Assert.Contains("Next: Acknowledge · You were named (Sen)", page);
        Assert.Contains("<b>3</b> in my work", page);

        // Looking is enough: what one was told is no longer here.
        await mia.PostAsync($"/complaints/{told}/visit", new() { ["writing"] = "false" }, "/");
        Assert.Equal([statutory, late], Lines(await mia.GetAsync("/home/now")));
        using var wen = await house.SignInAsync("Wen");
        Assert.Empty(Lines(await wen.GetAsync("/")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lead_sees_the_units_trouble_too_and_a_manager_what_changed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (free, late) = (await house.LogAsync(owner: null), await house.LogAsync("Ivar Lindqvist"));
        house.Clock.Pass(TimeSpan.FromHours(2));
        using var lena = await house.SignInAsync("Lena");
        var page = await lena.GetAsync("/");
        Assert.Contains("Nobody holds it yet", page);
        Assert.Contains("Late in your unit, with Mia", page);
        Assert.Equal(new[] { free, late }.Order(), Lines(page).Order());
        Assert.DoesNotContain("came in within seven days", page);
        using var max = await house.SignInAsync("Max");
        page = await max.GetAsync("/");
        Assert.Contains("came in within seven days", page);
        Assert.Contains("as many as the week before", page);
        using var otto = await house.SignInAsync("Otto");
        Assert.Contains("What you follow, or are named in, comes here.", await otto.GetAsync("/"));
        using var ada = await house.SignInAsync("Ada");
        Assert.DoesNotContain(late, await ada.GetAsync("/"));
        Assert.Equal(HttpStatusCode.OK, ada.Status);
    }

    private static List<string> Lines(string page) => [.. Row().Matches(page).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("<td class=\"what\"><a href=\"/complaints/(C-[0-9-]+)\"")]
    private static partial Regex Row();
}
