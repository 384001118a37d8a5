using System.Net;
using Complaints.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>Who else has a complaint open, and who writes to its customer.</summary>
public sealed class VisitTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Others_are_seen_for_a_minute_and_whoever_writes_is_named(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        using var otto = await house.SignInAsync("Otto");
        Assert.DoesNotContain("Mia", await VisitAsync(mia, reference, false)); // oneself is no news
        Assert.Contains("Also here: Mia", await VisitAsync(sen, reference, true));
        Assert.Contains("Sen is writing to the customer", await VisitAsync(mia, reference, false));
        await VisitAsync(sen, reference, false);
        Assert.Contains("Sen is writing to the customer", await VisitAsync(mia, reference, false)); // for a minute from the last key
        await VisitAsync(otto, reference, true); // an auditor writes to nobody
        Assert.Contains("Also here: Otto", await VisitAsync(mia, reference, false));
        house.Clock.Pass(TimeSpan.FromSeconds(40));
        await VisitAsync(sen, reference, false);
        house.Clock.Pass(TimeSpan.FromSeconds(25));
        Assert.Contains("Also here: Sen", await VisitAsync(mia, reference, false));
        house.Clock.Pass(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain("Sen", await VisitAsync(mia, reference, false));
        Assert.Equal(3, await house.WithAsync(db => db.CaseVisits.CountAsync()));
        Assert.Equal(2, (await house.ReadAsync(reference)).TimelineCount); // logged and assigned: nothing follows from looking
        house.Clock.Pass(TimeSpan.FromMinutes(10));
        await house.AskAsync<BulkRuns, int>(async r =>
        {
            await r.RunAsync();
            return 0;
        });
        Assert.Empty(await house.WithAsync(db => db.CaseVisits.ToListAsync()));
        using var wen = await house.SignInAsync("Wen");
        await VisitAsync(wen, reference, false);
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
        Assert.Contains("data-visit=", await mia.GetAsync($"/complaints/{reference}"));
    }

    private static Task<string> VisitAsync(Browser who, string reference, bool writing) =>
        who.PostAsync($"/complaints/{reference}/visit", new() { ["writing"] = writing ? "true" : "false" }, "/queues/all");
}
