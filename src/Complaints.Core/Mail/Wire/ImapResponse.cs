using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>One piece of data in a response: a word, a text, a block of bytes, or a list of such.</summary>
/// <param name="Bytes">The bytes of a word or text; the beginning of a block that was longer than wanted; empty for a list.</param>
/// <param name="Length">How many bytes the server announced; more than there are in <paramref name="Bytes"/> when the rest was passed over.</param>
/// <param name="Quoted">It was a text or block and not a bare word, so that "NIL" is the word and not nothing.</param>
/// <param name="Items">The items of a list; null when it is none.</param>
internal sealed record ImapValue(ReadOnlyMemory<byte> Bytes, long Length, bool Quoted, IReadOnlyList<ImapValue>? Items)
{
    public bool Nil => !Quoted && Is("NIL");

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The number it is; null when it is none.</summary>
    public long? Number =>
        Items is null && long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Is(string word) => Items is null && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One whole response of the server (RFC 9051, 7).</summary>
/// <param name="Tag">"*" for news and data, "+" when it waits for more, else the tag of the command it ends.</param>
/// <param name="Kind">In capitals: OK, NO, BAD, BYE, PREAUTH, or what the data is (EXISTS, FETCH, LIST, …); empty after "+".</param>
/// <param name="Number">The number before the kind, or 0.</param>
internal sealed record ImapResponse(string Tag, string Kind, long Number)
{
    /// <summary>The words in square brackets before the text of OK, NO, BAD, BYE and PREAUTH; none when there were no brackets.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];

    /// <summary>What the server says to a person, in one line without control characters, cut to a reasonable length.</summary>
    public string Text { get; init; } = "";

    /// <summary>The data after the kind.</summary>
    public IReadOnlyList<ImapValue> Values { get; init; } = [];

    public bool Untagged => Tag == "*";

    public bool More => Tag == "+";

    public bool Good => Kind == "OK";

    public bool HasCode(string name) => Code.Count > 0 && Code[0].Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The number behind a code such as UIDVALIDITY; null when it is another code or no number.</summary>
    public long? CodeNumber(string name) =>
        HasCode(name) && Code.Count > 1 && long.TryParse(Code[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The value behind a name in the list of a FETCH response; null when it is not there.</summary>
    public ImapValue? Fetched(Func<string, bool> name)
    {
        var items = Kind == "FETCH" && Values.Count == 1 ? Values[0].Items ?? [] : [];
        for (var i = 0; i + 1 < items.Count; i += 2)
        {
            if (items[i].Items is null && name(items[i].Text.ToUpperInvariant()))
            {
                return items[i + 1];
            }
        }

        return null;
    }

    public long? FetchedNumber(string name) => Fetched(n => n == name)?.Number;
}
