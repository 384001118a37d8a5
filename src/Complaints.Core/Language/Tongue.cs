using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Complaints.Language;

/// <summary>
/// Says things in the reader's language. English is in the source; Chinese is in the <c>Words.zh-Hans.json</c> that
/// stands in each room, embedded in its assembly: an object from the English text to the Chinese one.
/// </summary>
public static class Tongue
{
    /// <summary>English, the language of the source.</summary>
    public const string English = "en";

    /// <summary>Simplified Chinese.</summary>
    public const string Chinese = "zh-Hans";

    private static readonly ConcurrentDictionary<string, string> _chinese = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<Enum, WordsAttribute> _names = new();

    static Tongue() => Learn(typeof(Tongue).Assembly);

    /// <summary>Adds the translations embedded in <paramref name="assembly"/>. Calling it twice does no harm.</summary>
    /// <exception cref="InvalidDataException">Two files give the same English text different Chinese.</exception>
    public static void Learn(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith("Words.zh-Hans.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (english, chinese) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (_chinese.GetOrAdd(english, chinese) != chinese)
                {
                    throw new InvalidDataException($"Two Chinese wordings for \"{english}\"; the second is in {name}.");
                }
            }
        }
    }

    /// <summary>Any language tag brought to one of the two first languages; English when unknown or null.</summary>
    public static string Nearest(string? tag) =>
        tag is not null && tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;

    /// <summary>The sentence for <paramref name="reader"/>; English where no translation stands.</summary>
    public static string Say(Reader reader, Sentence sentence)
    {
        var text = reader.Language == Chinese && _chinese.TryGetValue(sentence.Text, out var found) ? found : Shown(sentence.Text);
        return sentence.Args.Length == 0 ? text : Fill(reader, text, sentence.Args);
    }

    /// <summary>As <see cref="Say(Reader, Sentence)"/>, with times in UTC.</summary>
    public static string Say(string language, Sentence sentence) => Say(new Reader(language, TimeZoneInfo.Utc), sentence);

    /// <summary>As <see cref="Say(string, Sentence)"/>, from the parts.</summary>
    public static string Say(string language, string text, params object?[] args) => Say(language, new Sentence(text, args));

    /// <summary>Every English text that has a Chinese wording, for the test that looks for missing and unused ones.</summary>
    public static IReadOnlyCollection<string> Known => (IReadOnlyCollection<string>)_chinese.Keys;

    /// <summary>The name of an enum value that carries <see cref="WordsAttribute"/>; its identifier otherwise.</summary>
    public static string Name(string language, Enum value)
    {
        var words = _names.GetOrAdd(
            value,
            v => v.GetType().GetField(v.ToString())?.GetCustomAttribute<WordsAttribute>() ?? new WordsAttribute(v.ToString(), v.ToString())
        );
        return language == Chinese ? words.Chinese : words.English;
    }

    private static string Shown(string text)
    {
        var bar = text.LastIndexOf('|');
        return bar > 0 && !text[bar..].Contains('}', StringComparison.Ordinal) ? text[..bar] : text;
    }

    private static string Fill(Reader reader, string text, object?[] args)
    {
        var said = new StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '{' ? text.IndexOf('}', i) : -1;
            if (end < 0)
            {
                said.Append(text[i]);
                continue;
            }

            var parts = text[(i + 1)..end].Split('|');
            var known = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < args.Length;
            said.Append(known ? Value(reader, args[n]) : text[i..(end + 1)]);
            if (known && parts.Length == 3)
            {
                said.Append(' ').Append(Convert.ToDecimal(args[n], CultureInfo.InvariantCulture) == 1 ? parts[1] : parts[2]);
            }

            i = end;
        }

        return said.ToString();
    }

    private static string Value(Reader reader, object? value) =>
        value switch
        {
            Sentence inner => Say(reader, inner),
            InBoth words => words.In(reader.Language),
            Enum name => Name(reader.Language, name),
            DateTime utc => reader.Time(utc),
            TimeSpan span => reader.Span(span),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            null => "",
            _ => value.ToString() ?? "",
        };
}
