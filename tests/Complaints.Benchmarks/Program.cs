using System.Diagnostics;
using System.Globalization;
using Complaints.Benchmarks;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Queues;
using Complaints.Web.Timetable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

// What a page and a sweep cost as the house grows: the same work on each size, in one run, so that the ratio says more
// than the milliseconds. Usage: dotnet run -c Release --project tests/Complaints.Benchmarks -- [sqlite|postgres] [--sql] [--plans] [size …]
// “mail [sqlite|postgres]” instead measures mail alone: reading a large message, and messages a second into complaints; the
// whole run measures it too. “advice” measures the writing adviser alone. “--plans” prints how the database finds what the
// slowest statement of each page asks for. “queue” measures nothing and simulates: the
// fair queue beside other orders.
var database = args.FirstOrDefault(a => char.IsAsciiLetter(a[0]) && a is not ("mail" or "advice" or "queue")) ?? "sqlite";
if (args.Contains("queue"))
{
    QueueOrders.Measure();
    return;
}

AdviserReading.Measure();
if (args.Contains("advice"))
{
    return;
}

MailReading.Measure();
await MailComingIn.MeasureAsync(database);
if (args.Contains("mail"))
{
    return;
}

var sizes = args.Where(a => char.IsAsciiDigit(a[0]))
    .Select(a => int.Parse(a, CultureInfo.InvariantCulture))
    .DefaultIfEmpty(20_000)
    .ToList();
if (!args.Any(a => char.IsAsciiDigit(a[0])))
{
    sizes = [20_000, 200_000];
}

var sql = new SlowSql();
DiagnosticListener.AllListeners.Subscribe(sql);
var explain = args.Contains("--sql");
var plans = args.Contains("--plans");
var figures = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
TestHouse? here = null;
foreach (var size in sizes)
{
    await using var house = await TestHouse.OpenAsync(database);
    here = house;
    var watch = Stopwatch.StartNew();
    var seeds = await Seeds.MakeAsync(house);
    await house.WithAsync(async db => await Multiply.ByAsync(db, (size / seeds) - 1));
    var there = await house.WithAsync(db => db.Complaints.CountAsync());
    Console.WriteLine($"{there} complaints on {database}, made in {watch.Elapsed.TotalSeconds:0} s");

    watch.Restart();
    await house.WithAsync(
        async (db, _) =>
        {
            db.Add(new TallyMark { UnitId = 0, At = house.Now });
            await db.SaveChangesAsync();
        }
    );
    while (await house.WithAsync(db => Tallying.AnyAsync(db, house.Now, CancellationToken.None)))
    {
        await using var counting = house.Services.CreateAsyncScope();
        await counting.ServiceProvider.GetRequiredService<Tallying>().RunAsync(CancellationToken.None);
    }

    Note("counting all figures anew, ms", watch.Elapsed.TotalMilliseconds);
    using var lena = await house.SignInAsync("Lena");
    var reference = await house.WithAsync(db => db.Complaints.OrderByDescending(c => c.Id).Select(c => c.Reference).FirstAsync());
    var customer = await house.WithAsync(db =>
        db.Complaints.Where(c => c.Reference == Seeds.First).Select(c => c.CustomerId).SingleAsync()
    );
    var tag = await house.WithAsync(db => db.Tags.Where(t => t.Name == "press").Select(t => t.Id).SingleAsync());
    var often = await house.WithAsync(db => db.Tags.Where(t => t.Name == "refund").Select(t => t.Id).SingleAsync());
    var field = await house.WithAsync(db => db.CaseFields.Select(f => f.Id).SingleAsync());
    var member = await house.WithAsync(db => db.Staff.Where(s => s.Name == "Lena").Select(s => s.Id).SingleAsync());
    await house.WithAsync(async db =>
    {
        db.Add(
            new ChosenColumns
            {
                StaffId = member,
                List = "all",
                Columns = Column.Write(Column.All),
            }
        );
        for (var i = 0; i < 5; i++)
        {
            var query = i % 2 == 0 ? $"tag={tag}" : "severity=Critical";
            db.Add(
                new SavedView
                {
                    OwnerId = member,
                    Name = $"View {i}",
                    List = "all",
                    Query = query,
                    Position = i,
                }
            );
        }

        await db.SaveChangesAsync();
    });
    string[] pages =
    [
        "/",
        $"/customers/{customer}",
        "/customers?q=grace",
        "/payments",
        "/approvals",
        "/follow-ups",
        "/figures/issues",
        $"/queues/all?tag={tag}", // with every column there is
        $"/queues/all?tag={often}",
        $"/queues/all?field={field}&value=HL-7",
        "/views",
        "/queues/mine",
        "/queues/unit",
        "/queues/all",
        "/escalations",
        "/search?q=porridge",
        "/search?q=%E9%80%80",
        "/search?q=%E7%AC%AC8%E5%A4%A9", // one in four hundred
        "/search?q=porridge+nowhere",
        "/queues/all?channel=Regulator", // a filter that fits nothing
        "/rail",
    ];
    await Measure("page: complaint", 30, async () => await Good(lena, "/complaints/" + Seeds.First));
    foreach (var path in pages)
    {
        await Measure("page: " + path, 30, async () => await Good(lena, path));
    }

    var run = await house.WithAsync(async db =>
    {
        var picked = await db.Complaints.Where(c => c.IsOpen).OrderBy(c => c.Id).Select(c => c.Id).Take(BulkRun.Most).ToListAsync();
        var bulk = new BulkRun
        {
            ById = member,
            At = house.Now,
            Back = "/queues/all",
            Picked = BulkRun.Pick(picked),
            What = "note",
            Changes = new CaseChanges { Note = "Seen on the rounds." }.Write(),
        };
        db.Add(bulk);
        await db.SaveChangesAsync();
        return bulk.Id;
    });
    await Measure("page: bulk, what would happen", 10, async () => await Good(lena, $"/bulk/{run}"));

    var day = 0;
    await Measure("page: /figures, a month, fresh", 20, async () => await Good(lena, Figures(30, day++)));
    await Measure("page: /figures, all years, fresh", 5, async () => await Good(lena, Figures(3_000, day++)));
    await Measure("log a complaint by HTTP", 20, async () => await Seeds.LogByHttpAsync(lena));

    var sweep = Timetable.All.Single(w => w.Name == "sweep");
    await using var scope = house.Services.CreateAsyncScope();
    await house.WithAsync(db =>
        db.Complaints.Where(c => c.NextActionAt != null).ExecuteUpdateAsync(s => s.SetProperty(c => c.NextActionAt, Complaint.Never))
    );
    await Measure("sweep, nothing due", 50, async () => await sweep.Run(scope.ServiceProvider, CancellationToken.None));
    var due = Math.Min(20_000, size);
    await house.WithAsync(async db =>
        await db
            .Complaints.Where(c => c.IsOpen && c.NextActionAt != null)
            .OrderBy(c => c.Id)
            .Take(due)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.NextActionAt, house.Now))
    );
    due = await house.WithAsync(db => db.Complaints.CountAsync(c => c.NextActionAt <= house.Now));
    watch.Restart();
    while (await house.WithAsync(db => db.Complaints.AnyAsync(c => c.NextActionAt <= house.Now)))
    {
        await sweep.Run(scope.ServiceProvider, CancellationToken.None);
    }

    Note($"sweep, {due} due, ms each", watch.Elapsed.TotalMilliseconds / due);
}

Console.WriteLine($"\n{"median of the runs, ms", -36}{string.Join("", sizes.Select(s => $"{s, 12:N0}"))}   growth");
foreach (var (name, medians) in figures)
{
    Console.WriteLine($"{name, -36}{string.Join("", medians.Select(m => $"{m, 12:0.00}"))}   × {medians[^1] / medians[0]:0.00}");
}

async Task Measure(string name, int runs, Func<Task> work)
{
    for (var i = 0; i < 5; i++)
    {
        await work();
    }

    var times = new List<double>();
    sql.Take();
    for (var i = 0; i < runs; i++)
    {
        var watch = Stopwatch.StartNew();
        await work();
        times.Add(watch.Elapsed.TotalMilliseconds);
    }

    Note(name, times.Order().ElementAt(runs / 2));
    var (sum, worst, text, with) = sql.Take();
    if (explain)
    {
        Console.WriteLine($"{name}: {sum / runs:0.0} ms of statements; slowest {worst:0.0} ms\n  {text.ReplaceLineEndings(" ")}");
    }

    if (plans && here is not null && text.StartsWith("SELECT", StringComparison.Ordinal))
    {
        var plan = await here.WithAsync(db => Plan.OfAsync(db, text, with));
        Console.WriteLine($"{name}: slowest {worst:0.0} ms\n{plan}");
    }
}

void Note(string name, double value)
{
    if (!figures.TryGetValue(name, out var list))
    {
        figures[name] = list = [];
    }

    list.Add(value);
}

// A period nobody asked for before, so that nothing is kept.
static string Figures(int days, int shift)
{
    var last = new DateOnly(2026, 11, 1).AddDays(-shift);
    return string.Create(CultureInfo.InvariantCulture, $"/figures?from={last.AddDays(-days):yyyy-MM-dd}&to={last:yyyy-MM-dd}");
}

static async Task Good(Browser browser, string path)
{
    await browser.GetAsync(path);
    if (!browser.Last.IsSuccessStatusCode)
    {
        throw new InvalidOperationException($"{path} answered {browser.Status}.");
    }
}
