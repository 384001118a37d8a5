using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Reads a list of addresses from a header (RFC 5322, 3.4), forgiving semicolons, missing brackets and stray quotes.</summary>
internal static class AddressReader
{
    private const int Most = 1000;
    private const int Longest = 1000;

    /// <summary>
    /// The people named, names decoded. An entry without an at-sign is left out unless it stands in brackets; so is one that
    /// names nobody, as <c>&lt;&gt;</c> or a group's name between brackets.
    /// </summary>
    public static List<Correspondent> Read(string? raw)
    {
        var people = new List<Correspondent>();
        var words = new StringBuilder();
        var comment = new StringBuilder();
        string? address = null;
        var literal = false;
        var text = raw ?? "";
        for (var i = 0; i < text.Length && people.Count < Most; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                i = Quoted(text, i + 1, words);
            }
            else if (c == '(')
            {
                i = Comment(text, i + 1, comment);
            }
            else if (c == '<')
            {
                var end = text.IndexOf('>', i);
                end = end < 0 ? text.Length : end;
                address = text[(i + 1)..end].Trim();
                i = end;
            }
            else if (c is ',' or ';')
            {
                Keep();
            }
            else if (c == ':' && address is null && !literal)
            {
                words.Clear(); // the name of a group, and its members follow
            }
            else
            {
                literal = c == '[' || (literal && c != ']'); // the colon of user@[IPv6:…] names no group
                words.Append(c);
            }
        }

        Keep();
        return people;

        void Keep()
        {
            var name = words.ToString().Trim();
            if (address is null && name.Contains('@', StringComparison.Ordinal))
            {
                // Without brackets: the word with the at-sign is the address, and a name may stand in the comment.
                var bare = Together(name).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                var at = bare.First(w => w.Contains('@', StringComparison.Ordinal));
                if (Array.TrueForAll(bare, w => w.Contains('@', StringComparison.Ordinal)))
                {
                    Array.ForEach(bare[..^1], one => Add("", one.Trim('<', '>'))); // somebody forgot the commas
                    (at, bare) = (bare[^1], []);
                }

                address = at.Trim('<', '>');
                name = string.Join(' ', bare.Where(w => w != at));
            }

            if (address is not null)
            {
                Add(name.Length > 0 ? name : comment.ToString().Trim(), address);
            }

            address = null;
            literal = false;
            words.Clear();
            comment.Clear();
        }

        void Add(string name, string address)
        {
            if (
                people.Count < Most
                && Routeless(address) is { Length: > 0 } to
                && (to[0] == '"' || !to.Contains(';', StringComparison.Ordinal))
            )
            {
                people.Add(new Correspondent(Cut(Spoken(EncodedWords.Decode(name))), Cut(to)));
            }
        }
    }

    // "anna @ home   . example": blanks may stand beside the at-sign and the dots behind it (RFC 5322, 4.4).
    private static string Together(string bare)
    {
        var whole = string.Join('@', bare.Split('@', StringSplitOptions.TrimEntries));
        var at = whole.IndexOf('@', StringComparison.Ordinal);
        return whole[..at] + string.Join('.', whole[at..].Split('.', StringSplitOptions.TrimEntries));
    }

    private static int Quoted(string text, int i, StringBuilder words)
    {
        for (; i < text.Length && text[i] != '"'; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            words.Append(text[i]);
        }

        return i;
    }

    private static int Comment(string text, int i, StringBuilder comment)
    {
        for (var depth = 1; i < text.Length; i++)
        {
            depth +=
                text[i] == '(' ? 1
                : text[i] == ')' ? -1
                : 0;
            if (depth == 0)
            {
                break;
            }

            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            comment.Append(text[i]);
        }

        return i;
    }

    // "<@relay,@relay:somebody@example>" is a route from the last century; blanks inside brackets are folding.
    private static string Routeless(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var bare = address.StartsWith('@') && colon > 0 ? address[(colon + 1)..] : address;
        if (bare.StartsWith('"'))
        {
            return bare;
        }

        // A comment may stand even here: "<jdoe@machine(the old one).example>".
        var kept = new StringBuilder(bare.Length);
        var depth = 0;
        foreach (var c in bare)
        {
            depth += c == '(' ? 1 : 0;
            if (depth == 0 && !char.IsWhiteSpace(c))
            {
                kept.Append(c);
            }

            depth -= c == ')' && depth > 0 ? 1 : 0;
        }

        return kept.ToString();
    }

    // One line, without controls: a name may come with line breaks inside its encoded words.
    private static string Spoken(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
