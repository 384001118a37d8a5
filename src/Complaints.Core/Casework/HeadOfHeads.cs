using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Once a day the heads of all timelines are put under one signature in a file outside the database, so that a timeline
/// that was cut off together with its complaint's head, or a complaint that was deleted, shows too.
/// </summary>
public sealed class HeadOfHeads(ComplaintsDb db, Keys keys, string folder)
{
    private const string FileName = "timeline-heads.log";

    /// <summary>The file: one line a day of date, highest complaint id, number of complaints and of entries, signature.</summary>
    public string Path => System.IO.Path.Combine(folder, FileName);

    /// <summary>Writes today's line when it is not there yet. Doing it twice does no harm.</summary>
    public async Task WriteAsync(DateTime now, CancellationToken cancel = default)
    {
        var day = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Lines().LastOrDefault()?.Day == day)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var last = await db.Complaints.MaxAsync(c => (long?)c.Id, cancel) ?? 0;
        var until = now.AddHours(-1); // what is being written at this moment, on whichever node, stays out
        var (complaints, entries) = await CountAsync(last, until, cancel);
        var line = string.Create(CultureInfo.InvariantCulture, $"{day} {until:O} {last} {complaints} {entries}");
        await File.AppendAllTextAsync(Path, $"{line} {Sign(line)}\n", cancel);
    }

    /// <summary>
    /// Compares the newest line with the database: complaints and entries only ever grow in number. Null when all is
    /// well or nothing was written yet; otherwise the day whose line no longer fits.
    /// </summary>
    public async Task<string?> FirstMismatchAsync(CancellationToken cancel = default)
    {
        foreach (var line in Lines())
        {
            if (line.Signature != Sign(line.Signed))
            {
                return line.Day;
            }
        }

        if (Lines().LastOrDefault() is { } newest)
        {
            var (complaints, entries) = await CountAsync(newest.Last, newest.At, cancel);
            return complaints == newest.Complaints && entries == newest.Entries ? null : newest.Day;
        }

        return null;
    }

    private async Task<(int Complaints, string Entries)> CountAsync(long last, DateTime until, CancellationToken cancel)
    {
        var complaints = await db.Complaints.CountAsync(c => c.Id <= last, cancel);

        // Every entry up to the moment, in order: the hash of hashes. Streamed, so that memory does not grow.
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hashes = db
            .Timeline.AsNoTracking()
            .Where(e => e.ComplaintId <= last && e.At <= until)
            .OrderBy(e => e.ComplaintId)
            .ThenBy(e => e.Seq)
            .Select(e => e.Hash)
            .AsAsyncEnumerable();
        await foreach (var hash in hashes.WithCancellation(cancel))
        {
            sum.AppendData(Encoding.ASCII.GetBytes(hash));
        }

        return (complaints, Convert.ToHexStringLower(sum.GetHashAndReset()));
    }

    private IEnumerable<Line> Lines() =>
        File.Exists(Path)
            ? File.ReadLines(Path)
                .Select(l => l.Split(' '))
                .Select(p =>
                    p.Length == 6
                        ? new Line(
                            p[0],
                            DateTime.Parse(p[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                            long.Parse(p[2], CultureInfo.InvariantCulture),
                            int.Parse(p[3], CultureInfo.InvariantCulture),
                            p[4],
                            p[5],
                            string.Join(' ', p[..5])
                        )
                        : new Line(p[0], default, 0, 0, "", "", "damaged")
                )
            : [];

    private string Sign(string line) => TimelineSeal.Sign(keys.Timeline, "heads\n" + line);

    private sealed record Line(string Day, DateTime At, long Last, int Complaints, string Entries, string Signature, string Signed);
}
