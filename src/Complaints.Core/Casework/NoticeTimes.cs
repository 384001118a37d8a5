using Complaints.Time;

namespace Complaints.Casework;

/// <summary>When a notice's mail may leave: quiet hours, days off and the digest, in the person's own zone. Pure.</summary>
public static class NoticeTimes
{
    private const int Day = 24 * 60;

    /// <summary>No choice lets a mail wait longer than this many days.</summary>
    private const int Furthest = 8;

    /// <summary>True when a minute of the day lies in a span that may go over midnight.</summary>
    public static bool IsQuiet(int minute, int from, int to) => from < to ? minute >= from && minute < to : minute >= from || minute < to;

    /// <summary>UTC of the mail about a kind that happened at <paramref name="now"/> (UTC); null for no mail.</summary>
    public static DateTime? MailAt(this NoticeChoice choice, NoticeKind kind, DateTime now, TimeZoneInfo zone) =>
        kind == NoticeKind.Statutory
            ? now
            : choice.Of(kind).Mail switch
            {
                MailWhen.AtOnce => choice.NotQuiet(now, zone),
                MailWhen.Digest => choice.NextDigest(now, zone),
                _ => null,
            };

    /// <summary>The first moment from <paramref name="now"/> (UTC) at which it is not quiet.</summary>
    public static DateTime NotQuiet(this NoticeChoice choice, DateTime now, TimeZoneInfo zone)
    {
        bool Quiet(DateTime utc)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
            return choice.IsOff(local.DayOfWeek)
                || (choice is { QuietFrom: { } from, QuietTo: { } to } && IsQuiet((int)local.TimeOfDay.TotalMinutes, from, to));
        }

        if (!Quiet(now))
        {
            return now;
        }

        // It can only end at midnight after a day off, or when the quiet hours do; where clocks go back, at either of the two.
        var today = TimeZoneInfo.ConvertTimeFromUtc(now, zone).Date;
        return Enumerable
            .Range(0, Furthest + 1)
            .SelectMany(d => new[] { today.AddDays(d), today.AddDays(d).AddMinutes(choice.QuietTo ?? 0) })
            .SelectMany(local => Instants(local, zone))
            .Where(utc => utc > now && !Quiet(utc))
            .DefaultIfEmpty(now)
            .Min();
    }

    /// <summary>The next digest after <paramref name="now"/> (UTC), never on a day off.</summary>
    public static DateTime NextDigest(this NoticeChoice choice, DateTime now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTimeFromUtc(now, zone).Date;
        return Enumerable
            .Range(0, Furthest + 1)
            .Select(d => today.AddDays(d))
            .Where(d => !choice.IsOff(d.DayOfWeek))
            .Select(d => Zones.FirstInstant(zone, d.AddMinutes(choice.DigestAt % Day)))
            .First(utc => utc > now);
    }

    // A time the clocks skip is the moment they jump; one they show twice is both.
    private static IEnumerable<DateTime> Instants(DateTime local, TimeZoneInfo zone)
    {
        yield return Zones.FirstInstant(zone, local);
        if (zone.IsAmbiguousTime(local))
        {
            yield return DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Min(), DateTimeKind.Utc);
        }
    }
}
