using Complaints.Data;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Queues;
using Complaints.Web.Search;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Queues;

/// <summary>Lists stay on their indexes and sort nothing: what a page costs then follows the page.</summary>
public sealed class PlanTests
{
    [Theory, OnSqlite]
    public async Task Lists_walk_an_index_and_sort_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 300);
        foreach (var name in (string[])["Jun", "Lena", "Max", "Dora", "Otto"])
        {
            foreach (var queue in Queue.All)
            {
                foreach (var from in (RowKey?[])[null, new RowKey(house.Now, 100)])
                {
                    foreach (var plan in await PlansAsync(house, name, queue, from))
                    {
                        Assert.True(
                            plan.Contains("USING INDEX", StringComparison.Ordinal)
                                || plan.Contains("USING COVERING INDEX", StringComparison.Ordinal),
                            $"{name} {queue.Name}: {plan}"
                        );
                        Assert.False(plan.Contains("TEMP B-TREE", StringComparison.Ordinal), $"{name} {queue.Name}: {plan}");
                    }
                }
            }
        }
    }

    [Theory, OnSqlite]
    public async Task A_search_reads_the_word_index_in_order(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 50);
        var plan = await AsAsync(
            house,
            "Lena",
            (db, s) => PlanAsync(db, s.GetRequiredService<Finder>().Ids(SearchQuery.Read("charged 收费"), 40, 26))
        );
        Assert.Contains("VIRTUAL TABLE INDEX", plan);
        Assert.DoesNotContain("TEMP B-TREE", plan);
    }

    private static Task<List<string>> PlansAsync(TestHouse house, string name, Queue queue, RowKey? from) =>
        AsAsync(
            house,
            name,
            async (db, services) =>
            {
                var plans = new List<string>();
                foreach (var query in await services.GetRequiredService<QueueReader>().QueriesAsync(queue, new QueueFilter(), from))
                {
                    plans.Add(await PlanAsync(db, query));
                }

                return plans;
            }
        );

    /// <summary>Runs with services that take somebody for signed in.</summary>
    private static async Task<T> AsAsync<T>(TestHouse house, string name, Func<ComplaintsDb, IServiceProvider, Task<T>> work)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var id = await db.Staff.Where(s => s.Name == name).Select(s => s.Id).SingleAsync();
        var identity = new System.Security.Claims.ClaimsIdentity(
            [new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, $"{id}")],
            "test"
        );
        await scope.ServiceProvider.GetRequiredService<Me>().LoadAsync(db, new System.Security.Claims.ClaimsPrincipal(identity));
        return await work(db, scope.ServiceProvider);
    }

    private static async Task<string> PlanAsync<T>(ComplaintsDb db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync();
        using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join(" | ", lines);
    }
}
