using System.Globalization;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>
/// Its points: added, changed, answered, withdrawn, and what follows from them for the whole. Load them before changing
/// any, and before resolving.
/// </content>
public sealed partial class Complaint
{
    /// <summary>Points; those added now, and old ones when loaded.</summary>
    public List<Point> Points { get; private set; } = [];

    /// <summary>How many points it ever had; the number of the last one.</summary>
    public int PointCount { get; private set; }

    /// <summary>How many still have to be answered; none is resolved over them.</summary>
    public int OpenPoints { get; private set; }

    /// <summary>What the answered points find together; null when none is answered.</summary>
    public Outcome? PointsFound { get; private set; }

    /// <summary>One more thing it is about.</summary>
    /// <exception cref="Refusal">No words or too many, too many points, or the complaint is past being worked.</exception>
    public Point AddPoint(Actor actor, DateTime now, PointFacts facts)
    {
        PointsMayChange();
        var what = Short(facts.What, "Lines");
        if (PointCount >= Point.Most)
        {
            throw new Refusal(
                new Sentence("A complaint has up to {0} points. Log what is left as a complaint of its own.", Point.Most),
                "Lines"
            );
        }

        PointCount++;
        var point = new Point
        {
            Number = PointCount,
            What = what,
            CategoryId = facts.CategoryId,
            Evidence = Trimmed(facts.Evidence),
            EvidenceFiles = Ids(facts.Files),
            AddedAt = now,
        };
        Points.Add(point);
        RecountPoints();
        Record(EntryKind.Point, actor, now, new Sentence("Point {0} added: {1}", point.Number, what), Kept(what, point.Evidence));
        return point;
    }

    /// <summary>What it is about was put better, or evidence was added. Null when nothing changed.</summary>
    public TimelineEntry? ChangePoint(Point point, Actor actor, DateTime now, PointFacts facts)
    {
        PointsMayChange();
        StillCounts(point);
        var (what, evidence, files) = (Short(facts.What, "What"), Trimmed(facts.Evidence), Ids(facts.Files));
        if ((what, evidence, files, facts.CategoryId) == (point.What, point.Evidence, point.EvidenceFiles, point.CategoryId))
        {
            return null;
        }

        var before = Kept(point.What, point.Evidence);
        (point.What, point.Evidence, point.EvidenceFiles, point.CategoryId) = (what, evidence, files, facts.CategoryId);
        var after = Kept(what, evidence);
        return Record(EntryKind.Point, actor, now, new Sentence("Point {0} changed: {1}", point.Number, what), after, null, before, after);
    }

    /// <summary>It is answered, or answered anew. Null when that answer stands already.</summary>
    /// <exception cref="Refusal">No finding, an amount is missing, it was withdrawn, or answers are fixed by now.</exception>
    public TimelineEntry? AnswerPoint(Point point, Actor actor, DateTime now, PointAnswer answer)
    {
        PointsMayChange();
        StillCounts(point);
        var full = answer with
        {
            Finding = Required(answer.Finding, FieldOf(point, "Finding"), new Sentence("Say what was found about “{0}”.", point.What)),
            CorrectiveAction = Trimmed(answer.CorrectiveAction),
        };
        if (full.Remedy is Casework.Remedy.Refund or Casework.Remedy.Compensation && full.Amount is null)
        {
            throw new Refusal(new Sentence("Give the amount of the {0}.", full.Remedy), FieldOf(point, "Amount"));
        }

        var before = point.Answer;
        if (before == full)
        {
            return null;
        }

        (point.Finding, point.Outcome, point.RootCauseId, point.CorrectiveAction) = (
            full.Finding,
            full.Outcome,
            full.RootCauseId,
            full.CorrectiveAction
        );
        (point.Remedy, point.RemedyMinor, point.RemedyCurrency) = (full.Remedy, full.Amount?.Minor, full.Amount?.Currency);
        (point.AnsweredAt, point.AnsweredById) = (now, actor.StaffId);
        RecountPoints();
        var say =
            full.Remedy == Casework.Remedy.None
                ? new Sentence("Point {0} answered, {1}: {2}", point.Number, full.Outcome, point.What)
                : new Sentence(
                    "Point {0} answered, {1}, {2}: {3}",
                    point.Number,
                    full.Outcome,
                    CaseMail.RemedyPhrase(full.Remedy, full.Amount),
                    point.What
                );
        return Record(EntryKind.Point, actor, now, say, Kept(full.Finding, full.CorrectiveAction), before: before?.Finding);
    }

    /// <summary>The customer no longer complains of it, or it was none; it keeps its number.</summary>
    public TimelineEntry WithdrawPoint(Point point, Actor actor, DateTime now, string reason)
    {
        PointsMayChange();
        StillCounts(point);
        var why = Required(reason, "Reason", new Sentence("Say why this point is withdrawn."));
        (point.WithdrawnAt, point.WithdrawnWhy) = (now, why.Length <= 3990 ? why : why[..3990]);
        RecountPoints();
        return Record(EntryKind.Point, actor, now, new Sentence("Point {0} withdrawn: {1}", point.Number, point.What), why);
    }

    /// <summary>Name of a field of a point in the forms.</summary>
    public static string FieldOf(Point point, string field) => string.Create(CultureInfo.InvariantCulture, $"Points-{point.Id}-{field}");

    /// <summary>
    /// A resolution with what follows from the points: the outcome, and where nothing else was said the solution, the
    /// remedy and its amount. Without points it stays as it is.
    /// </summary>
    /// <exception cref="Refusal">A point is open, or the money named there and here does not agree.</exception>
    public Resolution WithPoints(Resolution resolution)
    {
        RefuseOpenPoints();
        if (PointsFound is not { } found)
        {
            return resolution;
        }

        if (!Points.Exists(p => p.Counts))
        {
            throw new InvalidOperationException("Load the points before resolving.");
        }

        var sums = PointsTogether.Sums(Points);
        if (sums.Count > 1)
        {
            throw new Refusal(
                new Sentence(
                    "The points grant {0} and {1}. One resolution pays in one currency: bring them to the same.",
                    sums[0].ToString(),
                    sums[1].ToString()
                ),
                nameof(resolution.Amount)
            );
        }

        var amount = resolution.Amount ?? (sums.Count == 1 ? sums[0] : null);
        if (sums.Count == 1 && (amount!.Value.Currency != sums[0].Currency || amount.Value.Minor < sums[0].Minor))
        {
            throw new Refusal(
                new Sentence(
                    "The points grant {0} together, the resolution {1}. Change one of them.",
                    sums[0].ToString(),
                    amount.Value.ToString()
                ),
                nameof(resolution.Amount)
            );
        }

        return resolution with
        {
            Outcome = found,
            Amount = amount,
            Remedy = resolution.Remedy == Casework.Remedy.None ? PointsTogether.Kind(Points) : resolution.Remedy,
            Solution = string.IsNullOrWhiteSpace(resolution.Solution)
                ? PointsTogether.Solution(Points, Customer.Language)
                : resolution.Solution,
        };
    }

    /// <summary>Refuses when a point is open, and names it.</summary>
    /// <exception cref="Refusal">A point has to be answered first.</exception>
    public void RefuseOpenPoints()
    {
        if (OpenPoints > 0)
        {
            var open = Points.Where(p => p.IsOpen).OrderBy(p => p.Number).ToList();
            throw new Refusal(
                open.Count switch
                {
                    0 => new Sentence("{0|point is|points are} not answered yet. Answer them before resolving.", OpenPoints),
                    1 => new Sentence("Point {0}, “{1}”, is not answered yet. Say what was found.", open[0].Number, open[0].What),
                    _ => new Sentence(
                        "Point {0}, “{1}”, is not answered yet, and {2} more. Say what was found.",
                        open[0].Number,
                        open[0].What,
                        open.Count - 1
                    ),
                },
                open.Count == 0 ? null : FieldOf(open[0], "Finding")
            );
        }
    }

    private void PointsMayChange()
    {
        if (!IsOpen || State >= State.Resolved)
        {
            throw new Refusal(
                new Sentence("This complaint is {0}: its points stay as they were answered. Reopen it to change them.", State)
            );
        }

        if (AwaitingApproval)
        {
            throw new Refusal("A remedy waits for approval as the points stand. Withdraw the request to change them.");
        }
    }

    private void StillCounts(Point point)
    {
        if (!point.Counts)
        {
            throw new Refusal(new Sentence("Point {0}, “{1}”, was withdrawn meanwhile.", point.Number, point.What));
        }
    }

    private void RecountPoints() => (OpenPoints, PointsFound) = (Points.Count(p => p.IsOpen), PointsTogether.Found(Points));

    private static string Short(string? what, string field)
    {
        var text = Required(what, field, new Sentence("Say in a few words what this point is about.")).ReplaceLineEndings(" ");
        return text.Length <= Point.LongestWhat
            ? text
            : throw new Refusal(
                new Sentence(
                    "A point has up to {0} characters; “{1}…” has {2}. Put the rest into its evidence.",
                    Point.LongestWhat,
                    text[..40],
                    text.Length
                ),
                field
            );
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Ids(IReadOnlyList<long>? ids) =>
        string.Join(',', (ids ?? []).Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));

    private static string Kept(string first, string? more) => more is null ? first : first + "\n" + more;
}
