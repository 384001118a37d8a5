using Complaints.Data;
using Complaints.Staff;
using Complaints.Tests.Escalation;
using Complaints.Tests.World;
using Complaints.Web.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Complaints.Tests.Live;

public sealed class LiveTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task An_open_page_hears_of_an_escalation_within_seconds(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var lena = await house.SignInAsync("Lena");
        using var stream = await lena.ListenAsync("/live");
        await house.LogAsync(words: "I will tell my lawyer.");
        await house.SweepAsync();
        await HearAsync(stream, "escalations");
    }

    [Theory, OnPostgres]
    public async Task A_page_of_the_other_node_hears_of_it_too(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var second = await house.SecondNodeAsync();
        using var lena = new Browser(new Uri(second.Urls.First()));
        await lena.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Lena"), ["Password"] = LittleWorld.Password });
        using var stream = await lena.ListenAsync("/live");
        await Task.Delay(2500); // the second node has read the counter once
        await house.LogAsync(words: "I will tell my lawyer.");
        await house.SweepAsync();
        await HearAsync(stream, "escalations");
        Assert.Contains("lawyer", await lena.GetAsync("/escalations"));
        await second.StopAsync();
    }

    [Theory, OnSqlite]
    public async Task Whoever_is_deactivated_hears_no_more(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        using var stream = await jun.ListenAsync("/live");
        using var ada = await house.SignInAsync("Ada");
        var id = await house.WithAsync(db => db.Staff.Where(s => s.Name == "Jun").Select(s => s.Id).SingleAsync());
        await ada.PostAsync($"/staff/{id}/departure", [], $"/staff/{id}/departure");
        await EndAsync(stream, TimeSpan.FromSeconds(5));
    }

    [Theory, OnPostgres]
    public async Task On_another_node_where_it_is_never_quiet_the_stream_ends_within_a_minute(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var second = await house.SecondNodeAsync();
        using var jun = new Browser(new Uri(second.Urls.First()));
        await jun.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Jun"), ["Password"] = LittleWorld.Password });
        using var stream = await jun.ListenAsync("/live");
        using var ada = await house.SignInAsync("Ada");
        var id = await house.WithAsync(db => db.Staff.Where(s => s.Name == "Jun").Select(s => s.Id).SingleAsync());
        await ada.PostAsync($"/staff/{id}/departure", [], $"/staff/{id}/departure");
        using var enough = new CancellationTokenSource();
        var busy = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await house.LogAsync();
                await Task.Delay(500);
            }
        });
        await EndAsync(stream, TimeSpan.FromSeconds(40));
        await enough.CancelAsync();
        await busy;
        await second.StopAsync();
    }

    [Theory, OnSqlite]
    public async Task News_of_another_node_that_came_while_ours_were_counted_are_told(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var news = new LiveNews();
        using var listener = news.Listen();
        using var pump = new LivePump(
            news,
            house.Services.GetRequiredService<IServiceScopeFactory>(),
            new Busy(),
            NullLogger<LivePump>.Instance
        );
        await pump.StartAsync(default);
        await Task.Delay(2500);
        news.Tell(["counts"]);
        Assert.Equal("counts", await listener.News.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Contains("escalations", await listener.News.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5)));
        await pump.StopAsync(default);
    }

    private static async Task HearAsync(StreamReader stream, string name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (await stream.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The stream ended.");
    }

    private static async Task EndAsync(StreamReader stream, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        while (await stream.ReadLineAsync(patience.Token) is not null) { }
    }

    /// <summary>A database on which another node counts its news between our looking and our counting, once.</summary>
    private sealed class Busy : IDatabase
    {
        private long _stamp = 7;

        public bool OneWriter => false;

        public Task<long> ChangeStampAsync(ComplaintsDb db, bool raise, CancellationToken cancel) =>
            Task.FromResult(raise ? _stamp += 2 : _stamp);

        public void Use(DbContextOptionsBuilder options, string connectionString) => throw new NotSupportedException();

        public Task<bool> MakeTablesAsync(string connectionString, CancellationToken cancel) => throw new NotSupportedException();

        public Task AloneAsync(ComplaintsDb db, Func<Task> work, CancellationToken cancel) => throw new NotSupportedException();

        public Task BackUpAsync(string connectionString, string file, CancellationToken cancel) => throw new NotSupportedException();

        public Task RestoreAsync(string connectionString, string file, CancellationToken cancel) => throw new NotSupportedException();

        public Task PrepareAsync(ComplaintsDb db, CancellationToken cancel) => throw new NotSupportedException();

        public IQueryable<SearchHit> Found(ComplaintsDb db, string index, SearchQuery query, IdRange? among = null) =>
            throw new NotSupportedException();
    }
}
