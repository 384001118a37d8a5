using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>An agent of the unit, as the routing sees them.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">For the explanation.</param>
/// <param name="Seat">Their seat.</param>
/// <param name="Away">Marked away now.</param>
/// <param name="LastSeenAt">UTC; null for never.</param>
/// <param name="AlwaysPresent">Counts as seen during working hours.</param>
/// <param name="Load">Open complaints they hold.</param>
/// <param name="Language">Their own language.</param>
/// <param name="BothLanguages">They write in the other one too.</param>
/// <param name="Skills">Categories they know well, each with all below it.</param>
public sealed record Candidate(
    long Id,
    string Name,
    Seat Seat,
    bool Away,
    DateTime? LastSeenAt,
    bool AlwaysPresent,
    int Load,
    string Language = Tongue.English,
    bool BothLanguages = false,
    IReadOnlyCollection<long>? Skills = null
);

/// <summary>What is to be routed.</summary>
/// <param name="Tier">The customer's; ignored where <paramref name="EqualTreatment"/>.</param>
/// <param name="Severity">As chosen, before a public complaint counts one step more.</param>
/// <param name="Public">Visible on social media.</param>
/// <param name="Reopened">Not its first cycle.</param>
/// <param name="EqualTreatment">The unit's regulator demands equal treatment of customers.</param>
/// <param name="KeptFrom">Who never gets it, as <see cref="Recusal"/> writes it.</param>
/// <param name="UnitOpen">The unit's working hours run now.</param>
/// <param name="Language">The customer's.</param>
/// <param name="Categories">What it is about: the category and all above it; null or empty for none.</param>
public sealed record RoutedWork(
    Tier Tier,
    Severity Severity,
    bool Public,
    bool Reopened,
    bool EqualTreatment,
    string? KeptFrom,
    bool UnitOpen,
    string Language = Tongue.English,
    IReadOnlyCollection<long>? Categories = null
);

/// <summary>Who gets it, and why.</summary>
/// <param name="To">Null for the team lead's unassigned queue.</param>
/// <param name="Why">For the timeline.</param>
public sealed record RouteDecision(long? To, Sentence Why);

/// <summary>Which agent a complaint goes to: the least loaded one present whose seat allows it. Pure.</summary>
public static class Routing
{
    /// <summary>Seen no longer ago than this counts as present.</summary>
    public static TimeSpan SeenWithin { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The lowest seat that may get such work.</summary>
    public static Seat SeatFor(RoutedWork work)
    {
        var tier = work.EqualTreatment ? Tier.Brass : work.Tier;
        return tier == Tier.Diamond || work.Severity == Severity.Critical || work.Public || work.Reopened ? Seat.Senior
            : tier == Tier.Gold || work.Severity == Severity.High ? Seat.Middle
            : Seat.Junior;
    }

    /// <summary>Chooses.</summary>
    /// <param name="work">What is to be routed.</param>
    /// <param name="agents">The agents of the unit.</param>
    /// <param name="now">UTC.</param>
    public static RouteDecision Choose(RoutedWork work, IReadOnlyCollection<Candidate> agents, DateTime now)
    {
        if (!work.UnitOpen)
        {
            return new RouteDecision(null, new Sentence("The unit is closed now; it waits for the team lead."));
        }

        var seat = SeatFor(work);
        var present = agents.Where(a => !Recusal.Holds(work.KeptFrom, a.Id) && IsPresent(a, now)).ToList();
        if (present.Count == 0)
        {
            return new RouteDecision(null, new Sentence("No agent of the unit is present; it waits for the team lead."));
        }

        var fitting = present.Where(a => a.Seat >= seat).ToList();
        if (fitting.Count == 0)
        {
            return new RouteDecision(null, new Sentence("It needs a {0} seat and none is present; it waits for the team lead.", seat));
        }

        // Language and knowledge choose among those who are there; nobody waits for somebody who is not.
        var speaking = fitting.Where(a => a.BothLanguages || a.Language == work.Language).ToList();
        var able = speaking.Count > 0 ? speaking : fitting;
        var knowing = able.Where(a => a.Skills?.Any(s => work.Categories?.Contains(s) == true) == true).ToList();

        // Within the same load the lower seat first, so that seniors stay free for what only they may do.
        var chosen = (knowing.Count > 0 ? knowing : able).OrderBy(a => a.Load).ThenBy(a => a.Seat).ThenBy(a => a.Id).First();
        var why = new Sentence("Present, seat {0} fits, least work ({1|open complaint|open complaints}).", chosen.Seat, chosen.Load);
        why = knowing.Count > 0 ? new Sentence("{0} Knows this category well.", why) : why;
        why = speaking.Count == 0 ? new Sentence("{0} Nobody present writes the customer's language.", why) : why;
        return new RouteDecision(chosen.Id, why);
    }

    private static bool IsPresent(Candidate agent, DateTime now) =>
        !agent.Away && (agent.AlwaysPresent || (agent.LastSeenAt is { } seen && now - seen <= SeenWithin));
}
