using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.World;

/// <summary>
/// The people every test knows. Group is at the top; North (London hours) and Shanghai lie below it. Everybody is in
/// North but Wen and Dora, Otto and Ada, who are at the top or in Shanghai as said below.
/// </summary>
public static class LittleWorld
{
    /// <summary>Monday 23 November 2026, 10:00 in London: North is open.</summary>
    public static readonly DateTime Monday = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);

    public const string Password = "little world 2026";

    /// <summary>User names are mail addresses: <c>jun@desk.example</c>.</summary>
    public static string Mail(string name) => name.ToLowerInvariant() + "@desk.example";

    private static readonly (string Name, Role Role, Seat Seat, string Unit, string Language)[] _people =
    [
        ("Jun", Role.Agent, Seat.Junior, "North", Tongue.English),
        ("Mia", Role.Agent, Seat.Middle, "North", Tongue.English),
        ("Sen", Role.Agent, Seat.Senior, "North", Tongue.English),
        ("Lena", Role.TeamLead, Seat.Senior, "North", Tongue.English),
        ("Max", Role.Manager, Seat.Senior, "North", Tongue.English),
        ("Wen", Role.Agent, Seat.Senior, "Shanghai", Tongue.Chinese),
        ("Chen", Role.TeamLead, Seat.Senior, "Shanghai", Tongue.Chinese),
        ("Dora", Role.Director, Seat.Senior, "Group", Tongue.English),
        ("Otto", Role.Auditor, Seat.Senior, "Group", Tongue.English),
        ("Ada", Role.Administrator, Seat.Senior, "Group", Tongue.English),
    ];

    public static async Task MakeAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<ComplaintsDb>();
        var london = await db.Calendars.SingleAsync(c => c.Key == "london");
        var shanghai = await db.Calendars.SingleAsync(c => c.Key == "shanghai");
        var group = await AddUnitAsync(db, "Group", "集团", null, london.Id);
        var units = new Dictionary<string, Unit>
        {
            ["Group"] = group,
            ["North"] = await AddUnitAsync(db, "North", "北区", group, london.Id),
            ["Shanghai"] = await AddUnitAsync(db, "Shanghai", "上海", group, shanghai.Id),
        };
        var hash = services.GetRequiredService<IPasswordHasher<StaffMember>>().HashPassword(null!, Password);
        foreach (var p in _people)
        {
            db.Staff.Add(
                new StaffMember
                {
                    Name = p.Name,
                    Role = p.Role,
                    Seat = p.Seat,
                    UnitId = units[p.Unit].Id,
                    Language = p.Language,
                    Email = Mail(p.Name),
                    NormalizedEmail = Mail(p.Name).ToUpperInvariant(),
                    UserName = Mail(p.Name),
                    NormalizedUserName = Mail(p.Name).ToUpperInvariant(),
                    EmailConfirmed = true,
                    PasswordHash = hash,
                    SecurityStamp = p.Name,
                    LockoutEnabled = true,
                    AlwaysPresent = true,
                }
            );
        }

        AddCustomer(db, "Grace Okafor", Tier.Gold, Tongue.English, "grace@customer.example", "020 7946 0011");
        AddCustomer(db, "王芳", Tier.Brass, Tongue.Chinese, "wangfang@customer.example", "13800138000");
        AddCustomer(db, "Ivar Lindqvist", Tier.Diamond, Tongue.English, "ivar@customer.example", "020 7946 0099");
        AddCustomer(db, "No Mail Norris", Tier.Lead, Tongue.English, null, "020 7946 0042");
        await DeadlineBooks.Turn(db);
        await db.SaveChangesAsync();
    }

    private static async Task<Unit> AddUnitAsync(ComplaintsDb db, string name, string nameZh, Unit? parent, long calendarId)
    {
        var unit = new Unit
        {
            Name = name,
            NameZh = nameZh,
            ParentId = parent?.Id,
            CalendarId = calendarId,
        };
        db.Units.Add(unit);
        await db.SaveChangesAsync();
        unit.Path = $"{parent?.Path ?? "/"}{unit.Id}/";
        await db.SaveChangesAsync();
        return unit;
    }

    private static void AddCustomer(ComplaintsDb db, string name, Tier tier, string language, string? mail, string phone)
    {
        var customer = new Customer
        {
            Name = name,
            Tier = tier,
            Language = language,
            CreatedAt = Monday,
        };
        if (mail is not null)
        {
            customer.ContactPoints.Add(
                new ContactPoint
                {
                    Kind = ContactKind.Mail,
                    Value = mail,
                    Normalised = Matching.Normalise(ContactKind.Mail, mail),
                }
            );
        }

        customer.ContactPoints.Add(
            new ContactPoint
            {
                Kind = ContactKind.Phone,
                Value = phone,
                Normalised = Matching.Normalise(ContactKind.Phone, phone),
            }
        );
        db.Customers.Add(customer);
    }
}
