using System.Text.Json.Nodes;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Settings;

/// <summary>The points of a checklist between the text that is kept, the file, and what people read. Pure.</summary>
internal static class ChecklistRows
{
    /// <summary>As the file holds them: a point on a line of its own, steps by name, nothing that says nothing.</summary>
    internal static JsonArray Write(string kept)
    {
        var all = new JsonArray();
        foreach (var point in ChecklistVersion.Read(kept))
        {
            var row = new JsonObject { ["key"] = point.Key, ["text"] = point.Text };
            if (point.TextZh is { Length: > 0 } chinese)
            {
                row["textZh"] = chinese;
            }

            if (point.Step is { } step)
            {
                row["step"] = step.ToString();
            }

            if (point.Required)
            {
                row["required"] = true;
            }

            all.Add(row);
        }

        return all;
    }

    /// <summary>Out of the file; the same rules as on the page.</summary>
    /// <exception cref="Refusal">It is no list of points, an empty one, or longer than one may be.</exception>
    internal static string Read(JsonArray rows)
    {
        var points = rows.Select(r => r is JsonObject row ? Point(row) : throw None()).ToList();
        return points.Count is > 0 and <= ChecklistVersion.Most && points.DistinctBy(p => p.Key).Count() == points.Count
            ? ChecklistVersion.Keep(points)
            : throw None();
    }

    /// <summary>All of it: the words in both languages, and the step.</summary>
    /// <param name="between">What stands between two points.</param>
    internal static Sentence Say(string kept, string between)
    {
        var points = ChecklistVersion.Read(kept).Select(Say).ToArray<object?>();
        return new Sentence(string.Join(between, points.Select((_, i) => $"{{{i}}}")), points);
    }

    private static Sentence Say(ChecklistPoint point)
    {
        var words = string.IsNullOrEmpty(point.TextZh) ? point.Text : $"{point.Text} ({point.TextZh})";
        return point.Blocks is { } blocked ? new Sentence("{0}, needed before “{1}”|checklist", words, blocked)
            : point.Step is { } step ? new Sentence("{0}, with “{1}”|checklist", words, step)
            : new Sentence("{0}", words);
    }

    private static ChecklistPoint Point(JsonObject row)
    {
        if (row.Select(p => p.Key).FirstOrDefault(k => k is not ("key" or "text" or "textZh" or "step" or "required")) is { } unknown)
        {
            throw new Refusal("There is no field “{0}” in a point of a checklist.", unknown);
        }

        var (key, text, chinese) = (
            Text(row["key"], 20),
            Text(row["text"], ChecklistVersion.Longest),
            Text(row["textZh"], ChecklistVersion.Longest)
        );
        var step = Text(row["step"], 20);
        return
            key is null
            || !key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            || text is null
            || (step is not null && CaseField.Steps.All(s => s.ToString() != step))
            ? throw None()
            : new ChecklistPoint(
                key,
                text,
                chinese,
                step is null ? null : Enum.Parse<Verb>(step),
                row["required"]?.GetValue<bool>() ?? false
            );
    }

    private static string? Text(JsonNode? node, int most) =>
        node?.GetValue<string>().Trim() is not { Length: > 0 } text ? null
        : text.Length <= most ? text
        : throw None();

    private static Refusal None() =>
        new(
            new Sentence(
                "This is no list of things to do: 1 to {0} points, each with a key of its own, a text of up to {1} characters, and a step of {2} or none.",
                ChecklistVersion.Most,
                ChecklistVersion.Longest,
                string.Join(", ", CaseField.Steps)
            )
        );
}
