namespace Complaints.Data;

/// <summary>
/// What somebody searches for: every group must be found, each by one of its ways, and of a way every code. The providers
/// put this into their own words.
/// </summary>
/// <param name="Groups">Group, way, code.</param>
/// <param name="Runs">Folded runs of three or more unspaced characters, which were asked by pairs and must be looked for in
/// the text again: pairs may stand apart.</param>
/// <param name="Marks">Folded words and runs to mark in what is shown.</param>
public sealed record SearchQuery(
    IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Groups,
    IReadOnlyList<string> Runs,
    IReadOnlyList<string> Marks
)
{
    /// <summary>More words than this narrow nothing.</summary>
    private const int MostPieces = 24;

    /// <summary>True when there is nothing to look for.</summary>
    public bool IsEmpty => Groups.Count == 0;

    /// <summary>The same, but only where one of these codes stands beside the words.</summary>
    public SearchQuery Within(IEnumerable<string> codes) =>
        this with
        {
            Groups = [.. Groups, [.. codes.Select(c => (IReadOnlyList<string>)[c])]],
        };

    /// <summary>Reads what was typed. Digits with spaces or dashes between them are also tried as one number.</summary>
    public static SearchQuery Read(string? typed)
    {
        var folded = SearchCodes.Fold(typed is { Length: > 400 } ? typed[..400] : typed);
        var pieces = SearchCodes.Pieces(folded).Take(MostPieces).ToList();
        var groups = new List<IReadOnlyList<IReadOnlyList<string>>>();
        var runs = new List<string>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var (kind, value, _) = pieces[i];
            if (kind == SearchCodes.PieceKind.Run)
            {
                groups.Add([RunCodes(value)]);
                if (SearchCodes.Letters(value).Count > 2)
                {
                    runs.Add(value);
                }

                continue;
            }

            var last = i;
            while (
                (IsNumber(pieces[i].Value) || pieces[i].Value == "c")
                && last + 1 < pieces.Count
                && IsNumber(pieces[last + 1].Value)
                && Joined(folded, pieces[last], pieces[last + 1])
            )
            {
                last++;
            }

            groups.Add(Ways([.. pieces[i..(last + 1)].Select(p => p.Value)]));
            i = last;
        }

        return new SearchQuery(groups, runs, [.. pieces.Select(p => p.Value).Distinct()]);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Ways(List<string> words)
    {
        var ways = new List<IReadOnlyList<string>> { words.ConvertAll(SearchCodes.Code) };
        var whole = string.Concat(words);
        if (!IsNumber(whole))
        {
            ways.Add(["n" + SearchCodes.Code(whole)]);
            if (whole.Length > 3 && whole[0] == 'c' && IsNumber(whole[1..]))
            {
                ways.Add(["r" + whole[1..]]);
            }

            return ways;
        }

        ways.Add(["r" + whole]);
        if (whole.Length >= 4)
        {
            var number = whole.StartsWith("00", StringComparison.Ordinal) ? whole[2..] : whole;
            ways.Add(["p" + whole]);
            ways.AddRange(new[] { 11, 10 }.Where(n => n < number.Length).Select(n => (IReadOnlyList<string>)["p" + number[^n..]]));
        }

        return ways;
    }

    private static IReadOnlyList<string> RunCodes(string run)
    {
        var letters = SearchCodes.Letters(run);
        return letters.Count == 1
            ? [SearchCodes.Code(run)]
            : [.. letters.Skip(1).Select((letter, i) => SearchCodes.Code(letters[i] + letter)).Distinct()];
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static bool Joined(
        string folded,
        (SearchCodes.PieceKind Kind, string Value, int At) first,
        (SearchCodes.PieceKind Kind, string Value, int At) second
    ) => folded[(first.At + first.Value.Length)..second.At].All(c => c is ' ' or '-' or '(' or ')' or '+' or '.' or '/' or '‑' or '–');
}
