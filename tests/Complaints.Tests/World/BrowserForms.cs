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
}
