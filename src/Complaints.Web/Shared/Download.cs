using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Shared;

/// <summary>
/// The one way a file somebody sent leaves the house: as a download that no browser interprets, and, should one try, in
/// a sandbox that may load and run nothing.
/// </summary>
public static class Download
{
    private const string Sandbox = "default-src 'none'; sandbox";

    /// <summary>The file.</summary>
    public static FileStreamResult Of(HttpResponse response, Stream content, string name)
    {
        Guard(response);
        return new FileStreamResult(content, "application/octet-stream") { FileDownloadName = name };
    }

    /// <summary>
    /// The same bytes for an <c>img</c> of our own pages: its type stands there, because it was read in the content. Opened
    /// by itself it is a download as well.
    /// </summary>
    /// <param name="type">As the content showed it; a picture that <see cref="Data.PictureSize"/> found harmless.</param>
    public static FileStreamResult Picture(HttpResponse response, Stream content, string type)
    {
        Guard(response);
        return new FileStreamResult(content, type) { FileDownloadName = "picture." + type["image/".Length..] };
    }

    private static void Guard(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Sandbox;
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
