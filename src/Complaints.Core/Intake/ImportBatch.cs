using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Writes complaints of one import.</summary>
internal sealed class ImportBatch(ComplaintsDb db, ImportRows rows, Actor actor, string source, long jobId) : ImportRun(db, jobId)
{
    private Dictionary<(long? Parent, string Name), long>? _categories;

    /// <summary>Those of the keys that were imported before.</summary>
    internal static async Task<HashSet<string>> KnownAsync(ComplaintsDb db, IReadOnlyList<string> keys, CancellationToken cancel) =>
        [.. await db.ImportedRows.Where(r => keys.Contains(r.SourceKey)).Select(r => r.SourceKey).ToListAsync(cancel)];

    /// <inheritdoc />
    protected override async Task<int> TakeAsync(
        ImportLine[] lines,
        Action<ImportLine, Sentence> refuse,
        DateTime now,
        CancellationToken cancel
    )
    {
        var understood = new List<(ImportLine Line, ImportRow Row)>();
        foreach (var line in lines)
        {
            try
            {
                understood.Add((line, rows.Read(line, now)));
            }
            catch (Refusal why)
            {
                refuse(line, why.Sentence);
            }
        }

        var known = await KnownAsync(Db, [.. understood.Select(u => u.Row.SourceKey)], cancel);
        var fresh = understood.Where(u => known.Add(u.Row.SourceKey)).ToList();
        await AddAsync(fresh, refuse, now, cancel);
        return understood.Count - fresh.Count;
    }

    /// <inheritdoc />
    protected override void Forget() => _categories = null;

    private async Task AddAsync(
        List<(ImportLine Line, ImportRow Row)> fresh,
        Action<ImportLine, Sentence> refuse,
        DateTime now,
        CancellationToken cancel
    )
    {
        var customers = await CustomersAsync(fresh.ConvertAll(f => f.Row), cancel);
        var references = new Dictionary<int, Queue<string>>();
        foreach (var year in fresh.GroupBy(f => f.Row.ReceivedAt.Year))
        {
            references[year.Key] = new Queue<string>(await References.AllocateAsync(Db, year.Key, year.Count(), cancel));
        }

        foreach (var (line, row) in fresh)
        {
            try
            {
                var complaint = Complaint.Import(
                    new ImportFacts
                    {
                        Customer = CustomerOf(row, customers, now),
                        Channel = row.Channel,
                        ReceivedAt = row.ReceivedAt,
                        ClosedAt = row.ClosedAt,
                        WhatHappened = row.WhatHappened,
                        Summary = row.Summary,
                        DesiredOutcome = row.Wanted,
                        UnitId = row.UnitId,
                        CategoryId = await CategoryAsync(row.Category, cancel),
                        Severity = row.Severity,
                        Solution = row.ClosedAt is null ? null : row.Status,
                        Remedy = row.ClosedAt is null ? null : row.Remedy,
                        Source = row.Source,
                        SourceName = source,
                    },
                    references[row.ReceivedAt.Year].Dequeue(),
                    actor,
                    now
                );
                Db.ImportedRows.Add(
                    new ImportedRow
                    {
                        SourceKey = row.SourceKey,
                        JobId = JobId,
                        Complaint = complaint,
                    }
                );
            }
            catch (Refusal why)
            {
                refuse(line, why.Sentence);
            }
        }
    }

    // A mail address or phone number that is known tells who it is. A name alone does not: two people may share it.
    private async Task<Dictionary<string, Customer>> CustomersAsync(List<ImportRow> batch, CancellationToken cancel)
    {
        var points = batch.SelectMany(Points).Select(p => p.Normalised).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (points.Count == 0)
        {
            return [];
        }

        var found = await Db
            .ContactPoints.Where(p => points.Contains(p.Normalised))
            .Where(p => Db.Set<Customer>().Any(c => c.Id == p.CustomerId && c.MergedIntoId == null))
            .OrderByDescending(p => p.Id)
            .Select(p => new
            {
                p.Kind,
                p.Normalised,
                p.CustomerId,
            })
            .ToListAsync(cancel);
        var ids = found.Select(f => f.CustomerId).Distinct().ToList();
        var people = await Db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var known = new Dictionary<string, Customer>(StringComparer.Ordinal);
        foreach (var point in found)
        {
            known[$"{point.Kind}:{point.Normalised}"] = people[point.CustomerId];
        }

        return known;
    }

    private static Customer CustomerOf(ImportRow row, Dictionary<string, Customer> known, DateTime now)
    {
        var points = Points(row).ToList();
        if (points.Select(p => known.GetValueOrDefault($"{p.Kind}:{p.Normalised}")).FirstOrDefault(c => c is not null) is { } customer)
        {
            return customer;
        }

        customer = new Customer
        {
            Name = row.CustomerName,
            PostalCode = row.PostalCode,
            Language = row.CustomerName.Any(c => c is >= '\u4e00' and <= '\u9fff') ? Tongue.Chinese : Tongue.English,
            CreatedAt = now,
        };
        foreach (var point in points)
        {
            customer.ContactPoints.Add(point);
            known[$"{point.Kind}:{point.Normalised}"] = customer;
        }

        return customer;
    }

    private static IEnumerable<ContactPoint> Points(ImportRow row)
    {
        foreach (var (kind, value) in new[] { (ContactKind.Mail, row.Mail), (ContactKind.Phone, row.Phone) })
        {
            if (value is not null)
            {
                yield return new ContactPoint
                {
                    Kind = kind,
                    Value = value,
                    Normalised = Matching.Normalise(kind, value),
                };
            }
        }
    }

    /// <summary>The category at the end of the path; what is missing of the tree is made. Names match without case, in either language.</summary>
    private async Task<long?> CategoryAsync(IReadOnlyList<string> path, CancellationToken cancel)
    {
        _categories ??= await CategoriesAsync(cancel);
        long? at = null;
        foreach (var name in path)
        {
            var key = (at, name.ToLowerInvariant());
            if (!_categories.TryGetValue(key, out var id))
            {
                var made = new Category { ParentId = at, Name = name };
                Db.Categories.Add(made);
                await DeadlineBooks.Turn(Db);
                Db.ChangeTracker.DetectChanges();
                await Db.SaveChangesAsync(cancel);
                _categories[key] = id = made.Id;
            }

            at = id;
        }

        return at;
    }

    private async Task<Dictionary<(long? Parent, string Name), long>> CategoriesAsync(CancellationToken cancel)
    {
        var known = new Dictionary<(long?, string), long>();
        foreach (var category in await Db.Categories.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancel))
        {
            known.TryAdd((category.ParentId, category.Name.ToLowerInvariant()), category.Id);
            if (category.NameZh is { Length: > 0 } chinese)
            {
                known.TryAdd((category.ParentId, chinese.ToLowerInvariant()), category.Id);
            }
        }

        return known;
    }
}
