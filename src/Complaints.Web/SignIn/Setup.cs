using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>The first start of a real house: until there is an administrator, a code on the console opens the set-up page.</summary>
public sealed class Setup(ComplaintsDb db, OneTimeCodes codes, TimeProvider clock, UserManager<StaffMember> people, PublicUrl publicUrl)
{
    /// <summary>True until the first administrator exists.</summary>
    public async Task<bool> IsNeededAsync() => !await db.Staff.AnyAsync(s => s.Role == Role.Administrator);

    /// <summary>What the console says about it; null when nothing is to be set up. Makes a new code each time.</summary>
    public async Task<string?> LineAsync()
    {
        if (!await IsNeededAsync())
        {
            return null;
        }

        var code = await codes.MakeAsync(OneTimeCodes.Setup, null);
        await db.SaveChangesAsync();
        return $"  Nobody is here yet. Open {publicUrl}/setup (or /setup at the address above) and type this code:\n\n      {code}\n\n  It works once, for 7 days; a new start prints a new one.\n";
    }

    /// <summary>Makes the top unit, its calendar and the first administrator.</summary>
    /// <exception cref="Refusal">The code is wrong, or something is missing.</exception>
    public async Task<StaffMember> DoAsync(SetupForm form)
    {
        var code =
            await codes.FindAsync(form.Code, OneTimeCodes.Setup)
            ?? throw new Refusal(
                new Sentence("That is not the code the console shows. Copy it again; a restart prints a new one."),
                nameof(form.Code)
            );
        var zone = Typed.Zone(form.Zone, nameof(form.Zone));
        var (name, house) = (Typed.Needed(form.Name, nameof(form.Name)), Typed.Needed(form.Organisation, nameof(form.Organisation)));
        var email = Typed.Mail(form.Email, nameof(form.Email));
        var currency = Money.Read("0", form.Currency ?? "", nameof(form.Currency)).Currency;
        PasswordController.Same(form.Password, form.Again);
        return await db.InTransactionAsync(async () =>
        {
            if (!await IsNeededAsync())
            {
                throw new Refusal("Somebody else set this house up in the meantime. Sign in instead.");
            }

            code.UsedAt = clock.GetUtcNow().UtcDateTime;
            var unit = await AddTopUnitAsync(house, zone);
            Put(House.NameSetting, house);
            Put(House.ZoneSetting, zone);
            Put(House.CurrencySetting, currency);
            await DeadlineBooks.Turn(db);
            var member = new StaffMember
            {
                Name = name,
                Role = Role.Administrator,
                Seat = Seat.Senior,
                UnitId = unit.Id,
                Language = Tongue.Nearest(form.Language),
                Email = email,
                UserName = email,
                EmailConfirmed = true,
                LockoutEnabled = true,
            };
            Roster.Check(await people.CreateAsync(member));
            await PasswordController.SetAsync(people, member, form.Password!);
            return member;
        });
    }

    private async Task<Unit> AddTopUnitAsync(string name, string zone)
    {
        var calendar = new CalendarSetting
        {
            Name = zone,
            Zone = zone,
            Hours = "Mon-Fri 09:00-17:00",
        };
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        var unit = new Unit { Name = name, CalendarId = calendar.Id };
        db.Units.Add(unit);
        await db.SaveChangesAsync();
        unit.Path = string.Create(CultureInfo.InvariantCulture, $"/{unit.Id}/");
        return unit;
    }

    private void Put(string name, string value) => db.Settings.Add(new Setting { Name = name, Value = value });
}

/// <summary>What is typed on the set-up page.</summary>
public sealed class SetupForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Password { get; set; }
    public string? Again { get; set; }
    public string? Organisation { get; set; }
    public string? Zone { get; set; }
    public string? Currency { get; set; }
    public string? Language { get; set; }
}
