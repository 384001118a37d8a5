using Complaints.Data;
using Complaints.Language;

namespace Complaints.Web.Operation;

/// <summary>Where the database is.</summary>
/// <param name="Provider">How to talk to it.</param>
/// <param name="Connection">Connection string; holds the password on PostgreSQL, so it is never logged.</param>
public sealed record DatabaseAddress(IDatabase Provider, string Connection)
{
    /// <summary>What the settings <c>Database:Provider</c> and <c>ConnectionStrings:Complaints</c> name; a file in the data folder by default.</summary>
    /// <exception cref="Refusal">The provider is unknown, or PostgreSQL has no connection string.</exception>
    public static DatabaseAddress From(IConfiguration settings, DataFolder folder)
    {
        var provider = settings["Database:Provider"] ?? "sqlite";
        var connection = settings.GetConnectionString("Complaints");
        return provider.ToLowerInvariant() switch
        {
            "sqlite" => new(
                new Migrations.Sqlite.SqliteDatabase(),
                connection is { Length: > 0 } ? connection : $"Data Source={folder.Of("complaints.db")}"
            ),
            "postgres" or "postgresql" => new(
                new Migrations.Postgres.PostgresDatabase(),
                connection is { Length: > 0 }
                    ? connection
                    : throw new Refusal("ConnectionStrings:Complaints is empty; PostgreSQL needs it.")
            ),
            _ => throw new Refusal("Database:Provider is “{0}”; it may be sqlite or postgres.", provider),
        };
    }

    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => Provider.OneWriter ? Connection : "PostgreSQL";
}
