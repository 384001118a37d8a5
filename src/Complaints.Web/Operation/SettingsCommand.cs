using System.Globalization;
using System.Text;
using Complaints.Data;
using Complaints.Language;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Settings;

namespace Complaints.Web.Operation;

/// <summary>Takes the whole configuration out as one file, or brings one in, without the page.</summary>
public sealed record SettingsCommand()
    : Command(
        "settings",
        "takes all settings out as one file, or brings one in",
        "complaints settings export FILE.json [--Setting:Name value …]\n"
            + "complaints settings import FILE.json [--dry-run] [--Setting:Name value …]\n"
            + "The file holds no passwords, tokens, people, customers or complaints. The same settings give the same file.\n"
            + "import puts all of it into place or nothing, and says what changed; --dry-run says what would change.\n"
            + "Units, categories and the like that are here and not in the file stay; rules, words and limits go.\n"
            + "export may run beside a server. While a server runs on the same SQLite data, import on its page /settings/file.\n"
            + "Exit code 0, or 1 when the file was refused; nothing was changed then."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        var dry = args.Contains("--dry-run");
        args = [.. args.Where(a => a != "--dry-run")];
        if (args is not [("export" or "import") and var what, var path, ..] || path.StartsWith('-'))
        {
            throw new Refusal("Say “export” or “import” and name the file. “complaints help settings” says more.");
        }

        return what == "export" ? await ExportAsync(path, args[2..]) : await ImportAsync(path, args[2..], dry);
    }

    private static async Task<int> ExportAsync(string path, string[] rest)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new Refusal("The file cannot go to {0}: there is no such folder.", Path.GetFullPath(path));
        }

        await using var app = RunCommand.Build(rest);
        await using var scope = app.Services.CreateAsyncScope();
        var text = ConfigurationFile.Write(await Snapshot.ReadAsync(scope.ServiceProvider.GetRequiredService<ComplaintsDb>()));
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false));
        Console.WriteLine($"exported to {Path.GetFullPath(path)}");
        return 0;
    }

    private static async Task<int> ImportAsync(string path, string[] rest, bool dry)
    {
        if (!File.Exists(path))
        {
            throw new Refusal("There is no file {0}. Check the name and the folder you are in.", Path.GetFullPath(path));
        }

        if (new FileInfo(path).Length > ConfigurationFile.MostBytes)
        {
            throw new Refusal(
                "The file is larger than {0} MB. Settings never are; choose the right file.",
                ConfigurationFile.MostBytes / 1024 / 1024
            );
        }

        await using var content = File.OpenRead(path);
        var file = ConfigurationFile.Read(await WholeFileController.TextAsync(content));
        await using var app = RunCommand.Build(rest);
        using var alone = Alone(app.Services);
        await app.PrepareAsync();
        app.Services.GetRequiredService<WhoChanges>().AtTheCommandLine = true;
        await using var scope = app.Services.CreateAsyncScope();
        var importing = scope.ServiceProvider.GetRequiredService<Importing>();
        Tell(dry ? await importing.CompareAsync(file) : await importing.ApplyAsync(file, Actor.System), dry);
        return 0;
    }

    private static IDisposable? Alone(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<ServerLock>().Take();
        }
        catch (Refusal)
        {
            throw new Refusal("A server is running on this data. Import on its page /settings/file instead, or stop the server first.");
        }
    }

    private static void Tell(Difference difference, bool dry)
    {
        static string Said(string? kept) => kept is null ? "nothing" : KeptSentence.Read(kept).ToString();
        foreach (var line in difference.All)
        {
            Console.WriteLine($"{Tongue.Name(Tongue.English, line.Act)} {line.Section}: {line.Key}");
            foreach (var field in line.Act == ChangeAct.Changed ? line.Fields : [])
            {
                Console.WriteLine($"  {Said(field.Label)}: {Said(field.Before)} -> {Said(field.After)}");
            }
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(dry ? "would change" : "changed")} {difference.All.Count}, left alone {difference.Left.Count}"
            )
        );
    }
}
