using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>How customers are followed up; an administrator may change all of it. Kept in the settings as JSON.</summary>
public sealed record FollowUpOptions
{
    /// <summary>Name of the setting.</summary>
    public const string SettingName = "followup.options";

    /// <summary>Calendar days after the survey mail at which reminders go out, rising; empty for none.</summary>
    public IReadOnlyList<int> ReminderDays { get; init; } = [2, 5];

    /// <summary>Calendar days after the survey mail at which somebody calls; later than the last reminder.</summary>
    public int CallAfterDays { get; init; } = 7;

    /// <summary>Hours in which a call has to be made.</summary>
    public int CallWithinHours { get; init; } = 24;

    /// <summary>Calendar days between two attempts to call, unless the caller chooses another time.</summary>
    public int DaysBetweenCalls { get; init; } = 1;

    /// <summary>After so many attempts without an answer the complaint closes as "no answer".</summary>
    public int CallAttempts { get; init; } = 3;

    /// <summary>Hours in which an unhappy customer is won back.</summary>
    public int RecoveryWithinHours { get; init; } = 24;

    /// <summary>First hour of the customer's daytime, 0 to 23.</summary>
    public int DayStartHour { get; init; } = 9;

    /// <summary>Hour at which the customer's daytime is over, up to 24.</summary>
    public int DayEndHour { get; init; } = 18;

    /// <summary>Days the link in the survey mail can be used, and an answer changed.</summary>
    public int LinkDays { get; init; } = 30;

    /// <summary>Share of customers asked, in percent; who stands out is always asked (<see cref="Sampling"/>).</summary>
    public int AskShare { get; init; } = 100;

    /// <summary>Days in which one customer is not asked again about another complaint; 0 for no such pause.</summary>
    public int CoolDownDays { get; init; }

    /// <summary>Days after closing at which a customer who said it is solved is asked once more; 0 for never.</summary>
    public int SecondTouchDays { get; init; } = 28;

    /// <summary>The options in force; the seeded ones until somebody changed them.</summary>
    public static async Task<FollowUpOptions> ReadAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(SettingName, cancel) is { } json ? JsonSerializer.Deserialize<FollowUpOptions>(json)! : new FollowUpOptions();

    /// <summary>Keeps them; the caller saves.</summary>
    /// <exception cref="Refusal">They contradict themselves.</exception>
    public async Task KeepAsync(ComplaintsDb db)
    {
        Check();
        var json = JsonSerializer.Serialize(this);
        await db.KeepSettingAsync(SettingName, json);
    }

    /// <summary>Refuses what cannot work, naming the field.</summary>
    public void Check()
    {
        var last = 0;
        foreach (var day in ReminderDays)
        {
            Between(
                day,
                last + 1,
                60,
                nameof(ReminderDays),
                "Reminders are days from 1 to 60, each later than the one before, such as 2, 5."
            );
            last = day;
        }

        Between(CallAfterDays, last + 1, 90, nameof(CallAfterDays), "The call comes after the last reminder and within 90 days.");
        Between(CallWithinHours, 1, 720, nameof(CallWithinHours), "Give a number of hours from 1 to 720.");
        Between(DaysBetweenCalls, 1, 30, nameof(DaysBetweenCalls), "Give a number of days from 1 to 30.");
        Between(CallAttempts, 1, 10, nameof(CallAttempts), "Give a number of attempts from 1 to 10.");
        Between(RecoveryWithinHours, 1, 720, nameof(RecoveryWithinHours), "Give a number of hours from 1 to 720.");
        Between(DayStartHour, 0, 22, nameof(DayStartHour), "The day starts at an hour from 0 to 22.");
        Between(DayEndHour, DayStartHour + 1, 24, nameof(DayEndHour), "The day ends after it starts, at 24 at the latest.");
        Between(AskShare, 1, 100, nameof(AskShare), "Give a share from 1 to 100 percent.");
        Between(CoolDownDays, 0, 365, nameof(CoolDownDays), "Give a number of days from 0, for no pause, to 365.");
        Between(SecondTouchDays, 0, 365, nameof(SecondTouchDays), "Give a number of days from 0, for never, to 365.");
        Between(
            LinkDays,
            CallAfterDays + 1,
            180,
            nameof(LinkDays),
            "The link has to live longer than the wait for the call, and at most 180 days."
        );
    }

    private static void Between(int value, int least, int most, string field, string otherwise)
    {
        if (value < least || value > most)
        {
            throw new Refusal(new Sentence(otherwise), field);
        }
    }
}
