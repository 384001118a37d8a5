using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Deadlines;

/// <summary>A working calendar as kept; its texts are those of <see cref="WorkingCalendar"/>.</summary>
public sealed class CalendarSetting : IVersioned
{
    public long Id { get; private set; }

    /// <summary>Stable key of a seeded calendar; null for one made here.</summary>
    public string? Key { get; init; }

    /// <summary>English or only name.</summary>
    public required string Name { get; set; }

    /// <summary>Chinese name or null.</summary>
    public string? NameZh { get; set; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; set; }

    /// <summary>Weekly hours, such as <c>Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00</c>.</summary>
    public required string Hours { get; set; }

    /// <summary>Closed days, such as <c>2026-12-28;every year: 12-25</c>.</summary>
    public string Holidays { get; set; } = "";

    /// <summary>Make-up working days (调休), such as <c>2026-02-14 09:00-18:00</c>.</summary>
    public string MakeUp { get; set; } = "";

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;

    /// <summary>The calendar these texts describe.</summary>
    /// <exception cref="Refusal">A text cannot be read, or there is no open time.</exception>
    public WorkingCalendar Build() => WorkingCalendar.Parse(Name, Zone, Hours, Holidays, MakeUp);
}

/// <summary>The house's targets. One policy is in force at a time; changing it concerns new deadlines only.</summary>
public sealed class Policy : IVersioned
{
    public long Id { get; private set; }

    /// <summary>English or only name.</summary>
    public required string Name { get; set; }

    /// <summary>Chinese name or null.</summary>
    public string? NameZh { get; set; }

    /// <summary>Target of the first step.</summary>
    public decimal Acknowledge { get; set; } = 240;

    /// <summary>Unit of <see cref="Acknowledge"/>.</summary>
    public TargetUnit AcknowledgeUnit { get; set; } = TargetUnit.WorkingMinutes;

    /// <summary>Target of the second step, from receipt.</summary>
    public decimal Apologize { get; set; } = 480;

    /// <summary>Unit of <see cref="Apologize"/>.</summary>
    public TargetUnit ApologizeUnit { get; set; } = TargetUnit.WorkingMinutes;

    /// <summary>Target of the third step, from receipt.</summary>
    public decimal Resolve { get; set; } = 2400;

    /// <summary>Unit of <see cref="Resolve"/>.</summary>
    public TargetUnit ResolveUnit { get; set; } = TargetUnit.WorkingMinutes;

    /// <summary>Calendar days after resolution when the survey goes out.</summary>
    public int FollowUpDays { get; set; } = 3;

    /// <summary>Factors by tier.</summary>
    public decimal Diamond { get; set; } = 0.25m;

    /// <summary>Factor of gold customers.</summary>
    public decimal Gold { get; set; } = 0.5m;

    /// <summary>Factor of brass customers.</summary>
    public decimal Brass { get; set; } = 1m;

    /// <summary>Factor of lead customers.</summary>
    public decimal Lead { get; set; } = 1m;

    /// <summary>Further factor of critical complaints.</summary>
    public decimal Critical { get; set; } = 0.5m;

    /// <summary>No target gets shorter than this many minutes.</summary>
    public decimal MinimumMinutes { get; set; } = 15;

    /// <summary>Special lines; the most specific that fits replaces the targets above.</summary>
    public List<PolicyLine> Lines { get; init; } = [];

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The targets for a complaint, with the sentence that explains them. Pure.</summary>
    public SetTargets For(Tier tier, Severity severity, Channel channel, IReadOnlyList<long> categoryAndAbove, bool equalTreatment)
    {
        var line = Lines
            .Where(l => l.Fits(tier, severity, channel, categoryAndAbove))
            .OrderByDescending(l => l.Specificity)
            .ThenBy(l => l.CategoryId is { } c ? IndexOf(categoryAndAbove, c) : int.MaxValue)
            .ThenBy(l => l.Id)
            .FirstOrDefault();
        var tierFactor =
            equalTreatment || line?.Tier is not null
                ? 1m
                : tier switch
                {
                    Tier.Diamond => Diamond,
                    Tier.Gold => Gold,
                    Tier.Brass => Brass,
                    _ => Lead,
                };
        var severityFactor = severity == Severity.Critical && line?.Severity is null ? Critical : 1m;
        Target Scaled(decimal amount, TargetUnit unit) => new Target(amount, unit).Scaled(tierFactor * severityFactor, MinimumMinutes);

        return new SetTargets(
            Scaled(line?.Acknowledge ?? Acknowledge, AcknowledgeUnit),
            Scaled(line?.Apologize ?? Apologize, ApologizeUnit),
            Scaled(line?.Resolve ?? Resolve, ResolveUnit),
            FollowUpDays,
            line is null
                ? new Sentence("Policy “{0}”: tier × {1}, severity × {2}", Name, tierFactor, severityFactor)
                : new Sentence("Policy “{0}”, special line {1}: tier × {2}, severity × {3}", Name, line.Id, tierFactor, severityFactor)
        );
    }

    private static int IndexOf(IReadOnlyList<long> list, long value)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == value)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}

/// <summary>A special line of a policy: null fits everything.</summary>
public sealed class PolicyLine
{
    public long Id { get; private set; }

    /// <summary>The policy.</summary>
    public long PolicyId { get; private set; }

    /// <summary>Only this tier; its own factor then does not apply.</summary>
    public Tier? Tier { get; set; }

    /// <summary>Only this severity; its own factor then does not apply.</summary>
    public Severity? Severity { get; set; }

    /// <summary>Only this channel.</summary>
    public Channel? Channel { get; set; }

    /// <summary>Only this category and what is below it.</summary>
    public long? CategoryId { get; set; }

    /// <summary>Instead of the policy's target, in its unit; null keeps it.</summary>
    public decimal? Acknowledge { get; set; }

    /// <summary>Instead of the policy's target, in its unit; null keeps it.</summary>
    public decimal? Apologize { get; set; }

    /// <summary>Instead of the policy's target, in its unit; null keeps it.</summary>
    public decimal? Resolve { get; set; }

    /// <summary>How many things it names.</summary>
    public int Specificity =>
        (Tier is null ? 0 : 1) + (Severity is null ? 0 : 1) + (Channel is null ? 0 : 1) + (CategoryId is null ? 0 : 1);

    /// <summary>True when nothing it names differs.</summary>
    public bool Fits(Tier tier, Severity severity, Channel channel, IReadOnlyList<long> categoryAndAbove) =>
        (Tier is null || Tier == tier)
        && (Severity is null || Severity == severity)
        && (Channel is null || Channel == channel)
        && (CategoryId is null || categoryAndAbove.Contains(CategoryId.Value));
}

/// <summary>Targets that were set for a complaint, and why.</summary>
/// <param name="Acknowledge">From receipt.</param>
/// <param name="Apologize">From receipt.</param>
/// <param name="Resolve">From receipt.</param>
/// <param name="FollowUpDays">Calendar days from resolution to the survey.</param>
/// <param name="Why">The rule, for the explanation.</param>
public sealed record SetTargets(Target Acknowledge, Target Apologize, Target Resolve, int FollowUpDays, Sentence Why);
