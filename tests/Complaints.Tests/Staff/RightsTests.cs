using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Tests.Staff;

public sealed class RightsTests
{
    [Theory]
    [InlineData(Role.Agent, "/1/2/", true)]
    [InlineData(Role.Agent, "/1/2/5/", true)]
    [InlineData(Role.Agent, "/1/3/", false)]
    [InlineData(Role.Agent, "/1/", false)]
    [InlineData(Role.TeamLead, "/1/2/", true)]
    [InlineData(Role.Manager, "/1/3/", false)]
    [InlineData(Role.Director, "/1/3/", true)]
    [InlineData(Role.Auditor, "/1/3/", true)]
    [InlineData(Role.Administrator, "/1/2/", false)]
    public void What_each_role_of_one_unit_sees(Role role, string unit, bool sees) =>
        Assert.Equal(sees, Rights.MaySee(Somebody(role), unit, null, null));

    [Fact]
    public void A_unit_whose_number_begins_alike_is_another_unit() =>
        Assert.False(Rights.MaySee(Somebody(Role.Agent), "/1/20/", null, null));

    [Fact]
    public void The_owner_sees_what_they_hold_in_another_unit() => Assert.True(Rights.MaySee(Somebody(Role.Agent), "/1/3/", 7, null));

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Director)]
    [InlineData(Role.Auditor)]
    public void Whoever_is_complained_about_sees_it_nowhere(Role role) => Assert.False(Rights.MaySee(Somebody(role), "/1/2/", 7, "/3/7/"));

    [Fact]
    public void The_customer_holds_no_right_and_the_system_all()
    {
        Assert.All(Enum.GetValues<Right>(), r => Assert.False(Rights.Has(Actor.Customer, r)));
        Assert.All(Enum.GetValues<Right>(), r => Assert.True(Rights.Has(Actor.System, r)));
    }

    [Fact]
    public void An_auditor_reads_and_changes_nothing()
    {
        Right[] changing = [Right.Work, Right.Assign, Right.Lead, Right.Administer];
        Assert.All(changing, r => Assert.False(Rights.Has(Role.Auditor, r)));
    }

    private static Actor Somebody(Role role) =>
        new(7, "Seven", role, Seat.Senior, 2, "/1/2/", new Reader(Tongue.English, TimeZoneInfo.Utc));
}
