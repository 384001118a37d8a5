using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>What is typed about somebody on the staff pages.</summary>
public sealed class StaffForm
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public Role Role { get; set; }
    public Seat Seat { get; set; }
    public long UnitId { get; set; }
    public string? Language { get; set; }
    public bool AlwaysPresent { get; set; }
    public bool BothLanguages { get; set; }

    /// <summary>Ids of categories known well.</summary>
    public long[] Skills { get; set; } = [];

    /// <summary>As somebody stands now.</summary>
    public static StaffForm Of(StaffMember m) =>
        new()
        {
            Name = m.Name,
            Email = m.Email,
            Role = m.Role,
            Seat = m.Seat,
            UnitId = m.UnitId,
            Language = m.Language,
            AlwaysPresent = m.AlwaysPresent,
            BothLanguages = m.BothLanguages,
            Skills = m.Skills,
        };

    /// <summary>Writes all but the address into <paramref name="m"/>.</summary>
    /// <exception cref="Refusal">No name, or no such unit.</exception>
    public async Task FillAsync(StaffMember m, ComplaintsDb db)
    {
        m.Name = Typed.Needed(Name, nameof(Name));
        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == UnitId && u.Active);
        m.Unit = unit ?? throw new Refusal(new Sentence("Choose the unit they belong to."), nameof(UnitId));
        m.UnitId = unit.Id;
        (m.Role, m.Seat, m.Language, m.AlwaysPresent) = (Role, Seat, Tongue.Nearest(Language), AlwaysPresent);
        m.BothLanguages = BothLanguages;
        m.Skills = [.. await db.Categories.Where(c => Skills.Contains(c.Id)).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync()];
    }
}

/// <summary>When somebody is away, and who acts meanwhile.</summary>
public sealed class AbsenceForm
{
    /// <summary>The first day they are back, ISO date, in their own zone; empty for "I am here".</summary>
    public string? Back { get; set; }
    public long? DelegateId { get; set; }

    /// <summary>The delegate gets everything open at once.</summary>
    public bool HandOver { get; set; }

    /// <summary>What the delegate should know; stands as a note on each complaint.</summary>
    public string? HandOverNote { get; set; }

    /// <summary>Writes it into <paramref name="m"/>.</summary>
    /// <exception cref="Refusal">The day is unreadable or past, or the delegate is away themselves or left.</exception>
    public async Task FillAsync(StaffMember m, ComplaintsDb db, TimeZoneInfo zone, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(Back))
        {
            (m.AwayUntil, m.DelegateId) = (null, null);
            return;
        }

        if (!DateOnly.TryParseExact(Back.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new Refusal(new Sentence("“{0}” is not a day. Write it like 2026-12-24.", Back), nameof(Back));
        }

        var until = Complaints.Time.Zones.FirstInstant(zone, day.ToDateTime(TimeOnly.MinValue));
        if (until <= now)
        {
            throw new Refusal(
                new Sentence("That day is past. Give the first day back, or leave it empty when they are here."),
                nameof(Back)
            );
        }

        if (DelegateId is { } id)
        {
            var stand = await db.Staff.FirstOrDefaultAsync(s => s.Id == id && s.Active && s.Id != m.Id);
            if (stand is null || stand.IsAway(now))
            {
                throw new Refusal(new Sentence("Choose a delegate who works here and is not away."), nameof(DelegateId));
            }
        }
        else if (HandOver)
        {
            throw new Refusal(new Sentence("Choose who acts meanwhile; they get the open complaints."), nameof(DelegateId));
        }

        (m.AwayUntil, m.DelegateId) = (until, DelegateId);
    }
}
