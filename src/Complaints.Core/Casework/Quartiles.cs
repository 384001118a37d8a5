namespace Complaints.Casework;

/// <summary>The quarters of a set of amounts, in minor units of one currency. Pure.</summary>
/// <param name="Lower">A quarter of them lie below it.</param>
/// <param name="Median">Half of them lie below it.</param>
/// <param name="Upper">Three quarters of them lie below it.</param>
/// <param name="Count">How many there are.</param>
public sealed record Quartiles(long Lower, long Median, long Upper, int Count)
{
    /// <summary>Fewer say nothing.</summary>
    public const int Fewest = 5;

    /// <summary>The quartiles by linear interpolation between the ordered amounts; null for fewer than <see cref="Fewest"/>.</summary>
    public static Quartiles? Of(IEnumerable<long> amounts)
    {
        var sorted = amounts.Order().ToArray();
        return sorted.Length < Fewest ? null : new Quartiles(At(sorted, 1), At(sorted, 2), At(sorted, 3), sorted.Length);
    }

    private static long At(long[] sorted, int quarters)
    {
        var place = (sorted.Length - 1) * quarters; // in quarters of a step
        var (below, rest) = (place / 4, place % 4);
        return rest == 0 ? sorted[below] : sorted[below] + (((sorted[below + 1] - sorted[below]) * rest) + 2) / 4;
    }
}
