using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Complaints.Migrations.Design;

/// <summary>
/// Makes the context for <c>dotnet ef</c>; the provider is the argument after <c>--</c>: <c>sqlite</c> or <c>postgres</c>.
/// </summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<ComplaintsDb>
{
    /// <inheritdoc />
    public ComplaintsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ComplaintsDb>();
        if (args.Contains("postgres"))
        {
            options.UseNpgsql("Host=nowhere", o => o.MigrationsAssembly("Complaints.Migrations.Postgres"));
        }
        else
        {
            options.UseSqlite("Data Source=nowhere.db", o => o.MigrationsAssembly("Complaints.Migrations.Sqlite"));
        }

        return new ComplaintsDb(options.Options, new WriteGate(oneAtATime: false));
    }

    private static void Main() => Console.WriteLine("This project only serves dotnet ef; see src/README.md.");
}
