using System.Globalization;
using System.Text;
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
    private const int Deepest = 16;

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
        var plain =
            kind.Seeded && values["key"] is JsonValue seeded ? seeded.ToString()
            : kind.Key.Count == 0 ? kind.Section!
            : string.Join(
                " / ",
                kind.Key.Select(k => Text(values[k])).Where(t => !isTree || t.Length > 0).Select(t => t.Length == 0 ? "–" : t)
            );
        var (n, key) = (taken.GetValueOrDefault(plain), plain);
        do
        {
            n++;
            key = n == 1 ? plain : string.Create(CultureInfo.InvariantCulture, $"{plain} ({n})");
        } while (key != plain && taken.ContainsKey(key)); // somebody may really be called so
        taken[plain] = n;
        taken.TryAdd(key, 1);
        return key;
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
            RefuseWhatIsNoText(Encoding.UTF8.GetBytes(text));
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false })
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

    /// <summary>Half a character, and the one no database keeps; both can be written in JSON.</summary>
    private static void RefuseWhatIsNoText(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
        for (var line = 1; reader.Read(); )
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
            {
                continue;
            }

            string? said;
            try
            {
                said = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                said = null;
            }

            if (said is null || said.Contains('\0', StringComparison.Ordinal))
            {
                line += utf8.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
                throw new Refusal("Line {0} of the file holds a character that cannot be kept. Take it out.", line);
            }
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

            if (named.Parts.Count > 0)
            {
                if (value is not (null or JsonObject))
                {
                    throw new Refusal("“{0}” has to be an object of names and values.", name);
                }

                JsonParts.RefuseOthers(new Sentence("{0}", name), named.Parts, value);
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

        var (items, taken, keys) = (
            new List<Item>(),
            new Dictionary<string, int>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal)
        );
        var seeded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (values, i) in all.Select((v, i) => ((JsonObject)v!, i)))
        {
            if (values.Select(p => p.Key).FirstOrDefault(n => kind.InFile(n) is null) is { } unknown)
            {
                throw new Refusal("{0}, number {1}: there is no field “{2}”.", kind.Section, i + 1, unknown);
            }

            foreach (var field in kind.Fields.Where(f => f.Role == FieldRole.Json && f.Parts.Count > 0))
            {
                JsonParts.RefuseOthers(new Sentence("{0}, number {1}", kind.Section, i + 1), field.Parts, values[field.InFile]);
            }

            if (kind.Key is ["parent", ..] && values["parent"] is { } parent && !keys.Contains(Text(parent)))
            {
                throw new Refusal(
                    "{0}, number {1}: it lies below “{2}”, which does not stand before it.",
                    kind.Section,
                    i + 1,
                    Text(parent)
                );
            }

            var key = KeyOf(kind, values, taken);
            var twice = kind.Unique ? !keys.Add(KeyOf(kind, values, [])) : !keys.Add(key);
            if (twice || (kind.Seeded && values["key"] is { } own && !seeded.Add(Text(own))))
            {
                throw new Refusal("{0}, number {1}: “{2}” stands there twice.", kind.Section, i + 1, JsonParts.Short(key));
            }

            items.Add(new Item(key, (JsonObject)values.DeepClone(), null));
        }

        return items;
    }
}
