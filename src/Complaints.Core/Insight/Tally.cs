namespace Complaints.Insight;

/// <summary>What a tally counts; the numbers are kept in the database.</summary>
public enum Measure : byte
{
    /// <summary>Complaints received on the day.</summary>
    Received = 1,

    /// <summary>Of those received on the day: open and not resolved yet.</summary>
    Unresolved = 2,

    /// <summary>Clocks of complaints received on the day, by step: done in time.</summary>
    InTime = 3,

    /// <summary>By step: done late, or overdue and still open.</summary>
    Late = 4,

    /// <summary>By step, and by <see cref="Lengths"/>: how long it took.</summary>
    Took = 5,

    /// <summary>Complaints resolved on the day.</summary>
    Resolved = 6,

    /// <summary>Of those: settled on the spot.</summary>
    OnTheSpot = 7,

    /// <summary>Of those: reopened before.</summary>
    Reopened = 8,

    /// <summary>Of those, by root cause.</summary>
    Cause = 9,

    /// <summary>Surveys mailed on the day.</summary>
    Asked = 10,

    /// <summary>Of those: answered by now.</summary>
    Answered = 11,

    /// <summary>Answers given on the day.</summary>
    Answers = 12,

    /// <summary>Of those: decided by a mark of 1.</summary>
    Vetoes = 13,

    /// <summary>By dimension: the marks of answers given on the day, added up.</summary>
    Marks = 14,

    /// <summary>By dimension: how many marks.</summary>
    Marked = 15,

    /// <summary>Asked again on the day, weeks after closing.</summary>
    AskedAgain = 16,

    /// <summary>Answers to that, given on the day.</summary>
    AnsweredAgain = 17,

    /// <summary>Of those: it is still solved.</summary>
    StillSolved = 18,

    /// <summary>Remedies paid in full on the day, by amount in minor units and, as the part, currency (<see cref="MoneyFigures.NumberOf"/>).</summary>
    Given = 19,
}

/// <summary>
/// A bag of counters: what was counted in one unit over some days. Tallies are added to one another, so that a year is
/// twelve months and not all of its complaints.
/// </summary>
public sealed class Tally
{
    private readonly Dictionary<(Measure What, long Of, int Part), long> _counts = [];

    /// <summary>One counter; zero when nothing was counted.</summary>
    /// <param name="of">Which of its kind: a step, a cause, a dimension.</param>
    public long this[Measure what, long of = 0] => _counts.GetValueOrDefault((what, of, 0));

    /// <summary>Counts on.</summary>
    /// <param name="of">Which of its kind, not negative.</param>
    /// <param name="part">A class of lengths, not negative.</param>
    public void Add(Measure what, long of = 0, int part = 0, long times = 1)
    {
        if (times != 0)
        {
            _counts[(what, of, part)] = _counts.GetValueOrDefault((what, of, part)) + times;
        }
    }

    /// <summary>Adds all of another's counters.</summary>
    public void Add(Tally other)
    {
        foreach (var ((what, of, part), count) in other._counts)
        {
            Add(what, of, part, count);
        }
    }

    /// <summary>The counters of one measure, by what they are of.</summary>
    public IEnumerable<(long Of, long Count)> By(Measure what) =>
        _counts.Where(c => c.Key.What == what).Select(c => (c.Key.Of, c.Value)).OrderBy(c => c.Of);

    /// <summary>The counters of one measure, by what they are of, in one part.</summary>
    public IEnumerable<(long Of, long Count)> By(Measure what, int part) =>
        _counts.Where(c => c.Key.What == what && c.Key.Part == part).Select(c => (c.Key.Of, c.Value)).OrderBy(c => c.Of);

    /// <summary>The parts of one measure.</summary>
    public IEnumerable<int> Parts(Measure what) => _counts.Keys.Where(k => k.What == what).Select(k => k.Part).Distinct().Order();

    /// <summary>Minutes that a share of the lengths does not exceed (nearest rank); null when there are none.</summary>
    public double? Took(long of, double share)
    {
        var lengths = _counts.Where(c => c.Key.What == Measure.Took && c.Key.Of == of).OrderBy(c => c.Key.Part).ToList();
        var rank = Math.Max(1, (long)Math.Ceiling(share * lengths.Sum(c => c.Value)));
        foreach (var (key, count) in lengths)
        {
            rank -= count;
            if (rank <= 0)
            {
                return Lengths.Minutes(key.Part);
            }
        }

        return null;
    }

    /// <summary>As kept in the database; the same counters give the same bytes.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var ((what, of, part), count) in _counts.Where(c => c.Value != 0).OrderBy(c => c.Key))
        {
            writer.Write((byte)what);
            writer.Write7BitEncodedInt64(of);
            writer.Write7BitEncodedInt(part);
            writer.Write7BitEncodedInt64(count);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Adds what <see cref="ToBytes"/> wrote.</summary>
    public void Add(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        while (reader.BaseStream.Position < bytes.Length)
        {
            Add((Measure)reader.ReadByte(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
        }
    }
}

/// <summary>Classes of lengths of time, each 2 % longer than the one before: what is read from them is right within 1 %.</summary>
public static class Lengths
{
    private static readonly double _step = Math.Log(1.02);

    /// <summary>The class of that many minutes; under a second counts as nothing.</summary>
    public static int Class(double minutes) => minutes < 1 / 60.0 ? 0 : 1 + (int)Math.Floor(Math.Log(minutes * 60) / _step);

    /// <summary>Minutes in the middle of a class.</summary>
    public static double Minutes(int part) => part == 0 ? 0 : Math.Exp((part - 0.5) * _step) / 60;
}
