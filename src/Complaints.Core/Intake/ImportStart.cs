using System.Security.Cryptography;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Takes a file in and makes the job of importing it, with the columns last chosen for such a file or guessed.</summary>
public sealed class ImportStart(ComplaintsDb db, ImportFolder folder)
{
    /// <summary>Stores the file and makes the job; it waits for its columns to be confirmed.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">As its owner calls it.</param>
    /// <param name="staffId">Who brings it; null from the command line.</param>
    /// <param name="unitId">The unit complaints go to unless a column names one.</param>
    /// <param name="now">UTC.</param>
    /// <param name="encoding">Null: found out.</param>
    /// <param name="what">What its rows are.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal">The file cannot be read as a table.</exception>
    public async Task<ImportJob> NewAsync(
        Stream content,
        string fileName,
        long? staffId,
        long unitId,
        DateTime now,
        string? encoding = null,
        ImportWhat what = ImportWhat.Complaints,
        CancellationToken cancel = default
    )
    {
        var arriving = folder.Of(Guid.NewGuid().ToString("N"));
        try
        {
            var sha256 = await StoreAsync(content, arriving, cancel);
            var known = encoding ?? ImportFile.EncodingOf(arriving);
            var separator = ImportFile.SeparatorOf(arriving, known);
            List<string> header;
            using (var file = ImportFile.Open(arriving, known, separator))
            {
                header = [.. file.Header];
            }

            var plan = await PlanAsync(header, known, separator, unitId, what, cancel);
            var job = new ImportJob
            {
                FileName = fileName.Length <= 200 ? fileName : fileName[^200..],
                Sha256 = sha256,
                StaffId = staffId,
                CreatedAt = now,
                Mapping = plan.Write(),
                Total = ImportFile.CountRows(arriving, plan),
            };
            if (job.Total == 0)
            {
                throw new Refusal("The file has a header and no rows.");
            }

            File.Move(arriving, folder.Of(sha256), overwrite: true);
            db.ImportJobs.Add(job);
            await db.SaveChangesAsync(cancel);
            return job;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    /// <summary>Starts it with that plan, which is remembered for the next file with the same columns.</summary>
    /// <exception cref="Refusal">The plan cannot work, or it was started already.</exception>
    public async Task StartAsync(ImportJob job, ImportPlan plan, CancellationToken cancel = default)
    {
        if (job.State != ImportState.Mapping)
        {
            throw new Refusal("This import was started already.");
        }

        plan.Check(plan.Header);
        job.Mapping = plan.Write();
        job.State = ImportState.Waiting;
        var header = ImportGuess.HeaderHash(plan.Header, plan.What);
        var remembered = await db.RememberedMappings.FindAsync([header], cancel);
        if (remembered is null)
        {
            db.RememberedMappings.Add(new RememberedMapping { Header = header, Mapping = job.Mapping });
        }
        else
        {
            remembered.Mapping = job.Mapping;
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Throws away a job that was never started, and its file.</summary>
    public async Task DiscardAsync(ImportJob job)
    {
        if (job.State != ImportState.Mapping)
        {
            throw new Refusal("This import was started already.");
        }

        db.Remove(job);
        await db.SaveChangesAsync();
        if (!await db.ImportJobs.AnyAsync(j => j.Sha256 == job.Sha256))
        {
            File.Delete(folder.Of(job.Sha256));
        }
    }

    private async Task<ImportPlan> PlanAsync(
        List<string> header,
        string encoding,
        char separator,
        long unitId,
        ImportWhat what,
        CancellationToken cancel
    )
    {
        var guessed = ImportGuess.Plan(header, encoding, separator, unitId, what);
        var remembered = await db.RememberedMappings.FindAsync([ImportGuess.HeaderHash(header, what)], cancel);
        return remembered is null
            ? guessed
            : ImportPlan.Read(remembered.Mapping) with
            {
                Encoding = encoding,
                Separator = separator,
                Header = header,
                UnitId = unitId,
            };
    }

    private static async Task<string> StoreAsync(Stream content, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        var buffer = new byte[1 << 16];
        for (int got; (got = await content.ReadAsync(buffer, cancel)) > 0; )
        {
            hash.AppendData(buffer, 0, got);
            await file.WriteAsync(buffer.AsMemory(0, got), cancel);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
