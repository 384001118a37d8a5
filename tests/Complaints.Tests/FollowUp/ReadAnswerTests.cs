using Complaints.FollowUp;

namespace Complaints.Tests.FollowUp;

public sealed class ReadAnswerTests
{
    [Theory]
    [InlineData(true, "5 5 5 5 5", Satisfaction.Satisfied, false)]
    [InlineData(true, "4 4 4 - 4", Satisfaction.Satisfied, false)]
    [InlineData(true, "5 5 5 - 3", Satisfaction.Satisfied, false)]
    [InlineData(true, "4 4 4 4 3", Satisfaction.Between, false)]
    [InlineData(true, "3 3 3 3 3", Satisfaction.Between, false)]
    [InlineData(true, "2 3 3 3 3", Satisfaction.Dissatisfied, false)]
    [InlineData(true, "5 5 5 5 1", Satisfaction.Dissatisfied, true)]
    [InlineData(true, "1 - - - -", Satisfaction.Dissatisfied, true)]
    [InlineData(false, "5 5 5 5 5", Satisfaction.Dissatisfied, false)]
    [InlineData(false, "- - - - -", Satisfaction.Dissatisfied, false)]
    [InlineData(true, "- - - - -", Satisfaction.Between, false)]
    [InlineData(true, "- - - - 4", Satisfaction.Satisfied, false)]
    public void Marks_read_as(bool solved, string marks, Satisfaction result, bool vetoed)
    {
        var m = marks.Split(' ').Select(t => t == "-" ? (int?)null : int.Parse(t, null)).ToArray();
        var reading = ReadAnswer.Read(solved, new Marks(m[0], m[1], m[2], m[3], m[4]));
        Assert.Equal((result, vetoed), (reading.Result, reading.Vetoed));
    }

    [Fact]
    public void The_mean_is_of_the_marks_that_apply() => Assert.Equal(4.5, ReadAnswer.Read(true, new Marks(5, 4, null, null, null)).Mean);
}
