using Complaints.Time;

namespace Complaints.FollowUp;

/// <summary>What the plan says is to be done now.</summary>
public enum FollowUpMove
{
    /// <summary>Nothing before <see cref="FollowUpDecision.At"/>.</summary>
    Wait,

    /// <summary>The survey goes out.</summary>
    Ask,

    /// <summary>A reminder goes out.</summary>
    Remind,

    /// <summary>Somebody is asked to call.</summary>
    Call,

    /// <summary>The customer wrote instead of clicking: somebody reads it and records the answer.</summary>
    ReadWords,

    /// <summary>Closes without ever asking, because of <see cref="FollowUpFacts.NotAsked"/>.</summary>
    CloseUnasked,

    /// <summary>Closes as "no answer".</summary>
    CloseUnanswered,
}

/// <summary>What the plan needs to know.</summary>
/// <param name="State">Where the follow-up stands.</param>
/// <param name="PlannedAt">UTC of the survey.</param>
/// <param name="AskedAt">UTC the survey was written; null before.</param>
/// <param name="Reminders">Reminders passed, sent or skipped.</param>
/// <param name="Attempts">Calls made.</param>
/// <param name="HasAddress">There is a mail address that did not bounce.</param>
/// <param name="OptedOut">The customer asked not to be asked.</param>
/// <param name="HeardAt">UTC the customer was last in touch; null for never.</param>
/// <param name="NotAsked">Why nobody is to be asked, by the rules of sampling; null otherwise.</param>
public sealed record FollowUpFacts(
    FollowUpState State,
    DateTime PlannedAt,
    DateTime? AskedAt,
    int Reminders,
    int Attempts,
    bool HasAddress,
    bool OptedOut,
    DateTime? HeardAt,
    NotAsked? NotAsked = null
);

/// <summary>What to do, and when to look again.</summary>
/// <param name="Move">What is owed now.</param>
/// <param name="At">UTC of the next thing, for <see cref="FollowUpMove.Wait"/>; null when a person or nobody is next.</param>
/// <param name="Reminder">1 for the first reminder; those missed while nothing ran are not sent after the fact.</param>
public sealed record FollowUpDecision(FollowUpMove Move, DateTime? At = null, int Reminder = 0);

/// <summary>When a customer is asked, reminded and called. Pure: no clock, no tables.</summary>
public static class FollowUpPlan
{
    /// <summary>
    /// The time of the survey: that many calendar days after resolution at the same hour of the customer's clock, moved
    /// into their daytime.
    /// </summary>
    /// <param name="resolvedAt">UTC.</param>
    /// <param name="days">Calendar days, from the policy.</param>
    /// <param name="zone">The customer's zone, or the unit's.</param>
    /// <param name="options">Daytime.</param>
    public static DateTime PlannedAt(DateTime resolvedAt, int days, TimeZoneInfo zone, FollowUpOptions options) =>
        DaysLater(resolvedAt, days, zone, options);

    /// <summary>That many calendar days later by the customer's clock, in their daytime.</summary>
    public static DateTime DaysLater(DateTime from, int days, TimeZoneInfo zone, FollowUpOptions options) =>
        InDaytime(Zones.FirstInstant(zone, Zones.Reading(zone, from).AddDays(days)), zone, options);

    /// <summary>The first moment at or after <paramref name="utc"/> in the customer's daytime.</summary>
    public static DateTime InDaytime(DateTime utc, TimeZoneInfo zone, FollowUpOptions options)
    {
        var local = Zones.Reading(zone, utc);
        return local.TimeOfDay < TimeSpan.FromHours(options.DayStartHour)
                ? Zones.FirstInstant(zone, local.Date.AddHours(options.DayStartHour))
            : local.TimeOfDay >= TimeSpan.FromHours(options.DayEndHour)
                ? Zones.FirstInstant(zone, local.Date.AddDays(1).AddHours(options.DayStartHour))
            : utc;
    }

    /// <summary>What is owed at <paramref name="now"/>. Whatever reaches the customer waits for the customer's daytime.</summary>
    public static FollowUpDecision Next(FollowUpFacts facts, DateTime now, TimeZoneInfo zone, FollowUpOptions options)
    {
        var owed = Owed(facts, now, zone, options);
        if (owed.At is not { } at)
        {
            return owed;
        }

        var moment = InDaytime(at > now ? at : now, zone, options);
        return moment > now ? new FollowUpDecision(FollowUpMove.Wait, moment) : owed;
    }

    private static FollowUpDecision Owed(FollowUpFacts facts, DateTime now, TimeZoneInfo zone, FollowUpOptions options) =>
        facts.State switch
        {
            FollowUpState.Planned when facts.OptedOut || facts.NotAsked is not null => Due(facts.PlannedAt, FollowUpMove.CloseUnasked),
            FollowUpState.Planned => Due(facts.PlannedAt, facts.HasAddress ? FollowUpMove.Ask : FollowUpMove.Call),
            FollowUpState.Asked => AfterAsking(facts, now, zone, options),
            FollowUpState.CallDue when facts.Attempts >= options.CallAttempts || facts.OptedOut => new FollowUpDecision(
                FollowUpMove.CloseUnanswered
            ),
            _ => new FollowUpDecision(FollowUpMove.Wait), // a person is next, or it is over
        };

    private static FollowUpDecision Due(DateTime at, FollowUpMove move, int reminder = 0) => new(move, at, reminder);

    private static FollowUpDecision AfterAsking(FollowUpFacts facts, DateTime now, TimeZoneInfo zone, FollowUpOptions options)
    {
        var asked = facts.AskedAt!.Value;
        if (facts.HeardAt > asked)
        {
            return new FollowUpDecision(FollowUpMove.ReadWords);
        }

        if (facts.OptedOut)
        {
            return new FollowUpDecision(FollowUpMove.CloseUnanswered);
        }

        var call = DaysLater(asked, options.CallAfterDays, zone, options);
        if (!facts.HasAddress || now >= call)
        {
            return Due(facts.HasAddress ? call : now, FollowUpMove.Call);
        }

        // Of reminders that fell due while nothing ran only the latest is sent: two at once would be rude.
        var days = options.ReminderDays;
        var owed = facts.Reminders;
        while (owed < days.Count && DaysLater(asked, days[owed], zone, options) <= now)
        {
            owed++;
        }

        return owed > facts.Reminders ? Due(DaysLater(asked, days[owed - 1], zone, options), FollowUpMove.Remind, owed)
            : owed < days.Count ? Due(DaysLater(asked, days[owed], zone, options), FollowUpMove.Remind, owed + 1)
            : Due(call, FollowUpMove.Call);
    }
}
