using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Something one person is to be told about a complaint.</summary>
/// <param name="Seq">Number of the entry it is about.</param>
/// <param name="By">Who did it.</param>
public sealed record Told(long StaffId, NoticeKind Kind, Complaint Complaint, int Seq, string By, Sentence Say)
{
    /// <summary>A mail of its own tells it at once, where the person wants that.</summary>
    public bool OwnMail { get; init; }

    /// <summary>How many complaints it is about.</summary>
    public int Number { get; init; } = 1;

    /// <summary>UTC; no mail about it before, such as outside the unit's hours. Null for any time. Not for regulators' deadlines.</summary>
    public DateTime? NotBefore { get; init; }
}

/// <summary>
/// Writes notices as each person wants them: on the page, by mail, in the digest or not at all. The caller saves, so that
/// nothing happens without whoever is to know being told, and nobody is told of what did not happen.
/// </summary>
public static class Telling
{
    /// <summary>Adds the notices.</summary>
    /// <param name="now">UTC.</param>
    /// <returns>For each, UTC from when its own mail may leave; null for none. Only of those with <see cref="Told.OwnMail"/>.</returns>
    public static async Task<IReadOnlyList<DateTime?>> TellAsync(
        ComplaintsDb db,
        IReadOnlyList<Told> told,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var listeners = await ListenersAsync(db, [.. told.Select(t => t.StaffId).Distinct()], cancel);
        return [.. told.Select(t => listeners.TryGetValue(t.StaffId, out var one) ? Tell(db, t, one, now) : null)];
    }

    /// <summary>How people want to be told; those who no longer work here are not among them.</summary>
    public static async Task<IReadOnlyDictionary<long, Listener>> ListenersAsync(
        ComplaintsDb db,
        IReadOnlyList<long> ids,
        CancellationToken cancel = default
    )
    {
        var choices = await db.NoticeChoices.AsNoTracking().Where(c => ids.Contains(c.StaffId)).ToDictionaryAsync(c => c.StaffId, cancel);
        var people = await db
            .Staff.AsNoTracking()
            .Where(s => ids.Contains(s.Id) && s.Active)
            .Join(
                db.Calendars,
                s => s.Unit!.CalendarId,
                c => c.Id,
                (s, c) =>
                    new
                    {
                        s.Id,
                        s.AwayUntil,
                        Zone = s.TimeZone ?? c.Zone,
                    }
            )
            .ToListAsync(cancel);
        return people.ToDictionary(
            p => p.Id,
            p => new Listener(choices.GetValueOrDefault(p.Id) ?? new NoticeChoice { StaffId = p.Id }, ZoneOf(p.Zone), p.AwayUntil)
        );
    }

    private static DateTime? Tell(ComplaintsDb db, Told told, Listener one, DateTime now)
    {
        var (page, when) = one.Choice.Of(told.Kind);
        // Whoever is away reads it when they are back; only what the law asks for reaches them, or who acts for them.
        var mailAt =
            one.IsAway(now) && told.Kind != NoticeKind.Statutory
                ? null
                : one.Choice.MailAt(told.Kind, told.NotBefore > now ? told.NotBefore.Value : now, one.Zone);
        var own = told.OwnMail && when == MailWhen.AtOnce;
        if (page || (mailAt is not null && !own))
        {
            db.Add(
                new Notice
                {
                    StaffId = told.StaffId,
                    Complaint = told.Complaint,
                    Kind = told.Kind,
                    Seq = told.Seq,
                    At = now,
                    By = told.By,
                    Say = KeptSentence.Write(told.Say),
                    OnPage = page,
                    MailAt = own ? null : mailAt,
                    InDigest = when == MailWhen.Digest,
                    Number = told.Number,
                }
            );
        }

        return own ? mailAt : null;
    }

    private static TimeZoneInfo ZoneOf(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}

/// <summary>How somebody wants to be told.</summary>
/// <param name="Zone">The person's own zone, else their unit's.</param>
/// <param name="AwayUntil">UTC; null when not away.</param>
public sealed record Listener(NoticeChoice Choice, TimeZoneInfo Zone, DateTime? AwayUntil)
{
    /// <summary>True while away at <paramref name="now"/> (UTC).</summary>
    public bool IsAway(DateTime now) => AwayUntil is { } until && until > now;
}
