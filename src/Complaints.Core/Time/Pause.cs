using Complaints.Language;

namespace Complaints.Time;

/// <summary>A time during which a clock stands still.</summary>
/// <param name="FromUtc">When it stopped, UTC.</param>
/// <param name="ToUtc">When it went on, UTC; null while it still stands.</param>
/// <param name="Why">What it waits for, in the words of who paused it; null when nothing was said.</param>
/// <exception cref="Refusal">It ends before it begins.</exception>
public sealed record Pause(DateTime FromUtc, DateTime? ToUtc, string? Why = null)
{
    /// <summary>When it went on, UTC; null while it still stands.</summary>
    public DateTime? ToUtc { get; } =
        ToUtc is { } to && to < FromUtc ? throw new Refusal("A pause cannot end before it begins. Check its two times.") : ToUtc;

    /// <summary>
    /// The pauses that matter to a clock, in order and without overlap: cut off at <paramref name="startUtc"/>, an open one
    /// ending at <paramref name="nowUtc"/>, and where two overlap the earlier one has the time.
    /// </summary>
    internal static List<(OpenSpan Span, string? Why)> InOrder(IEnumerable<Pause> pauses, DateTime startUtc, DateTime nowUtc)
    {
        var ordered = new List<(OpenSpan, string?)>();
        var cursor = startUtc;
        foreach (var pause in pauses.OrderBy(p => p.FromUtc))
        {
            var from = pause.FromUtc > cursor ? pause.FromUtc : cursor;
            var to = pause.ToUtc ?? nowUtc;
            if (to > from)
            {
                ordered.Add((new(from, to), pause.Why));
                cursor = to;
            }
        }

        return ordered;
    }
}
