using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>The character set an HTML body names in itself, for parts whose header names none.</summary>
internal static class HtmlCharset
{
    private const int Looked = 2048;

    /// <summary>The name; null when there is none in the beginning.</summary>
    public static string? Of(ReadOnlySpan<byte> html)
    {
        var start = Encoding.Latin1.GetString(html[..Math.Min(html.Length, Looked)]);
        var at = start.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var name = start[(at + 8)..].TrimStart('"', '\'');
        var end = name.IndexOfAny(['"', '\'', '>', ' ', ';', '/']);
        return end is > 0 and < 40 && Charsets.Named(name[..end]) is not null ? name[..end] : null;
    }
}
