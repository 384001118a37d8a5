using System.Data.Common;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Failure;

/// <summary>A disk that a test fills and empties: SQLite may not grow by one page while it is full.</summary>
internal sealed class SmallDisk : DbConnectionInterceptor
{
    /// <summary>True while there is no room.</summary>
    public bool Full { get; set; }

    public void Under(IServiceCollection services) => services.ConfigureDbContext<ComplaintsDb>(o => o.AddInterceptors(this));

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Limit(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Limit(connection);
        return Task.CompletedTask;
    }

    private void Limit(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000000"; // never below what is used
        command.ExecuteNonQuery();
    }
}
