using System.Globalization;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Web.Deadlines;

/// <summary>Targets and factors as typed.</summary>
public sealed class PolicyForm
{
    public long Version { get; set; }
    public string? Acknowledge { get; set; }
    public TargetUnit AcknowledgeUnit { get; set; }
    public string? Apologize { get; set; }
    public TargetUnit ApologizeUnit { get; set; }
    public string? Resolve { get; set; }
    public TargetUnit ResolveUnit { get; set; }
    public string? FollowUpDays { get; set; }
    public string? Diamond { get; set; }
    public string? Gold { get; set; }
    public string? Brass { get; set; }
    public string? Lead { get; set; }
    public string? Critical { get; set; }
    public string? MinimumMinutes { get; set; }

    /// <summary>The form of the policy.</summary>
    public static PolicyForm Of(Policy p) =>
        new()
        {
            Version = p.Version,
            Acknowledge = Text(p.Acknowledge),
            AcknowledgeUnit = p.AcknowledgeUnit,
            Apologize = Text(p.Apologize),
            ApologizeUnit = p.ApologizeUnit,
            Resolve = Text(p.Resolve),
            ResolveUnit = p.ResolveUnit,
            FollowUpDays = Text(p.FollowUpDays),
            Diamond = Text(p.Diamond),
            Gold = Text(p.Gold),
            Brass = Text(p.Brass),
            Lead = Text(p.Lead),
            Critical = Text(p.Critical),
            MinimumMinutes = Text(p.MinimumMinutes),
        };

    /// <summary>Changes the policy.</summary>
    /// <exception cref="Refusal">A number cannot be read or is out of bounds.</exception>
    public void WriteTo(Policy p)
    {
        (p.Acknowledge, p.AcknowledgeUnit) = (
            new Target(Number(Acknowledge, nameof(Acknowledge)), AcknowledgeUnit).Amount,
            AcknowledgeUnit
        );
        (p.Apologize, p.ApologizeUnit) = (new Target(Number(Apologize, nameof(Apologize)), ApologizeUnit).Amount, ApologizeUnit);
        (p.Resolve, p.ResolveUnit) = (new Target(Number(Resolve, nameof(Resolve)), ResolveUnit).Amount, ResolveUnit);
        p.FollowUpDays = (int)Number(FollowUpDays, nameof(FollowUpDays), 365);
        p.Diamond = Number(Diamond, nameof(Diamond), 10);
        p.Gold = Number(Gold, nameof(Gold), 10);
        p.Brass = Number(Brass, nameof(Brass), 10);
        p.Lead = Number(Lead, nameof(Lead), 10);
        p.Critical = Number(Critical, nameof(Critical), 10);
        p.MinimumMinutes = Number(MinimumMinutes, nameof(MinimumMinutes));
    }

    internal static decimal Number(string? text, string field, decimal most = 1_000_000) =>
        decimal.TryParse((text ?? "").Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n <= most
            ? n
            : throw new Refusal(new Sentence("“{0}” is not a number from 0 to {1}.", text ?? "", most), field);

    internal static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>The policy page.</summary>
public sealed record PolicyPage(PolicyForm Form, IReadOnlyList<PolicyLine> Lines, IReadOnlyList<Category> Categories);
