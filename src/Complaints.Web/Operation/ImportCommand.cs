using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>Imports a CSV file without the page.</summary>
public sealed record ImportCommand()
    : Command(
        "import",
        "imports complaints from a CSV file; sends, escalates and surveys nothing",
        "complaints import FILE.csv [--map FILE.json] [--dry-run] [--encoding utf-8|utf-16|gb18030] [--unit NAME] [--source NAME]\n"
            + "                  [--refused FILE.csv] [--Setting:Name value …]\n"
            + "Columns are recognised by their names, or named by --map: { \"Received\": \"Date received\", … }.\n"
            + "Rows already imported are left alone, so it is safe to run twice. Refused rows go to --refused with the reason.\n"
            + "Imported complaints are historic; the import page goes live with the open ones when asked.\n"
            + "While a server runs on the same SQLite data, use its import page instead.\n"
            + "Prints at last: imported N, refused N, already there N. Exit code 0, or 1 when nothing could be done."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        var asked = Asked.From(args);
        if (!File.Exists(asked.File))
        {
            throw asked.File.Length == 0
                ? new Refusal("Name the CSV file to import. “complaints help import” says more.")
                : new Refusal("There is no file {0}. Check the name and the folder you are in.", Path.GetFullPath(asked.File));
        }

        if (asked.Map is { } map && !File.Exists(map))
        {
            throw new Refusal("There is no file {0}. Check the name and the folder you are in.", Path.GetFullPath(map));
        }

        // Asked now: after the import it would be too late to say where the refused rows cannot go.
        if (asked.Refused is { } to && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(to))))
        {
            throw new Refusal("The refused rows cannot go to {0}: there is no such folder.", Path.GetFullPath(to));
        }

        var said = await RunAsync(asked);
        Console.WriteLine(said);
        return 0;
    }

    private static async Task<string> RunAsync(Asked asked)
    {
        await using var app = RunCommand.Build(asked.Rest);
        using var alone = Alone(app.Services);
        await app.PrepareAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var (services, db) = (scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ComplaintsDb>());
        var start = services.GetRequiredService<ImportStart>();
        var folder = services.GetRequiredService<ImportFolder>();
        var unit = await UnitAsync(db, asked.Unit);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await using var content = File.OpenRead(asked.File);
        var job = await start.NewAsync(content, Path.GetFileName(asked.File), null, unit, now, asked.Encoding);
        var plan = ImportPlan.Read(job.Mapping);
        plan = plan with
        {
            Columns = asked.Map is null ? plan.Columns : ImportPlan.ReadColumns(await File.ReadAllTextAsync(asked.Map)),
            Source = asked.Source ?? plan.Source,
        };
        var importer = services.GetRequiredService<Importer>();
        try
        {
            plan.Check(plan.Header);
            if (asked.DryRun)
            {
                var check = await importer.CheckAsync(folder.Of(job.Sha256), plan);
                foreach (var (line, why) in check.FirstRefused)
                {
                    await Console.Error.WriteLineAsync($"line {line.Line}: {why}");
                }

                return Say(check.Imported, check.Refused, check.AlreadyThere);
            }

            await start.StartAsync(job, plan);
        }
        finally
        {
            if (job.State == ImportState.Mapping)
            {
                await start.DiscardAsync(job);
            }
        }

        await importer.RunAsync(job.Id, Actor.System, done => Tell(done, job.Total), CancellationToken.None);
        return await EndAsync(db, job.Id, plan, asked.Refused);
    }

    private static IDisposable? Alone(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<ServerLock>().Take();
        }
        catch (Refusal)
        {
            throw new Refusal("A server is running on this data. Import through its page /import instead, or stop the server first.");
        }
    }

    private static async Task<string> EndAsync(ComplaintsDb db, long jobId, ImportPlan plan, string? refusedTo)
    {
        var job = await db.ImportJobs.AsNoTracking().SingleAsync(j => j.Id == jobId);
        if (job.State == ImportState.Failed)
        {
            throw new Refusal(KeptSentence.Read(job.Failure!));
        }

        var refused = await db.RefusedRows.AsNoTracking().Where(r => r.JobId == jobId).OrderBy(r => r.Line).ToListAsync();
        var reader = new Reader(Tongue.English, TimeZoneInfo.Utc);
        foreach (var row in refused.Take(20))
        {
            await Console.Error.WriteLineAsync($"line {row.Line}: {Tongue.Say(reader, KeptSentence.Read(row.Why))}");
        }

        if (refusedTo is not null)
        {
            await using var to = new StreamWriter(refusedTo);
            RefusedRows.Write(to, plan, refused, reader);
        }

        return Say(job.Imported, job.Refused, job.AlreadyThere);
    }

    // A first import may come before anybody set the house up; its complaints need a unit to lie in.
    private static async Task<long> UnitAsync(ComplaintsDb db, string? name)
    {
        var units = await db.Units.OrderBy(u => u.Path.Length).ThenBy(u => u.Id).ToListAsync();
        if (name is not null)
        {
            return units.Find(u => u.Name == name || u.NameZh == name)?.Id
                ?? throw new Refusal("There is no unit “{0}”. There are: {1}.", name, string.Join(", ", units.Select(u => u.Name)));
        }

        if (units.Count > 0)
        {
            return units[0].Id;
        }

        var calendar = await db.Calendars.OrderBy(c => c.Id).FirstAsync();
        var unit = new Unit
        {
            Name = "Imported complaints",
            NameZh = "导入的投诉",
            CalendarId = calendar.Id,
        };
        db.Units.Add(unit);
        await DeadlineBooks.Turn(db);
        await db.SaveChangesAsync();
        unit.Path = string.Create(CultureInfo.InvariantCulture, $"/{unit.Id}/");
        await db.SaveChangesAsync();
        return unit.Id;
    }

    private static void Tell(int done, int total)
    {
        if (done % 5000 == 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} of {total} rows"));
        }
    }

    private static string Say(int imported, int refused, int there) =>
        string.Create(CultureInfo.InvariantCulture, $"imported {imported}, refused {refused}, already there {there}");

    private sealed record Asked(
        string File,
        string? Map,
        string? Encoding,
        string? Unit,
        string? Source,
        string? Refused,
        bool DryRun,
        string[] Rest
    )
    {
        // Own options are taken out: a flag without a value would swallow the setting after it.
        internal static Asked From(string[] args)
        {
            var own = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["--map"] = null,
                ["--encoding"] = null,
                ["--unit"] = null,
                ["--source"] = null,
                ["--refused"] = null,
            };
            var (file, dryRun, rest) = ("", false, new List<string>());
            for (var i = 0; i < args.Length; i++)
            {
                var (name, equals) = (args[i].Split('=')[0], args[i].IndexOf('=', StringComparison.Ordinal));
                if (own.ContainsKey(name))
                {
                    own[name] =
                        equals > 0 ? args[i][(equals + 1)..]
                        : i + 1 < args.Length ? args[++i]
                        : throw new Refusal("{0} needs a value. “complaints help import” says more.", name);
                }
                else if (args[i] == "--dry-run")
                {
                    dryRun = true;
                }
                else if (args[i].StartsWith('-') && equals < 0 && i + 1 < args.Length)
                {
                    rest.AddRange([args[i], args[++i]]);
                }
                else if (args[i].StartsWith('-') || file.Length > 0)
                {
                    rest.Add(args[i]);
                }
                else
                {
                    file = args[i];
                }
            }

            return new Asked(file, own["--map"], own["--encoding"], own["--unit"], own["--source"], own["--refused"], dryRun, [.. rest]);
        }
    }
}
