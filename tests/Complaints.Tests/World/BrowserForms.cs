using System.Net;

namespace Complaints.Tests.World;

/// <content>Forms with several values of one field and with several files.</content>
public sealed partial class Browser
{
    /// <summary>Posts a form with files as the page at <paramref name="from"/> would, with its token.</summary>
    public async Task<string> PostFormAsync(
        string path,
        string from,
        IEnumerable<(string Field, string Value)> fields,
        params (string Field, string Name, byte[] Bytes)[] files
    )
    {
        var page = await (await _http.GetAsync(from)).Content.ReadAsStringAsync();
        using var content = new MultipartFormDataContent
        {
            { new StringContent(WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value)), "__RequestVerificationToken" },
        };
        foreach (var (field, value) in fields)
        {
            content.Add(new StringContent(value), field);
        }

        foreach (var (field, name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), field, name);
        }

        Last = await _http.PostAsync(path, content);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a page, changes fields of its form with that address and sends it as a browser would, by its first button.</summary>
    /// <param name="action">The form's address; it may be the beginning of it.</param>
    public async Task<string> FillAsync(string page, string action, params (string Field, string Value)[] changes)
    {
        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await (await _http.GetAsync(page)).Content.ReadAsStringAsync());
        var form =
            html.QuerySelector($"main form[action='{action}']")
            ?? html.QuerySelector($"main form[action^='{action}']")
            ?? throw new InvalidOperationException($"{page} has no form for {action}: {html.Title}");
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var e in form.QuerySelectorAll("input[name],textarea[name],select[name]"))
        {
            var name = e.GetAttribute("name")!;
            if (Array.Exists(changes, c => c.Field == name))
            {
                continue;
            }

            if (e is AngleSharp.Html.Dom.IHtmlInputElement i)
            {
                if (i.Type is not ("checkbox" or "radio") || i.IsChecked)
                {
                    fields.Add(new(name, i.Value));
                }
            }
            else if (e is AngleSharp.Html.Dom.IHtmlSelectElement s)
            {
                fields.AddRange(s.SelectedOptions.Select(o => KeyValuePair.Create(name, o.Value)));
            }
            else if (e is AngleSharp.Html.Dom.IHtmlTextAreaElement t)
            {
                fields.Add(new(name, t.Value));
            }
        }

        fields.AddRange(changes.Select(c => KeyValuePair.Create(c.Field, c.Value)));
        using var content = new FormUrlEncodedContent(fields);
        Last = await _http.PostAsync(form.GetAttribute("action")!, content);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }
}
