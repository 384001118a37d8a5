namespace Complaints.Words;

/// <summary>Whether a document says what a regulator demands of it. Pure.</summary>
public static class DemandedSentences
{
    /// <summary>The sentences that do not stand in the text. Case, width, blanks and punctuation do not count; words do.</summary>
    /// <param name="text">The whole document.</param>
    /// <param name="demanded">The sentences.</param>
    public static IReadOnlyList<string> Missing(string text, IReadOnlyList<string> demanded)
    {
        if (demanded.Count == 0)
        {
            return [];
        }

        var said = Bare(text);
        return [.. demanded.Where(d => Bare(d) is { Length: > 0 } bare && !said.Contains(bare, StringComparison.Ordinal))];
    }

    // Words stay apart: a space wherever letters of two words met.
    private static string Bare(string text) =>
        " "
        + string.Join(
            ' ',
            new string([.. FoldedText.Of(text).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        )
        + " ";
}
