using Complaints.Time;
using Xunit;
using static Complaints.Tests.Time.World;

namespace Complaints.Tests.Time;

/// <summary>
/// 2026: London changes on 29 March and 25 October at 01:00 UTC, New York on 8 March (07:00 UTC) and 1 November (06:00 UTC),
/// Lord Howe by half an hour on 5 April and 4 October.
/// </summary>
public sealed class DaylightSavingTests
{
    [Theory]
    [InlineData("Europe/London", "Sun 00:00-06:00", "2026-03-29", 300)] // clocks go forward
    [InlineData("Europe/London", "Sun 00:00-06:00", "2026-10-25", 420)] // and back
    [InlineData("Europe/London", "Sat 22:00-06:00", "2026-03-28", 420)] // over midnight, into the change
    [InlineData("Europe/London", "Sat 22:00-06:00", "2026-10-24", 540)]
    [InlineData("Europe/London", "Sun 01:30-06:00", "2026-03-29", 240)] // opens in skipped time: at the change
    [InlineData("Europe/London", "Sun 00:00-01:30", "2026-03-29", 60)] // closes in skipped time: at the change
    [InlineData("Europe/London", "Sun 01:10-01:50", "2026-03-29", 0)] // wholly skipped
    [InlineData("Europe/London", "Sun 01:30-06:00", "2026-10-25", 330)] // opens at the first 01:30
    [InlineData("Europe/London", "Sun 00:00-01:30", "2026-10-25", 90)] // closes at the first 01:30
    [InlineData("Europe/London", "Sun 01:10-01:50", "2026-10-25", 40)] // once, not twice
    [InlineData("America/New_York", "Sun 00:00-24:00", "2026-03-08", 23 * 60)]
    [InlineData("America/New_York", "Sun 00:00-24:00", "2026-11-01", 25 * 60)]
    [InlineData("Australia/Lord_Howe", "Sun 00:00-24:00", "2026-10-04", (23 * 60) + 30)]
    [InlineData("Australia/Lord_Howe", "Sun 00:00-24:00", "2026-04-05", (24 * 60) + 30)]
    [InlineData("floating", "Sun 00:00-06:00", "2026-03-29", 360)] // no zone, no change
    public void A_working_minute_is_an_elapsed_minute(string zone, string hours, string date, double minutes)
    {
        var start = Utc(date).AddDays(-1);
        Assert.Equal(Minutes(minutes), Calendar(zone, hours).WorkedBetween(start, start.AddDays(4)));
    }

    [Theory]
    [InlineData("Europe/London", "2026-03-27 16:00", 120, "2026-03-30 09:00")] // 17:00 GMT on Friday, 10:00 BST on Monday
    [InlineData("Europe/London", "2026-10-23 15:00", 120, "2026-10-26 10:00")]
    [InlineData("America/New_York", "2026-03-06 21:00", 120, "2026-03-09 14:00")]
    public void Office_hours_stay_where_the_wall_clock_has_them(string zone, string start, double minutes, string due) =>
        Assert.Equal(Utc(due), Calendar(zone, OfficeHours).DueAfterWorking(Utc(start), Minutes(minutes)));

    [Theory]
    [InlineData("Europe/London", "2026-03-29 01:30", "2026-03-29 01:00")] // skipped: the change
    [InlineData("Europe/London", "2026-03-29 02:00", "2026-03-29 01:00")]
    [InlineData("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30")] // twice: the first
    [InlineData("Europe/London", "2026-10-25 02:00", "2026-10-25 02:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45")]
    [InlineData("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00")] // a whole day was skipped
    [InlineData("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00")] // midnight was skipped
    public void A_wall_clock_time_is_the_first_instant_at_which_it_is_shown_or_passed(string zone, string local, string utc) =>
        Assert.Equal(Utc(utc), Zones.FirstInstant(Zones.Find(zone), Utc(local)));

    [Fact]
    public void Windows_names_of_zones_are_known_and_unknown_ones_refused()
    {
        Assert.Equal(Utc("2026-07-01 08:00"), Zones.FirstInstant(Zones.Find("GMT Standard Time"), Utc("2026-07-01 09:00")));
        Assert.Null(Zones.Find(" Floating "));
        Assert.Contains(
            "“Mars/Olympus”",
            Assert.Throws<Complaints.Language.Refusal>(() => Zones.Find("Mars/Olympus")).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>A slow second opinion: walk through every minute of a year and look at the wall clock.</summary>
    [Theory]
    [InlineData("Europe/London")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Shanghai")]
    public void It_agrees_with_looking_at_the_wall_clock_every_minute(string zone)
    {
        // No edge between 01:00 and 03:00, where a time shown twice is open by rule and not by its looks.
        var calendar = Calendar(zone, "Mon-Fri 08:00-12:00,14:00-18:00;Sat 22:00-06:00;Sun 20:00-24:00", "every year: 12-26;2026-05-01");
        var info = Zones.Find(zone)!;
        var looks = TimeSpan.Zero;
        var start = Utc("2026-01-01");
        var end = Utc("2027-01-01");
        for (var at = start; at < end; at = at.AddMinutes(1))
        {
            var local = at + info.GetUtcOffset(at);
            var today = DateOnly.FromDateTime(local);
            var time = local.TimeOfDay;
            var open =
                calendar.HoursOn(today).Any(h => h.Opens <= time && time < h.Closes)
                || calendar.HoursOn(today.AddDays(-1)).Any(h => time + TimeSpan.FromHours(24) < h.Closes);
            looks += open ? Minutes(1) : TimeSpan.Zero;
        }

        Assert.Equal(looks, calendar.WorkedBetween(start, end));
    }
}
