using System.Net;
using System.Text;
using Complaints.Language;

namespace Complaints.Words;

/// <summary>
/// Renders a template: <c>{{field}}</c> and nothing else. Paragraphs are separated by empty lines; a paragraph whose only
/// field is empty is left out with the words around it; a line <c>[[button: label | {{link}}]]</c> is the mail's one button. A paragraph that is
/// <c>{{marks}}</c> alone shows each of its lines <c>label TAB address</c> as a row of five marks to click. Pure.
/// </summary>
public static class TemplateText
{
    /// <summary>
    /// Not for templates: the pictures that stand below the words, each on a line <c>name TAB content id</c>. They follow
    /// the paragraph that holds <c>{{words}}</c>.
    /// </summary>
    public const string Pictures = "pictures";

    /// <summary>Every field a template may use.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "customer",
        "reference",
        "summary",
        "organisation",
        "unit",
        "agent",
        "words",
        "shortfall",
        "solution",
        "remedy",
        "next",
        "due",
        "link",
        "address",
        "marks",
        "person",
        "why",
        "level",
        "code",
        "points",
        "number",
        "point",
        "finding",
        "outcome",
    ];

    /// <summary>The fields a text uses that do not exist.</summary>
    public static IReadOnlyList<string> Unknown(string text) => [.. Used(text).Where(f => !Fields.Contains(f)).Distinct()];

    /// <summary>One line, for subjects.</summary>
    public static string Line(string template, IReadOnlyDictionary<string, string> fields) =>
        Fill(template, fields).ReplaceLineEndings(" ").Trim();

    /// <summary>The text part.</summary>
    public static string Text(string template, IReadOnlyDictionary<string, string> fields) =>
        string.Join(
            "\n\n",
            Paragraphs(template, fields)
                .Select(p =>
                    p.Button is { } b ? $"{b.Label}:\n{b.Link}"
                    : p.Kind == Sort.Marks ? MarkLines(p.Text)
                    : p.Kind == Sort.Pictures ? string.Join('\n', p.Text.Split('\n').Select(l => $"[{l.Split('\t')[0]}]"))
                    : p.Text
                )
        );

    /// <summary>The HTML part: the same words, one column, no pictures but those a person put in, readable on dark.</summary>
    /// <param name="end">HTML that follows the letter.</param>
    public static string Html(string template, IReadOnlyDictionary<string, string> fields, string language, string end = "")
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html><html lang=\"")
            .Append(language)
            .Append("\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head>")
            .Append(
                "<body style=\"margin:0;padding:24px;font:16px/1.6 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif\"><div style=\"max-width:36em\">"
            );
        foreach (var p in Paragraphs(template, fields))
        {
            html.Append("<p>");
            html.Append(
                p.Button is { } b
                    ? $"<a href=\"{WebUtility.HtmlEncode(b.Link)}\" style=\"display:inline-block;padding:10px 18px;border:1px solid;border-radius:6px;text-decoration:none\">{WebUtility.HtmlEncode(b.Label)}</a>"
                : p.Kind == Sort.Marks ? MarkRows(p.Text)
                : p.Kind == Sort.Pictures ? PictureRows(p.Text)
                : Linked(p.Text)
            );
            html.Append("</p>");
        }

        return html.Append(end).Append("</div></body></html>").ToString();
    }

    /// <summary>Refuses a text with unknown fields, naming them.</summary>
    /// <exception cref="Refusal">A field does not exist.</exception>
    public static void Check(string text, string field) => Check(text, Fields, field);

    /// <summary>As the other, where only some fields can be filled.</summary>
    public static void Check(string text, IReadOnlyList<string> fields, string field)
    {
        List<string> unknown = [.. Used(text).Where(f => !fields.Contains(f)).Distinct()];
        if (unknown.Count > 0)
        {
            throw new Refusal(
                new Sentence("There is no field {0}. These exist: {1}.", string.Join(", ", unknown), string.Join(", ", fields)),
                field
            );
        }
    }

    private static IEnumerable<Paragraph> Paragraphs(string template, IReadOnlyDictionary<string, string> fields)
    {
        foreach (
            var raw in template
                .ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            if (Used(raw).Distinct().ToList() is [var only] && string.IsNullOrEmpty(fields.GetValueOrDefault(only)))
            {
                continue;
            }

            if (raw.StartsWith("[[button:", StringComparison.Ordinal) && raw.EndsWith("]]", StringComparison.Ordinal))
            {
                var parts = Fill(raw["[[button:".Length..^2], fields).Split('|', 2, StringSplitOptions.TrimEntries);
                if (parts.Length == 2 && parts[1].Length > 0)
                {
                    yield return new Paragraph("", new Button(parts[0], parts[1]));
                }
            }
            else if (Fill(raw, fields).Trim() is { Length: > 0 } text)
            {
                yield return new Paragraph(text, null, raw == "{{marks}}" ? Sort.Marks : Sort.Words);
            }

            if (raw.Contains("{{words}}", StringComparison.Ordinal) && fields.GetValueOrDefault(Pictures) is { Length: > 0 } pictures)
            {
                yield return new Paragraph(pictures, null, Sort.Pictures);
            }
        }
    }

    // The plain text gives each row its place on the page; five addresses a row would bury the letter.
    private static string MarkLines(string text) =>
        string.Join(
            '\n',
            text.Split('\n').Select(l => l.Split('\t') is [var label, var link] ? $"{label}: {link.Replace('?', '#').TrimEnd('=')}" : l)
        );

    private static string MarkRows(string text) =>
        string.Join(
            "<br>",
            text.Split('\n')
                .Select(l =>
                    l.Split('\t') is [var label, var link]
                        ? WebUtility.HtmlEncode(label)
                            + string.Concat(
                                Enumerable
                                    .Range(1, 5)
                                    .Select(n =>
                                        $" <a href=\"{WebUtility.HtmlEncode(link)}{n}\" style=\"display:inline-block;min-width:1.6em;margin:3px 1px;padding:4px 6px;border:1px solid;border-radius:6px;text-align:center;text-decoration:none\">{n}</a>"
                                    )
                            )
                        : WebUtility.HtmlEncode(l)
                )
        );

    private static string PictureRows(string text) =>
        string.Join(
            "<br>",
            text.Split('\n')
                .Select(l => l.Split('\t'))
                .Select(l =>
                    $"<img src=\"cid:{WebUtility.HtmlEncode(l[^1])}\" alt=\"{WebUtility.HtmlEncode(l[0])}\" style=\"max-width:100%;height:auto\">"
                )
        );

    private static string Linked(string text)
    {
        var lines = text.Split('\n')
            .Select(line =>
                Uri.TryCreate(line.Trim(), UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && !line.Contains(' ', StringComparison.Ordinal)
                    ? $"<a href=\"{WebUtility.HtmlEncode(line.Trim())}\">{WebUtility.HtmlEncode(line.Trim())}</a>"
                    : WebUtility.HtmlEncode(line)
            );
        return string.Join("<br>", lines);
    }

    private static string Fill(string template, IReadOnlyDictionary<string, string> fields)
    {
        var filled = new StringBuilder(template.Length + 200);
        var at = 0;
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            filled.Append(template, at, open - at).Append(fields.GetValueOrDefault(template[(open + 2)..close].Trim(), ""));
            at = close + 2;
        }

        return filled.Append(template, at, template.Length - at).ToString();
    }

    private static IEnumerable<string> Used(string text)
    {
        var at = 0;
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                yield break;
            }

            yield return text[(open + 2)..close].Trim();
            at = close + 2;
        }
    }

    private sealed record Paragraph(string Text, Button? Button, Sort Kind = Sort.Words);

    private enum Sort
    {
        Words,
        Marks,
        Pictures,
    }

    private sealed record Button(string Label, string Link);
}
