using Complaints.Language;

namespace Complaints.Time;

/// <summary>Finds time zones by name, and the instant a wall clock shows a time.</summary>
public static class Zones
{
    /// <summary>The word for "no zone": local times are taken as they are.</summary>
    public const string Floating = "floating";

    /// <summary>The zone with an IANA id (<c>Europe/London</c>) or a Windows id (<c>GMT Standard Time</c>).</summary>
    /// <returns>Null for <see cref="Floating"/>.</returns>
    /// <exception cref="Refusal">There is no such zone.</exception>
    public static TimeZoneInfo? Find(string id)
    {
        var name = id.Trim();
        if (name.Equals(Floating, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new Refusal(
                new Sentence(
                    "There is no time zone “{0}”. Write a name such as Europe/London or Asia/Shanghai, or floating for none.",
                    name
                ),
                "Zone"
            );
    }

    /// <summary>
    /// The first instant at which the clocks of <paramref name="zone"/> show <paramref name="local"/> or later. So a
    /// time that the clocks skip is the moment of the change, a time they show twice is the first of the two, and the
    /// order of local times is never turned around.
    /// </summary>
    /// <param name="zone">Null: the reading itself, marked as UTC.</param>
    /// <param name="local">A wall clock's reading; its kind is ignored.</param>
    public static DateTime FirstInstant(TimeZoneInfo? zone, DateTime local)
    {
        var reading = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        if (zone is null)
        {
            return reading;
        }

        // No zone is further than 15 hours from UTC, so the instant lies between these two.
        var early = reading.AddHours(-15);
        var late = reading.AddHours(15);
        var before = zone.GetUtcOffset(early);
        var after = zone.GetUtcOffset(late);
        if (before == after)
        {
            return reading - before;
        }

        var change = Change(zone, early, late, before);
        var first = reading - before;
        return first < change ? first
            : reading - after > change ? reading - after
            : change;
    }

    /// <summary>What the clocks show at <paramref name="utc"/>; kind Unspecified.</summary>
    public static DateTime Reading(TimeZoneInfo? zone, DateTime utc) =>
        DateTime.SpecifyKind(zone is null ? utc : utc + zone.GetUtcOffset(utc), DateTimeKind.Unspecified);

    /// <summary>The second at which the offset leaves <paramref name="before"/>; zone changes fall on whole seconds.</summary>
    private static DateTime Change(TimeZoneInfo zone, DateTime early, DateTime late, TimeSpan before)
    {
        var low = early.Ticks / TimeSpan.TicksPerSecond;
        var high = (late.Ticks / TimeSpan.TicksPerSecond) + 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (zone.GetUtcOffset(new DateTime(middle * TimeSpan.TicksPerSecond, DateTimeKind.Utc)) == before)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return new DateTime(high * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }
}
