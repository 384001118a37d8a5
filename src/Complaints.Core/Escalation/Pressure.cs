using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Escalation;

/// <summary>
/// How hard an escalated complaint presses: lateness relative to what was allowed, weighted by tier. A day late on a
/// target of four hours presses harder than a day late on four weeks. Pure.
/// </summary>
public static class Pressure
{
    /// <summary>The greatest share of a live clock used, times the tier's weight; at least that weight, since it was escalated.</summary>
    public static decimal Of(Complaint complaint, DeadlineBook book, DateTime now) =>
        Math.Max(
            1,
            complaint
                .Clocks.Where(c => c.State == ClockState.Running && !c.BindsAuthority)
                .Select(c => Share(c, book, now))
                .DefaultIfEmpty(1)
                .Max()
        ) * Weight(complaint.Tier, book.Policy, book.Unit(complaint.UnitId).EqualTreatment);

    /// <summary>The inverse of the tier's factor in the policy; 1 where the regulator demands equal treatment.</summary>
    public static decimal Weight(Tier tier, Policy policy, bool equalTreatment)
    {
        var factor = tier switch
        {
            Tier.Diamond => policy.Diamond,
            Tier.Gold => policy.Gold,
            Tier.Brass => policy.Brass,
            _ => policy.Lead,
        };
        return equalTreatment || factor <= 0 ? 1 : 1 / factor;
    }

    private static decimal Share(DeadlineClock clock, DeadlineBook book, DateTime now)
    {
        try
        {
            return clock.DateFromNotice is { } date && date > clock.StartedAt
                ? (decimal)(now - clock.StartedAt).Ticks / (date - clock.StartedAt).Ticks
                : clock.Run(book, now).ShareUsed(now);
        }
        catch (Refusal)
        {
            return 1; // due beyond reckoning
        }
    }
}
