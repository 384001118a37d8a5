using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Web.Deadlines;

/// <summary>One clock with everything that explains it.</summary>
public sealed class ExplainedClock
{
    private ExplainedClock(DeadlineClock clock, ClockRun run) => (Clock, Run) = (clock, run);

    /// <summary>The clock itself.</summary>
    public DeadlineClock Clock { get; }

    /// <summary>Its arithmetic as of now, or as of when it stopped.</summary>
    public ClockRun Run { get; }

    /// <summary>Name of the calendar in the reader's language.</summary>
    public required string Calendar { get; init; }

    /// <summary>The regime; null for a house clock, or when the regime is gone.</summary>
    public Regime? Regime { get; private init; }

    /// <summary>The regime's clock.</summary>
    public RegimeClock? Rule { get; private init; }

    /// <summary>The documents the regime demands, each with the UTC time it left or null.</summary>
    public IReadOnlyList<(RegimeDocument Document, DateTime? LeftAt)> Documents { get; private init; } = [];

    /// <summary>From the start to due, and on while it is late; empty when the date stands in a notice.</summary>
    public IReadOnlyList<ClockSegment> Segments { get; private init; } = [];

    /// <summary>Pauses with the name of who paused, or null for the system.</summary>
    public IReadOnlyList<(ClockPause Pause, string? By)> Pauses { get; private init; } = [];

    /// <summary>Share of the allowance used, in whole percent.</summary>
    public int Percent { get; private init; }

    /// <summary>UTC time three quarters are used; null when the date stands in a notice.</summary>
    public DateTime? ThreeQuarters { get; private init; }

    /// <summary>The rule that set the target.</summary>
    public Sentence Why => KeptSentence.Read(Clock.Why);

    /// <summary>What ran until due: it adds up to the target.</summary>
    public TimeSpan Counted => Sum(Segments.Where(s => s.FromUtc < Clock.DueAt && s.Kind == SegmentKind.Running));

    /// <summary>What ran after due.</summary>
    public TimeSpan Late => Sum(Segments.Where(s => s.FromUtc >= Clock.DueAt && s.Kind == SegmentKind.Running));

    /// <summary>Days counted until due.</summary>
    public int Days => Segments.Count(s => s.FromUtc < Clock.DueAt && s.Kind == SegmentKind.Running);

    /// <summary>Explains a clock.</summary>
    /// <param name="clock">With its pauses.</param>
    /// <param name="book">Calendars and regimes.</param>
    /// <param name="calendar">Name of its calendar.</param>
    /// <param name="names">Staff who paused.</param>
    /// <param name="sent">Entries of documents that left.</param>
    /// <param name="now">UTC.</param>
    public static ExplainedClock Of(
        DeadlineClock clock,
        DeadlineBook book,
        string calendar,
        IReadOnlyDictionary<long, string> names,
        IReadOnlyList<TimelineEntry> sent,
        DateTime now
    )
    {
        var at = clock.StoppedAt ?? now;
        var run = clock.Run(book, at);
        var (regime, rule) = RuleOf(clock, book);
        var notice = clock.DateFromNotice is not null;
        return new ExplainedClock(clock, run)
        {
            Calendar = calendar,
            Regime = regime,
            Rule = rule,
            Documents = regime is null ? [] : [.. regime.Documents.Select(d => (d, LeftAt(d, sent)))],
            Segments = notice ? [] : run.Segments(at > run.Due ? at : run.Due),
            Pauses = [.. clock.Pauses.OrderBy(p => p.From).Select(p => (p, p.ByStaffId is { } by ? names.GetValueOrDefault(by) : null))],
            Percent = notice ? 0 : (int)Math.Min(100_000, decimal.Floor(run.ShareUsed(at) * 100)),
            ThreeQuarters = notice ? null : run.MomentOfShare(0.75m),
        };
    }

    /// <summary>A length in hours, minutes and seconds that can be added up by hand.</summary>
    public static string Length(TimeSpan length, string language)
    {
        var chinese = language == Tongue.Chinese;
        var parts = new List<string>();
        void Add(long n, string english, string chineseUnit)
        {
            if (n > 0)
            {
                parts.Add(chinese ? $"{n}{chineseUnit}" : $"{n} {english}");
            }
        }

        Add((long)length.TotalHours, "h", "小时");
        Add(length.Minutes, "min", "分钟");
        Add(length.Seconds, "s", "秒");
        return parts.Count == 0 ? (chinese ? "0分钟" : "0 min") : string.Join(chinese ? "" : " ", parts);
    }

    private static (Regime?, RegimeClock?) RuleOf(DeadlineClock clock, DeadlineBook book)
    {
        var parts = clock.RegimeClock.Split('/', '#');
        var regime = parts.Length > 1 ? book.Regimes.FirstOrDefault(r => r.Key == parts[0]) : null;
        return (regime, regime?.Clocks.Find(c => c.Key == parts[1]));
    }

    private static DateTime? LeftAt(RegimeDocument document, IReadOnlyList<TimelineEntry> sent) =>
        sent.FirstOrDefault(e =>
            e.Content?.Body.Sentence.Args.FirstOrDefault() is { } said
            && ((said as Sentence)?.Text ?? said.ToString()) is var name
            && (name == document.Name || name == document.NameZh || name == document.Key)
        )?.At;

    private static TimeSpan Sum(IEnumerable<ClockSegment> segments) => segments.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);
}
