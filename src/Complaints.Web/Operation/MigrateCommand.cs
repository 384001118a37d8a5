namespace Complaints.Web.Operation;

/// <summary>Prepares the database without serving.</summary>
public sealed record MigrateCommand()
    : Command(
        "migrate",
        "prepares or upgrades the database and stops",
        "complaints migrate [--Setting:Name value …]\nBacks up a SQLite file first. A start does the same by itself; as a step of its own it lets several nodes be upgraded one after the other."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        await using var app = RunCommand.Build(args);
        using var alone = app.Services.GetRequiredService<ServerLock>().Take();
        await app.PrepareAsync();
        Console.WriteLine("The database is ready.");
        return 0;
    }
}
