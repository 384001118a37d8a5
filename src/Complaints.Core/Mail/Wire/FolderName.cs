using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Folder names between their own letters and the modified UTF-7 in which they travel (RFC 3501, 5.1.3).</summary>
public static class FolderName
{
    /// <summary>The name as it travels; always printable ASCII, so that it can stand in a quoted text.</summary>
    public static string Encode(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '&')
            {
                text.Append("&-");
            }
            else if (name[i] is >= ' ' and <= '~')
            {
                text.Append(name[i]);
            }
            else
            {
                var start = i;
                while (i + 1 < name.Length && name[i + 1] is < ' ' or > '~')
                {
                    i++;
                }

                var packed = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name, start, i + 1 - start));
                text.Append('&').Append(packed.TrimEnd('=').Replace('/', ',')).Append('-');
            }
        }

        return text.ToString();
    }

    /// <summary>The name in its own letters; what is not well encoded stays as it is.</summary>
    public static string Decode(string travelling)
    {
        var text = new StringBuilder();
        for (var i = 0; i < travelling.Length; i++)
        {
            var end = travelling[i] == '&' ? travelling.IndexOf('-', i) : -1;
            if (end < 0)
            {
                text.Append(travelling[i]);
                continue;
            }

            var packed = travelling[(i + 1)..end];
            text.Append(packed.Length == 0 ? "&" : Unpack(packed) ?? travelling[i..(end + 1)]);
            i = end;
        }

        return text.ToString();
    }

    /// <summary>The name as a quoted text of a command.</summary>
    public static string Quoted(string name) =>
        "\"" + Encode(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string? Unpack(string packed)
    {
        var full = packed.Replace(',', '/');
        var bytes = new byte[full.Length];
        return Convert.TryFromBase64String(full.PadRight((full.Length + 3) / 4 * 4, '='), bytes, out var length) && length % 2 == 0
            ? Encoding.BigEndianUnicode.GetString(bytes, 0, length)
            : null;
    }
}
