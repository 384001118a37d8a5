using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Benchmarks;

/// <summary>How the database finds what a statement asks for, in its own words.</summary>
public static class Plan
{
    /// <summary>The plan of a statement that ran, with the values it ran with.</summary>
    public static async Task<string> OfAsync(ComplaintsDb db, string text, IReadOnlyList<(string Name, object? Value)> with)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = (db.IsSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text;
        foreach (var (name, value) in with)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add("    " + reader.GetString(db.IsSqlite ? 3 : 0));
        }

        return string.Join('\n', lines);
    }
}
