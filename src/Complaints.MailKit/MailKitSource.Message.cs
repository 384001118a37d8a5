using System.Globalization;
using global::MailKit;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Imap;

namespace Complaints.MailKit;

/// <summary>Fetching one message: whole, or its headers where it is too large or the server cannot hand it over.</summary>
public sealed partial class MailKitSource
{
    private const int HeadersKept = 256 * 1024;
    private const double Mega = 1024 * 1024;

    private async Task<SourceMessage?> MessageAsync(IMessageSummary found, CancellationToken cancel)
    {
        var (uid, size) = (found.UniqueId, (long)(found.Size ?? 0));
        Sentence? why = null;
        if (size <= settings.LargestMessage)
        {
            try
            {
                var raw = await ReadAsync(() => Folder.GetStreamAsync(uid, "", 0, settings.LargestMessage + 1, cancel), cancel);
                if (raw is null)
                {
                    return null;
                }

                if (raw.Length <= settings.LargestMessage)
                {
                    return new(uid.Id, raw, Math.Max(raw.Length, size), false) { Received = found.InternalDate?.UtcDateTime };
                }

                size = Math.Max(size, raw.Length);
            }
            catch (ImapCommandException refused)
            {
                why = new Sentence(
                    "The mail server cannot hand over this message ({0}). It is still in the mailbox; only its headers are here.",
                    MailKitTrouble.Line(refused.ResponseText)
                );
            }
        }

        why ??= new Sentence(
            "The message has {0} MB, and no more than {1} MB are fetched. It is still in the mailbox; only its headers are here.",
            (size / Mega).ToString("N1", CultureInfo.InvariantCulture),
            (settings.LargestMessage / Mega).ToString("N1", CultureInfo.InvariantCulture)
        );
        try
        {
            var headers = await ReadAsync(() => Folder.GetStreamAsync(uid, "HEADER", 0, HeadersKept, cancel), cancel);
            return headers is null ? null : new(uid.Id, headers, size, true) { Why = why, Received = found.InternalDate?.UtcDateTime };
        }
        catch (ImapCommandException refused)
        {
            // Not left out: nobody would ever know of it. Everything behind it waits until somebody has looked.
            throw new MailSourceFailure(
                new Sentence(
                    "The mail server {0} hands over neither message {1} of “{2}” nor its headers: {3}. Move that message to another folder.",
                    settings.Host,
                    uid.Id.ToString(CultureInfo.InvariantCulture),
                    settings.Folder,
                    MailKitTrouble.Line(refused.ResponseText)
                )
            );
        }
    }

    /// <summary>The bytes; null when the message vanished in the meantime.</summary>
    private async Task<byte[]?> ReadAsync(Func<Task<Stream>> get, CancellationToken cancel)
    {
        try
        {
            await using var stream = await TalkAsync(get, cancel, refusals: true);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancel);
            return bytes.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }
}
