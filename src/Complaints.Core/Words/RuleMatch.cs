namespace Complaints.Words;

/// <summary>A rule made ready: finds its words in a folded text. Pure.</summary>
internal sealed class RuleMatch(AdviceRule rule)
{
    private const int LongestGap = 40;

    private readonly string[] _parts =
    [
        .. rule.Text.Replace("...", "…", StringComparison.Ordinal).Split('…').Select(p => FoldedText.Of(p).Trim()).Where(p => p.Length > 0),
    ];

    private readonly string[] _exceptions =
    [
        .. rule
            .Exceptions.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries)
            .Select(e => FoldedText.Of(e).Trim())
            .Where(e => e.Length > 0),
    ];

    /// <summary>The rule.</summary>
    public AdviceRule Rule => rule;

    /// <summary>Every place its words stand, with their length.</summary>
    public IEnumerable<(int At, int Length)> In(FoldedText text)
    {
        if (_parts.Length == 0)
        {
            yield break;
        }

        for (var at = Find(text.Text, _parts[0], 0, text.Text.Length); at >= 0; )
        {
            var end = End(text, at);
            if (end > 0 && !IsException(text.Text, at, end))
            {
                yield return (at, end - at);
            }

            at = Find(text.Text, _parts[0], end > 0 ? end : at + 1, text.Text.Length);
        }
    }

    /// <summary>Whether its words stand between these places.</summary>
    public bool StandsIn(FoldedText text, int from, int to)
    {
        for (var at = _parts.Length == 0 ? -1 : Find(text.Text, _parts[0], from, to); at >= 0; at = Find(text.Text, _parts[0], at + 1, to))
        {
            if (End(text, at) is var end && end > 0 && end <= to && !IsException(text.Text, at, end))
            {
                return true;
            }
        }

        return false;
    }

    private int End(FoldedText text, int at)
    {
        var end = at + _parts[0].Length;
        if (_parts.Length == 1)
        {
            return end;
        }

        var last = text.Sentences[text.SentenceAt(at)].End;
        for (var i = 1; i < _parts.Length; i++)
        {
            at = Find(text.Text, _parts[i], end, Math.Min(last, end + LongestGap + _parts[i].Length));
            if (at < 0)
            {
                return 0;
            }

            end = at + _parts[i].Length;
        }

        return end;
    }

    private bool IsException(string text, int at, int end)
    {
        foreach (var exception in _exceptions.Where(e => e.Length >= end - at))
        {
            var from = Math.Max(0, end - exception.Length);
            var found = text.IndexOf(exception, from, Math.Min(text.Length, at + exception.Length) - from, StringComparison.Ordinal);
            if (found >= 0 && found <= at && found + exception.Length >= end)
            {
                return true;
            }
        }

        return false;
    }

    private static int Find(string text, string part, int from, int to)
    {
        while (from >= 0 && from + part.Length <= to)
        {
            var at = text.IndexOf(part, from, to - from, StringComparison.Ordinal);
            if (at < 0)
            {
                return -1;
            }

            var end = at + part.Length;
            if (
                (at == 0 || !FoldedText.Joined(text[at - 1], text[at]))
                && (end == text.Length || !FoldedText.Joined(text[end - 1], text[end]))
            )
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }
}
