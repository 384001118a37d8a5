using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Language;

namespace Complaints.Settings;

/// <summary>Takes a JSON text apart into fields with names. Pure.</summary>
public static class JsonParts
{
    private const int Line = 1500;

    /// <summary>Every value with its path, lists as one value.</summary>
    public static IEnumerable<(string Path, JsonNode? Value)> Of(JsonNode? node, string at = "")
    {
        if (node is not JsonObject all)
        {
            return at.Length == 0 ? [] : [(at, node)];
        }

        return all.SelectMany(p => Of(p.Value, at.Length == 0 ? p.Key : $"{at}.{p.Key}"));
    }

    /// <summary>The part a path belongs to; null for one nobody described.</summary>
    public static Part? Find(IReadOnlyList<Part> parts, string path) =>
        parts.FirstOrDefault(p => string.Equals(p.Path, path, StringComparison.OrdinalIgnoreCase))
        ?? parts.FirstOrDefault(p =>
            p.Path.EndsWith(".*", StringComparison.Ordinal) && path.StartsWith(p.Path[..^1], StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Refuses what nobody described, what a file does not carry, and names and numbers that stand for nothing.</summary>
    /// <param name="where">Where in the file it stands.</param>
    /// <exception cref="Refusal">Names the first such field.</exception>
    public static void RefuseOthers(Sentence where, IReadOnlyList<Part> parts, JsonNode? node)
    {
        foreach (var (path, value) in Of(node))
        {
            if (Find(parts, path) is not { Secret: false, Own: false } part || !IsWritten(part, path))
            {
                throw new Refusal(new Sentence("{0}: there is no field “{1}”.", where, path));
            }

            List<JsonNode?> all = value is JsonArray list ? [.. list] : [value];
            if (
                value is not null
                && all.Exists(v =>
                    v is not JsonValue || (part.Of is { } of && !part.Path.EndsWith(".*", StringComparison.Ordinal) && !Names(of, v))
                )
            )
            {
                throw new Refusal(
                    new Sentence("{0}: “{1}” holds something of another kind: {2}", where, path, Short(value!.ToJsonString()))
                );
            }
        }
    }

    /// <summary>What people call the part; a name that stands for any, such as a trigger, is filled in.</summary>
    public static Sentence LabelOf(IReadOnlyList<Part> parts, string path)
    {
        if (Find(parts, path) is not { } part)
        {
            return new Sentence("{0}", path);
        }

        var last = path[(path.LastIndexOf('.') + 1)..];
        return part.Path.EndsWith(".*", StringComparison.Ordinal) && part.Of is { } of && Enum.TryParse(of, last, out var name)
            ? new Sentence("{0}: {1}", part.Label, name)
            : part.Label;
    }

    /// <summary>The value as people read it; null for nothing.</summary>
    public static Sentence? Say(Part? part, JsonNode? value) =>
        value switch
        {
            null => null,
            JsonArray { Count: 0 } => null,
            JsonArray list => new Sentence("{0}", string.Join(", ", list.Select(v => Said(part, v)))),
            _ => Said(part, value),
        };

    /// <summary>The same without what the file does not carry, and without empty values.</summary>
    public static JsonNode Carried(JsonNode node, IReadOnlyList<Part> parts)
    {
        var kept = new JsonObject();
        foreach (
            var (path, value) in Of(node).Where(v => v.Value is not null && Find(parts, v.Path) is not ({ Secret: true } or { Own: true }))
        )
        {
            Put(
                kept,
                path,
                Find(parts, path) is { Text: true } && value is JsonValue text ? Lines((string)text!, '\n') : value!.DeepClone()
            );
        }

        return kept;
    }

    /// <summary>What <see cref="Carried"/> made, as it is kept again.</summary>
    public static JsonObject Kept(JsonObject carried, IReadOnlyList<Part> parts)
    {
        var kept = new JsonObject();
        foreach (var (path, value) in Of(carried))
        {
            Put(
                kept,
                path,
                Find(parts, path) is { Text: true } && value is JsonArray lines
                    ? JsonValue.Create(string.Join('\n', lines))
                    : value?.DeepClone()
            );
        }

        return kept;
    }

    /// <summary>A text as the file holds it: one of several lines is a list of them, so that a change shows as a line.</summary>
    public static JsonNode Lines(string text, char split)
    {
        var lines = text.Split(split);
        return lines.Length == 1 ? JsonValue.Create(text) : new JsonArray([.. lines.Select(l => (JsonNode)JsonValue.Create(l))]);
    }

    /// <summary>Puts a value at a path.</summary>
    public static void Put(JsonObject into, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            if (into[step] is not JsonObject next)
            {
                into[step] = next = [];
            }

            into = next;
        }

        into[steps[^1]] = value;
    }

    // What is read again knows capital letters from small ones: a field that differs in them would be silently none.
    private static bool IsWritten(Part part, string path) =>
        path == part.Path
        || (
            part.Path.EndsWith(".*", StringComparison.Ordinal)
            && path.StartsWith(part.Path[..^1], StringComparison.Ordinal)
            && (part.Of is null || Enum.GetNames(part.Of).Contains(path[(part.Path.Length - 1)..]))
        );

    private static bool Names(Type of, JsonNode? value) =>
        value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? Enum.GetNames(of).Contains((string)v!)
        : value is JsonValue n && n.GetValueKind() == JsonValueKind.Number
            ? int.TryParse(n.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && Enum.IsDefined(of, Enum.ToObject(of, number))
        : false;

    private static Sentence Said(Part? part, JsonNode? value)
    {
        var text = value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? (string)v! : value?.ToJsonString() ?? "";
        return part?.Of is { } of
            && !part.Path.EndsWith(".*", StringComparison.Ordinal)
            && Enum.TryParse(of, text, ignoreCase: true, out var name)
                ? new Sentence("{0}", name)
            : text == "true" ? new Sentence("yes")
            : text == "false" ? new Sentence("no")
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n)
            && value!.GetValueKind() == JsonValueKind.Number
                ? new Sentence("{0}", n)
            : new Sentence("{0}", Short(text));
    }

    /// <summary>A text short enough for a line of the history.</summary>
    public static string Short(string text) => text.Length <= Line ? text : text[..Line] + "…";

    /// <summary>Two texts short enough, both from a little before they begin to differ.</summary>
    public static (string Before, string After) Short(string before, string after)
    {
        var same = before.AsSpan().CommonPrefixLength(after);
        var from = same < Line - 200 ? 0 : same - 200;
        string From(string text) => Short(from == 0 ? text : "…" + text[from..]);
        return (From(before), From(after));
    }
}
