using Complaints.Data;
using Complaints.Insight;

namespace Complaints.Web.Operation;

/// <summary>Makes the search's words again.</summary>
public sealed record ReindexCommand()
    : Command(
        "reindex",
        "makes the words of the search again",
        "complaints reindex [--Setting:Name value …]\nReads every complaint and customer anew. Needed only after a restore from elsewhere or when this version says so; the server must not run on the same SQLite file."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        await using var app = RunCommand.Build(args);
        using var alone = app.Services.GetRequiredService<ServerLock>().Take();
        await app.PrepareAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var count = await WordKeeper.RemakeAsync(scope.ServiceProvider.GetRequiredService<ComplaintsDb>(), CancellationToken.None);
        Console.WriteLine($"{count} complaints can be found again.");
        return 0;
    }
}
