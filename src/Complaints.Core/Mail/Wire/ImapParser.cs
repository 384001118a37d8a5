using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>A line of the server and the block of bytes that follows it; none after the last line of a response.</summary>
internal sealed record ImapPiece(byte[] Line, ImapValue? Block);

/// <summary>
/// Makes a response out of its lines and blocks. Strict: what the grammar (RFC 9051, 9) does not allow is no response, and
/// depth and number of items have their bounds. Throws <see cref="FormatException"/>.
/// </summary>
internal sealed class ImapParser
{
    private const int Deepest = 16;
    private const int MostItems = 10_000;
    private const int LongestText = 500;

    private readonly IReadOnlyList<ImapPiece> _pieces;
    private int _piece;
    private int _at;
    private int _items;

    private ImapParser(IReadOnlyList<ImapPiece> pieces) => _pieces = pieces;

    private ReadOnlySpan<byte> Line => _pieces[_piece].Line;

    private bool Ended => _at >= Line.Length && _piece == _pieces.Count - 1;

    /// <summary>Is this a line for people, in which a brace at the end announces nothing?</summary>
    public static bool Speaks(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        return line.StartsWith("+"u8) || (space > 0 && IsStatus(Word(line[(space + 1)..])));
    }

    /// <summary>The size a line announces at its end for the block that follows; null when it announces none.</summary>
    public static long? Announced(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[^1] != '}' || line.LastIndexOf((byte)'{') is var open && open < 0 || Speaks(line))
        {
            return null;
        }

        var digits = line[(open + 1)..^1];
        digits = !digits.IsEmpty && digits[^1] == '+' ? digits[..^1] : digits;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new FormatException("A block without a size.");
    }

    public static ImapResponse Parse(IReadOnlyList<ImapPiece> pieces) => new ImapParser(pieces).Response();

    private static bool IsStatus(string word) => word is "OK" or "NO" or "BAD" or "BYE" or "PREAUTH";

    private static string Word(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        return word.Length > 40 ? "" : Encoding.ASCII.GetString(word).ToUpperInvariant();
    }

    private static string Plain(ReadOnlySpan<byte> bytes)
    {
        var text = string.Concat(Encoding.UTF8.GetString(bytes).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length > LongestText ? text[..LongestText] + "…" : text;
    }

    private ImapResponse Response()
    {
        if (Line.StartsWith("+"u8))
        {
            return new("+", "", 0) { Text = Plain(Line[1..]) };
        }

        var tag = Tag();
        var kind = Word(Line[_at..]);
        if (IsStatus(kind))
        {
            return Status(tag, kind);
        }

        if (tag != "*")
        {
            throw new FormatException("A command ends with neither OK, NO nor BAD.");
        }

        var number = 0L;
        if (kind.Length > 0 && char.IsAsciiDigit(kind[0]))
        {
            number = long.Parse(kind, NumberStyles.None, CultureInfo.InvariantCulture);
            _at += kind.Length;
            Space();
            kind = Word(Line[_at..]);
        }

        if (kind.Length == 0 || !kind.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            throw new FormatException("No kind of response.");
        }

        _at += kind.Length;
        var values = new List<ImapValue>();
        while (!Ended)
        {
            Space();
            if (!Ended) // some servers leave a blank at the end
            {
                values.Add(Value(0));
            }
        }

        return new(tag, kind, number) { Values = values };
    }

    private ImapResponse Status(string tag, string kind)
    {
        _at = Math.Min(_at + kind.Length + 1, Line.Length);
        var rest = Line[_at..];
        string[] code = [];
        if (rest.StartsWith("["u8))
        {
            var end = rest.IndexOf((byte)']');
            if (end < 0)
            {
                throw new FormatException("A code without end.");
            }

            code = Encoding.UTF8.GetString(rest[1..end]).Split(' ', MostItems, StringSplitOptions.RemoveEmptyEntries);
            rest = rest[(end + 1)..];
        }

        return new(tag, kind, 0) { Code = code, Text = Plain(rest) };
    }

    private string Tag()
    {
        var tag = Word(Line);
        if (tag.Length == 0 || tag.Any(c => c is <= ' ' or >= '\u007f'))
        {
            throw new FormatException("No tag.");
        }

        _at = tag.Length;
        Space();
        return tag;
    }

    private void Space()
    {
        if (_at >= Line.Length || Line[_at] != ' ')
        {
            throw new FormatException("No blank between two items.");
        }

        _at++;
    }

    private ImapValue Value(int depth)
    {
        if (++_items > MostItems || depth > Deepest)
        {
            throw new FormatException("Too many items, or too deep.");
        }

        if (_at >= Line.Length)
        {
            throw new FormatException("An item is missing.");
        }

        return Line[_at] switch
        {
            (byte)'(' => List(depth),
            (byte)'"' => Quoted(),
            (byte)'{' => Block(),
            (byte)'~' when _at + 1 < Line.Length && Line[_at + 1] == '{' => Block(),
            _ => Atom(),
        };
    }

    private ImapValue List(int depth)
    {
        var items = new List<ImapValue>();
        _at++;
        while (true)
        {
            if (Line[Math.Min(_at, Line.Length)..].StartsWith(" )"u8))
            {
                _at++; // some servers leave a blank here too
            }

            if (_at >= Line.Length)
            {
                throw new FormatException("A list without end.");
            }

            if (Line[_at] == ')')
            {
                _at++;
                return new(default, 0, false, items);
            }

            if (items.Count > 0 && Line[_at] != '(') // lists may follow one another without a blank, as in addresses
            {
                Space();
            }

            items.Add(Value(depth + 1));
        }
    }

    private ImapValue Quoted()
    {
        var bytes = new List<byte>();
        for (_at++; _at < Line.Length; _at++)
        {
            if (Line[_at] == '"')
            {
                _at++;
                return new(bytes.ToArray(), bytes.Count, true, null);
            }

            if (Line[_at] == '\\' && ++_at >= Line.Length)
            {
                break;
            }

            bytes.Add(Line[_at]);
        }

        throw new FormatException("A text without end.");
    }

    private ImapValue Block()
    {
        if (_pieces[_piece].Block is not { } block || !IsLast(Line[_at..]))
        {
            throw new FormatException("A block that does not follow.");
        }

        _piece++;
        _at = 0;
        return block;

        static bool IsLast(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'}') == rest.Length - 1;
    }

    private ImapValue Atom()
    {
        var start = _at;
        var section = false; // BODY[HEADER.FIELDS (FROM)] is one name
        for (; _at < Line.Length; _at++)
        {
            var b = Line[_at];
            section = b == '[' ? Line[_at..].Contains((byte)']') : section && b != ']';
            if (!section && b is (byte)' ' or (byte)'(' or (byte)')' or (byte)'"' or (byte)'{' || b is < 0x20 or 0x7f)
            {
                break;
            }
        }

        return _at > start ? new(Line[start.._at].ToArray(), _at - start, false, null) : throw new FormatException("An empty item.");
    }
}
