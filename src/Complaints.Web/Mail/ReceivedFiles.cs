using System.Security.Cryptography;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>The files of a received message, judged by the rules for files as they are now.</summary>
public sealed class ReceivedFiles(ComplaintsDb db, ClamdSetting scanner)
{
    private FilePolicy? _policy;

    /// <summary>All of them, in their order.</summary>
    public async Task<IReadOnlyList<FileLine>> OfAsync(InMessage message, ReadMail mail)
    {
        if (mail.Attachments.Count == 0)
        {
            return [];
        }

        var policy = await PolicyAsync();
        var held = await db.HeldFiles.AsNoTracking().Where(f => f.MessageId == message.Id).ToDictionaryAsync(f => f.Part);
        var hashes = mail.Attachments.Select(HashOf).ToList();
        var scans = await KnownScans.OfAsync(db, hashes);
        return [.. mail.Attachments.Select((part, i) => Line(i, part, scans.GetValueOrDefault(hashes[i])))];

        FileLine Line(int number, MailPart part, FileScan? scan)
        {
            var what = policy.Blocked(part.Name, part.Beginning(), part.Type);
            var bad = what is not null || scan?.State == ScanState.Infected;
            var url = $"/mail/received/{message.Id}/files/{number}";
            using var content = part.Open();
            var size = bad ? null : Thumbnails.Of(content, part.Length);
            return new FileLine(
                part.Name,
                part.Length,
                bad ? null : url,
                size is null ? null : new PictureAt(url + "/picture", size),
                what is not null ? new Sentence("blocked: {0}", what)
                    : held.GetValueOrDefault(number) is { } kept ? kept.Say(policy)
                    : FileScan.Say(scan, scanner.Clamd is not null),
                bad
            );
        }
    }

    /// <summary>True when whoever may read the message may have this file.</summary>
    public async Task<bool> IsFreeAsync(MailPart part) =>
        (await PolicyAsync()).Blocked(part.Name, part.Beginning(), part.Type) is null
        && !await KnownScans.IsInfectedAsync(db, HashOf(part));

    /// <summary>True when that holds for all of them.</summary>
    public async Task<bool> AreFreeAsync(ReadMail mail)
    {
        foreach (var part in mail.Attachments)
        {
            if (!await IsFreeAsync(part))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<FilePolicy> PolicyAsync() => _policy ??= await FilePolicies.ReadAsync(db);

    private static string HashOf(MailPart part)
    {
        using var content = part.Open();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
