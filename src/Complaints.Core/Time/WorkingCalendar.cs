using System.Collections.Concurrent;
using Complaints.Language;

namespace Complaints.Time;

/// <summary>
/// When work is done: a zone, weekly hours, holidays and make-up working days. Immutable and safe to share.
/// <para>
/// Local times become instants by <see cref="Zones.FirstInstant"/>: where clocks skip a time, an opening or closing at it
/// is the moment of the change; where they show it twice, it is the first of the two. A working minute is an elapsed
/// minute, so 00:00-06:00 holds five hours in the night clocks go forward and seven when they go back.
/// </para>
/// <para>
/// A span over midnight belongs to the day it starts on: a holiday removes it whole, and a holiday on the day after
/// leaves it alone. A make-up day has exactly its own hours and beats a holiday. Overlapping spans count once.
/// </para>
/// <para>
/// A calendar without a zone is floating: instants given to it and returned by it are readings of the wall clock, marked as
/// UTC.
/// </para>
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>The first year a calendar can be asked about.</summary>
    public const int FirstYear = 1900;

    /// <summary>The last year a calendar can be asked about.</summary>
    public const int LastYear = 9000;

    /// <summary>How far a due date may lie ahead. Bounds the search where a calendar is nearly always closed.</summary>
    public const int HorizonYears = 100;

    // The spans that start in a month, by year * 12 + month - 1. Computed once, because every clock on the calendar asks.
    private readonly ConcurrentDictionary<int, OpenSpan[]> _months = new();

    /// <summary>A calendar from its parts.</summary>
    /// <exception cref="Refusal">It has no open time at all.</exception>
    public WorkingCalendar(string name, TimeZoneInfo? zone, WeeklyHours hours, Holidays holidays, MakeUpDays makeUpDays)
    {
        (Name, Zone, Hours, Holidays, MakeUpDays) = (name, zone, hours, holidays, makeUpDays);
        if (makeUpDays.IsEmpty && (hours.IsEmpty || holidays.CoverTheYear))
        {
            throw new Refusal(
                new Sentence("This calendar has no open time. Give at least one day its hours, such as Mon-Fri 09:00-17:00."),
                "Hours"
            );
        }
    }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Its time zone; null when floating.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>The openings of an ordinary week.</summary>
    public WeeklyHours Hours { get; }

    /// <summary>The days it is closed.</summary>
    public Holidays Holidays { get; }

    /// <summary>The days it works out of turn.</summary>
    public MakeUpDays MakeUpDays { get; }

    /// <summary>A calendar from the written forms that its parts describe.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="zone">An IANA or Windows id, or <c>floating</c>.</param>
    /// <param name="hours">As <see cref="WeeklyHours.Parse"/>.</param>
    /// <param name="holidays">As <see cref="Time.Holidays.Parse"/>.</param>
    /// <param name="makeUpDays">As <see cref="Time.MakeUpDays.Parse"/>.</param>
    /// <exception cref="Refusal">A part cannot be read, or there is no open time; its field is Zone, Hours, Holidays or
    /// MakeUpDays.</exception>
    public static WorkingCalendar Parse(string name, string zone, string hours, string holidays = "", string makeUpDays = "") =>
        new(name, Zones.Find(zone), WeeklyHours.Parse(hours), Time.Holidays.Parse(holidays), MakeUpDays.Parse(makeUpDays));

    /// <summary>The openings that start on a local date; empty when it is closed.</summary>
    public IReadOnlyList<HourSpan> HoursOn(DateOnly date) => MakeUpDays.On(date) ?? (Holidays.Contains(date) ? [] : Hours[date.DayOfWeek]);

    /// <summary>What the calendar's wall clock shows; kind Unspecified.</summary>
    public DateTime LocalOf(DateTime utc) => Zones.Reading(Zone, Moment(utc));

    /// <summary>The local date of an instant.</summary>
    public DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(LocalOf(utc));

    /// <summary>The first instant at which the wall clock shows <paramref name="local"/> or later, UTC.</summary>
    public DateTime UtcOf(DateTime local) => Zones.FirstInstant(Zone, local);

    /// <summary>The instant a local date ends (24:00), UTC.</summary>
    public DateTime EndOf(DateOnly date) => UtcOf(date.AddDays(1).ToDateTime(TimeOnly.MinValue));

    /// <summary>Whether it is open; at the instant of closing it is not.</summary>
    public bool IsOpen(DateTime at) => OpenFrom(at, at.AddTicks(1)).Any();

    /// <summary>The first open instant at or after <paramref name="at"/>, UTC; <paramref name="at"/> itself when open.</summary>
    /// <exception cref="Refusal">There is none within <see cref="HorizonYears"/>.</exception>
    public DateTime NextOpening(DateTime at) => DueAfterWorking(at, TimeSpan.Zero);

    /// <summary>
    /// When <paramref name="worked"/> of working time has passed since <paramref name="startUtc"/>, UTC. Time used up exactly
    /// at closing is due at closing; zero is due at the start if open, otherwise at the next opening.
    /// </summary>
    /// <exception cref="Refusal">It lies further ahead than <see cref="HorizonYears"/>.</exception>
    public DateTime DueAfterWorking(DateTime startUtc, TimeSpan worked)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(worked, TimeSpan.Zero);
        return OpenFrom(startUtc, Horizon(startUtc)).After(worked) ?? throw TooFar();
    }

    /// <summary>Working time between two instants; zero when the second is not later.</summary>
    public TimeSpan WorkedBetween(DateTime fromUtc, DateTime toUtc) => OpenFrom(fromUtc, toUtc).LengthUntil(toUtc);

    /// <summary>The open time between two instants, in order, spans that touch as one; empty when the second is not later.</summary>
    public IEnumerable<OpenSpan> OpenSpans(DateTime fromUtc, DateTime toUtc) => OpenFrom(fromUtc, toUtc).Until(toUtc).Joined();

    /// <summary>When the last opening that starts on a local date closes, UTC; null when it is closed all day.</summary>
    public DateTime? EndOfWorkingDay(DateOnly date)
    {
        var spans = SpansOn(date).ToList();
        return spans.Count > 0 ? spans.Max(s => s.ToUtc) : null;
    }

    /// <summary>The open time from <paramref name="fromUtc"/> on, in order and without overlap; spans that start before
    /// <paramref name="untilUtc"/> come whole.</summary>
    internal IEnumerable<OpenSpan> OpenFrom(DateTime fromUtc, DateTime untilUtc)
    {
        var cursor = Moment(fromUtc);
        var last = MonthOf(DateOnly.FromDateTime(Moment(untilUtc).AddDays(2)));

        // Yesterday's span may still be open, and a zone may have skipped a date; two days back covers both.
        for (var month = MonthOf(DateOnly.FromDateTime(cursor.AddDays(-3))); month <= last; month++)
        {
            foreach (var span in _months.GetOrAdd(month, SpansInMonth))
            {
                if (span.FromUtc >= untilUtc)
                {
                    yield break;
                }

                if (span.ToUtc > cursor)
                {
                    yield return span.FromUtc < cursor ? span with { FromUtc = cursor } : span;
                    cursor = span.ToUtc;
                }
            }
        }
    }

    /// <summary>The furthest instant a due date that counts from <paramref name="startUtc"/> may have.</summary>
    internal static DateTime Horizon(DateTime startUtc) =>
        startUtc.Year + HorizonYears < LastYear
            ? startUtc.AddYears(HorizonYears)
            : new DateTime(LastYear, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Says that a due date lies further than <see cref="HorizonYears"/> ahead.</summary>
    internal static Refusal TooFar() =>
        new(
            new Sentence(
                "The due date would lie more than {0} years ahead. Check the target and the calendar's hours and holidays.",
                HorizonYears
            )
        );

    /// <summary>Checks an instant handed in; every time in this system is UTC, anything else is a fault of the caller.</summary>
    internal static DateTime Moment(DateTime utc) =>
        utc.Kind != DateTimeKind.Utc ? throw new ArgumentException("A moment must be UTC.", nameof(utc))
        : utc.Year is < FirstYear or > LastYear
            ? throw new ArgumentOutOfRangeException(nameof(utc), utc, "A moment lies outside 1900 to 9000.")
        : utc;

    private static int MonthOf(DateOnly date) => (date.Year * 12) + date.Month - 1;

    private OpenSpan[] SpansInMonth(int month)
    {
        var first = new DateOnly(month / 12, (month % 12) + 1, 1);
        return [.. Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).SelectMany(day => SpansOn(first.AddDays(day)))];
    }

    // Ordered by opening. A span that lies wholly in skipped time is empty and left out.
    private IEnumerable<OpenSpan> SpansOn(DateOnly date) =>
        from hours in HoursOn(date)
        let midnight = date.ToDateTime(TimeOnly.MinValue)
        let span = new OpenSpan(UtcOf(midnight + hours.Opens), UtcOf(midnight + hours.Closes))
        where span.Length > TimeSpan.Zero
        select span;
}
