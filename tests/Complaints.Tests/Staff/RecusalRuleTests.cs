using Complaints.Staff;

namespace Complaints.Tests.Staff;

/// <summary>Who is kept out of what they decided before, and when somebody has to stay.</summary>
public sealed class RecusalRuleTests
{
    private const string Here = "/1/2/";

    [Fact]
    public void Whoever_decided_is_kept_out_while_somebody_else_could_work_it() =>
        Says(Recusal.Decide(null, [1], [Senior(1), Senior(2)], Seat.Senior, Here), kept: [1], stay: []);

    [Fact]
    public void A_team_lead_up_the_chain_can_work_it_too() =>
        Says(Recusal.Decide(null, [1], [Senior(1), Of(2, Role.TeamLead, "/1/")], Seat.Senior, Here), kept: [1], stay: []);

    [Fact]
    public void At_a_desk_of_one_nobody_is_locked_out_and_the_manager_is_asked() =>
        Says(Recusal.Decide(null, [1], [Senior(1), Of(9, Role.Manager, "/1/")], Seat.Senior, Here), kept: [], stay: [1], asked: 9);

    [Fact]
    public void A_seat_too_low_a_foreign_unit_and_an_auditor_do_not_count() =>
        Says(
            Recusal.Decide(
                null,
                [1],
                [Senior(1), Senior(2) with { Seat = Seat.Middle }, Senior(3) with { UnitPath = "/1/3/" }, Of(4, Role.Auditor, "/1/")],
                Seat.Senior,
                Here
            ),
            kept: [],
            stay: [1]
        );

    [Fact]
    public void Whoever_is_complained_about_is_nobody_who_could_work_it() =>
        Says(Recusal.Decide(2, [1], [Senior(1), Senior(2)], Seat.Senior, Here), kept: [], stay: [1]);

    [Fact]
    public void When_everybody_decided_once_the_oldest_decision_comes_back_and_not_the_last() =>
        Says(Recusal.Decide(null, [1, 2], [Senior(1), Senior(2)], Seat.Senior, Here), kept: [2], stay: [1]);

    [Fact]
    public void Who_no_longer_works_here_does_not_come_back() =>
        Says(Recusal.Decide(null, [1, 2], [Senior(2)], Seat.Senior, Here), kept: [1], stay: [2]);

    [Fact]
    public void A_junior_alone_at_the_desk_stays_although_the_seat_is_too_low() =>
        Says(Recusal.Decide(null, [1], [Senior(1) with { Seat = Seat.Junior }], Seat.Senior, Here), kept: [], stay: [1]);

    /// <summary>For any desk: nobody is both kept and staying, at most one stays, and somebody who could work it is never kept out by all being kept out.</summary>
    [Fact]
    public void No_desk_locks_itself_out()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 5_000; round++)
        {
            var people = Enumerable
                .Range(1, random.Next(1, 7))
                .Select(i => new Colleague(
                    i,
                    "P" + i,
                    (Role)random.Next(0, 4),
                    (Seat)random.Next(0, 3),
                    random.Next(3) == 0 ? "/1/"
                        : random.Next(4) == 0 ? "/1/3/"
                        : Here
                ))
                .ToList();
            var about = random.Next(3) == 0 ? random.Next(1, 7) : (long?)null;
            var decided = Enumerable.Range(1, 6).Select(i => (long)i).OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToList();
            var needed = (Seat)random.Next(0, 3);
            var decision = Recusal.Decide(about, decided, people, needed, Here);
            bool Works(Colleague p) =>
                p.Id != about
                && Here.StartsWith(p.UnitPath, StringComparison.Ordinal)
                && (p.Role == Role.TeamLead || (p.Role == Role.Agent && p.Seat >= needed));
            Assert.Equal(decided.Order(), decision.Kept.Concat(decision.Stay).Order());
            Assert.True(decision.Stay.Count <= 1);
            if (people.Exists(p => Works(p) && !decided.Contains(p.Id)))
            {
                Assert.Empty(decision.Stay);
            }
            else if (people.Exists(Works))
            {
                Assert.Contains(people, p => Works(p) && decision.Stay.Contains(p.Id));
            }

            Assert.False(decision.AskedId is { } asked && (decided.Contains(asked) || asked == about));
        }
    }

    [Fact]
    public void The_column_tells_1_from_12()
    {
        var column = Recusal.Write([12, 5, 12]);
        Assert.Equal("/12/5/", column);
        Assert.Equal([12, 5], Recusal.Ids(column));
        Assert.True(Recusal.Holds(column, 5));
        Assert.False(Recusal.Holds(column, 1));
        Assert.False(Recusal.Holds(column, null));
        Assert.Null(Recusal.Write([]));
    }

    private static Colleague Senior(long id) => new(id, "P" + id, Role.Agent, Seat.Senior, Here);

    private static Colleague Of(long id, Role role, string path) => new(id, "P" + id, role, Seat.Senior, path);

    private static void Says(Recused decision, long[] kept, long[] stay, long? asked = null)
    {
        Assert.Equal(kept, decision.Kept);
        Assert.Equal(stay, decision.Stay);
        Assert.Equal(asked, decision.AskedId);
    }
}
