using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Language;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Complaints.Settings;

/// <summary>One thing that a file would change here.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Act">What becomes of it.</param>
/// <param name="Section">Where it stands in the file.</param>
/// <param name="Key">What names it there.</param>
/// <param name="Fields">What changes of it; of an added one what is set, of a removed one nothing.</param>
public sealed record Differing(Topic Topic, ChangeAct Act, string Section, string Key, IReadOnlyList<ChangedField> Fields)
{
    /// <summary>What people call it.</summary>
    public required Sentence What { get; init; }

    /// <summary>The row as it will be, in the form of the file; null for one that goes.</summary>
    internal JsonObject? Values { get; init; }

    /// <summary>The row that is there; null for a new one.</summary>
    internal object? Row { get; init; }

    /// <summary>A named setting's text as it will be kept.</summary>
    internal string? Text { get; init; }
}

/// <summary>
/// What a file would change in this house. What is here and not in the file stays where complaints may point at it
/// (<see cref="Left"/>), and goes where it is a rule alone. Pure.
/// </summary>
/// <param name="model">Of the database: lengths and kinds of the fields.</param>
/// <param name="isUsed">Whether a row that may go is used by something.</param>
public sealed class Difference(IModel model, Snapshot house, ConfigurationFile file, Func<Described, Item, bool> isUsed)
{
    private readonly List<Differing> _all = [];
    private readonly List<(Topic Topic, string Key)> _left = [];

    /// <summary>All changes, in the order in which they are put into place.</summary>
    public IReadOnlyList<Differing> All => _all;

    /// <summary>What is here and not in the file, and stays.</summary>
    public IReadOnlyList<(Topic Topic, string Key)> Left => _left;

    /// <summary>Compares.</summary>
    /// <exception cref="Refusal">The file holds something that cannot be, and where.</exception>
    public Difference Find()
    {
        foreach (var kind in Snapshot.Carried)
        {
            OfTable(kind);
        }

        foreach (var named in Configuration.Named.Where(n => file.Named.ContainsKey(n.Name)))
        {
            At(new Sentence("{0}", named.Name), () => OfNamed(named, file.Named[named.Name]));
        }

        return this;
    }

    private void OfTable(Described kind)
    {
        var there = house.Sections[kind.Section!].ToDictionary(i => i.Key, StringComparer.Ordinal);
        foreach (var (item, i) in file.Sections[kind.Section!].Select((item, i) => (item, i)))
        {
            At(
                new Sentence("{0}, number {1} ({2})", kind.Section, i + 1, Short(item.Key)),
                () => OfRow(kind, item, there.GetValueOrDefault(item.Key))
            );
            there.Remove(item.Key);
        }

        foreach (var gone in there.Values)
        {
            if (kind.Missing == Missing.Goes || (kind.Missing == Missing.GoesUnlessUsed && !isUsed(kind, gone)))
            {
                _all.Add(
                    new Differing(kind.Topic, ChangeAct.Removed, kind.Section!, gone.Key, [])
                    {
                        What = kind.Name(gone.Row!),
                        Row = gone.Row,
                    }
                );
            }
            else
            {
                _left.Add((kind.Topic, gone.Key));
            }
        }
    }

    private void OfRow(Described kind, Item item, Item? here)
    {
        var (type, values, fields) = (model.FindEntityType(kind.Type)!, new JsonObject(), new List<ChangedField>());
        var row = Activator.CreateInstance(kind.Type, nonPublic: true)!;
        foreach (var field in kind.Fields.Where(Described.IsCarried))
        {
            var property = type.FindProperty(field.Name)!;
            var given = item.Values.ContainsKey(field.InFile);
            if (!given && here is null && !field.Needed)
            {
                values[field.InFile] = FieldValue.Write(field, property.PropertyInfo!.GetValue(row), house.KeyOf); // as a new one begins
                continue;
            }

            var value = FieldValue.Read(field, property, given ? item.Values[field.InFile] : here?.Values[field.InFile]);
            if (field.To is { } to)
            {
                values[field.InFile] = Known(to, (string?)value);
                FieldValue.Set(row, property, value is null ? null : 1L); // some id: what points at rows is not looked at again
            }
            else
            {
                FieldValue.Set(row, property, value);
            }
        }

        kind.Check(row);
        foreach (var field in kind.Fields.Where(f => Described.IsCarried(f) && f.To is null))
        {
            values[field.InFile] = FieldValue.Write(field, type.FindProperty(field.Name)!.PropertyInfo!.GetValue(row), house.KeyOf);
        }

        foreach (var field in kind.Fields.Where(Described.IsCarried))
        {
            var (before, after) = (here?.Values[field.InFile], values[field.InFile]);
            if (Same(before, after) && (here is not null || after is null))
            {
                continue;
            }

            if (here is not null && field.Role == FieldRole.Fixed)
            {
                throw new Refusal("“{0}” stays what it was when this was made. Give the new one another name.", field.InFile);
            }

            var (property, label) = (type.FindProperty(field.Name)!, KeptSentence.Write(field.Label));
            if (field.Role == FieldRole.Json)
            {
                fields.AddRange(Parts(field.Parts, before, after));
            }
            else if (here is not null || field.Role is not (FieldRole.FileOnly or FieldRole.Place))
            {
                fields.Add(
                    new ChangedField(
                        label,
                        here?.Row is { } old ? FieldValue.Say(field, property, before, after, old) : null,
                        FieldValue.Say(field, property, after, before, row)
                    )
                );
            }
        }

        if (here is null || fields.Count > 0)
        {
            _all.Add(
                new Differing(
                    kind.Topic,
                    here is null ? ChangeAct.Added : ChangeAct.Changed,
                    kind.Section!,
                    item.Key,
                    [.. fields.Where(f => f.Before is not null || f.After is not null)]
                )
                {
                    What = kind.Name(row),
                    Values = values,
                    Row = here?.Row,
                }
            );
        }
    }

    private void OfNamed(NamedSetting named, JsonNode? node)
    {
        var before = house.Named[named.Name];
        string? text;
        JsonNode? after;
        if (named.Parts.Count > 0)
        {
            if (node is not JsonObject given)
            {
                return; // nothing said, nothing changed
            }

            var whole = (JsonObject)JsonNode.Parse(house.Kept[named.Name] is { Length: > 0 } kept ? named.Read(kept) : named.Otherwise!)!;
            foreach (var (path, value) in JsonParts.Of(JsonParts.Kept(given, named.Parts)))
            {
                JsonParts.Put(whole, path, value?.DeepClone());
            }

            foreach (
                var path in JsonParts
                    .Of(before)
                    .Select(p => p.Path)
                    .Except(JsonParts.Of(given).Where(p => p.Value is not null).Select(p => p.Path)) // null says as little as nothing
                    .Concat(JsonParts.Of(given).Where(p => p.Value is null).Select(p => p.Path))
                    .Where(p => named.Parts.Any(d => d.Path == p))
                    .ToList()
            )
            {
                JsonParts.Put(
                    whole,
                    path,
                    JsonParts.Of(JsonNode.Parse(named.Otherwise!)).FirstOrDefault(p => p.Path == path).Value?.DeepClone()
                );
            }

            text = Typed(named, whole.ToJsonString());
            after = named.Node(text);
        }
        else if (named.To is { } to)
        {
            after = node is null ? null : Known(to, Plain(node));
            text = node is null ? "" : null; // the id is put in when it is known
        }
        else
        {
            text = node is null ? "" : named.Read(Plain(node));
            after = text.Length == 0 ? named.Node(named.Otherwise) : JsonValue.Create(text);
        }

        if (Same(before, after))
        {
            return;
        }

        IReadOnlyList<ChangedField> fields =
            named.Parts.Count > 0
                ? [.. Parts(named.Parts, before, after)]
                : [new ChangedField(KeptSentence.Write(named.Label), Kept(before), Kept(after))];
        _all.Add(
            new Differing(named.Topic, ChangeAct.Changed, "settings", named.Name, fields)
            {
                What = named.Parts.Count > 0 ? new Sentence("{0}", named.Topic) : named.Label,
                Text = text,
                Values = after is null ? [] : new JsonObject { ["value"] = after.DeepClone() },
            }
        );
    }

    private JsonValue? Known(Type to, string? key)
    {
        if (key is null)
        {
            return null;
        }

        var kind = Configuration.Of(to)!;
        return file.Sections[kind.Section!].Exists(i => i.Key == key) || house.Sections[kind.Section!].Exists(i => i.Key == key)
            ? JsonValue.Create(key)
            : throw new Refusal("It names “{0}”, which is neither in “{1}” of the file nor here.", key, kind.Section);
    }

    private static IEnumerable<ChangedField> Parts(IReadOnlyList<Part> parts, JsonNode? before, JsonNode? after)
    {
        var was = JsonParts.Of(before).ToDictionary(p => p.Path, p => p.Value);
        var set = JsonParts.Of(after).ToDictionary(p => p.Path, p => p.Value);
        return set
            .Keys.Union(was.Keys)
            .Where(p => !Same(was.GetValueOrDefault(p), set.GetValueOrDefault(p)))
            .Select(p => new ChangedField(
                KeptSentence.Write(JsonParts.LabelOf(parts, p)),
                JsonParts.Say(JsonParts.Find(parts, p), was.GetValueOrDefault(p)) is { } a ? KeptSentence.Write(a) : null,
                JsonParts.Say(JsonParts.Find(parts, p), set.GetValueOrDefault(p)) is { } b ? KeptSentence.Write(b) : null
            ));
    }

    private static string Typed(NamedSetting named, string text)
    {
        try
        {
            return named.Read(text);
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or ArgumentException)
        {
            throw new Refusal(
                "A value is of another kind than it has to be ({0}).",
                wrong is JsonException { Path: { } path } ? path : named.Name
            );
        }
    }

    private static string Plain(JsonNode node) =>
        node is JsonValue v && v.GetValueKind() == JsonValueKind.String
            ? v.GetValue<string>()
            : throw new Refusal("A text has to stand here.");

    private static bool Same(JsonNode? a, JsonNode? b) => (a?.ToJsonString() ?? "null") == (b?.ToJsonString() ?? "null");

    private static string? Kept(JsonNode? node) => node is null ? null : KeptSentence.Write(new Sentence("{0}", node.ToString()));

    private static string Short(string key) => key.Length <= 100 ? key : key[..100] + "…";

    /// <summary>A refusal says where in the file it stands.</summary>
    private static void At(Sentence where, Action look)
    {
        try
        {
            look();
        }
        catch (Refusal refused)
        {
            throw new Refusal(new Sentence("{0}: {1}", where, refused.Sentence));
        }
        catch (JsonException wrong)
        {
            throw new Refusal(
                new Sentence("{0}: {1}", where, new Sentence("A value is of another kind than it has to be ({0}).", wrong.Path))
            );
        }
    }
}
