using System.Net;
using System.Text;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Customers;

/// <summary>Customers come in as a file and go out as one.</summary>
public sealed class FileTests
{
    private const string Csv =
        "Customer number,Name,Mail,Phone,Tier,Language,Notes\r\n"
        + "N-1,Grace Okafor,grace@customer.example; grace.two@customer.example,,Gold,en,Quiet room\r\n" // known by her address
        + "N-2,李雷,,+86 13900139000,Brass,中文,\r\n"
        + ",Han Mei,han@customer.example,,,,\r\n"
        + "N-2,李雷雷,,,,,Called later\r\n" // the row before, by its number
        + "N-4,Somebody Else,ivar@customer.example,,,,\r\n" // that is Ivar's
        + "N-5,No Name At All,not an address,,,,\r\n"
        + ",Nothing To Tell By,,,,,\r\n"
        + "N-6,,x@customer.example,,,,\r\n"
        + "N-7,Bad Tier,bt@customer.example,,Platinum,,\r\n";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_file_is_imported_and_running_it_again_changes_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var job = await ImportAsync(house, Csv);
        Assert.Equal((ImportState.Done, 2, 2, 5), (job.State, job.Imported, job.AlreadyThere, job.Refused));
        var first = await RowsAsync(house);
        Assert.Contains(
            "N-1|Grace Okafor|Gold|en|Quiet room|020 7946 0011,grace.two@customer.example,grace@customer.example",
            first,
            StringComparison.Ordinal
        );
        Assert.Contains("N-2|李雷雷|Brass|zh-Hans|Called later|+86 13900139000", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody Else", first, StringComparison.Ordinal);
        var again = await ImportAsync(house, Csv);
        Assert.Equal((0, 4, 5), (again.Imported, again.AlreadyThere, again.Refused));
        var second = await RowsAsync(house);
        Assert.Equal(first.Length, second.Length);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_dry_run_says_what_would_happen_and_changes_nothing_and_refused_rows_come_back_with_the_reason(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await RowsAsync(house);
        var found = await house.WithAsync(
            async (db, s) =>
            {
                var plan = await PlanAsync(db, s, house, Csv);
                var job = await db.ImportJobs.SingleAsync();
                return await s.GetRequiredService<Importer>().CheckAsync(s.GetRequiredService<ImportFolder>().Of(job.Sha256), plan);
            }
        );
        Assert.Equal((2, 2, 5), (found.Imported, found.AlreadyThere, found.Refused));
        Assert.Equal([6, 7, 8, 9, 10], found.FirstRefused.Select(r => r.Line.Line));
        Assert.Equal(before, await RowsAsync(house));
        var job = await ImportAsync(house, Csv);
        using var max = await house.SignInAsync("Max");
        var refused = await max.GetAsync($"/import/{job.Id}/refused.csv");
        Assert.Contains(
            "Ivar Lindqvist has that phone, mail address or handle here, and the row says Somebody Else.",
            refused,
            StringComparison.Ordinal
        );
        Assert.Contains("“not an address” is no mail address.", refused, StringComparison.Ordinal);
        Assert.Contains("Platinum", refused, StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task The_pages_lead_from_the_file_to_the_customers(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var max = await house.SignInAsync("Max");
        Assert.Contains("/import?what=Customers", await max.GetAsync("/customers"), StringComparison.Ordinal);
        var page = await max.PostFileAsync(
            "/import",
            new() { ["what"] = "Customers" },
            "file",
            "people.csv",
            Encoding.GetEncoding("gb18030").GetBytes("客户编号;姓名;电话\n1;韩梅;13900139001\n")
        );
        Assert.Contains("The name is needed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Name of the source", page, StringComparison.Ordinal);
        var id = await house.WithAsync(db => db.ImportJobs.Select(j => j.Id).SingleAsync());
        page = await max.PostAsync($"/import/{id}/columns", new() { ["Columns[CustomerName]"] = "姓名" }, $"/import/{id}");
        Assert.Contains("Say which column tells customers apart", page, StringComparison.Ordinal);
        page = await max.PostAsync(
            $"/import/{id}/columns",
            new()
            {
                ["Columns[CustomerName]"] = "姓名",
                ["Columns[Phone]"] = "电话",
                ["Columns[CustomerNumber]"] = "客户编号",
            },
            $"/import/{id}"
        );
        Assert.Contains("Import 1 customer", page, StringComparison.Ordinal);
        await max.PostAsync($"/import/{id}/run", [], $"/import/{id}");
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunWaitingAsync(CancellationToken.None);
            return 0;
        });
        Assert.Equal(
            "1",
            await house.WithAsync(db => db.Customers.Where(c => c.Name == "韩梅").Select(c => c.ExternalNumber).SingleAsync())
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_export_runs_nothing_in_a_spreadsheet_comes_in_again_and_is_noted(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.MeetAsync("=HYPERLINK(\"http://evil.example\")", "+44 20 7946 0900");
        await house.MeetAsync("Gone");
        await house.WithAsync(async db =>
        {
            var gone = await db.Customers.SingleAsync(c => c.Name == "Gone");
            gone.MergedIntoId = await db.Customers.Where(c => c.Name == "王芳").Select(c => c.Id).SingleAsync();
            await db.SaveChangesAsync();
        });
        var before = await RowsAsync(house);
        using var max = await house.SignInAsync("Max");
        await max.PostAsync("/customers/export", [], "/customers");
        var bytes = await max.Last.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var csv = Encoding.UTF8.GetString(bytes[3..]);
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.Contains("'+44 20 7946 0900", csv, StringComparison.Ordinal);
        Assert.Contains("王芳", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Gone", csv, StringComparison.Ordinal);
        using var otto = await house.SignInAsync("Otto");
        Assert.Contains("5 customers", await otto.GetAsync("/audit"), StringComparison.Ordinal);
        var job = await ImportAsync(house, csv);
        Assert.Equal((0, 0), (job.Imported, job.Refused));
        Assert.Equal(before.Length, (await RowsAsync(house)).Length);
    }

    [Theory, OnSqlite]
    public async Task Only_managers_and_directors_take_the_list_out(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var name in new[] { "Jun", "Lena", "Otto", "Ada" })
        {
            using var somebody = await house.SignInAsync(name);
            await somebody.PostAsync("/customers/export", [], "/profile");
            Assert.Equal(HttpStatusCode.NotFound, somebody.Status);
        }

        Assert.Equal(0, await house.WithAsync(db => db.CustomerExports.CountAsync()));
    }

    private static async Task<ImportPlan> PlanAsync(ComplaintsDb db, IServiceProvider s, TestHouse house, string csv)
    {
        var unit = await db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync();
        using var content = new MemoryStream([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv)]);
        var job = await s.GetRequiredService<ImportStart>()
            .NewAsync(content, "customers.csv", null, unit, house.Now, what: ImportWhat.Customers);
        return ImportPlan.Read(job.Mapping);
    }

    private static async Task<ImportJob> ImportAsync(TestHouse house, string csv)
    {
        var id = await house.WithAsync(
            async (db, s) =>
            {
                var plan = await PlanAsync(db, s, house, csv);
                var job = await db.ImportJobs.OrderByDescending(j => j.Id).FirstAsync();
                await s.GetRequiredService<ImportStart>().StartAsync(job, plan);
                return job.Id;
            }
        );
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunWaitingAsync(CancellationToken.None);
            return 0;
        });
        return await house.WithAsync(db => db.ImportJobs.AsNoTracking().SingleAsync(j => j.Id == id));
    }

    private static Task<string> RowsAsync(TestHouse house) =>
        house.WithAsync(async db =>
            string.Join(
                "\n",
                (await db.Customers.AsNoTracking().Include(c => c.ContactPoints).OrderBy(c => c.Id).ToListAsync()).Select(c =>
                    $"{c.ExternalNumber}|{c.Name}|{c.Tier}|{c.Language}|{c.Notes}|{string.Join(",", c.ContactPoints.Select(p => p.Value).Order(StringComparer.Ordinal))}"
                )
            )
        );
}
