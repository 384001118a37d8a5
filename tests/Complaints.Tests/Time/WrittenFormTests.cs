using Complaints.Language;
using Complaints.Time;
using Xunit;

namespace Complaints.Tests.Time;

public sealed class WrittenFormTests
{
    [Theory]
    [InlineData("Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00", "Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00")]
    [InlineData("Sat 22:00-06:00", "Sat 22:00-06:00")]
    [InlineData("Mon 00:00-24:00;Fri 22:00-00:00", "Mon 00:00-24:00;Fri 22:00-24:00")]
    [InlineData("saturday - monday 9:00 – 17:00", "Mon 09:00-17:00;Sat-Sun 09:00-17:00")]
    [InlineData("Mon, Wed 13:00-14:00 ; Mon 09:00-10:00;", "Mon 09:00-10:00,13:00-14:00;Wed 13:00-14:00")]
    [InlineData("周一-周五 09：00-12：00，13：30-18：00；周六 10：00-12：00", "Mon-Fri 09:00-12:00,13:30-18:00;Sat 10:00-12:00")]
    [InlineData("", "")]
    public void Weekly_hours_are_read_and_written_back(string text, string written)
    {
        Assert.Equal(written, WeeklyHours.Parse(text).ToString());
        Assert.Equal(written, WeeklyHours.Parse(written).ToString());
    }

    [Theory]
    [InlineData("2026-12-25;every year: 12-25", "2026-12-25;every year: 12-25")]
    [InlineData("Every Year:02-29, 2026-12-26,2026-12-25 ,2026-12-25", "2026-12-25;2026-12-26;every year: 02-29")]
    [InlineData("2026-10-01，每年：05-01", "2026-10-01;every year: 05-01")]
    [InlineData("", "")]
    public void Holidays_are_read_and_written_back(string text, string written) => Assert.Equal(written, Holidays.Parse(text).ToString());

    [Theory]
    [InlineData("2026-02-28 09:00-12:00,13:00-18:00;2026-02-14 09:00-17:00", "2026-02-14 09:00-17:00;2026-02-28 09:00-12:00,13:00-18:00")]
    [InlineData("2026-02-14 13:00-17:00\n2026-02-14 09:00-12:00", "2026-02-14 09:00-12:00,13:00-17:00")]
    [InlineData("", "")]
    public void Make_up_days_are_read_and_written_back(string text, string written) =>
        Assert.Equal(written, MakeUpDays.Parse(text).ToString());

    [Theory]
    [InlineData("Mon-Fri 09:00-17:00;Funday 09:00-17:00", "“Funday” is not a day")]
    [InlineData("Mon", "“Mon” is not a day with its hours")]
    [InlineData("09:00-17:00", "“” is not a day")]
    [InlineData("Mon 09:00", "“09:00” is not an opening time")]
    [InlineData("Mon 09:00-25:00", "“09:00-25:00” is not an opening time")]
    [InlineData("Mon 09:60-10:00", "“09:60-10:00” is not an opening time")]
    [InlineData("Mon 24:00-06:00", "“24:00-06:00” is not an opening time")]
    [InlineData("Mon 09:00-09:00", "opens and closes at the same time")]
    [InlineData("Mon-Wed-Fri 09:00-17:00", "“Mon-Wed-Fri” is not a day")]
    public void Hours_that_cannot_be_read_are_named(string text, string said)
    {
        var refusal = Assert.Throws<Refusal>(() => WeeklyHours.Parse(text));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Hours", refusal.Field);
    }

    [Theory]
    [InlineData("2026-02-30", "“2026-02-30” is not a holiday")]
    [InlineData("25.12.2026", "“25.12.2026” is not a holiday")]
    [InlineData("every year: 13-01", "“every year: 13-01” is not a holiday")]
    public void Holidays_that_cannot_be_read_are_named(string text, string said) =>
        Assert.Contains(said, Assert.Throws<Refusal>(() => Holidays.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-02-14", "“2026-02-14” is not a make-up working day")]
    [InlineData("Sat 09:00-17:00", "“Sat 09:00-17:00” is not a make-up working day")]
    [InlineData("2026-02-14 morning", "“morning” is not an opening time")]
    public void Make_up_days_that_cannot_be_read_are_named(string text, string said) =>
        Assert.Contains(said, Assert.Throws<Refusal>(() => MakeUpDays.Parse(text)).Message, StringComparison.Ordinal);
}
