using Complaints.Casework;
using Complaints.Staff;

namespace Complaints.Tests.Casework;

/// <summary>Spreading open work evenly: to whom, what, and with how few moves.</summary>
public sealed class SpreadingTests
{
    private static readonly DateTime _day = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Who_has_most_gives_to_who_has_least_and_no_more_than_it_takes() =>
        Assert.Equal([1, 1], Moves([Anna, Ben], Held(1, 5), Held(2, 1)).Select(m => m.From!.Value));

    [Fact]
    public void A_difference_of_one_moves_nothing() => Assert.Empty(Moves([Anna, Ben], Held(1, 3), Held(2, 2)));

    [Fact]
    public void What_is_due_last_and_not_begun_goes_first()
    {
        var work = Held(1, 4).Select((w, i) => w with { QueueAt = _day.AddHours(i), Begun = i == 3 }).ToList();
        Assert.Equal([work[2].Id, work[1].Id], Moves([Anna, Ben], work).Select(m => m.Id));
    }

    [Fact]
    public void Nobody_away_gets_anything_and_what_they_hold_goes_only_when_asked()
    {
        var people = new[] { Anna, Ben with { Present = false } };
        Assert.Empty(Moves(people, Held(1, 6)));
        Assert.Empty(Moves(people, Held(2, 6)));
        Assert.Equal(6, Spreading.Propose(people, Held(2, 6), fromAway: true, 500).Count(m => m.To == 1));
    }

    [Fact]
    public void Whoever_is_kept_out_never_gets_it() =>
        Assert.Empty(Moves([Anna, Ben], Held(1, 4).ConvertAll(w => w with { KeptFrom = "/7/2/" })));

    [Fact]
    public void A_seat_too_low_a_foreign_unit_and_another_language_do_not_fit()
    {
        Assert.Empty(Moves([Anna, Ben with { Seat = Seat.Junior }], Held(1, 4).ConvertAll(w => w with { Needs = Seat.Middle })));
        Assert.Empty(Moves([Anna, Ben with { UnitPath = "/1/3/" }], Held(1, 4)));
        Assert.Empty(Moves([Anna, Ben with { Language = "zh-Hans" }], Held(1, 4)));
        Assert.NotEmpty(Moves([Anna, Ben with { Language = "zh-Hans", BothLanguages = true }], Held(1, 4)));
    }

    [Fact]
    public void A_language_nobody_present_writes_is_no_reason_to_leave_it() =>
        Assert.Equal(2, Moves([Anna, Ben], Held(1, 4).ConvertAll(w => w with { Language = "zh-Hans" })).Count);

    [Fact]
    public void Nobody_loses_what_they_know_well_to_somebody_who_does_not()
    {
        var knowing = Anna with { Skills = [9] };
        var work = Held(1, 4).ConvertAll(w => w with { Categories = [12, 9] });
        Assert.Empty(Moves([knowing, Ben], work));
        Assert.Equal(2, Moves([knowing, Ben with { Skills = [12] }], work).Count);
    }

    [Fact]
    public void What_nobody_holds_goes_to_who_has_least_and_knows_it()
    {
        var free = Held(0, 1).ConvertAll(w => w with { OwnerId = null, Categories = [9] });
        Assert.Equal(2, Moves([Anna, Ben with { Skills = [9] }], free).Single().To);
        Assert.Equal(1, Moves([Anna, Ben with { Skills = [9] }], Held(2, 1), free).Single().To);
    }

    [Fact]
    public void No_more_than_one_may_oversee() => Assert.Equal(3, Spreading.Propose([Anna, Ben], Held(1, 40), false, 3).Count);

    /// <summary>For any team and any work: whoever gets something may, nothing moves twice, the numbers end closer, and by no more moves than the difference to the even share.</summary>
    [Fact]
    public void For_any_team_it_ends_more_even_and_never_with_the_wrong_one()
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var people = Enumerable
                .Range(1, random.Next(2, 7))
                .Select(i => new Shoulder(
                    i,
                    (Seat)random.Next(3),
                    random.Next(4) == 0 ? "/1/" : "/1/2/",
                    random.Next(5) > 0,
                    random.Next(3) == 0 ? "zh-Hans" : "en",
                    random.Next(4) == 0,
                    random.Next(3) == 0 ? [9] : []
                ))
                .ToList();
            var work = Enumerable
                .Range(1, random.Next(0, 60))
                .Select(i => new Burden(
                    i,
                    random.Next(8) == 0 ? null : random.Next(1, people.Count + 1),
                    (Seat)random.Next(3),
                    "/1/2/",
                    random.Next(3) == 0 ? "zh-Hans" : "en",
                    random.Next(3) == 0 ? [9] : [],
                    random.Next(6) == 0 ? $"/{random.Next(1, 7)}/" : null,
                    random.Next(2) == 0,
                    _day.AddMinutes(random.Next(5000))
                ))
                .ToList();
            var away = random.Next(2) == 0;
            var moves = Spreading.Propose(people, work, away, 500);
            var present = people.Where(p => p.Present).ToList();
            Assert.Equal(moves.Count, moves.Select(m => m.Id).Distinct().Count());
            foreach (var move in moves)
            {
                var (one, to) = (work.Single(w => w.Id == move.Id), people.Single(p => p.Id == move.To));
                Assert.True(to.Present && Spreading.Fits(one, to, present), $"seed {seed}: {move}");
                Assert.NotEqual(move.From, move.To);
                Assert.Equal(one.OwnerId, move.From);
                Assert.True(away || move.From is null || people.Single(p => p.Id == move.From).Present);
            }

            var swaps = moves.Where(m => m.From is { } from && people.Single(p => p.Id == from).Present).ToList();
            Assert.DoesNotContain(swaps, m => swaps.Exists(n => n.From == m.To && Load(m.To, work, moves) < Load(n.To, work, moves) - 1));
            Assert.True(Spread(present, work, moves) <= Spread(present, work, [.. moves.Except(swaps)]), $"seed {seed}");
        }
    }

    private static int Load(long person, List<Burden> work, IReadOnlyList<Move> moves) =>
        work.Count(w => (moves.FirstOrDefault(m => m.Id == w.Id)?.To ?? w.OwnerId) == person);

    private static long Spread(List<Shoulder> people, List<Burden> work, IReadOnlyList<Move> moves) =>
        people.Sum(p => (long)Load(p.Id, work, moves) * Load(p.Id, work, moves));

    private static Shoulder Anna => new(1, Seat.Senior, "/1/2/", true, "en", false, []);

    private static Shoulder Ben => Anna with { Id = 2 };

    private static List<Burden> Held(long owner, int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(i => new Burden((owner * 1000) + i, owner, Seat.Junior, "/1/2/", "en", [], null, false, _day.AddHours(i))),
        ];

    private static IReadOnlyList<Move> Moves(IReadOnlyList<Shoulder> people, params IEnumerable<IEnumerable<Burden>> work) =>
        Spreading.Propose(people, [.. work.SelectMany(w => w)], fromAway: false, 500);
}
