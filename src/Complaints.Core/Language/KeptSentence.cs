using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Complaints.Language;

/// <summary>
/// A sentence as text for the database, so that what was recorded can be read in either language later: a JSON array
/// of the English text and its arguments. Times, spans, enum values and inner sentences keep their type.
/// </summary>
public static class KeptSentence
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text to keep.</summary>
    public static string Write(Sentence sentence) => Node(sentence).ToJsonString(_plain);

    /// <summary>The sentence again; text that is no kept sentence comes back as itself.</summary>
    public static Sentence Read(string kept)
    {
        try
        {
            return JsonNode.Parse(kept) is JsonArray array ? Sentence(array) : new Sentence(kept);
        }
        catch (JsonException)
        {
            return new Sentence(kept);
        }
    }

    private static JsonArray Node(Sentence sentence)
    {
        var array = new JsonArray(sentence.Text);
        foreach (var arg in sentence.Args)
        {
            array.Add(
                arg switch
                {
                    null => null,
                    Sentence inner => Node(inner),
                    InBoth { Chinese: { Length: > 0 } chinese } words => new JsonObject { ["en"] = words.English, ["zh"] = chinese },
                    Enum value => new JsonObject { ["enum"] = value.GetType().FullName, ["name"] = value.ToString() },
                    DateTime utc => new JsonObject { ["utc"] = utc.ToString("O", CultureInfo.InvariantCulture) },
                    TimeSpan span => new JsonObject { ["span"] = span.Ticks },
                    int n => n,
                    long n => n,
                    decimal n => n,
                    double n => n,
                    _ => arg.ToString(),
                }
            );
        }

        return array;
    }

    private static Sentence Sentence(JsonArray array) => new((string?)array[0] ?? "", [.. array.Skip(1).Select(Arg)]);

    private static object? Arg(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonArray inner => Sentence(inner),
            JsonObject o when o["utc"] is { } utc => DateTime.Parse(
                (string)utc!,
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind
            ),
            JsonObject o when o["en"] is { } english => new InBoth((string)english!, (string?)o["zh"]),
            JsonObject o when o["span"] is { } span => new TimeSpan((long)span),
            JsonObject o when o["enum"] is { } type => Value((string)type!, (string?)o["name"] ?? ""),
            JsonValue v when v.GetValueKind() == JsonValueKind.Number => v.GetValue<decimal>(),
            _ => node.ToString(),
        };

    private static object Value(string type, string name) =>
        typeof(KeptSentence).Assembly.GetType(type) is { IsEnum: true } t && Enum.TryParse(t, name, out var value) ? value : name;
}
