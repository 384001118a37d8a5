using System.Net;
using Complaints.Language;

namespace Complaints.Words;

/// <summary>What somebody wrote to us, as it stands below an answer: in plain text behind angle brackets, in HTML set in. Pure.</summary>
/// <param name="From">Who wrote it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Words">What.</param>
/// <param name="Reader">Language and zone of whoever gets the answer.</param>
public sealed record Quotation(string From, DateTime At, string Words, Reader Reader)
{
    private const int Longest = 10_000;

    private string Head => Tongue.Say(Reader, new Sentence("{0} wrote on {1}:", From, At));

    private IEnumerable<string> Lines =>
        (Words.Length <= Longest ? Words : Words[..(Longest - (char.IsHighSurrogate(Words[Longest - 1]) ? 1 : 0))] + " …")
            .ReplaceLineEndings("\n")
            .Trim()
            .Split('\n');

    /// <summary>An empty line, who wrote when, and the words behind angle brackets.</summary>
    public string Text => $"\n\n{Head}\n{string.Join('\n', Lines.Select(l => l.Length == 0 ? ">" : "> " + l))}";

    /// <summary>The same as a set-in paragraph.</summary>
    public string Html =>
        $"<p style=\"margin-top:2em\">{WebUtility.HtmlEncode(Head)}</p><blockquote type=\"cite\" style=\"margin:0 0 0 .4em;padding-left:.8em;border-left:2px solid #99a\">{string.Join("<br>", Lines.Select(WebUtility.HtmlEncode))}</blockquote>";
}
