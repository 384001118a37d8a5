using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Complaints.Language;
using Complaints.Tests.World;

namespace Complaints.Tests.House;

/// <summary>Everything a person reads has its Chinese; nothing is translated that nobody says.</summary>
public sealed partial class WordsTests
{
    private static readonly List<(string File, string Text)> _sources =
    [
        .. Repository
            .Files("src", "*.cs")
            .Concat(Repository.Files("src", "*.cshtml"))
            .Select(f => (Path.GetRelativePath(Repository.Root, f), File.ReadAllText(f))),
    ];

    private static readonly List<(string File, Dictionary<string, string> Words)> _files =
    [
        .. Repository
            .Files("src", "Words.zh-Hans.json")
            .Select(f =>
                (Path.GetRelativePath(Repository.Root, f), JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(f))!)
            ),
    ];

    [Fact]
    public void Every_sentence_has_its_Chinese()
    {
        var known = _files.SelectMany(f => f.Words.Keys).ToHashSet(StringComparer.Ordinal);
        var missing = Said().Where(s => Speaks(s.Key) && !known.Contains(s.Key)).Select(s => $"{s.File}: {s.Key}").Distinct().ToList();
        Assert.True(missing.Count == 0, "No Chinese for:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void Nothing_is_translated_that_nobody_says()
    {
        var literals = _sources
            .SelectMany(s => Literal().Matches(s.Text).Select(m => Plain(m.Groups[1].Value)))
            .Concat(Said().Select(s => s.Key)) // a view has literals inside attributes, which the other pattern pairs wrongly
            .ToHashSet(StringComparer.Ordinal);
        var unused = _files.SelectMany(f => f.Words.Keys.Where(k => !literals.Contains(k)).Select(k => $"{f.File}: {k}")).ToList();
        Assert.True(unused.Count == 0, "Said nowhere:\n" + string.Join('\n', unused));
    }

    [Fact]
    public void No_key_stands_twice()
    {
        var twice = _files
            .SelectMany(f =>
                Key().Matches(File.ReadAllText(Path.Combine(Repository.Root, f.File))).Select(m => (f.File, Key: m.Groups[1].Value))
            )
            .GroupBy(k => k.Key)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(k => k.File))}")
            .ToList();
        Assert.True(twice.Count == 0, "Twice:\n" + string.Join('\n', twice));
    }

    [Fact]
    public void Places_are_the_same_in_both_languages()
    {
        var wrong = _files
            .SelectMany(f => f.Words)
            .Where(w => w.Value.Trim().Length == 0 || !Places(w.Key).SetEquals(Places(w.Value)))
            .Select(w => $"{w.Key} → {w.Value}")
            .ToList();
        Assert.True(wrong.Count == 0, "Places differ:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void Enum_values_that_are_shown_have_both_names()
    {
        var wrong = new List<string>();
        foreach (
            var type in new[] { typeof(Tongue).Assembly, typeof(Complaints.Web.Operation.House).Assembly }.SelectMany(a => a.GetTypes())
        )
        {
            var fields = type.IsEnum ? type.GetFields(BindingFlags.Public | BindingFlags.Static) : [];
            var named = fields.Select(f => f.GetCustomAttribute<WordsAttribute>()).ToList();
            if (named.Exists(w => w is not null) && !named.TrueForAll(w => w is { English.Length: > 0, Chinese.Length: > 0 }))
            {
                wrong.Add(type.FullName!);
            }
        }

        Assert.True(wrong.Count == 0, "Names are missing in:\n" + string.Join('\n', wrong));
    }

    private static IEnumerable<(string File, string Key)> Said() =>
        _sources.SelectMany(s => Spoken().Matches(s.Text).Select(m => (s.File, Plain(m.Groups[1].Value))));

    /// <summary>What a literal of the source says. Of escapes, sentences know only these.</summary>
    private static string Plain(string literal) =>
        literal
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);

    /// <summary>False for texts that are only places and punctuation, which read the same in both languages.</summary>
    private static bool Speaks(string key) => Place().Replace(key, "").Any(char.IsLetter);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(
        "(?:\\b[Tt]\\[|new (?:Sentence|Refusal)\\(\\s*|\\bFlash\\(\\s*|Tongue\\.Say\\(\\s*[\\w.]+(?:\\([^()]*\\))?,\\s*)\"((?:[^\"\\\\]|\\\\.)*)\"",
        RegexOptions.None,
        5000
    )]
    private static partial Regex Spoken();

    [GeneratedRegex("\"((?:[^\"\\\\\n]|\\\\.)*)\"", RegexOptions.None, 5000)]
    private static partial Regex Literal();

    [GeneratedRegex("^\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:", RegexOptions.Multiline, 5000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\{(\d+)(?:\|[^}]*)?\}", RegexOptions.None, 5000)]
    private static partial Regex Place();
}
