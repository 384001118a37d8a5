using System.Reflection;
using Xunit.Sdk;

namespace Complaints.Tests.World;

/// <summary>Runs the theory on a SQLite file. The parameter is the database's name.</summary>
public sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            ["sqlite"],
        ];
}

/// <summary>Runs the theory on PostgreSQL; skipped, and shown as skipped, where tests/run could not start one.</summary>
public sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute()
    {
        if (TestDatabases.Postgres is null)
        {
            Skip = "No PostgreSQL here: COMPLAINTS_TEST_POSTGRES is not set (tests/run sets it).";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            ["postgres"],
        ];
}
