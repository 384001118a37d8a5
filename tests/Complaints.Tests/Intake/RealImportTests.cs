using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Intake;

/// <summary>The US consumer bureau's complaints of the first quarter of 2015, where somebody has put the file.</summary>
public sealed class RealImportTests
{
    [RealFile]
    public async Task All_rows_of_the_real_file_come_in_with_right_dates_codes_and_states()
    {
        await using var house = await TestHouse.OpenAsync("sqlite");
        var id = await house.WithAsync(
            async (db, s) =>
            {
                var start = s.GetRequiredService<ImportStart>();
                await using var content = File.OpenRead(RealFileAttribute.Path!);
                var unit = await db.Units.Where(u => u.Name == "Group").Select(u => u.Id).SingleAsync();
                var job = await start.NewAsync(content, "cfpb.csv", null, unit, house.Now);
                await start.StartAsync(job, ImportPlan.Read(job.Mapping));
                return job.Id;
            }
        );
        await house.AskAsync<Importer, int>(async i =>
        {
            await i.RunAsync(id, Actor.System, null, CancellationToken.None);
            return 0;
        });
        await house.WithAsync(
            async (db, _) =>
            {
                var job = await db.ImportJobs.SingleAsync(j => j.Id == id);
                Assert.Equal((28_156, 0, 0), (job.Imported, job.Refused, job.AlreadyThere));
                Assert.Equal(25_114, await db.Complaints.CountAsync(c => c.State == State.Closed));
                Assert.Equal(2_690 + 352, await db.Complaints.CountAsync(c => c.Historic && c.IsOpen && c.NextActionAt == null));
                var one = await db
                    .Complaints.Include(c => c.Customer)
                    .SingleAsync(c => db.Set<ImportedRow>().Any(r => r.ComplaintId == c.Id && r.SourceKey == "cfpb:1290564"));
                Assert.Equal(("02127", "Consumer, ZIP 02127 (MA)"), (one.Customer.PostalCode, one.Customer.Name));
                Assert.Equal("2015-03-19", one.ReceivedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                Assert.StartsWith("C-15-", one.Reference, StringComparison.Ordinal);
                Assert.Contains("Timely response?: Yes", one.WhatHappened, StringComparison.Ordinal);
                var category = await db.Categories.SingleAsync(c => c.Id == one.CategoryId);
                Assert.Equal("FHA mortgage", category.Name);
                Assert.Equal("Mortgage", (await db.Categories.SingleAsync(c => c.Id == category.ParentId)).Name);
                Assert.Equal(0, await db.Customers.CountAsync(c => c.PostalCode != null && c.PostalCode.Length < 5));
                Assert.Equal(0, await db.Clocks.CountAsync());
            }
        );
    }
}

/// <summary>Runs where <c>COMPLAINTS_TEST_CFPB</c> names the file or it lies in <c>../shared/data</c> beside the repository; else shown as skipped.</summary>
public sealed class RealFileAttribute : FactAttribute
{
    public RealFileAttribute()
    {
        if (Path is null)
        {
            Skip = "The real file cfpb_2015q1.csv is not here: set COMPLAINTS_TEST_CFPB to its path.";
        }
    }

    internal static string? Path { get; } = Found();

    private static string? Found()
    {
        var beside = System.IO.Path.Combine(Repository.Root, "..", "shared", "data", "cfpb_2015q1.csv");
        return new[] { Environment.GetEnvironmentVariable("COMPLAINTS_TEST_CFPB"), beside }.FirstOrDefault(p => File.Exists(p));
    }
}
