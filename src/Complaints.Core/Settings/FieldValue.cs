using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Language;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Complaints.Settings;

/// <summary>A field between a row and the file: enumerations by name, what points at another row by that row's key. Pure.</summary>
internal static class FieldValue
{
    /// <summary>The value of the row as the file holds it.</summary>
    /// <param name="keyOf">Key of a row by its id; null for one that is not in the file.</param>
    internal static JsonNode? Write(Field field, object? value, Func<Type, long, string?> keyOf) =>
        value switch
        {
            null => null,
            long id when field.To is { } to => keyOf(to, id) is { } key ? JsonValue.Create(key) : null,
            string text when field.Listed is { } list => list.Write(text),
            string text when field.Role == FieldRole.Json => JsonParts.Carried(JsonNode.Parse(text)!, field.Parts),
            string text => JsonParts.Lines(text, field.Split),
            bool b => JsonValue.Create(b),
            Enum e => JsonValue.Create(e.ToString()),
            decimal n => JsonValue.Create(n / 1.0000000000000000000000000000m), // 240.0 and 240 are one figure
            _ => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        };

    /// <summary>The value a row takes; for what points at another row, its key.</summary>
    /// <exception cref="Refusal">It is of another kind, too long, or missing.</exception>
    internal static object? Read(Field field, IProperty property, JsonNode? node)
    {
        if (
            node is null
            || (field.Needed && node is JsonValue v && v.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace((string?)v))
        )
        {
            return field.Needed || (!property.IsNullable && property.ClrType != typeof(string))
                    ? throw new Refusal("“{0}” cannot stay empty.", field.InFile)
                : property.IsNullable ? null
                : "";
        }

        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        try
        {
            return field.To is not null ? Text(node, '\n')
                : field.Listed is { } list ? list.Read(node.AsArray())
                : field.Role == FieldRole.Json ? Short(field, property, JsonParts.Kept(node.AsObject(), field.Parts).ToJsonString())
                : type == typeof(string) ? Short(field, property, Text(node, field.Split))
                : type.IsEnum ? Enumerated(type, Text(node, '\n'))
                : type == typeof(bool) ? (object)node.GetValue<bool>()
                : type == typeof(decimal) ? (object)(Number(node) / 1.0000000000000000000000000000m)
                : type == typeof(int) ? (object)(int)Whole(node, int.MaxValue)
                : Whole(node, long.MaxValue);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or OverflowException)
        {
            throw new Refusal("“{0}” holds something of another kind: {1}", field.InFile, JsonParts.Short(node.ToJsonString()));
        }
    }

    /// <summary>What people read.</summary>
    /// <param name="node">The value in the form of the file.</param>
    /// <param name="other">The one it is shown beside: of two long texts the place where they differ is shown.</param>
    /// <param name="row">The row that has it.</param>
    internal static string? Say(Field field, IProperty property, JsonNode? node, JsonNode? other, object row)
    {
        if (node is null or JsonArray { Count: 0 } || (node is JsonValue s && s.GetValueKind() == JsonValueKind.String && (string?)s is ""))
        {
            return null;
        }

        if (field.Say is { } say && property.PropertyInfo!.GetValue(row) is { } value)
        {
            return Said(say(row, value));
        }

        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        string Words(JsonNode words) => words is JsonObject ? words.ToJsonString() : Text(words, field.Split);
        return KeptSentence.Write(
            node is JsonValue v && v.GetValueKind() == JsonValueKind.True ? new Sentence("yes")
            : node is JsonValue f && f.GetValueKind() == JsonValueKind.False ? new Sentence("no")
            : type.IsEnum ? new Sentence("{0}", Enumerated(type, (string)node!))
            : new Sentence("{0}", JsonParts.Short(Words(node), other is null ? "" : Words(other)).Before)
        );
    }

    /// <summary>What a field says of itself, as a kept sentence; null for nothing.</summary>
    internal static string? Said(object? words) =>
        words switch
        {
            null => null,
            Sentence sentence => KeptSentence.Write(sentence),
            _ => KeptSentence.Write(new Sentence("{0}", JsonParts.Short(words.ToString()!))),
        };

    /// <summary>Sets a property, also one only the row itself sets otherwise.</summary>
    internal static void Set(object row, IProperty property, object? value) =>
        (property.PropertyInfo ?? throw new InvalidOperationException(property.Name)).SetValue(
            row,
            value,
            BindingFlags.NonPublic | BindingFlags.Public,
            null,
            null,
            null
        );

    /// <summary>The number, however it came to be there: a node made here and one that was read keep it differently.</summary>
    internal static decimal Number(JsonNode node) =>
        node is JsonValue v && v.GetValueKind() == JsonValueKind.Number
            ? decimal.Parse(v.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException();

    private static long Whole(JsonNode node, long most) =>
        Number(node) is var n && n == decimal.Truncate(n) && Math.Abs(n) <= most ? (long)n : throw new InvalidOperationException();

    private static object Enumerated(Type type, string name) =>
        Enum.GetNames(type).Contains(name)
            ? Enum.Parse(type, name)
            : throw new Refusal("“{0}” is none of {1}.", name, string.Join(", ", Enum.GetNames(type)));

    private static string Text(JsonNode node, char split) =>
        node is JsonArray lines ? string.Join(split, lines.Select(l => (l ?? throw new InvalidOperationException()).GetValue<string>()))
        : node is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>()
        : node is JsonValue n && n.GetValueKind() == JsonValueKind.Number ? n.ToJsonString()
        : throw new InvalidOperationException();

    private static string Short(Field field, IProperty property, string text) =>
        property.GetMaxLength() is { } most and > 0 && text.Length > most
            ? throw new Refusal("“{0}” is longer than {1} characters.", field.InFile, most)
            : text;
}
