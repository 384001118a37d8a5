using Complaints.Web.SignIn;

namespace Complaints.Web.Operation;

/// <summary>The command line: the first word that is neither an option nor its value names the command; none at all means <c>run</c>.</summary>
public static class Commands
{
    private static readonly Command[] _all =
    [
        new RunCommand(),
        new MigrateCommand(),
        new ImportCommand(),
        new VerifyCommand(),
        new ReindexCommand(),
        new DueCommand(),
        new ElapsedCommand(),
        new MailCommand(),
        new SettingsCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new InviteCommand(),
        new ResetCommand(),
    ];

    /// <summary>Runs what <paramref name="args"/> ask for; the exit code: 0 done, 1 refused, 2 not understood.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (name, before, after) = CommandLine.Split(args);
        if (name == "help" || args.Contains("--help") || args.Contains("-h"))
        {
            return await HelpAsync(name == "help" ? CommandLine.Split(after).Word : name);
        }

        name ??= "run";
        if (Array.Find(_all, c => c.Name == name) is not { } command)
        {
            return await UnknownAsync(name);
        }

        try
        {
            return await command.RunAsync([.. after, .. before]);
        }
        catch (Exception trouble) when (Faults.SentenceOf(trouble) is { } refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static async Task<int> UnknownAsync(string name)
    {
        await Console.Error.WriteLineAsync($"There is no command “{name}”. “complaints help” lists them.");
        return 2;
    }

    private static async Task<int> HelpAsync(string? about)
    {
        if (about is not null)
        {
            if (Array.Find(_all, c => c.Name == about) is not { } one)
            {
                return await UnknownAsync(about);
            }

            Console.WriteLine(one.Usage);
            return 0;
        }

        Console.WriteLine("complaints COMMAND [options]      (“complaints help COMMAND” says more)\n");
        foreach (var command in _all)
        {
            Console.WriteLine($"  {command.Name, -10} {command.Does}");
        }

        return 0;
    }
}

/// <summary>One command of the command line.</summary>
/// <param name="Name">The word that names it.</param>
/// <param name="Does">One line for the list.</param>
/// <param name="Usage">Everything about it.</param>
public abstract record Command(string Name, string Does, string Usage)
{
    /// <summary>Does it; the exit code.</summary>
    public abstract Task<int> RunAsync(string[] args);
}
