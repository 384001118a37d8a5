using Complaints.Web.SignIn;

namespace Complaints.Web.Operation;

/// <summary>Serves pages and runs background work.</summary>
public sealed record RunCommand()
    : Command(
        "run",
        "serves pages and runs background work (the default)",
        "complaints run [--urls http://localhost:5080] [--Setting:Name value …]\nSettings are listed in README.md; each can stand in appsettings.json, in an environment variable (Setting__Name) or here."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        using var alone = app.Services.GetRequiredService<ServerLock>().Take();
        app.Services.GetRequiredService<Demo>().Check(app.Configuration); // before anybody can come in
        await using (await Porter.StandAsync(args))
        {
            var first = app.MakeTablesAsync();
            var pages = Task.Run(async () => await app.WarmUpAsync(await first));
            await app.PrepareAsync();
            await pages;
        }

        await app.ServeAsync();
        Console.WriteLine(app.Services.GetRequiredService<Welcome>().Text(app.Urls));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            if (await scope.ServiceProvider.GetRequiredService<Setup>().LineAsync() is { } line)
            {
                Console.WriteLine(line);
            }
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The house, built and not yet open.</summary>
    /// <param name="args">Command line.</param>
    /// <param name="before">What must be registered before the house registers its own; tests put their clock there.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? before = null)
    {
        Complaints.Language.Tongue.Learn(typeof(RunCommand).Assembly); // here, because tests and commands build the house without Program
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ApplicationName = "complaints",
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.WebHost.UseStaticWebAssets(); // see the project file: the assets' root is not this project's folder
        before?.Invoke(builder);
        builder.AddHouse();
        return builder.Build();
    }

    /// <summary>Prepares the database and the pages, and starts serving.</summary>
    public static async Task OpenAsync(WebApplication app)
    {
        await app.PrepareAsync();
        app.UseHouse();
        await app.ServeAsync();
    }
}
