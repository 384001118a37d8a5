using System.Text;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Customers;

/// <summary>One way a customer can be found by typing its beginning.</summary>
public sealed class CustomerKey
{
    public long Id { get; private set; }
    public long CustomerId { get; init; }

    /// <summary>The contact point it comes from; null for the name.</summary>
    public long? ContactPointId { get; init; }

    /// <summary>The contact point it comes from, while that is new.</summary>
    public ContactPoint? ContactPoint { get; init; }

    /// <summary>The customer, while that is new.</summary>
    public Customer? Customer { get; init; }

    /// <summary>
    /// Hexadecimal of the text in UTF-8: every database orders those sixteen characters alike, so that "begins with" is
    /// a range of the index whatever its collation.
    /// </summary>
    public required string Key { get; init; }
}

/// <summary>Which keys a name or contact point is found by. Pure.</summary>
public static class CustomerKeys
{
    private const int LongestText = 60;

    /// <summary>Every word of a name, and every tail of a run without spaces when it is Han: 王芳 is found by 王, 王芳 and 芳.</summary>
    public static IEnumerable<string> OfName(string name)
    {
        var words = Words(Folded(name));
        return words
            .Where(w => w.Length > 0 && w[0] >= 0x3400)
            .SelectMany(w => Enumerable.Range(0, Math.Min(w.Length, 12)).Select(i => w[i..]))
            .Concat(words)
            .Select(w => Encode('n', w))
            .Distinct();
    }

    /// <summary>
    /// A mail address by its beginning; a handle with and without @; a phone by its beginning, with and without country
    /// code, and by its end, because people write the same number in many ways.
    /// </summary>
    public static IEnumerable<string> OfPoint(ContactKind kind, string value, string normalised)
    {
        if (kind != ContactKind.Phone)
        {
            return [Encode(kind == ContactKind.Mail ? 'm' : 's', normalised.TrimStart('@'))];
        }

        var digits = normalised.TrimStart('0');
        var tails =
            value.TrimStart().StartsWith('+') || value.TrimStart().StartsWith("00", StringComparison.Ordinal)
                ? Enumerable.Range(1, 3).Where(n => digits.Length - n >= 5).Select(n => digits[n..])
                : [];
        return tails.Prepend(digits).Where(d => d.Length > 0).Select(d => Encode('p', d)).Append(Encode('r', Reversed(digits))).Distinct();
    }

    /// <summary>What to look for when somebody typed <paramref name="text"/>: customers that have, for one of these lists, a key beginning with each of it.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Sought(string text)
    {
        var folded = Folded(text).Trim();
        string digits = new([.. folded.Where(char.IsAsciiDigit)]); // not normalised: 0011 may be the end of a number
        if (digits.Length >= 3 && !folded.Any(char.IsLetter))
        {
            return [.. Numbers(folded, digits).Distinct().Select(key => new[] { key })];
        }

        if (folded.IndexOf('@', StringComparison.Ordinal) > 0)
        {
            return
            [
                [Encode('m', folded)],
            ];
        }

        var words = Words(folded);
        return words.Length == 0
            ? []
            :
            [
                [.. words.Take(6).Select(w => Encode('n', w))],
                [Encode('m', folded)],
                [Encode('s', folded.TrimStart('@'))],
            ];
    }

    /// <summary>
    /// A number by its beginning, and from four digits on by its end. Leading zeros are a trunk prefix when it is a whole
    /// number and digits like any other when it is its end; an international one may stand in the books without its country.
    /// </summary>
    private static IEnumerable<string> Numbers(string folded, string digits)
    {
        var trimmed = digits.TrimStart('0');
        var withCountry = folded.StartsWith('+') || folded.StartsWith("00", StringComparison.Ordinal);
        return new[] { trimmed }
            .Concat(Enumerable.Range(1, withCountry ? 3 : 0).Where(n => trimmed.Length - n >= 8).Select(n => trimmed[n..].TrimStart('0')))
            .Where(d => d.Length >= 3)
            .Select(d => Encode('p', d))
            .Concat(new[] { digits, trimmed }.Where(d => d.Length >= 4).Select(d => Encode('r', Reversed(d))));
    }

    private static string[] Words(string folded) =>
        folded.Split([' ', '.', ',', '-', '·', '(', ')', '\''], StringSplitOptions.RemoveEmptyEntries);

    private static string Folded(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static string Reversed(string digits) => new([.. digits.Reverse()]);

    private static string Encode(char kind, string text) =>
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(kind + (text.Length > LongestText ? text[..LongestText] : text)));
}

/// <summary>Keeps the keys of customers in step with their names and contact points, whoever changes those.</summary>
public sealed class CustomerKeeper : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = eventData.Context!;
        if (Stale(db) is { } stale)
        {
            db.RemoveRange(await stale.ToListAsync(cancellationToken));
        }

        Add(db);
        return result;
    }

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var db = eventData.Context!;
        if (Stale(db) is { } stale)
        {
            db.RemoveRange(stale.ToList());
        }

        Add(db);
        return result;
    }

    private static IQueryable<CustomerKey>? Stale(DbContext db)
    {
        var names = Renamed(db).Where(e => e.State == EntityState.Modified).Select(e => e.Entity.Id).ToList();
        var points = Rewritten(db).Where(e => e.State == EntityState.Modified).Select(e => e.Entity.Id).ToList();
        return names.Count + points.Count == 0
            ? null
            : db.Set<CustomerKey>()
                .Where(k =>
                    (k.ContactPointId == null && names.Contains(k.CustomerId))
                    || (k.ContactPointId != null && points.Contains(k.ContactPointId.Value))
                );
    }

    private static void Add(DbContext db)
    {
        foreach (var customer in Renamed(db).Select(e => e.Entity).ToList())
        {
            db.AddRange(
                CustomerKeys
                    .OfName(customer.Name + " " + customer.ContactPerson)
                    .Select(key => new CustomerKey
                    {
                        Customer = customer,
                        CustomerId = customer.Id,
                        Key = key,
                    })
            );
        }

        var points = Rewritten(db).Select(e => e.Entity).ToList();
        if (points.Count == 0)
        {
            return;
        }

        var owners = db
            .ChangeTracker.Entries<Customer>()
            .SelectMany(e => e.Entity.ContactPoints.Select(p => (Point: p, Customer: e.Entity)))
            .ToDictionary(p => p.Point, p => p.Customer);
        foreach (var point in points)
        {
            var customer = owners.GetValueOrDefault(point);
            db.AddRange(
                CustomerKeys
                    .OfPoint(point.Kind, point.Value, point.Normalised)
                    .Select(key => new CustomerKey
                    {
                        Customer = customer,
                        CustomerId = customer?.Id ?? point.CustomerId,
                        ContactPoint = point,
                        ContactPointId = point.Id,
                        Key = key,
                    })
            );
        }
    }

    private static IEnumerable<EntityEntry<Customer>> Renamed(DbContext db) =>
        db
            .ChangeTracker.Entries<Customer>()
            .Where(e => Changed(e, e.Property(c => c.Name).IsModified || e.Property(c => c.ContactPerson).IsModified));

    private static IEnumerable<EntityEntry<ContactPoint>> Rewritten(DbContext db) =>
        db.ChangeTracker.Entries<ContactPoint>().Where(e => Changed(e, e.Property(p => p.Normalised).IsModified));

    private static bool Changed(EntityEntry entry, bool modified) =>
        entry.State == EntityState.Added || (entry.State == EntityState.Modified && modified);
}
