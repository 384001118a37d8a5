using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Finds the line between the parts of a multipart whose header does not name it, or names another.</summary>
internal static class BoundaryGuess
{
    private const int Looked = 64 * 1024;

    /// <summary>The boundary without its two dashes: the first line with dashes that has a part's header below it; null when there is none.</summary>
    public static string? In(ReadOnlySpan<byte> body)
    {
        for (var at = 0; at < Math.Min(body.Length, Looked); )
        {
            var feed = body[at..].IndexOf((byte)'\n');
            var next = feed < 0 ? body.Length : at + feed + 1;
            var line = body[at..next].TrimEnd(" \t\r\n"u8);
            if (line.Length is > 4 and <= 202 && line.StartsWith("--"u8) && Header(body[next..]))
            {
                return Encoding.UTF8.GetString(line[2..]);
            }

            at = next;
        }

        return null;
    }

    private static bool Header(ReadOnlySpan<byte> rest)
    {
        var name = rest[..Math.Min(rest.Length, 8)];
        Span<byte> lower = stackalloc byte[8];
        return Ascii.ToLower(name, lower, out var count) == System.Buffers.OperationStatus.Done
            && lower[..count].SequenceEqual("content-"u8);
    }
}
