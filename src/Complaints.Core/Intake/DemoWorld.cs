using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// Fills an empty database with the demo world, relative to now: units, staff with faces, customers, and complaints that
/// lived through the real verbs, so that clocks and timelines are true.
/// </summary>
public sealed class DemoWorld(ComplaintsDb db, DeadlineBooks books)
{
    /// <summary>Setting that marks a database as made for the demo; its value is the UTC time of the first start.</summary>
    public const string Marker = "demo.created";

    private readonly Dictionary<string, Unit> _units = [];
    private readonly Dictionary<string, StaffMember> _staff = [];
    private readonly Dictionary<string, Customer> _customers = [];

    /// <summary>Loads it; everything is there when this returns, or nothing.</summary>
    /// <param name="now">UTC time of the first start.</param>
    public Task LoadAsync(DateTime now) =>
        db.InTransactionAsync(async () =>
        {
            var seed = SeedFile.Read<DemoSeed>("Intake", "demo");
            AddSettings(seed, now);
            await AddUnitsAsync(seed.Units);
            AddStaff(seed.Staff);
            AddCustomers(seed.Customers, now);
            await DeadlineBooks.Turn(db);
            await db.SaveChangesAsync();
            await DemoProfile.AddAsync(db, _customers, now);
            await AddComplaintsAsync(seed.Complaints, now);
        });

    private void AddSettings(DemoSeed seed, DateTime now) =>
        db.Settings.AddRange(
            new Setting { Name = Marker, Value = now.ToString("O", CultureInfo.InvariantCulture) },
            new Setting { Name = Words.House.NameSetting, Value = seed.Organisation.Name },
            new Setting { Name = Words.House.NameZhSetting, Value = seed.Organisation.NameZh },
            new Setting { Name = Words.House.CurrencySetting, Value = seed.Organisation.Currency },
            new Setting { Name = Words.House.ZoneSetting, Value = "Europe/London" }
        );

    private async Task AddUnitsAsync(List<DemoUnit> units)
    {
        var calendars = await db.Calendars.ToDictionaryAsync(c => c.Key ?? c.Name, c => c.Id);
        var regimes = await db.Regimes.ToDictionaryAsync(r => r.Key, r => r.Id);
        foreach (var u in units)
        {
            var parent = u.Parent is null ? null : _units[u.Parent];
            var unit = new Unit
            {
                Name = u.Name,
                NameZh = u.NameZh,
                ParentId = parent?.Id,
                CalendarId = calendars[u.Calendar],
            };
            db.Units.Add(unit);
            await db.SaveChangesAsync(); // the path holds the id
            unit.Path = string.Create(CultureInfo.InvariantCulture, $"{parent?.Path ?? "/"}{unit.Id}/");
            _units[u.Key] = unit;
            db.RegimeAttachments.AddRange(u.Regimes.Select(r => new RegimeAttachment { RegimeId = regimes[r], UnitId = unit.Id }));
        }
    }

    private void AddStaff(List<DemoPerson> people)
    {
        foreach (var p in people)
        {
            var member = new StaffMember
            {
                Name = p.Name,
                Role = p.Role,
                Seat = p.Seat ?? Seat.Senior,
                Unit = _units[p.Unit],
                Language = p.Language,
                Email = p.Email,
                NormalizedEmail = p.Email.ToUpperInvariant(),
                UserName = p.Email,
                NormalizedUserName = p.Email.ToUpperInvariant(),
                EmailConfirmed = true,
                SecurityStamp = Guid.NewGuid().ToString("N"), // and no password: in the demo one comes in by a face
                LockoutEnabled = true,
                AlwaysPresent = true, // a visitor may come at any hour
                DemoFace = p.Face,
            };
            _staff[p.Key] = member;
            db.Staff.Add(member);
        }
    }

    private void AddCustomers(List<DemoCustomer> customers, DateTime now)
    {
        foreach (var c in customers)
        {
            var customer = new Customer
            {
                Name = c.Organisation ?? c.Name,
                ContactPerson = c.Organisation is null ? null : c.Name,
                Kind = c.Kind,
                Tier = c.Tier,
                Language = c.Language,
                PreferredChannel = c.Channel,
                Notes = c.Notes is { Length: > 0 } notes ? notes : null,
                CreatedAt = now.AddDays(-400),
            };
            customer.ContactPoints.AddRange([
                .. c.Emails.Select(v => Point(ContactKind.Mail, v, c.Bounced?.Contains(v) == true ? now.AddDays(-20) : null)),
                .. c.Phones.Select(v => Point(ContactKind.Phone, v, null)),
                .. c.Social.Select(v => Point(ContactKind.Social, v, null)),
            ]);
            _customers[c.Key] = customer;
            db.Customers.Add(customer);
        }
    }

    private static ContactPoint Point(ContactKind kind, string value, DateTime? bouncedAt) =>
        new()
        {
            Kind = kind,
            Value = value,
            Normalised = Matching.Normalise(kind, value),
            BouncedAt = bouncedAt,
        };

    private async Task AddComplaintsAsync(List<DemoComplaint> complaints, DateTime now)
    {
        var life = new DemoLife(
            await books.OpenAsync(db),
            _units,
            _staff.ToDictionary(s => s.Key, s => (s.Value, Actor.Of(s.Value, TimeZoneInfo.Utc))),
            _customers,
            await db.Categories.Where(c => c.Key != null).ToDictionaryAsync(c => c.Key!, c => c.Id),
            await db.RootCauses.Where(c => c.Key != null).ToDictionaryAsync(c => c.Key!, c => c.Id),
            await db.RemedyLimits.ToListAsync(),
            now
        );
        var numbers = new Dictionary<int, ReferenceCounter>();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var lived = new List<(DemoComplaint Seed, Complaint Complaint)>();
        foreach (var (seed, receivedAt, loggedAt) in complaints.Select(c => life.Times(c)).OrderBy(t => t.LoggedAt))
        {
            var year = TimeZoneInfo.ConvertTimeFromUtc(loggedAt, zone).Year;
            if (!numbers.TryGetValue(year, out var counter))
            {
                numbers[year] = counter = new ReferenceCounter { Year = year };
                db.Add(counter);
            }

            var complaint = life.Live(seed, Reference.Of(year, ++counter.Last), receivedAt, loggedAt);
            db.Complaints.Add(complaint);
            lived.Add((seed, complaint));
        }

        await db.SaveChangesAsync();
        await DemoFollowUps.AddAsync(db, lived, now);
    }
}
