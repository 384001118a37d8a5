using Complaints.Data;

namespace Complaints.Web.Search;

/// <summary>Cuts the part of a text that was found, and marks the hits in it. Pure.</summary>
public static class Snippet
{
    private const int Before = 40;
    private const int Length = 180;

    /// <summary>The part of the first text that has a hit; empty when none has.</summary>
    public static IReadOnlyList<(string Text, bool Hit)> Best(IEnumerable<SearchText> texts, SearchQuery query)
    {
        var best = texts
            .Select(t => (Text: t, Hits: Hits(t, query)))
            .Where(t => t.Hits.Count > 0)
            .OrderByDescending(t => t.Hits.Select(h => h.Word).Distinct().Count())
            .Select(t => t.Text)
            .FirstOrDefault();
        return best is null ? [] : Marked(best, query, whole: false);
    }

    /// <summary>The text in parts, hits marked; the whole, or the surroundings of the first hit.</summary>
    public static IReadOnlyList<(string Text, bool Hit)> Marked(SearchText text, SearchQuery query, bool whole)
    {
        var hits = Hits(text, query);
        var (from, to) = (0, text.Original.Length);
        if (!whole)
        {
            from = Edge(text.Original, Math.Max(0, (hits.Count > 0 ? hits[0].From : 0) - Before));
            to = Edge(text.Original, Math.Min(text.Original.Length, from + Length));
        }

        var parts = new List<(string, bool)>();
        var at = from;
        foreach (var hit in hits.Where(h => h.From >= from && h.To <= to))
        {
            if (hit.From < at)
            {
                continue;
            }

            parts.Add((text.Original[at..hit.From], false));
            parts.Add((text.Original[hit.From..hit.To], true));
            at = hit.To;
        }

        parts.Add((text.Original[at..to], false));
        if (from > 0)
        {
            parts.Insert(0, ("…", false));
        }

        if (to < text.Original.Length)
        {
            parts.Add(("…", false));
        }

        return [.. parts.Where(p => p.Item1.Length > 0)];
    }

    private static List<(int From, int To, string Word)> Hits(SearchText text, SearchQuery query)
    {
        var hits = new List<(int From, int To, string Word)>();
        foreach (var word in query.Marks)
        {
            for (var at = 0; hits.Count < 100 && (at = text.Folded.IndexOf(word, at, StringComparison.Ordinal)) >= 0; at += word.Length)
            {
                if (word[0] >= 0x2E80 || !IsInside(text.Folded, at, word.Length))
                {
                    hits.Add((text.Origin[at], text.Origin[at + word.Length], word));
                }
            }
        }

        return [.. hits.Where(h => h.To > h.From).OrderBy(h => h.From)];
    }

    /// <summary>True when the word is only the middle or end of a longer one.</summary>
    private static bool IsInside(string folded, int at, int length) =>
        (at > 0 && char.IsAsciiLetterOrDigit(folded[at - 1]) && char.IsLetterOrDigit(folded[at]))
        || (at + length < folded.Length && char.IsAsciiLetter(folded[at + length]) && length < 2);

    private static int Edge(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
