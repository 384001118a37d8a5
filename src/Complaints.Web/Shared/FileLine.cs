using Complaints.Data;
using Complaints.Language;

namespace Complaints.Web.Shared;

/// <summary>A file on a page.</summary>
/// <param name="Name">Its name; empty for one without.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Url">Where it is downloaded; null when the reader may not.</param>
/// <param name="Picture">Where its picture is for an <c>img</c>; null when none is shown.</param>
/// <param name="Says">What is to be known about it: its scan, or why it is held back.</param>
/// <param name="Bad">It is to be feared.</param>
public sealed record FileLine(string Name, long Bytes, string? Url, PictureAt? Picture, Sentence Says, bool Bad)
{
    /// <summary>A length for people, such as "12 KB".</summary>
    public static Sentence Size(long bytes) =>
        bytes < 1024 * 1024
            ? new Sentence("{0} KB", Math.Max(1, bytes / 1024))
            : new Sentence("{0} MB", Math.Round(bytes / 1024m / 1024m, 1));
}

/// <summary>A picture on a page, small: the space it takes is known before it is loaded.</summary>
/// <param name="Url">Of its bytes.</param>
/// <param name="Size">Of the original in pixels.</param>
public sealed record PictureAt(string Url, PictureSize Size)
{
    private const double Broad = 128;
    private const double High = 96;

    private double Scale => Math.Min(1, Math.Min(Broad / Size.Width, High / Size.Height));

    /// <summary>Shown so broad, in CSS pixels.</summary>
    public int Width => Math.Max(1, (int)Math.Round(Size.Width * Scale));

    /// <summary>Shown so high, in CSS pixels.</summary>
    public int Height => Math.Max(1, (int)Math.Round(Size.Height * Scale));
}
