using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Staff;

/// <summary>Going away, and what becomes of the work.</summary>
public sealed class AbsenceTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Open_work_goes_to_the_delegate_with_a_note_and_never_to_whom_it_is_about(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var mine = await house.LogAsync(owner: "Mia");
        var about = await house.LogAsync(owner: "Mia", complainedAbout: "Jun");
        var jun = (await house.ActorAsync("Jun")).StaffId!.Value;
        using var mia = await house.SignInAsync("Mia");
        var form = new Dictionary<string, string?>
        {
            ["Back"] = house.Now.AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["HandOver"] = "true",
            ["HandOverNote"] = "She only answers after six.",
        };
        var refused = await mia.PostAsync("/profile/absence", form, "/profile");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("She only answers after six.", refused); // what was typed stays
        form["DelegateId"] = jun.ToString(CultureInfo.InvariantCulture);
        Assert.Contains("handed over", await mia.PostAsync("/profile/absence", form, "/profile"));
        var handed = await house.ReadAsync(mine);
        Assert.Equal(jun, handed.OwnerId);
        Assert.Contains(handed.Timeline, e => e.Kind == EntryKind.Note && e.Content!.Body.Words == "She only answers after six.");
        Assert.Null((await house.ReadAsync(about)).OwnerId);
    }

    [Theory, OnSqlite]
    public async Task What_somebody_knows_and_writes_is_kept_with_them(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var mia = await house.WithAsync(db => db.Staff.Include(s => s.Unit).SingleAsync(s => s.Name == "Mia"));
        var top = await house.WithAsync(db => db.Categories.Where(c => c.ParentId == null && c.Active).Select(c => c.Id).FirstAsync());
        await ada.PostAsync(
            $"/staff/{mia.Id}",
            new()
            {
                ["Name"] = mia.Name,
                ["Role"] = "Agent",
                ["Seat"] = "Junior",
                ["UnitId"] = mia.UnitId.ToString(CultureInfo.InvariantCulture),
                ["Language"] = "en",
                ["BothLanguages"] = "true",
                ["Skills"] = top.ToString(CultureInfo.InvariantCulture),
            },
            $"/staff/{mia.Id}"
        );
        var kept = await house.WithAsync(db => db.Staff.AsNoTracking().SingleAsync(s => s.Id == mia.Id));
        Assert.True(kept.BothLanguages);
        Assert.Equal([top], kept.Skills);
    }
}
