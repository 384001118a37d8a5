using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>
/// Looks at pages as axe does, in the light and the dark theme, and at the width of a phone. Findings name page, rule and
/// element.
/// </summary>
internal sealed partial class Looker
{
    /// <summary>Folds are opened, because axe does not see what is folded away; menus are not, because they lie over other things.</summary>
    private const string Unfold = "document.querySelectorAll('details:not(.menu)').forEach(d => d.open = true)";

    private const string TooWide = """
        () => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return '';
          const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1 && getComputedStyle(e).position !== 'fixed');
          return wide.filter(e => !wide.includes(e.parentElement)).slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join(' | ') || 'something';
        }
        """;

    /// <summary>One run of axe over the page as it stands; serious and critical findings alone, a line each.</summary>
    private const string Run = """
        async rules => {
          document.getAnimations().forEach(a => a.finish());
          const result = await axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false, ...(rules.length ? { runOnly: { type: 'rule', values: rules } } : {}) });
          return result.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v =>
            `${v.id}, ${v.help}, at ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')} ${v.nodes[0].any[0]?.message ?? ''}`);
        }
        """;

    private static readonly string[] _dependOnColours = ["color-contrast", "link-in-text-block"];

    private static readonly Lazy<string> _axe = new(() =>
    {
        var assembly = typeof(AxeResult).Assembly;
        using var stream = assembly.GetManifestResourceStream(
            assembly.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal))
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    private readonly HashSet<string> _kinds = [];

    /// <summary>What was found so far.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>The pages looked at so far.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>
    /// Walks from page to page over the links, one page of each kind of address, and looks at those that are made of
    /// something not looked at before.
    /// </summary>
    /// <param name="page">Somebody's browser.</param>
    /// <param name="who">Their name, for the findings.</param>
    /// <param name="from">Where to begin.</param>
    public async Task WalkAsync(IPage page, string who, params string[] from)
    {
        var addresses = new HashSet<string>();
        var waiting = new Queue<string>(from);
        while (waiting.TryDequeue(out var path))
        {
            if (!addresses.Add(Particular().Replace(path.Split('?')[0], "/-")))
            {
                continue;
            }

            await using var answer = await page.Context.APIRequest.GetAsync(path);
            if (answer.Status >= 400)
            {
                Findings.Add($"{who} {path}: a link that leads to {answer.Status}");
            }

            if (!answer.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal))
            {
                continue;
            }

            var html = await answer.TextAsync();
            if (IsFresh(html))
            {
                await LookAtAsync(page, who, path);
            }

            foreach (Match link in Link().Matches(html))
            {
                if (System.Net.WebUtility.HtmlDecode(link.Groups[1].Value) is var to && !Passed().IsMatch(to))
                {
                    waiting.Enqueue(to);
                }
            }
        }
    }

    /// <summary>Opens a page and looks at it.</summary>
    public async Task LookAtAsync(IPage page, string name, string path)
    {
        await page.GotoAsync(path);
        await LookAsync(page, $"{name} {path}");
    }

    /// <summary>Looks at the page as it stands.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What to call it.</param>
    public async Task LookAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync();
        await page.EvaluateAsync(Unfold);
        Seen.Add(name);
        await page.EvaluateAsync(_axe.Value);
        await AxeAsync(page, name, ColorScheme.Light);
        await AxeAsync(page, name, ColorScheme.Dark, _dependOnColours);
        await page.SetViewportSizeAsync(390, 844);
        if (
            await page.EvaluateAsync<string>(TooWide) is { Length: > 0 } // charts take a moment to shrink
            && await WideAfterAsync(page, milliseconds: 500) is { Length: > 0 } wide
        )
        {
            Findings.Add($"{name}: wider than a phone at {wide}");
        }

        await page.SetViewportSizeAsync(1280, 900);
    }

    private static async Task<string> WideAfterAsync(IPage page, float milliseconds)
    {
        await page.WaitForTimeoutAsync(milliseconds);
        return await page.EvaluateAsync<string>(TooWide);
    }

    /// <summary>True when the page holds a kind of element, by name, class, type and role, that no page before held.</summary>
    private bool IsFresh(string html)
    {
        var known = _kinds.Count;
        _kinds.UnionWith(Tag().Matches(html).Select(m => m.Groups[1].Value + string.Concat(Trait().Matches(m.Value).Select(t => t.Value))));
        return _kinds.Count > known;
    }

    private async Task AxeAsync(IPage page, string name, ColorScheme theme, params string[] rules)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = theme });
        foreach (var finding in await page.EvaluateAsync<string[]>(Run, rules))
        {
            Findings.Add($"{name} ({theme}): {finding}");
        }
    }

    [GeneratedRegex("<a [^>]*?href=\"(/[^\"#]*)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("<([a-z][a-z0-9]*)[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(" (class|type|role)=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Trait();

    [GeneratedRegex(@"/(C-\d\d-[\d-]+|\d+)(?=/|$)", RegexOptions.None, 1000)]
    private static partial Regex Particular();

    /// <summary>What is no page: files, the stream of news, raw mail; and the pages of a plug-in's library, which are not ours.</summary>
    [GeneratedRegex(@"\.csv|/attachments/|/source$|^/live|^/sandbox/\d+/html|^/settings/work/", RegexOptions.None, 1000)]
    private static partial Regex Passed();
}
