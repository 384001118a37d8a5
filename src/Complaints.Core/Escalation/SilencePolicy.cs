using System.Globalization;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Escalation;

/// <summary>When a customer has waited too long for a word of a person.</summary>
/// <param name="Since">UTC time they last heard.</param>
/// <param name="WarnAt">UTC moment the holder is warned and a holding letter is asked for.</param>
/// <param name="RaiseAt">UTC moment it escalates.</param>
public sealed record SilenceMoments(DateTime Since, DateTime WarnAt, DateTime RaiseAt);

/// <summary>
/// The silence clock: working time since the customer last heard from a person, on the calendar of the complaint's unit.
/// It runs from the first word until the resolution (before the first word the acknowledgement is owed, which has a clock
/// of its own), and not while we wait for the customer. Pure.
/// </summary>
public static class SilencePolicy
{
    /// <summary>The key under which a silence is raised: once as a warning, once as an escalation.</summary>
    public static string KeyOf(SilenceMoments silence, bool late) =>
        string.Create(CultureInfo.InvariantCulture, $"{Trigger.Silence}:{silence.Since:yyyyMMddHHmmssfff}:{(late ? 1 : 0)}");

    /// <summary>The moments of this silence; null when the clock does not run.</summary>
    public static SilenceMoments? Of(Complaint complaint, DeadlineBook book, EscalationOptions options)
    {
        if (
            complaint is not { IsOpen: true, WaitingSince: null, LastPersonContactAt: { } since }
            || complaint.State >= State.Resolved
            || options.SilenceWarn == 0
        )
        {
            return null;
        }

        try
        {
            var calendar = book.Calendar(book.Unit(complaint.UnitId).CalendarId);
            return new SilenceMoments(
                since,
                calendar.DueAfterWorking(since, TimeSpan.FromHours(options.SilenceWarn)),
                calendar.DueAfterWorking(since, TimeSpan.FromHours(options.SilenceRaise))
            );
        }
        catch (Refusal)
        {
            return null; // a calendar that never opens
        }
    }
}
