namespace Complaints.Mail.Wire;

/// <summary>A file in a mail we write.</summary>
/// <param name="Name">Its name, any text; controls and folders are taken out.</param>
/// <param name="Type">MIME type; anything that is none is written as application/octet-stream.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="ContentId">Without brackets, for a picture the HTML shows as <c>cid:…</c>; null for an attachment.</param>
public sealed record MailFile(string Name, string Type, ReadOnlyMemory<byte> Bytes, string? ContentId = null);
