using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
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
    [Theory, OnSqlite, OnPostgres]
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
                        var (walks, sorts) = Walks(plan);
                        Assert.True(walks, $"{name} {queue.Name}: {plan}");
                        Assert.False(sorts, $"{name} {queue.Name}: {plan}");
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

    [Theory, OnSqlite, OnPostgres]
    public async Task A_customers_line_of_time_walks_its_keys_and_sorts_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 300);
        foreach (var name in (string[])["Jun", "Dora"])
        {
            foreach (var before in (string?[])[null, $"{house.Now.Ticks}-100"])
            {
                var plan = await AsAsync(
                    house,
                    name,
                    (db, s) => PlanAsync(db, s.GetRequiredService<Complaints.Web.Customers.LineReader>().Keys(1, before))
                );
                Assert.Contains("IX_CustomerMoments_CustomerId_At_Id", plan);
                Assert.False(Walks(plan).Sorts, plan);
            }
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Earlier_receipts_are_found_by_the_address(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var plan = await house.WithAsync(db => PlanAsync(db, Receipts.Before(db, "grace@customer.example", house.Now)));
        Assert.Contains("IX_OutDeliveries_Recipient", plan);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_one_is_told_and_what_one_follows_is_found_by_key(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var plan = await AsAsync(
            house,
            "Lena",
            (db, s) =>
                PlanAsync(db, db.Notices.Where(n => n.StaffId == 4 && n.Id < 900).OrderByDescending(n => n.Id).Select(n => n.Id).Take(51))
        );
        Assert.True(Walks(plan) is { Walks: true, Sorts: false }, plan);
        plan = await house.WithAsync(db => PlanAsync(db, db.Watchers.Where(w => w.ComplaintId == 4).Select(w => w.StaffId)));
        Assert.True(Walks(plan).Walks, plan);
        plan = await house.WithAsync(db =>
            PlanAsync(
                db,
                new QueueFilter
                {
                    Tag = 3,
                    Field = 4,
                    Value = "x",
                }
                    .Narrow(
                        db.Complaints.OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Id).Take(600),
                        Queue.Find("all")!,
                        null,
                        new Language.Reader("en", TimeZoneInfo.Utc),
                        db
                    )
                    .Select(c => c.Id)
            )
        );
        Assert.Contains("CaseTags", plan);
        Assert.DoesNotContain("SCAN t", plan);
        Assert.DoesNotContain("Seq Scan", plan);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_needs_somebody_now_is_read_in_short_ranges(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 300);
        var plan = await AsAsync(house, "Sen", (db, s) => PlanAsync(db, s.GetRequiredService<Web.Home.NeedsReader>().Statutories()));
        Assert.Contains("IX_Complaints_OwnerId_QueueAt", plan);
        Assert.Contains("IX_Clocks_ComplaintId", plan);
        Assert.DoesNotContain("Seq Scan", plan);
        plan = await house.WithAsync(db => PlanAsync(db, db.Drafts.Where(d => d.StaffId == 4).Select(d => d.ComplaintId)));
        Assert.True(Walks(plan).Walks, plan);
        plan = await house.WithAsync(db =>
            PlanAsync(
                db,
                db.Notices.Where(n => n.MailAt != null && n.MailAt <= house.Now).OrderBy(n => n.MailAt).Select(n => n.StaffId).Take(200)
            )
        );
        Assert.Contains("IX_Notices_MailDue", plan);
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

    private static (bool Walks, bool Sorts) Walks(string plan) =>
        (
            plan.Contains("USING INDEX", StringComparison.Ordinal)
                || plan.Contains("USING COVERING INDEX", StringComparison.Ordinal)
                || plan.Contains("Index Scan", StringComparison.Ordinal)
                || plan.Contains("Index Only Scan", StringComparison.Ordinal),
            plan.Contains("TEMP B-TREE", StringComparison.Ordinal) || plan.Contains("Sort", StringComparison.Ordinal)
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

    /// <summary>
    /// The plan as the database tells it. PostgreSQL chooses by statistics, and on a small table it would rather sort: there
    /// the question is whether a plan without sorting exists, so the other ways are made expensive first.
    /// </summary>
    private static async Task<string> PlanAsync<T>(ComplaintsDb db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync();
        var sqlite = db.Database.IsSqlite();
        if (!sqlite)
        {
            await db.Database.ExecuteSqlRawAsync(
                "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET enable_incremental_sort = off"
            );
        }

        using var command = query.CreateDbCommand();
        command.CommandText = (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(sqlite ? 3 : 0));
        }

        return string.Join(" | ", lines);
    }
}
