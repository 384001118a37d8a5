using System.Globalization;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.FollowUp;

/// <summary>When customers are asked, reminded and called.</summary>
[Route("settings/follow-up")]
public sealed class FollowUpSettingsController(ComplaintsDb db, Foreseeing foreseeing) : DeskController
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        Allowed();
        return View("FollowUpSettings", FollowUpSettingsForm.Of(await FollowUpOptions.ReadAsync(db)));
    }

    /// <summary>Keeps them; what is already planned keeps its time and follows the new rules from its next step on.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Update(FollowUpSettingsForm form, bool preview)
    {
        Allowed();
        return await TryAsync(
            async () =>
            {
                if (preview)
                {
                    var options = form.Options();
                    options.Check();
                    ViewData["Foreseen"] = await foreseeing.SampleAsync(options, HttpContext.RequestAborted);
                    return View("FollowUpSettings", form);
                }

                await form.Options().KeepAsync(db);
                await db.SaveChangesAsync();
                Flash("Saved. It counts from the next step of every follow-up on.");
                return Redirect("/settings/follow-up");
            },
            () => Task.FromResult<IActionResult>(View("FollowUpSettings", form))
        );
    }

    private void Allowed()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }
}

/// <summary>The settings as typed.</summary>
public sealed class FollowUpSettingsForm
{
    public string? ReminderDays { get; set; }
    public int CallAfterDays { get; set; }
    public int CallWithinHours { get; set; }
    public int DaysBetweenCalls { get; set; }
    public int CallAttempts { get; set; }
    public int RecoveryWithinHours { get; set; }
    public int DayStartHour { get; set; }
    public int DayEndHour { get; set; }
    public int LinkDays { get; set; }
    public int AskShare { get; set; }
    public int CoolDownDays { get; set; }
    public int SecondTouchDays { get; set; }

    /// <summary>The form for what is in force.</summary>
    public static FollowUpSettingsForm Of(FollowUpOptions o) =>
        new()
        {
            ReminderDays = string.Join(", ", o.ReminderDays),
            CallAfterDays = o.CallAfterDays,
            CallWithinHours = o.CallWithinHours,
            DaysBetweenCalls = o.DaysBetweenCalls,
            CallAttempts = o.CallAttempts,
            RecoveryWithinHours = o.RecoveryWithinHours,
            DayStartHour = o.DayStartHour,
            DayEndHour = o.DayEndHour,
            LinkDays = o.LinkDays,
            AskShare = o.AskShare,
            CoolDownDays = o.CoolDownDays,
            SecondTouchDays = o.SecondTouchDays,
        };

    /// <summary>What was meant.</summary>
    /// <exception cref="Refusal">The reminder days are no list of numbers.</exception>
    public FollowUpOptions Options() =>
        new()
        {
            ReminderDays = [.. (ReminderDays ?? "").Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Day)],
            CallAfterDays = CallAfterDays,
            CallWithinHours = CallWithinHours,
            DaysBetweenCalls = DaysBetweenCalls,
            CallAttempts = CallAttempts,
            RecoveryWithinHours = RecoveryWithinHours,
            DayStartHour = DayStartHour,
            DayEndHour = DayEndHour,
            LinkDays = LinkDays,
            AskShare = AskShare,
            CoolDownDays = CoolDownDays,
            SecondTouchDays = SecondTouchDays,
        };

    private static int Day(string typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : 0; // refused by the rule
}
