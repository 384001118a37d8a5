using System.Globalization;

namespace Complaints.Mail.Wire;

/// <summary>Message numbers as they stand in commands: runs become ranges, and no set gets too long for a command line.</summary>
public static class UidSet
{
    private const int LongestSet = 900; // RFC 7162, section 4, asks for lines of at most 8,192; old servers allow 1,000

    /// <summary>The numbers in ascending order, in as few sets as fit.</summary>
    public static IEnumerable<string> Of(IEnumerable<long> uids)
    {
        var set = "";
        foreach (var (first, last) in Runs(uids.Distinct().Order()))
        {
            var run = first == last ? Number(first) : $"{Number(first)}:{Number(last)}";
            if (set.Length + run.Length > LongestSet)
            {
                yield return set;
                set = "";
            }

            set += set.Length == 0 ? run : "," + run;
        }

        if (set.Length > 0)
        {
            yield return set;
        }
    }

    /// <summary>A number as commands have it.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(long First, long Last)> Runs(IEnumerable<long> ascending)
    {
        (long First, long Last)? run = null;
        foreach (var n in ascending)
        {
            if (run is { } before && before.Last + 1 == n)
            {
                run = (before.First, n);
                continue;
            }

            if (run is { } done)
            {
                yield return done;
            }

            run = (n, n);
        }

        if (run is { } rest)
        {
            yield return rest;
        }
    }
}
