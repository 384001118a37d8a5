using System.Net.Mail;
using Complaints.Language;

namespace Complaints.Web.Shared;

/// <summary>Reads what people type into short fields; each refusal names its field.</summary>
public static class Typed
{
    /// <summary>The trimmed text.</summary>
    /// <exception cref="Refusal">Empty, or longer than <paramref name="longest"/>.</exception>
    public static string Needed(string? text, string field, int longest = 200)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? throw new Refusal(new Sentence("This cannot stay empty."), field)
            : trimmed.Length > longest ? throw new Refusal(new Sentence("That is longer than {0} characters. Shorten it.", longest), field)
            : trimmed;
    }

    /// <summary>The trimmed text; null when there is none.</summary>
    public static string? Optional(string? text, string field, int longest = 200) =>
        string.IsNullOrWhiteSpace(text) ? null : Needed(text, field, longest);

    /// <summary>An IANA zone this machine knows.</summary>
    public static string Zone(string? text, string field) =>
        text?.Trim() is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId
            ? zone.Id
            : throw new Refusal(
                new Sentence("“{0}” is not a time zone. Write it like Europe/London or Asia/Shanghai.", text?.Trim() ?? ""),
                field
            );

    /// <summary>A mail address.</summary>
    public static string Mail(string? text, string field)
    {
        var trimmed = text?.Trim() ?? "";
        return MailAddress.TryCreate(trimmed, out var address) && address.Address == trimmed && trimmed.Length <= 256
            ? trimmed
            : throw new Refusal(new Sentence("“{0}” is not a mail address. Write it like name@example.com.", trimmed), field);
    }
}
