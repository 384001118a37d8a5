using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.Casework;

namespace Complaints.Tests.Points;

/// <summary>The points of a complaint, without a database.</summary>
public sealed class PointTests
{
    private static readonly DateTime _now = PureDesk.Start.AddMinutes(5);

    internal static PointAnswer Answer(Outcome outcome = Outcome.Upheld, Money? amount = null, long? cause = 7) =>
        new("We looked into it.", outcome, cause, amount is null ? Remedy.None : Remedy.Refund, amount, null);

    private static Resolution Empty => PureDesk.Free with { Solution = "", Remedy = Remedy.None, Outcome = Outcome.NotUpheld };

    [Fact]
    public void Whatever_is_done_with_points_the_outcome_follows_and_resolving_waits_for_every_one()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var complaint = PureDesk.In(State.Apologized);
            for (var step = random.Next(14); step > 0; step--)
            {
                var point = complaint.Points.Count == 0 ? null : complaint.Points[random.Next(complaint.Points.Count)];
                switch (random.Next(point is null ? 1 : 5))
                {
                    case 0:
                        complaint.AddPoint(PureDesk.Agent, _now, new PointFacts($"Point no {complaint.PointCount + 1}"));
                        break;
                    case 1 when point!.Counts:
                        complaint.WithdrawPoint(point, PureDesk.Agent, _now, "No longer");
                        break;
                    default:
                        if (point!.Counts)
                        {
                            var amount = random.Next(2) == 0 ? new Money(random.Next(1, 500), "GBP") : (Money?)null;
                            complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer((Outcome)random.Next(3), amount));
                        }

                        break;
                }
            }

            Judge(complaint, seed);
        }
    }

    private static void Judge(Complaint complaint, int seed)
    {
        var counting = complaint.Points.Where(p => p.WithdrawnAt is null).ToList();
        var open = counting.Where(p => p.Outcome is null).ToList();
        Assert.Equal(open.Count, complaint.OpenPoints);
        if (open.Count > 0)
        {
            var before = complaint.TimelineCount;
            var refused = Assert.Throws<Refusal>(() => complaint.Resolve(PureDesk.Agent, _now, Empty, PureDesk.Said, 0, PureDesk.Book));
            Assert.Contains($"“{open[0].What}”", refused.Message);
            Assert.Equal((State.Apologized, before), (complaint.State, complaint.TimelineCount));
            return;
        }

        var sum = counting.Sum(p => p.RemedyMinor ?? 0);
        var found =
            counting.Count == 0 ? Outcome.NotUpheld
            : counting.TrueForAll(p => p.Outcome == Outcome.Upheld) ? Outcome.Upheld
            : counting.TrueForAll(p => p.Outcome == Outcome.NotUpheld) ? Outcome.NotUpheld
            : Outcome.PartlyUpheld;
        var resolution = counting.Count == 0 ? Empty with { Solution = "Explained" } : Empty;
        complaint.Resolve(PureDesk.Agent, _now, resolution, PureDesk.Said, long.MaxValue, PureDesk.Book);
        Assert.True(found == complaint.Outcome, $"seed {seed}: {found} {complaint.Outcome}");
        Assert.Equal(sum == 0 ? null : sum, complaint.RemedyMinor);
        Assert.All(counting, p => Assert.Contains(p.What, complaint.Solution!, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_act_is_an_entry_and_an_answer_that_stands_already_is_none()
    {
        var complaint = PureDesk.Logged();
        var point = complaint.AddPoint(PureDesk.Agent, _now, new PointFacts(" Charged twice ", Evidence: "The statement"));
        Assert.Equal(("Charged twice", 1), (point.What, point.Number));
        complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer());
        Assert.Null(complaint.AnswerPoint(point, PureDesk.Lead, _now, Answer()));
        complaint.AnswerPoint(point, PureDesk.Lead, _now, Answer(Outcome.NotUpheld));
        complaint.ChangePoint(point, PureDesk.Lead, _now, new PointFacts("Charged three times"));
        Assert.Null(complaint.ChangePoint(point, PureDesk.Lead, _now, new PointFacts("Charged three times")));
        complaint.WithdrawPoint(point, PureDesk.Lead, _now, "The bank explained it");
        var said = complaint.Timeline.Where(e => e.Kind == EntryKind.Point).Select(e => e.Content!.Body).ToList();
        Assert.Equal(5, said.Count);
        Assert.Contains("The statement", said[0].Words, StringComparison.Ordinal);
        Assert.Equal("We looked into it.", said[2].Before);
        Assert.Equal("Charged twice\nThe statement", said[3].Before);
        Assert.Equal("The bank explained it", said[4].Words);
        Assert.Equal(2, complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("Rude on the phone")).Number);
        Assert.Throws<Refusal>(() => complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer()));
    }

    [Fact]
    public void A_complaint_without_points_is_resolved_as_ever()
    {
        var complaint = PureDesk.In(State.Apologized);
        complaint.Resolve(PureDesk.Agent, _now, PureDesk.Free with { Outcome = Outcome.NotUpheld }, PureDesk.Said, null, PureDesk.Book);
        Assert.Equal((Outcome.NotUpheld, "Explained it", null), (complaint.Outcome, complaint.Solution, complaint.PointsFound));
    }

    [Fact]
    public void What_a_point_lacks_is_named_with_its_field()
    {
        var complaint = PureDesk.In(State.Apologized);
        Assert.Throws<Refusal>(() => complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("  ")));
        Assert.Throws<Refusal>(() => complaint.AddPoint(PureDesk.Agent, _now, new PointFacts(new string('x', 201))));
        var point = complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("Charged twice"));
        Assert.Throws<Refusal>(() => complaint.WithdrawPoint(point, PureDesk.Agent, _now, " "));
        var finding = Assert.Throws<Refusal>(() => complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer() with { Finding = " " }));
        Assert.Equal("Points-0-Finding", finding.Field);
        var amount = Assert.Throws<Refusal>(() =>
            complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer() with { Remedy = Remedy.Compensation })
        );
        Assert.Equal("Points-0-Amount", amount.Field);
        Assert.True(point.IsOpen);
        for (var i = 2; i <= Point.Most; i++)
        {
            complaint.AddPoint(PureDesk.Agent, _now, new PointFacts($"Point {i}"));
        }

        Assert.Throws<Refusal>(() => complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("One too many")));
    }

    [Fact]
    public void Money_of_the_points_is_never_more_than_what_is_granted()
    {
        var complaint = PureDesk.In(State.Apologized);
        var first = complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("Charged twice"));
        var second = complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("Cold room"));
        complaint.AnswerPoint(first, PureDesk.Agent, _now, Answer(amount: new Money(6000, "GBP")));
        complaint.AnswerPoint(second, PureDesk.Agent, _now, Answer(amount: new Money(4000, "GBP")));
        Assert.Throws<Refusal>(() => Resolve(new Money(9999, "GBP")));
        Assert.Throws<Refusal>(() => Resolve(new Money(20_000, "CNY")));
        complaint.AnswerPoint(second, PureDesk.Agent, _now, Answer(amount: new Money(4000, "CNY")));
        Assert.Throws<Refusal>(() => Resolve(null));
        complaint.AnswerPoint(second, PureDesk.Agent, _now, Answer(amount: new Money(4000, "GBP")));

        // The sum counts for the limit, also where nobody typed it.
        Resolve(null);
        Assert.True(complaint.AwaitingApproval);
        Assert.Equal(10_000, Assert.Single(complaint.Approvals).Minor);
        Assert.Throws<Refusal>(() => complaint.AnswerPoint(second, PureDesk.Agent, _now, Answer(Outcome.NotUpheld)));
        Assert.Throws<Refusal>(() => complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("And another")));
        complaint.Approve(PureDesk.Lead, _now, 10_000, PureDesk.Book);
        Assert.Equal((State.Resolved, Outcome.Upheld, Remedy.Refund), (complaint.State, complaint.Outcome, complaint.Remedy));

        void Resolve(Money? amount) =>
            complaint.Resolve(PureDesk.Agent, _now, Empty with { Amount = amount }, PureDesk.Said, 5000, PureDesk.Book);
    }

    [Fact]
    public void Answers_are_fixed_by_resolving_and_free_again_by_reopening()
    {
        var complaint = PureDesk.In(State.Apologized);
        var point = complaint.AddPoint(PureDesk.Agent, _now, new PointFacts("Charged twice"));
        complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer(Outcome.NotUpheld));
        complaint.Resolve(PureDesk.Agent, _now, Empty, PureDesk.Said, null, PureDesk.Book);
        Assert.Throws<Refusal>(() => complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer()));
        Assert.Throws<Refusal>(() => complaint.WithdrawPoint(point, PureDesk.Agent, _now, "Because"));
        complaint.Reopen(PureDesk.Agent, _now, "They are right after all", PureDesk.Book);
        complaint.AnswerPoint(point, PureDesk.Agent, _now, Answer());
        complaint.Resolve(PureDesk.Agent, _now, Empty, PureDesk.Said, null, PureDesk.Book);
        Assert.Equal(Outcome.Upheld, complaint.Outcome);
    }

    [Fact]
    public void The_cause_and_the_remedy_of_the_whole_are_those_that_weigh_most()
    {
        var complaint = PureDesk.In(State.Apologized);
        Point[] points = [.. Enumerable.Range(1, 3).Select(i => complaint.AddPoint(PureDesk.Agent, _now, new PointFacts($"Point {i}")))];
        Assert.Null(PointsTogether.Found(points));
        Assert.Equal((Remedy.None, null), (PointsTogether.Kind(points), PointsTogether.Cause(points)));
        complaint.AnswerPoint(points[0], PureDesk.Agent, _now, Answer(Outcome.NotUpheld, null, 11));
        complaint.AnswerPoint(points[1], PureDesk.Agent, _now, Answer(Outcome.Upheld, new Money(100, "GBP"), 12));
        var goodwill = Answer(Outcome.Upheld, new Money(900, "GBP"), 13) with { Remedy = Remedy.Goodwill };
        complaint.AnswerPoint(points[2], PureDesk.Agent, _now, goodwill);
        Assert.Equal((Remedy.Goodwill, 12L), (PointsTogether.Kind(points), PointsTogether.Cause(points)!.Value));
        Assert.Equal([new Money(1000, "GBP")], PointsTogether.Sums(points));
        Assert.True(PointsTogether.AreIn("point 1, POINT 2 and Point 3", points));
        Assert.False(PointsTogether.AreIn("Point 1 and Point 2", points));
    }
}
