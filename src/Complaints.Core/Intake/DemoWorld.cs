using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// Fills an empty database with the demo world, relative to now: units and staff with faces first, so that the door can
/// open; then customers, and complaints that lived through the real verbs, so that clocks and timelines are true.
/// </summary>
public sealed class DemoWorld(ComplaintsDb db, DeadlineBooks books)
{
    /// <summary>Setting that marks a database as made for the demo; its value is the UTC time of the first start.</summary>
    public const string Marker = "demo.created";

    private readonly Dictionary<string, Unit> _units = [];
    private readonly Dictionary<string, Customer> _customers = [];

    /// <summary>Loads the organisation, its units and its staff; all of it is there when this returns, or nothing.</summary>
    /// <param name="now">UTC time of the first start.</param>
    public Task LoadPeopleAsync(DateTime now) =>
        db.InTransactionAsync(async () =>
        {
            var seed = SeedFile.Read<DemoSeed>("Intake", "demo");
            AddSettings(seed, now);
            await AddUnitsAsync(seed.Units);
            AddStaff(seed.Staff);
            await DeadlineBooks.Turn(db);
            await db.SaveChangesAsync();
        });

    /// <summary>Loads customers and complaints, unless they are there; all or nothing, so that a start that was killed is made good by the next.</summary>
    /// <param name="now">UTC time.</param>
    /// <param name="cancel">The program stops; nothing is loaded then.</param>
    public Task LoadComplaintsAsync(DateTime now, CancellationToken cancel = default) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.Set<ReferenceCounter>().AnyAsync(cancel))
                {
                    return;
                }

                var seed = SeedFile.Read<DemoSeed>("Intake", "demo");
                AddCustomers(seed.Customers, now);
                await db.SaveChangesAsync(cancel);
                await DemoProfile.AddAsync(db, _customers, now);
                await AddComplaintsAsync(seed, now);
            },
            cancel
        );

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
        for (
            var level = units.FindAll(u => u.Parent is null);
            level.Count > 0;
            level = units.FindAll(u => level.Exists(p => p.Key == u.Parent))
        )
        {
            foreach (var u in level)
            {
                _units[u.Key] = new Unit
                {
                    Name = u.Name,
                    NameZh = u.NameZh,
                    ParentId = u.Parent is null ? null : _units[u.Parent].Id,
                    CalendarId = calendars[u.Calendar],
                };
            }

            db.Units.AddRange(level.Select(u => _units[u.Key]));
            await db.SaveChangesAsync(); // paths hold the ids
            foreach (var u in level)
            {
                var unit = _units[u.Key];
                unit.Path = string.Create(CultureInfo.InvariantCulture, $"{(u.Parent is null ? "/" : _units[u.Parent].Path)}{unit.Id}/");
                db.RegimeAttachments.AddRange(u.Regimes.Select(r => new RegimeAttachment { RegimeId = regimes[r], UnitId = unit.Id }));
            }
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

    private async Task AddComplaintsAsync(DemoSeed seeds, DateTime now)
    {
        var units = await db.Units.ToDictionaryAsync(u => u.Name);
        var staff = await db.Staff.ToDictionaryAsync(s => s.Email!);
        var life = new DemoLife(
            await books.OpenAsync(db),
            seeds.Units.ToDictionary(u => u.Key, u => units[u.Name]),
            seeds.Staff.ToDictionary(p => p.Key, p => (staff[p.Email], Actor.Of(staff[p.Email], TimeZoneInfo.Utc))),
            _customers,
            await db.Categories.Where(c => c.Key != null).ToDictionaryAsync(c => c.Key!, c => c.Id),
            await db.RootCauses.Where(c => c.Key != null).ToDictionaryAsync(c => c.Key!, c => c.Id),
            await db.RemedyLimits.ToListAsync(),
            now
        );
        var numbers = new Dictionary<int, ReferenceCounter>();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var lived = new List<(DemoComplaint Seed, Complaint Complaint)>();
        foreach (var (seed, receivedAt, loggedAt) in seeds.Complaints.Select(c => life.Times(c)).OrderBy(t => t.LoggedAt))
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
