using System.Globalization;
using Complaints.Time;

namespace Complaints.Tests.Time;

/// <summary>Short ways to say calendars and moments in the tests of this room.</summary>
internal static class World
{
    internal const string OfficeHours = "Mon-Fri 09:00-17:00";

    internal static WorkingCalendar Calendar(string zone, string hours, string holidays = "", string makeUpDays = "") =>
        WorkingCalendar.Parse("Test", zone, hours, holidays, makeUpDays);

    internal static WorkingCalendar Office { get; } = Calendar("Etc/UTC", OfficeHours);

    /// <summary>An instant from <c>2026-03-02 09:30</c> (seconds and fractions allowed), UTC.</summary>
    internal static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    internal static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
