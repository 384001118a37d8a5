using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Language;

namespace Complaints.Settings;

/// <summary>The whole configuration as one JSON file in a stable order. Pure.</summary>
public sealed class ConfigurationFile
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>Longest file that is read, in bytes; a large house needs a tenth of it.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private const string Format = "complaints configuration";
    private const string Settings = "settings";

    private static readonly JsonSerializerOptions _plain = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ConfigurationFile() { }

    /// <summary>Named settings, by name.</summary>
    public Dictionary<string, JsonNode?> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>By section.</summary>
    public Dictionary<string, List<Item>> Sections { get; } = new(StringComparer.Ordinal);

    /// <summary>The configuration as text.</summary>
    public static string Write(Snapshot house)
    {
        var named = new JsonObject();
        foreach (var (name, value) in house.Named)
        {
            named[name] = value?.DeepClone();
        }

        var file = new JsonObject
        {
            ["format"] = Format,
            ["version"] = Version,
            [Settings] = named,
        };
        foreach (var (section, items) in house.Sections)
        {
            file[section] = new JsonArray([.. items.Select(i => i.Values.DeepClone())]);
        }

        return file.ToJsonString(_plain) + "\n";
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="Refusal">It is none, broken, of another version, or not whole.</exception>
    public static ConfigurationFile Read(string text)
    {
        var root = Parse(text);
        if ((root["format"] as JsonValue)?.GetValueKind() != JsonValueKind.String || (string?)root["format"] != Format)
        {
            throw new Refusal(
                "This is no file of settings: it does not begin with “format”: “{0}”. Choose one that was exported here.",
                Format
            );
        }

        if (root["version"] is not JsonValue version || !version.TryGetValue<int>(out var number) || number != Version)
        {
            throw new Refusal(
                "The file is of version {0}; this program reads version {1}. Export it again with the same version of the program.",
                root["version"]?.ToJsonString() ?? "?",
                Version
            );
        }

        var sections = Snapshot.Carried.Select(k => k.Section!).Append(Settings).ToList();
        if (sections.Find(s => !root.ContainsKey(s)) is { } missing)
        {
            throw new Refusal("The file is not whole: “{0}” is missing. Export it again.", missing);
        }

        if (root.Select(p => p.Key).FirstOrDefault(k => k is not ("format" or "version") && !sections.Contains(k)) is { } unknown)
        {
            throw new Refusal("The file holds “{0}”, which this program does not know. Take it out, or use a newer program.", unknown);
        }

        var file = new ConfigurationFile();
        file.ReadNamed(root[Settings]);
        foreach (var kind in Snapshot.Carried)
        {
            file.Sections[kind.Section!] = file.ReadItems(kind, root[kind.Section!]);
        }

        return file;
    }

    /// <summary>What names a row of that kind in its section.</summary>
    /// <param name="taken">Keys that were given, with how often; a second one gets a number.</param>
    internal static string KeyOf(Described kind, JsonObject values, Dictionary<string, int> taken)
    {
        var isTree = kind.Key is ["parent", ..];
        var key =
            kind.Seeded && values["key"] is JsonValue seeded ? seeded.ToString()
            : kind.Key.Count == 0 ? kind.Section!
            : string.Join(
                " / ",
                kind.Key.Select(k => Text(values[k])).Where(t => !isTree || t.Length > 0).Select(t => t.Length == 0 ? "–" : t)
            );
        var n = taken[key] = taken.GetValueOrDefault(key) + 1;
        return n == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key} ({n})");
    }

    /// <summary>What rows of a section are sorted by.</summary>
    internal static string SortOf(Described kind, JsonObject values) =>
        string.Join(
            '\u0001',
            kind.Order.Concat(kind.Key)
                .Select(k =>
                    values[k] is JsonValue v && v.GetValueKind() == JsonValueKind.Number
                        ? FieldValue.Number(v).ToString("000000000000.0000", CultureInfo.InvariantCulture)
                        : Text(values[k])
                )
        );

    private static string Text(JsonNode? node) => node is JsonArray lines ? string.Join('\n', lines) : node?.ToString() ?? "";

    private static JsonObject Parse(string text)
    {
        if (text.Length > MostBytes)
        {
            throw new Refusal("The file is larger than {0} MB. Settings never are; choose the right file.", MostBytes / 1024 / 1024);
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false })
                    as JsonObject
                ?? throw new Refusal("This is no file of settings. Choose one that was exported here.");
        }
        catch (JsonException broken)
        {
            throw new Refusal(
                "The file is broken in line {0}; perhaps it is only half of one. Export it again, or correct it there.",
                (broken.LineNumber ?? 0) + 1
            );
        }
    }

    private void ReadNamed(JsonNode? node)
    {
        if (node is not JsonObject all)
        {
            throw new Refusal("“{0}” has to be an object of names and values.", Settings);
        }

        foreach (var (name, value) in all)
        {
            if (Configuration.Named.FirstOrDefault(n => n.Name == name) is not { } named)
            {
                throw new Refusal("There is no setting “{0}”. Take it out, or use a newer program.", name);
            }

            if (
                named.Parts.Count > 0
                && JsonParts
                    .Of(value)
                    .Select(p => p.Path)
                    .FirstOrDefault(p => JsonParts.Find(named.Parts, p) is null or { Secret: true } or { Own: true })
                    is { } unknown
            )
            {
                throw new Refusal("{0}: there is no field “{1}”.", name, unknown);
            }

            Named[name] = value?.DeepClone();
        }
    }

    private List<Item> ReadItems(Described kind, JsonNode? node)
    {
        if (node is not JsonArray all || all.Any(i => i is not JsonObject))
        {
            throw new Refusal("“{0}” has to be a list of objects.", kind.Section);
        }

        if (kind.Key.Count == 0 && all.Count != 1)
        {
            throw new Refusal("“{0}” holds exactly one object.", kind.Section);
        }

        var (items, taken) = (new List<Item>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var (values, i) in all.Select((v, i) => ((JsonObject)v!, i)))
        {
            if (values.Select(p => p.Key).FirstOrDefault(n => kind.InFile(n) is null) is { } unknown)
            {
                throw new Refusal("{0}, number {1}: there is no field “{2}”.", kind.Section, i + 1, unknown);
            }

            if (kind.Key is ["parent", ..] && values["parent"] is { } parent && !items.Exists(p => p.Key == Text(parent)))
            {
                throw new Refusal(
                    "{0}, number {1}: it lies below “{2}”, which does not stand before it.",
                    kind.Section,
                    i + 1,
                    Text(parent)
                );
            }

            var key = KeyOf(kind, values, taken);
            if (kind.Unique && taken.Values.Any(n => n > 1))
            {
                throw new Refusal("{0}, number {1}: “{2}” stands there twice.", kind.Section, i + 1, JsonParts.Short(key));
            }

            items.Add(new Item(key, (JsonObject)values.DeepClone(), null));
        }

        return items;
    }
}
