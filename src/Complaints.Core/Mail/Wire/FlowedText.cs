using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Joins the lines of <c>format=flowed</c> text again (RFC 3676).</summary>
internal static class FlowedText
{
    /// <summary>The paragraphs on one line each; line ends LF.</summary>
    /// <param name="text">Text with LF line ends.</param>
    /// <param name="delSp">The blank at the end of a flowed line was added and goes, as in languages without blanks.</param>
    public static string Join(string text, bool delSp)
    {
        var joined = new StringBuilder(text.Length);
        var open = -1; // how deeply quoted the line is that still flows; -1: none
        foreach (var raw in text.Split('\n'))
        {
            var depth = 0;
            while (depth < raw.Length && raw[depth] == '>')
            {
                depth++;
            }

            var line = raw[depth..];
            line = line.StartsWith(' ') ? line[1..] : line;
            var signature = line == "-- ";
            if (open >= 0 && (open != depth || signature))
            {
                joined.Append('\n'); // damage: the next line is quoted otherwise, so the paragraph ends here
                open = -1;
            }

            if (open < 0 && depth > 0)
            {
                joined.Append('>', depth).Append(' ');
            }

            var flows = line.EndsWith(' ') && !signature;
            joined.Append(flows && delSp ? line[..^1] : line);
            if (!flows)
            {
                joined.Append('\n');
            }

            open = flows ? depth : -1;
        }

        return joined.ToString().TrimEnd('\n') + (text.EndsWith('\n') ? "\n" : "");
    }
}
