using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Intake;

public sealed class ImportTests
{
    private const string Traps = """
        编号,投诉日期,客户姓名,手机号,产品,子产品,投诉内容,状态,关闭日期,邮编
        1,2026-10-01,王芳,13800138000,酒店,客房,"房间里说好""安静"",结果
        半夜施工",已关闭,2026-10-05,01234
        2,10/2/2026,李雷,,酒店,,多收一晚房费,处理中,,
        3,2026年10月3日,韩梅梅,,酒店,客房,空调坏了,,,
        4,31/12/2026,张三,,酒店,客房,日期写反了,,,
        5,2027-01-01,李四,,酒店,客房,在将来,,,
        6,2026-10-04,王五,,,,,,,
        7,2026-10-04,赵六,,酒店,客房,多,一个,逗号,没有,引号
        2,10/2/2026,李雷,,酒店,,多收一晚房费,处理中,,
        8,2026-10-06,孙七,,酒店,客房,关得太早,已关闭,2026-10-01,
        9,2026-10-06T08:30:00Z,Émile O'Hara,,Hotel,Rooms,"Emoji 🛏️ and עברית, kept",closed,,
        """;

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_trap_is_imported_or_refused_with_its_reason_and_a_second_run_finds_all_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var job = await ImportAsync(house, Traps, Encoding.UTF8);
        Assert.Equal((10, 4, 5, 1), (job.Total, job.Imported, job.Refused, job.AlreadyThere));
        Assert.Equal(ImportState.Done, job.State);
        await house.WithAsync(
            async (db, _) =>
            {
                var first = await Imported(db, "1");
                Assert.Equal((State.Closed, false, true), (first.State, first.IsOpen, first.Historic));
                Assert.Equal(new DateTime(2026, 10, 1, 4, 0, 0, DateTimeKind.Utc), first.ReceivedAt); // noon in Shanghai
                Assert.Equal(new DateTime(2026, 10, 5, 4, 0, 0, DateTimeKind.Utc), first.ClosedAt);
                Assert.Contains("\"安静\",结果\n半夜施工", first.WhatHappened.ReplaceLineEndings("\n"), StringComparison.Ordinal);
                Assert.Equal("王芳", first.Customer.Name);
                Assert.Equal(1, await db.Customers.CountAsync(c => c.Name == "王芳")); // known by her number
                var second = await Imported(db, "2");
                Assert.Equal((State.Received, true, null), (second.State, second.IsOpen, second.NextActionAt));
                Assert.Empty(second.Clocks);
                Assert.Equal("酒店", (await db.Categories.SingleAsync(c => c.Id == second.CategoryId)).Name);
                var rooms = await db.Categories.SingleAsync(c => c.Id == first.CategoryId);
                Assert.Equal(("客房", second.CategoryId), (rooms.Name, rooms.ParentId));
                Assert.Contains("🛏️ and עברית, kept", (await Imported(db, "9")).WhatHappened, StringComparison.Ordinal);
                Assert.Equal(0, await db.Set<OutMessage>().CountAsync());
                Assert.Equal(0, await db.Causes.CountAsync());
                Assert.Equal(
                    [6, 7, 8, 9, 11],
                    await db.RefusedRows.Where(r => r.JobId == job.Id).OrderBy(r => r.Line).Select(r => r.Line).ToListAsync()
                );
            }
        );
        var again = await ImportAsync(house, Traps, Encoding.UTF8);
        Assert.Equal((0, 5, 5), (again.Imported, again.Refused, again.AlreadyThere));
    }

    [Theory]
    [InlineData("gb18030", ';')]
    [InlineData("utf-16", '\t')]
    [InlineData("utf-8", '|')]
    public async Task Encoding_and_separator_are_found_out(string encoding, char separator)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var house = await TestHouse.OpenAsync("sqlite");
        var csv = "编号,收到日期,投诉内容\n1,2026-10-01,空调坏了，㐀字也在\n".Replace(',', separator);
        var job = await ImportAsync(house, csv, Encoding.GetEncoding(encoding));
        Assert.Equal(1, job.Imported);
        await house.WithAsync(
            async (db, _) => Assert.Equal("空调坏了，㐀字也在", (await db.Complaints.SingleAsync(c => c.Historic)).WhatHappened)
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Columns_chosen_once_are_known_for_the_next_file_with_the_same_header(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        const string Header = "alpha;beta;gamma\n";
        var id = await NewAsync(house, Header + "1;2026-10-01;Nobody came\n", Encoding.UTF8, start: false);
        using var max = await house.SignInAsync("Max");
        Assert.Contains("What do the columns mean?", await max.GetAsync($"/import/{id}"), StringComparison.Ordinal);
        await house.WithAsync(
            async (db, s) =>
            {
                var job = await db.ImportJobs.SingleAsync(j => j.Id == id);
                var plan = ImportPlan.Read(job.Mapping);
                await s.GetRequiredService<ImportStart>().StartAsync(job, plan with { Columns = _chosen });
            }
        );
        var next = await NewAsync(house, Header + "2;2026-10-02;Nobody came again\n", Encoding.UTF8, start: false);
        Assert.Equal(_chosen, ImportPlan.Read((await JobAsync(house, next)).Mapping).Columns);
        var other = await NewAsync(house, "alpha;beta;delta\n2;2026-10-02;Nobody came again\n", Encoding.UTF8, start: false);
        Assert.NotEqual(_chosen, ImportPlan.Read((await JobAsync(house, other)).Mapping).Columns);
    }

    private static readonly Dictionary<ImportField, string> _chosen = new()
    {
        [ImportField.Key] = "alpha",
        [ImportField.Received] = "beta",
        [ImportField.WhatHappened] = "gamma",
    };

    [Fact]
    public async Task A_file_without_known_separator_is_refused_with_a_sentence()
    {
        await using var house = await TestHouse.OpenAsync("sqlite");
        var refusal = await Assert.ThrowsAsync<Complaints.Language.Refusal>(() =>
            ImportAsync(house, "id^date^text\n1^2026-10-01^x\n", Encoding.UTF8)
        );
        Assert.StartsWith("Only one column was found: id^date^text.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(house.Folder, "imports")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_stopped_import_goes_on_after_the_last_row_done(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var csv = "id,date,text\n" + string.Join('\n', Enumerable.Range(1, 1200).Select(n => $"{n},2026-10-01,complaint {n}"));
        var id = await NewAsync(house, csv, Encoding.UTF8);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            house.AskAsync<Importer, int>(async i =>
            {
                await i.RunAsync(id, Actor.System, _ => stop.Cancel(), stop.Token);
                return 0;
            })
        );
        Assert.Equal(500, (await JobAsync(house, id)).Done);
        house.Clock.Pass(TimeSpan.FromMinutes(2));
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunWaitingAsync(CancellationToken.None);
            return 0;
        });
        var job = await JobAsync(house, id);
        Assert.Equal((ImportState.Done, 1200, 1200), (job.State, job.Done, job.Imported));
        Assert.Equal(1200, await house.WithAsync(db => db.Complaints.CountAsync(c => c.Historic)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Going_live_sets_clocks_and_wakes_the_open_ones_only(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var done = await ImportAsync(house, Traps, Encoding.UTF8);
        using var max = await house.SignInAsync("Max");
        var page = await max.GetAsync($"/import/{done.Id}");
        Assert.Contains("Go live with 2", page, StringComparison.Ordinal);
        await max.PostAsync($"/import/{done.Id}/live", new() { ["fromNow"] = "true" }, $"/import/{done.Id}");
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunWaitingAsync(CancellationToken.None);
            return 0;
        });
        await house.WithAsync(
            async (db, _) =>
            {
                var open = await db.Complaints.Include(c => c.Clocks).Where(c => !c.Historic).ToListAsync();
                Assert.Equal(2, open.Count);
                Assert.All(open, c => Assert.NotNull(c.NextActionAt));
                Assert.All(open, c => Assert.All(c.Clocks, k => Assert.True(k.DueAt > house.Now)));
                Assert.Equal(2, (await db.ImportJobs.SingleAsync(j => j.Id == done.Id)).Live);
            }
        );
    }

    [Theory, OnSqlite]
    public async Task The_page_checks_before_it_imports_and_is_not_for_agents(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await NewAsync(house, Traps, Encoding.UTF8, start: false);
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/import");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, jun.Status);
        using var max = await house.SignInAsync("Max");
        Assert.Contains("What do the columns mean?", await max.GetAsync($"/import/{id}"), StringComparison.Ordinal);
        var check = await max.GetAsync($"/import/{id}/check");
        Assert.Contains("<b>4</b><span>would be imported</span>", check, StringComparison.Ordinal);
        Assert.Contains("is not a date", check, StringComparison.Ordinal);
        await max.PostAsync($"/import/{id}/run", [], $"/import/{id}");
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunWaitingAsync(CancellationToken.None);
            return 0;
        });
        Assert.Contains("<b>4</b><span>imported</span>", await max.GetAsync($"/import/{id}"), StringComparison.Ordinal);
        var csv = await max.GetAsync($"/import/{id}/refused.csv");
        Assert.Contains("line,reason", csv, StringComparison.Ordinal);
        Assert.Contains("lies in the future", csv, StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task The_page_takes_GB18030_and_refuses_what_is_no_table_in_a_sentence(string database)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var house = await TestHouse.OpenAsync(database);
        using var max = await house.SignInAsync("Max");
        var unit = await house.WithAsync(db => db.Units.Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync());
        Dictionary<string, string?> fields = new() { ["UnitId"] = $"{unit}" };
        var csv = Encoding.GetEncoding("gb18030").GetBytes("编号,收到日期,投诉内容\n1,2026-10-01,空调坏了，㐀字也在\n");
        await max.PostFileAsync("/import", fields, "File", "旧系统.csv", csv);
        Assert.StartsWith("/import/1", max.Path, StringComparison.Ordinal);
        Assert.Contains("收到日期", await max.GetAsync(max.Path), StringComparison.Ordinal);
        Assert.Contains(
            "空调坏了，㐀字也在",
            await max.GetAsync("/import/1") + await max.GetAsync("/import/1/check"),
            StringComparison.Ordinal
        );

        var page = await max.PostFileAsync("/import", fields, "File", "odd.csv", "id^date^text\n1^2026-10-01^x\n"u8.ToArray());
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, max.Status);
        Assert.Contains("Only one column was found: id^date^text.", page, StringComparison.Ordinal);
        page = await max.PostFileAsync("/import", fields, "File", "photo.csv", [0, 1, 2, 255, 254, 0, 0, 9]);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, max.Status);
        Assert.Equal(1, await house.WithAsync(db => db.ImportJobs.CountAsync()));
    }

    internal static async Task<ImportJob> ImportAsync(TestHouse house, string csv, Encoding encoding)
    {
        var id = await NewAsync(house, csv, encoding);
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunWaitingAsync(CancellationToken.None);
            return 0;
        });
        return await JobAsync(house, id);
    }

    private static Task<long> NewAsync(TestHouse house, string csv, Encoding encoding, bool start = true) =>
        house.WithAsync(
            async (db, s) =>
            {
                var unit = await db.Units.Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync();
                using var content = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(csv)]);
                var starter = s.GetRequiredService<ImportStart>();
                var job = await starter.NewAsync(content, "traps.csv", null, unit, house.Now);
                if (start)
                {
                    await starter.StartAsync(job, ImportPlan.Read(job.Mapping));
                }

                return job.Id;
            }
        );

    private static Task<ImportJob> JobAsync(TestHouse house, long id) =>
        house.WithAsync(db => db.ImportJobs.AsNoTracking().SingleAsync(j => j.Id == id));

    private static Task<Complaint> Imported(ComplaintsDb db, string key) =>
        db
            .Complaints.Include(c => c.Customer)
            .Include(c => c.Clocks)
            .SingleAsync(c => db.Set<ImportedRow>().Any(r => r.ComplaintId == c.Id && r.SourceKey.EndsWith(":" + key)));
}
