using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Tests.Intake;

public sealed class RoutingTests
{
    private static readonly DateTime _now = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(Tier.Lead, Severity.Normal, false, false, Seat.Junior)]
    [InlineData(Tier.Brass, Severity.Low, false, false, Seat.Junior)]
    [InlineData(Tier.Brass, Severity.High, false, false, Seat.Middle)]
    [InlineData(Tier.Gold, Severity.Normal, false, false, Seat.Middle)]
    [InlineData(Tier.Diamond, Severity.Low, false, false, Seat.Senior)]
    [InlineData(Tier.Lead, Severity.Critical, false, false, Seat.Senior)]
    [InlineData(Tier.Lead, Severity.Low, true, false, Seat.Senior)]
    [InlineData(Tier.Brass, Severity.Normal, false, true, Seat.Senior)]
    public void The_matrix_says_which_seat_may_get_it(Tier tier, Severity severity, bool isPublic, bool reopened, Seat seat) =>
        Assert.Equal(seat, Routing.SeatFor(Work(tier, severity) with { Public = isPublic, Reopened = reopened }));

    [Fact]
    public void Where_everybody_is_treated_alike_the_tier_weighs_nothing() =>
        Assert.Equal(Seat.Junior, Routing.SeatFor(Work(Tier.Diamond) with { EqualTreatment = true }));

    [Fact]
    public void The_least_loaded_present_agent_gets_it()
    {
        var decision = Routing.Choose(Work(), [Agent(1, load: 3), Agent(2, load: 1), Agent(3, load: 2)], _now);
        Assert.Equal(2, decision.To);
        Assert.Equal("Present, seat Junior fits, least work (1 open complaint).", decision.Why.ToString());
    }

    [Fact]
    public void With_equal_load_the_lower_seat_gets_it() =>
        Assert.Equal(2, Routing.Choose(Work(), [Agent(1, Seat.Senior), Agent(2)], _now).To);

    [Fact]
    public void A_seat_too_low_is_passed_over_however_idle() =>
        Assert.Equal(2, Routing.Choose(Work(Tier.Gold), [Agent(1), Agent(2, Seat.Middle, load: 9)], _now).To);

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Present_is_who_was_seen_in_the_last_fifteen_minutes(int minutes, bool present) =>
        Assert.Equal(present, Routing.Choose(Work(), [Agent(1) with { LastSeenAt = _now.AddMinutes(-minutes) }], _now).To is not null);

    [Fact]
    public void Always_present_needs_no_sight_but_away_is_away()
    {
        var unseen = Agent(1) with { LastSeenAt = null, AlwaysPresent = true };
        Assert.Equal(1, Routing.Choose(Work(), [unseen], _now).To);
        Assert.Null(Routing.Choose(Work(), [unseen with { Away = true }], _now).To);
    }

    [Fact]
    public void Whoever_is_complained_about_never_gets_it() =>
        Assert.Equal(2, Routing.Choose(Work() with { KeptFrom = "/1/" }, [Agent(1), Agent(2, load: 9)], _now).To);

    [Fact]
    public void Outside_hours_it_waits_and_says_why()
    {
        var decision = Routing.Choose(Work() with { UnitOpen = false }, [Agent(1) with { AlwaysPresent = true }], _now);
        Assert.Null(decision.To);
        Assert.Contains("closed", decision.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void When_no_seat_fits_it_names_the_seat()
    {
        var decision = Routing.Choose(Work(Tier.Diamond), [Agent(1), Agent(2, Seat.Middle)], _now);
        Assert.Null(decision.To);
        Assert.Equal("需由高级坐席处理，目前无人在岗，等待组长分派。", Tongue.Say(Tongue.Chinese, decision.Why));
    }

    [Fact]
    public void Who_writes_the_customers_language_goes_before_who_has_less_to_do()
    {
        var work = Work() with { Language = Tongue.Chinese };
        Candidate chinese = Agent(2, load: 9) with { Language = Tongue.Chinese };
        Assert.Equal(2, Routing.Choose(work, [Agent(1), chinese], _now).To);
        Assert.Equal(3, Routing.Choose(work, [Agent(1), chinese, Agent(3, load: 2) with { BothLanguages = true }], _now).To);
        var nobody = Routing.Choose(work, [Agent(1)], _now);
        Assert.Equal(1, nobody.To); // nobody waits for somebody who is not there
        Assert.Contains("the customer's language", nobody.Why.ToString(), StringComparison.Ordinal);
        Assert.Null(Routing.Choose(work with { Tier = Tier.Diamond }, [chinese], _now).To); // the seat still counts first
    }

    [Fact]
    public void Who_knows_the_category_or_one_above_it_goes_first()
    {
        var work = Work() with { Categories = [7, 3] };
        var knows = Agent(2, load: 9) with { Skills = [3] };
        var decision = Routing.Choose(work, [Agent(1) with { Skills = [4] }, knows], _now);
        Assert.Equal(2, decision.To);
        Assert.Contains("Knows this category", decision.Why.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Routing.Choose(Work(), [Agent(1), knows], _now).To);
    }

    private static RoutedWork Work(Tier tier = Tier.Brass, Severity severity = Severity.Normal) =>
        new(tier, severity, Public: false, Reopened: false, EqualTreatment: false, KeptFrom: null, UnitOpen: true);

    private static Candidate Agent(long id, Seat seat = Seat.Junior, int load = 0) =>
        new(id, "Agent " + id, seat, Away: false, LastSeenAt: _now, AlwaysPresent: false, load);
}
