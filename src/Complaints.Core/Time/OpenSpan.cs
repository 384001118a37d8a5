namespace Complaints.Time;

/// <summary>A stretch of real time, <see cref="FromUtc"/> included and <see cref="ToUtc"/> not.</summary>
/// <param name="FromUtc">First instant, UTC.</param>
/// <param name="ToUtc">First instant no longer in it, UTC.</param>
public readonly record struct OpenSpan(DateTime FromUtc, DateTime ToUtc)
{
    /// <summary>Elapsed time, exact to the tick.</summary>
    public TimeSpan Length => ToUtc - FromUtc;
}

/// <summary>
/// Arithmetic on ordered spans that do not overlap and are never empty. Everything is lazy, so an endless list is
/// read only as far as it is needed.
/// </summary>
internal static class Spans
{
    /// <summary>How much of the spans lies before <paramref name="until"/>.</summary>
    internal static TimeSpan LengthUntil(this IEnumerable<OpenSpan> spans, DateTime until)
    {
        var sum = TimeSpan.Zero;
        foreach (var span in spans.Until(until))
        {
            sum += span.Length;
        }

        return sum;
    }

    /// <summary>The spans cut off at <paramref name="until"/>.</summary>
    internal static IEnumerable<OpenSpan> Until(this IEnumerable<OpenSpan> spans, DateTime until)
    {
        foreach (var span in spans)
        {
            if (span.FromUtc >= until)
            {
                yield break;
            }

            yield return span.ToUtc <= until ? span : span with { ToUtc = until };
        }
    }

    /// <summary>
    /// The first instant at which <paramref name="amount"/> of the spans has passed; the beginning of the first span for
    /// zero. Used up exactly at the end of a span means that end, not the beginning of the next. Null when there is
    /// less than that.
    /// </summary>
    internal static DateTime? After(this IEnumerable<OpenSpan> spans, TimeSpan amount)
    {
        foreach (var span in spans)
        {
            if (amount <= span.Length)
            {
                return span.FromUtc + amount;
            }

            amount -= span.Length;
        }

        return null;
    }

    /// <summary>What is left of the spans outside <paramref name="holes"/>, which are ordered and do not overlap.</summary>
    internal static IEnumerable<OpenSpan> Without(this IEnumerable<OpenSpan> spans, IReadOnlyList<OpenSpan> holes)
    {
        var next = 0;
        foreach (var span in spans)
        {
            var from = span.FromUtc;
            while (next < holes.Count && holes[next].ToUtc <= from)
            {
                next++;
            }

            for (var i = next; i < holes.Count && holes[i].FromUtc < span.ToUtc; i++)
            {
                if (from < holes[i].FromUtc)
                {
                    yield return new(from, holes[i].FromUtc);
                }

                from = holes[i].ToUtc;
            }

            if (from < span.ToUtc)
            {
                yield return new(from, span.ToUtc);
            }
        }
    }

    /// <summary>Spans that touch made into one.</summary>
    internal static IEnumerable<OpenSpan> Joined(this IEnumerable<OpenSpan> spans)
    {
        OpenSpan? held = null;
        foreach (var span in spans)
        {
            if (held is { } before && before.ToUtc == span.FromUtc)
            {
                held = before with { ToUtc = span.ToUtc };
                continue;
            }

            if (held is { } done)
            {
                yield return done;
            }

            held = span;
        }

        if (held is { } last)
        {
            yield return last;
        }
    }
}
