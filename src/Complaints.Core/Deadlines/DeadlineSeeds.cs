using Complaints.Data;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Deadlines;

/// <summary>First calendars, policy and regimes; afterwards they are the administrators'.</summary>
public static class DeadlineSeeds
{
    /// <summary>Fills empty tables; never touches what is there.</summary>
    public static async Task SeedAsync(ComplaintsDb db)
    {
        if (await db.Calendars.AnyAsync())
        {
            return;
        }

        var calendars = SeedFile
            .Read<List<SeededCalendar>>("Deadlines", "calendars")
            .ConvertAll(c => new CalendarSetting
            {
                Key = c.Key,
                Name = c.Name,
                NameZh = c.NameZh,
                Zone = c.Zone,
                Hours = c.Hours,
                Holidays = c.Holidays,
                MakeUp = c.MakeUp,
            });
        db.Calendars.AddRange(calendars);
        foreach (var p in SeedFile.Read<List<SeededPolicy>>("Deadlines", "policies"))
        {
            db.Policies.Add(Policy(p));
        }

        await db.SaveChangesAsync();
        var ids = calendars.ToDictionary(c => c.Key!, c => c.Id);
        db.Regimes.AddRange(SeedFile.Read<List<SeededRegime>>("Deadlines", "regimes").Select(r => Regime(r, ids)));
        await db.SaveChangesAsync();
    }

    private static Policy Policy(SeededPolicy p) =>
        new()
        {
            Name = p.Name,
            NameZh = p.NameZh,
            Acknowledge = p.Targets["acknowledge"].Amount,
            AcknowledgeUnit = p.Targets["acknowledge"].Unit,
            Apologize = p.Targets["apologize"].Amount,
            ApologizeUnit = p.Targets["apologize"].Unit,
            Resolve = p.Targets["resolve"].Amount,
            ResolveUnit = p.Targets["resolve"].Unit,
            FollowUpDays = (int)p.Targets["followUp"].Amount,
            Diamond = p.TierFactor["Diamond"],
            Gold = p.TierFactor["Gold"],
            Brass = p.TierFactor["Brass"],
            Lead = p.TierFactor["Lead"],
            Critical = p.SeverityFactor["Critical"],
            MinimumMinutes = p.MinimumMinutes,
        };

    private static Regime Regime(SeededRegime r, Dictionary<string, long> calendars) =>
        new()
        {
            Key = r.Key,
            Name = r.Name,
            NameZh = r.NameZh,
            Active = r.Active,
            BindsAuthority = r.BindsAuthority,
            Source = r.Source,
            EffectiveFrom = r.EffectiveFrom,
            Remark = r.Remark,
            RemarkZh = r.RemarkZh,
            CalendarId = calendars[r.Calendar],
            Pauses = r.Pauses,
            Clocks = r.Clocks.ConvertAll(c => new RegimeClock
            {
                Key = c.Key,
                Name = c.Name,
                NameZh = c.NameZh,
                Amount = c.Amount,
                Unit = c.Unit,
                From = c.From,
                Exceptional = c.Exceptional,
                DateFromNotice = c.DateFromNotice,
                Document = c.Document,
            }),
            Documents = r.Documents.ConvertAll(d => new RegimeDocument
            {
                Key = d.Key,
                Name = d.Name,
                NameZh = d.NameZh,
                MustSay = string.Join('\n', d.MustSay.Select(m => m.En)),
                MustSayZh = string.Join('\n', d.MustSay.Select(m => m.Zh)),
            }),
        };

    private sealed record SeededCalendar(
        string Key,
        string Name,
        string? NameZh,
        string Zone,
        string Hours,
        string Holidays,
        string MakeUp
    );

    private sealed record SeededPolicy(
        string Name,
        string? NameZh,
        Dictionary<string, Target> Targets,
        Dictionary<string, decimal> TierFactor,
        Dictionary<string, decimal> SeverityFactor,
        decimal MinimumMinutes
    );

    private sealed record SeededRegime(
        string Key,
        string Name,
        string? NameZh,
        bool Active,
        bool BindsAuthority,
        string Source,
        string? EffectiveFrom,
        string? Remark,
        string? RemarkZh,
        string Calendar,
        bool Pauses,
        List<SeededClock> Clocks,
        List<SeededDocument> Documents
    );

    private sealed record SeededClock(
        string Key,
        string Name,
        string? NameZh,
        decimal Amount,
        TargetUnit Unit,
        RegimeStart From,
        bool Exceptional,
        bool DateFromNotice,
        string? Document
    );

    private sealed record SeededDocument(string Key, string Name, string? NameZh, List<Both> MustSay);

    private sealed record Both(string En, string Zh);
}
