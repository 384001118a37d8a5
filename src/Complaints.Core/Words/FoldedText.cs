namespace Complaints.Words;

/// <summary>
/// A text made ready for looking up words: lower case, one width, straight quotes, every blank a space, and exactly as
/// long as before, so that a place in it is a place in the text. Its sentences are known. Pure.
/// </summary>
internal sealed class FoldedText
{
    private readonly List<(int Start, int End)> _sentences = [];

    public FoldedText(string text)
    {
        Source = text;
        Text = Of(text);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Ends(i))
            {
                Add(start, i + 1);
                start = i + 1;
            }
        }

        Add(start, text.Length);
    }

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>As it is compared.</summary>
    public string Text { get; }

    /// <summary>Start and end of every sentence that says something.</summary>
    public IReadOnlyList<(int Start, int End)> Sentences => _sentences;

    /// <summary>Number of the sentence that holds this place.</summary>
    public int SentenceAt(int place)
    {
        var (low, high) = (0, _sentences.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _sentences[middle].Start <= place ? (middle, high) : (low, middle - 1);
        }

        return Math.Max(low, 0);
    }

    /// <summary>The folded form of any text.</summary>
    public static string Of(string text) =>
        string.Create(
            text.Length,
            text,
            static (folded, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    folded[i] = One(source[i]);
                }
            }
        );

    /// <summary>Whether two neighbours belong to one word: letters and digits of scripts with spaces.</summary>
    public static bool Joined(char left, char right) => Spaced(left) && Spaced(right);

    /// <summary>A Chinese sign.</summary>
    public static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');

    private static char One(char c) =>
        char.IsWhiteSpace(c) ? ' '
        : c is '\u2019' or '\u2018' ? '\''
        : c is '\u201c' or '\u201d' ? '"'
        : c is >= '\uff01' and <= '\uff5e' ? char.ToLowerInvariant((char)(c - 0xfee0))
        : char.ToLowerInvariant(c);

    private static bool Spaced(char c) => char.IsLetterOrDigit(c) && !IsHan(c);

    private bool Ends(int i) =>
        Source[i] is '。' or '！' or '？' or '!' or '?' or '；' or ';'
        || (
            Source[i] == '\n' && (i + 1 == Source.Length || Source[i + 1] == '\n' || (i > 0 && Source[i - 1] is ',' or '，' or ':' or '：'))
        )
        || (Source[i] == '.' && (i + 1 == Source.Length || char.IsWhiteSpace(Source[i + 1])));

    private void Add(int start, int end)
    {
        if (!string.IsNullOrWhiteSpace(Source[start..end]))
        {
            _sentences.Add((start, end));
        }
    }
}
