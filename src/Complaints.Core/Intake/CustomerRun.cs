using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// Writes customers of one import. Whoever is known by their number, else by a contact point, is brought up to date instead
/// of made again, so that running a file twice changes nothing.
/// </summary>
internal sealed class CustomerRun(ComplaintsDb db, CustomerRows rows, long jobId) : ImportRun(db, jobId)
{
    private Dictionary<string, Customer> _numbers = [];
    private Dictionary<(ContactKind, string), Customer> _points = [];

    /// <inheritdoc />
    protected override async Task<int> TakeAsync(
        ImportLine[] lines,
        Action<ImportLine, Sentence> refuse,
        DateTime now,
        CancellationToken cancel
    )
    {
        Db.ChangeTracker.AutoDetectChangesEnabled = true; // here known ones change
        return await UnderstandAsync(lines, refuse, now, cancel);
    }

    /// <summary>The dry run of some rows: as if they were taken; nothing is saved. Call with an empty change tracker, and empty it at the end.</summary>
    /// <returns>How many were there already.</returns>
    internal Task<int> TryAsync(ImportLine[] lines, Action<ImportLine, Sentence> refuse, DateTime now, CancellationToken cancel) =>
        UnderstandAsync(lines, refuse, now, cancel);

    private async Task<int> UnderstandAsync(ImportLine[] lines, Action<ImportLine, Sentence> refuse, DateTime now, CancellationToken cancel)
    {
        var understood = new List<(ImportLine Line, CustomerRow Row)>();
        foreach (var line in lines)
        {
            try
            {
                understood.Add((line, rows.Read(line)));
            }
            catch (Refusal why)
            {
                refuse(line, why.Sentence);
            }
        }

        await LookUpAsync(understood.ConvertAll(u => u.Row), cancel);
        var there = 0;
        foreach (var (line, row) in understood)
        {
            try
            {
                there += Take(row, now) ? 1 : 0;
            }
            catch (Refusal why)
            {
                refuse(line, why.Sentence);
            }
        }

        return there;
    }

    private async Task LookUpAsync(List<CustomerRow> all, CancellationToken cancel)
    {
        var numbers = all.Select(r => r.Number).OfType<string>().Distinct().ToList();
        var points = all.SelectMany(r => r.Points).Select(p => p.Normalised).Distinct().ToList();
        var ids = await Db
            .Customers.Where(c =>
                (c.ExternalNumber != null && numbers.Contains(c.ExternalNumber))
                || (c.MergedIntoId == null && c.ContactPoints.Any(p => points.Contains(p.Normalised)))
            )
            .Select(c => new { c.Id, c.ExternalNumber })
            .ToListAsync(cancel);
        var survivors = (await Merged.SurvivorsAsync(Db, ids.ConvertAll(i => i.Id), cancel)).ToList();
        var known = await Db
            .Customers.Include(c => c.ContactPoints)
            .Where(c => survivors.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancel);
        _numbers = [];
        foreach (var found in ids.Where(i => i.ExternalNumber is not null))
        {
            _numbers[found.ExternalNumber!] = known[(await Merged.SurvivorAsync(Db, found.Id, cancel))!.Value];
        }

        _points = [];
        foreach (var customer in known.Values.OrderByDescending(c => c.Id))
        {
            customer.ContactPoints.ForEach(p => _points[(p.Kind, p.Normalised)] = customer);
        }
    }

    /// <returns>True when the customer was known.</returns>
    private bool Take(CustomerRow row, DateTime now)
    {
        var owners = row.Points.Select(p => _points.GetValueOrDefault((p.Kind, p.Normalised))).OfType<Customer>().Distinct().ToList();
        if (row.Number is not null && _numbers.TryGetValue(row.Number, out var numbered))
        {
            if (owners.Find(o => o != numbered) is { } other)
            {
                throw new Refusal(
                    "The row is {0}'s by its number, and {1} has its phone, mail address or handle. Correct the row, or merge the two first.",
                    numbered.Name,
                    other.Name
                );
            }

            Update(numbered, row);
            return true;
        }

        if (owners.Count > 1)
        {
            throw new Refusal(
                "{0} and {1} both have contact points of this row. Correct the row, or merge the two first.",
                owners[0].Name,
                owners[1].Name
            );
        }

        if (owners.Count == 1)
        {
            Complete(owners[0], row);
            return true;
        }

        Keep(New(row, now), row);
        return false;
    }

    private Customer New(CustomerRow row, DateTime now)
    {
        var customer = new Customer
        {
            Name = row.Name,
            Kind = row.Kind ?? CustomerKind.Consumer,
            Tier = row.Tier ?? Tier.Brass,
            Language = row.Language ?? (row.Name.Any(c => c is >= '\u4e00' and <= '\u9fff') ? Tongue.Chinese : Tongue.English),
            PreferredChannel = row.Channel ?? Channel.Phone,
            ContactPerson = row.ContactPerson,
            ExternalNumber = row.Number,
            PostalCode = row.PostalCode,
            TimeZone = row.TimeZone,
            Notes = row.Notes,
            CreatedAt = now,
        };
        Db.Customers.Add(customer);
        return customer;
    }

    /// <summary>Known by the number: the file's word stands, where it says something. The tier stays: changing it needs a reason.</summary>
    private void Update(Customer customer, CustomerRow row)
    {
        customer.Name = row.Name;
        customer.Kind = row.Kind ?? customer.Kind;
        customer.Language = row.Language ?? customer.Language;
        customer.PreferredChannel = row.Channel ?? customer.PreferredChannel;
        customer.ContactPerson = row.ContactPerson ?? customer.ContactPerson;
        customer.PostalCode = row.PostalCode ?? customer.PostalCode;
        customer.TimeZone = row.TimeZone ?? customer.TimeZone;
        customer.Notes = row.Notes ?? customer.Notes;
        Keep(customer, row);
    }

    /// <summary>Known by a contact point alone: only what is not known yet is filled in.</summary>
    private void Complete(Customer customer, CustomerRow row)
    {
        if (!Matching.NameFits(customer.Name, row.Name))
        {
            throw new Refusal(
                "{0} has that phone, mail address or handle here, and the row says {1}. Correct the row, or add the number to the profile first.",
                customer.Name,
                row.Name
            );
        }

        if (row.Number is not null && customer.ExternalNumber is not null && customer.ExternalNumber != row.Number)
        {
            throw new Refusal(
                "{0} has the number {1} here, and the row says {2}. Correct one of them.",
                customer.Name,
                customer.ExternalNumber,
                row.Number
            );
        }

        customer.ExternalNumber ??= row.Number;
        customer.ContactPerson ??= row.ContactPerson;
        customer.PostalCode ??= row.PostalCode;
        customer.TimeZone ??= row.TimeZone;
        customer.Notes ??= row.Notes;
        Keep(customer, row);
    }

    private void Keep(Customer customer, CustomerRow row)
    {
        if (row.Number is not null)
        {
            _numbers[row.Number] = customer;
        }

        foreach (var point in row.Points)
        {
            if (!customer.ContactPoints.Exists(p => p.Kind == point.Kind && p.Normalised == point.Normalised))
            {
                customer.ContactPoints.Add(point);
            }

            _points[(point.Kind, point.Normalised)] = customer;
        }
    }
}
