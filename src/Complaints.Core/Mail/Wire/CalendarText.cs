using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>The words of an invitation or of the answer to one (RFC 5545; RFC 5546), for mails that carry nothing else.</summary>
internal static class CalendarText
{
    private static readonly string[] _shown = ["SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "COMMENT"];

    /// <summary>The lines a person would read: what, when, where, and how it was answered. Empty when there are none.</summary>
    public static string Of(string calendar)
    {
        var words = new StringBuilder();
        var alarm = false;
        foreach (
            var line in calendar
                .Replace("\n ", "", StringComparison.Ordinal)
                .Replace("\n\t", "", StringComparison.Ordinal)
                .Split('\n')
                .Take(2000)
        )
        {
            var colon = Colon(line);
            if (colon < 1)
            {
                continue;
            }

            var name = line[..colon].Split(';')[0].Trim().ToUpperInvariant();
            var value = line[(colon + 1)..].Trim();
            alarm = name == "BEGIN" ? value is "VALARM" or "VTIMEZONE" : name != "END" && alarm;
            if (!alarm && Array.IndexOf(_shown, name) >= 0 && value.Length > 0)
            {
                words
                    .Append(name.StartsWith("DT", StringComparison.Ordinal) ? $"{name[2..].ToLowerInvariant()}: {value}" : Plain(value))
                    .Append('\n');
            }
            else if (name == "ATTENDEE" && Answer(line[..colon]) is { } answer)
            {
                words.Append(answer).Append('\n');
            }
        }

        return words.ToString().Trim('\n');
    }

    /// <summary>Is this the answer to an invitation?</summary>
    public static bool IsReply(string calendar) => calendar.Contains("METHOD:REPLY", StringComparison.OrdinalIgnoreCase);

    private static string? Answer(string attendee)
    {
        var at = attendee.IndexOf("PARTSTAT=", StringComparison.OrdinalIgnoreCase);
        var status = at < 0 ? "" : attendee[(at + 9)..].Split(';')[0].Trim('"');
        return status.Length is > 0 and < 30 && !status.Equals("NEEDS-ACTION", StringComparison.OrdinalIgnoreCase) ? status : null;
    }

    // The first colon outside quotes.
    private static int Colon(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ':' && !quoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Plain(string value) =>
        value
            .Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase)
            .Replace("\\,", ",", StringComparison.Ordinal)
            .Replace("\\;", ";", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);
}
