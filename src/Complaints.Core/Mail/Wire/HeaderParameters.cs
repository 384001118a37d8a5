using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>A header's value with parameters, such as Content-Type (RFC 2045, 5.1; RFC 2231).</summary>
internal sealed class HeaderParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private HeaderParameters(string value) => Value = value;

    /// <summary>What stands before the first parameter, lower case.</summary>
    public string Value { get; }

    /// <summary>The parameter decoded; null when absent.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public static HeaderParameters Of(string? raw)
    {
        const int Most = 200;
        var pieces = Split(raw ?? "");
        var first = pieces[0].Trim();
        var end = first.IndexOfAny([' ', '\t', '(']);
        var found = new HeaderParameters((end < 0 ? first : first[..end]).ToLowerInvariant());
        if (end > 0 && first.Contains('=', StringComparison.Ordinal))
        {
            pieces[0] = first[end..]; // "text/plain charset=utf-8": the semicolon was forgotten
        }
        else
        {
            pieces.RemoveAt(0);
        }

        var parts = new Dictionary<string, SortedDictionary<int, (string Text, bool Escaped)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces.Take(Most))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                continue;
            }

            var name = piece[..equals].Trim();
            var blanks =
                name.StartsWith("name", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("filename", StringComparison.OrdinalIgnoreCase);
            var value = Unquoted(piece[(equals + 1)..].Trim(), blanks);
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0)
            {
                found._values.TryAdd(name, EncodedWords.Decode(value));
                continue;
            }

            // name*=, name*0=, name*0*= : a long or foreign value in escaped pieces
            var rest = name[(star + 1)..].TrimEnd('*');
            var number = int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            if (!parts.TryGetValue(name[..star], out var list))
            {
                parts[name[..star]] = list = [];
            }

            list.TryAdd(number, (value, name[^1] == '*'));
        }

        foreach (var (name, list) in parts)
        {
            found._values[name] = Joined(list.Values);
        }

        return found;
    }

    private static string Joined(IEnumerable<(string Text, bool Escaped)> pieces)
    {
        string? charset = null;
        var bytes = new List<byte>();
        foreach (var (text, escaped) in pieces)
        {
            var rest = text;
            if (escaped && charset is null && text.Split('\'', 3) is [var declared, _, var value])
            {
                charset = declared;
                rest = value;
            }

            var raw = Encoding.UTF8.GetBytes(rest);
            for (var i = 0; i < raw.Length; i++)
            {
                var coded =
                    escaped
                    && raw[i] == '%'
                    && i + 2 < raw.Length
                    && byte.TryParse(raw.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b)
                        ? b
                        : -1;
                bytes.Add(coded < 0 ? raw[i] : (byte)coded);
                i += coded < 0 ? 0 : 2;
            }
        }

        // Some write encoded words into the pieces, which no standard allows.
        var whole = Charsets.Text([.. bytes], charset, out _);
        return charset is null ? EncodedWords.Decode(whole) : whole;
    }

    // At semicolons that are not inside quotes.
    private static List<string> Split(string raw)
    {
        var pieces = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= raw.Length; i++)
        {
            if (i == raw.Length || (raw[i] == ';' && !quoted))
            {
                pieces.Add(raw[start..i]);
                start = i + 1;
            }
            else if (raw[i] == '\\' && quoted)
            {
                i++;
            }
            else if (raw[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return pieces;
    }

    // A file name with blanks is often sent without the quotes it needs.
    private static string Unquoted(string value, bool blanks)
    {
        if (value.Length == 0 || value[0] != '"')
        {
            var end = blanks ? -1 : value.IndexOfAny([' ', '\t', '(']);
            return end < 0 || value.StartsWith("=?", StringComparison.Ordinal) ? value : value[..end];
        }

        var text = new StringBuilder();
        for (var i = 1; i < value.Length && value[i] != '"'; i++)
        {
            i += value[i] == '\\' && i + 1 < value.Length ? 1 : 0;
            text.Append(value[i]);
        }

        return text.ToString();
    }
}
