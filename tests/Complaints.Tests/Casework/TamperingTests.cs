using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

public sealed class TamperingTests
{
    public static TheoryData<string, string, int> Ways =>
        new()
        {
            { "UPDATE \"TimelineContents\" SET \"Text\" = REPLACE(\"Text\", 'quiet', 'loud') WHERE \"Seq\" = 3", "words", 3 },
            { "UPDATE \"Timeline\" SET \"Kind\" = 16 WHERE \"Seq\" = 3", "Kind, time or author", 3 },
            { "DELETE FROM \"Timeline\" WHERE \"Seq\" = 3", "missing", 3 },
            { "DELETE FROM \"Timeline\" WHERE \"Seq\" = 4", "cut off", 4 },
            { "UPDATE \"Complaints\" SET \"TimelineCount\" = 3", "another entry", 4 },
        };

    [Theory, MemberData(nameof(Ways))]
    public Task On_sqlite_the_first_tampered_entry_is_named(string sql, string how, int seq) => NamedAsync("sqlite", sql, how, seq);

    [Theory, OnPostgres]
    public async Task On_postgres_too(string database)
    {
        foreach (var way in Ways)
        {
            await NamedAsync(database, (string)way[0], (string)way[1], (int)way[2]);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_timeline_cut_off_together_with_its_head_shows_in_the_daily_file(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(reference, "Mia", (c, a, _) => c.Note(a, house.Now, "quiet"));
        house.Clock.Pass(TimeSpan.FromHours(2));
        var now = house.Now;
        await house.AskAsync<HeadOfHeads, int>(async h =>
        {
            await h.WriteAsync(now);
            await h.WriteAsync(now); // a doubled tick changes nothing
            return 0;
        });
        Assert.Null(await house.AskAsync<HeadOfHeads, string?>(h => h.FirstMismatchAsync()));
        await ExecuteAsync(house, "DELETE FROM \"Timeline\" WHERE \"Seq\" = 3");
        await ExecuteAsync(
            house,
            "UPDATE \"Complaints\" SET \"TimelineCount\" = 2, \"TimelineHead\" = (SELECT \"Hash\" FROM \"Timeline\" WHERE \"Seq\" = 2)"
        );
        var id = (await house.ReadAsync(reference)).Id;
        Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(v => v.VerifyAsync(id)));
        Assert.Equal("2026-11-23", await house.AskAsync<HeadOfHeads, string?>(h => h.FirstMismatchAsync()));
    }

    [Theory, OnSqlite]
    public async Task Erased_words_leave_the_chain_whole(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await ExecuteAsync(house, "DELETE FROM \"TimelineContents\" WHERE \"Seq\" = 1");
        var id = (await house.ReadAsync(reference)).Id;
        Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(v => v.VerifyAsync(id)));
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("The words were erased", await mia.GetAsync($"/complaints/{reference}"));
    }

    private static async Task NamedAsync(string database, string sql, string how, int seq)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(reference, "Mia", (c, a, _) => c.Note(a, house.Now, "a quiet note"));
        await house.DoAsync(reference, "Mia", (c, a, _) => c.Note(a, house.Now, "another"));
        await ExecuteAsync(house, sql);
        var found = await house.AskAsync<TimelineVerifier, List<Tampering>>(async v =>
        {
            var all = new List<Tampering>();
            await foreach (var tampering in v.VerifyAllAsync())
            {
                all.Add(tampering);
            }

            return all;
        });
        var one = Assert.Single(found);
        Assert.Equal((reference, seq), (one.Reference, one.Seq));
        Assert.Contains(how, one.How.ToString());
        using var otto = await house.SignInAsync("Otto");
        var page = await otto.PostAsync("/audit/verification", [], "/audit");
        Assert.Contains("Something was tampered with", page);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"entry {seq}"), page);
    }

    private static Task ExecuteAsync(TestHouse house, string sql) =>
        house.WithAsync(
            async (db, _) =>
            {
                using var turn = await db.Gate.EnterAsync();
                await db.Database.ExecuteSqlRawAsync(sql);
            }
        );
}
