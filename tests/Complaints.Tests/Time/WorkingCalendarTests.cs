using Complaints.Language;
using Complaints.Time;
using Xunit;
using static Complaints.Tests.Time.World;

namespace Complaints.Tests.Time;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("2026-03-02 09:30", 60, "2026-03-02 10:30")] // within a day
    [InlineData("2026-03-02 16:00", 60, "2026-03-02 17:00")] // used up at closing: due at closing
    [InlineData("2026-03-02 16:00", 60.5, "2026-03-03 09:00:30")] // half a minute more: the next morning
    [InlineData("2026-03-06 16:50", 60, "2026-03-09 09:50")] // over a weekend
    [InlineData("2026-03-07 12:00", 0, "2026-03-09 09:00")] // zero while closed: next opening
    [InlineData("2026-03-02 12:00", 0, "2026-03-02 12:00")] // zero while open: now
    [InlineData("2026-03-02 17:00", 0, "2026-03-03 09:00")] // closed at the instant of closing
    [InlineData("2026-03-02 05:00", 480, "2026-03-02 17:00")] // before opening
    [InlineData("2026-01-01 00:00", 2400 * 52, "2026-12-30 17:00")] // a year of weeks
    public void Working_time_runs_out_when_the_office_has_been_open_that_long(string start, double minutes, string due) =>
        Assert.Equal(Utc(due), Office.DueAfterWorking(Utc(start), Minutes(minutes)));

    [Theory]
    [InlineData("08:59:59.9999999", false)]
    [InlineData("09:00", true)]
    [InlineData("16:59:59.9999999", true)]
    [InlineData("17:00", false)]
    public void It_is_open_from_the_opening_until_just_before_the_closing(string time, bool open) =>
        Assert.Equal(open, Office.IsOpen(Utc($"2026-03-02 {time}")));

    [Fact]
    public void Split_shifts_leave_out_the_lunch_break()
    {
        var calendar = Calendar("Asia/Shanghai", "Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00");
        Assert.Equal(Minutes((5 * 480) + 120), calendar.WorkedBetween(Utc("2026-03-01 16:00"), Utc("2026-03-08 16:00")));
        Assert.Equal(Utc("2026-03-02 06:30"), calendar.DueAfterWorking(Utc("2026-03-02 03:30"), Minutes(60)));
        Assert.Equal(Utc("2026-03-07 04:00"), calendar.EndOfWorkingDay(new DateOnly(2026, 3, 7)));
        Assert.Null(calendar.EndOfWorkingDay(new DateOnly(2026, 3, 8)));
    }

    [Fact]
    public void A_span_over_midnight_belongs_to_the_day_it_starts_on()
    {
        var calendar = Calendar("Etc/UTC", "Sat 22:00-06:00", "2026-03-07;2026-03-15");
        Assert.Equal(TimeSpan.Zero, calendar.WorkedBetween(Utc("2026-03-07"), Utc("2026-03-09"))); // the Saturday is a holiday
        Assert.Equal(Minutes(480), calendar.WorkedBetween(Utc("2026-03-14"), Utc("2026-03-16"))); // only its Sunday is one
        Assert.True(calendar.IsOpen(Utc("2026-03-15 05:59")));
        Assert.Equal(Utc("2026-03-15 06:00"), calendar.EndOfWorkingDay(new DateOnly(2026, 3, 14)));
        Assert.Equal(
            [new OpenSpan(Utc("2026-03-15 01:00"), Utc("2026-03-15 06:00"))],
            calendar.OpenSpans(Utc("2026-03-15 01:00"), Utc("2026-03-16"))
        );
    }

    [Fact]
    public void Overlapping_spans_count_once_and_touching_ones_are_one()
    {
        var calendar = Calendar("Etc/UTC", "Fri 22:00-06:00;Sat 05:00-10:00,10:00-12:00");
        Assert.Equal(
            [new OpenSpan(Utc("2026-03-06 22:00"), Utc("2026-03-07 12:00"))],
            calendar.OpenSpans(Utc("2026-03-02"), Utc("2026-03-09"))
        );
        Assert.Equal(Minutes(14 * 60), calendar.WorkedBetween(Utc("2026-03-02"), Utc("2026-03-09")));
    }

    [Fact]
    public void A_make_up_day_works_with_its_own_hours_even_on_a_holiday()
    {
        var calendar = Calendar("Asia/Shanghai", OfficeHours, "2026-02-16;2026-02-17", "2026-02-14 10:00-12:00;2026-02-17 09:00-10:00");
        Assert.Equal(Minutes(120), calendar.WorkedBetween(Utc("2026-02-13 16:00"), Utc("2026-02-14 16:00"))); // a Saturday
        Assert.Equal(Minutes(0), calendar.WorkedBetween(Utc("2026-02-15 16:00"), Utc("2026-02-16 16:00"))); // a holiday
        Assert.Equal(Minutes(60), calendar.WorkedBetween(Utc("2026-02-16 16:00"), Utc("2026-02-17 16:00"))); // both
    }

    [Theory]
    [InlineData("2026-12-25", "2027-12-25 09:00")]
    [InlineData("every year: 12-25", "2027-12-26 09:00")]
    public void A_yearly_holiday_comes_back_and_a_single_one_does_not(string holidays, string opens) =>
        Assert.Equal(Utc(opens), Calendar("floating", "Mon-Sun 09:00-17:00", holidays).NextOpening(Utc("2027-12-24 17:00")));

    [Theory]
    [InlineData("", "", "")]
    [InlineData(" ; ", "2026-01-01", "")]
    public void A_calendar_without_open_time_is_refused(string hours, string holidays, string makeUpDays)
    {
        var refusal = Assert.Throws<Refusal>(() => Calendar("floating", hours, holidays, makeUpDays));
        Assert.StartsWith("This calendar has no open time.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_whose_holidays_are_every_day_of_the_year_is_refused()
    {
        var all = string.Join(';', Enumerable.Range(0, 366).Select(i => $"every year: {new DateOnly(2000, 1, 1).AddDays(i):MM-dd}"));
        Assert.Throws<Refusal>(() => Calendar("floating", OfficeHours, all));
        Assert.NotNull(Calendar("floating", OfficeHours, all, "2026-02-14 09:00-10:00"));
    }

    [Fact]
    public void Years_of_holidays_are_passed_over_and_an_end_of_all_open_time_is_a_refusal()
    {
        var closed = string.Join(';', Enumerable.Range(0, 6 * 366).Select(i => $"{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd}"));
        Assert.Equal(Utc("2032-01-06 09:00"), Calendar("Etc/UTC", OfficeHours, closed).NextOpening(Utc("2026-01-01")));

        var once = Calendar("Etc/UTC", "", "", "2026-02-14 09:00-10:00");
        Assert.Equal(Utc("2026-02-14 10:00"), once.DueAfterWorking(Utc("2020-01-01"), Minutes(60)));
        Assert.Contains(
            "100 years",
            Assert.Throws<Refusal>(() => once.NextOpening(Utc("2026-02-14 10:00"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_instant_that_is_not_UTC_is_a_fault_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Office.NextOpening(new DateTime(2026, 1, 1)));
}
