using Complaints.Data;
using Microsoft.Extensions.Caching.Memory;

namespace Complaints.Web.Shared;

/// <summary>
/// Which kept files can be shown small on a page: PNG, JPEG, GIF and WebP by content, of a size in bytes and pixels that
/// a browser unpacks without harm. Never SVG. There is nothing here that redraws pictures, so the browser gets the
/// original and makes it small.
/// </summary>
public sealed class Thumbnails(FileStore store, IMemoryCache cache)
{
    /// <summary>Largest file shown, in bytes; larger ones are only downloaded.</summary>
    public const long Largest = 10L * 1024 * 1024;

    private static readonly TimeSpan _kept = TimeSpan.FromHours(1);

    /// <summary>Its type and size in pixels; null when it is not shown.</summary>
    /// <param name="sha256">Its name in the store.</param>
    /// <param name="type">What is known of its type; anything but a picture is not looked at.</param>
    /// <param name="bytes">Its length.</param>
    public PictureSize? Of(string sha256, string type, long bytes)
    {
        if (bytes > Largest || !type.StartsWith("image/", StringComparison.Ordinal))
        {
            return null;
        }

        // A content never changes under its hash.
        return cache.GetOrCreate(
            (typeof(Thumbnails), sha256),
            entry =>
            {
                entry.SlidingExpiration = _kept;
                return Look(sha256);
            }
        );
    }

    /// <summary>The same for a content that is not in the store.</summary>
    public static PictureSize? Of(Stream content, long bytes) =>
        bytes <= Largest && PictureSize.Of(content) is { IsHarmless: true } size ? size : null;

    private PictureSize? Look(string sha256)
    {
        try
        {
            using var content = store.Open(sha256);
            return PictureSize.Of(content) is { IsHarmless: true } size ? size : null;
        }
        catch (IOException)
        {
            return null; // the bytes are gone; the download says so
        }
    }
}
