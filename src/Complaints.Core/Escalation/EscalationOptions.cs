using System.Text.Json;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>What the house decided about escalating beside its rules; kept as one setting.</summary>
/// <param name="TakeWithin">Working minutes within which somebody takes an escalation before the next level is told.</param>
/// <param name="Levels">Level told at once, by trigger. Reopening goes one level above what stands, and at least to its own.</param>
public sealed record EscalationOptions(int TakeWithin, IReadOnlyDictionary<Trigger, int> Levels)
{
    /// <summary>Working hours a customer may wait for a word of a person before its holder is warned; 0 for never.</summary>
    public int SilenceWarn { get; init; } = 24;

    /// <summary>Working hours after which that silence escalates.</summary>
    public int SilenceRaise { get; init; } = 40;

    /// <summary>Name of the setting.</summary>
    public const string Name = "escalation.options";

    /// <summary>Until somebody decides otherwise.</summary>
    public static EscalationOptions Seeded { get; } =
        new(
            30,
            new Dictionary<Trigger, int>
            {
                [Trigger.DiamondCritical] = 2,
                [Trigger.Reopened] = 1,
                [Trigger.ReopenedAgain] = 2,
                [Trigger.Dissatisfied] = 1,
                [Trigger.Word] = 1,
                [Trigger.AboutHolder] = 1,
                [Trigger.PromiseBroken] = 1,
                [Trigger.Silence] = 1,
                [Trigger.PaymentLate] = 1,
            }
        );

    /// <summary>The level told at once for a trigger.</summary>
    public int LevelOf(Trigger trigger) =>
        trigger == Trigger.PromiseSoon ? 0 // a reminder, told to whoever holds it
        : Levels.TryGetValue(trigger, out var level) ? level
        : 1;

    /// <summary>What is set; the seeded ones when nothing is.</summary>
    public static async Task<EscalationOptions> ReadAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var kept = await db.SettingAsync(Name, cancel);
        return kept is null ? Seeded : JsonSerializer.Deserialize<EscalationOptions>(kept) ?? Seeded;
    }

    /// <summary>Refuses what cannot work, naming the field.</summary>
    /// <exception cref="Refusal">A figure is out of range.</exception>
    public void Check()
    {
        if (TakeWithin is < 1 or > 10_000)
        {
            throw new Refusal(new Sentence("Give between 1 and 10,000 working minutes."), nameof(TakeWithin));
        }

        if (Levels.Values.Any(l => l is < 1 or > Ladder.Top))
        {
            throw new Refusal(new Sentence("A level is 1, 2 or 3."), nameof(Levels));
        }

        if (SilenceWarn is < 0 or > 2_000 || SilenceRaise is < 1 or > 2_000 || SilenceRaise <= SilenceWarn)
        {
            throw new Refusal(
                new Sentence("Silence: warn after 0 (never) to 1,999 working hours, and escalate later than that, at most after 2,000."),
                nameof(SilenceWarn)
            );
        }
    }

    /// <summary>Keeps them; the caller saves.</summary>
    /// <exception cref="Refusal">A figure is out of range.</exception>
    public async Task KeepAsync(ComplaintsDb db)
    {
        Check();
        await db.KeepSettingAsync(Name, JsonSerializer.Serialize(this));
    }
}
