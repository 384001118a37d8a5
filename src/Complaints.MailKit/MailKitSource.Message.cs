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

    /// <summary>The numbers from one to another, ascending.</summary>
    private async Task<UniqueId[]> ListAsync(long from, long to, CancellationToken cancel)
    {
        var range = new UniqueIdRange(new UniqueId((uint)from), new UniqueId((uint)to));
        var found = await TalkAsync(() => Folder.FetchAsync(range, MessageSummaryItems.UniqueId, cancel), cancel);

        // "*" is the last message, whatever its number, so that one always answers.
        return [.. found.Select(m => m.UniqueId).Where(u => u.Id >= from && u.Id <= to).Distinct().OrderBy(u => u.Id)];
    }

    /// <summary>What the server tells about messages beforehand; about some perhaps nothing.</summary>
    private async Task<Dictionary<uint, IMessageSummary>> ToldAsync(UniqueId[] uids, CancellationToken cancel)
    {
        const MessageSummaryItems Wanted = MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate;
        var told = new Dictionary<uint, IMessageSummary>();
        await TryAsync(
            async () =>
            {
                foreach (var message in await Folder.FetchAsync(uids, Wanted, cancel))
                {
                    told[message.UniqueId.Id] = message;
                }
            },
            cancel
        );
        return told;
    }

    private async Task<SourceMessage?> MessageAsync(UniqueId uid, IMessageSummary? told, CancellationToken cancel)
    {
        var (size, received) = ((long)(told?.Size ?? 0), told?.InternalDate?.UtcDateTime);
        Sentence? why = null;
        if (size <= _settings.LargestMessage)
        {
            try
            {
                var raw = await ReadAsync(() => Folder.GetStreamAsync(uid, "", 0, _settings.LargestMessage + 1, cancel), cancel);
                if (raw is not null && raw.Length <= _settings.LargestMessage)
                {
                    return new(uid.Id, raw, Math.Max(raw.Length, size), false) { Received = received };
                }

                if (raw is null && (await ListAsync(uid.Id, uid.Id, cancel)).Length == 0)
                {
                    return null;
                }

                size = Math.Max(size, raw?.Length ?? 0);
                why = raw is null ? Kept("OK") : null; // a yes, and nothing behind it
            }
            catch (ImapCommandException refused) when (_trouble.Ear.WillPass)
            {
                throw new MailSourceFailure(_trouble.Talking(refused));
            }
            catch (ImapCommandException refused)
            {
                why = Kept(_trouble.Words(refused));
            }
        }

        why ??= new Sentence(
            "The message has {0} MB, and no more than {1} MB are fetched. It is still in the mailbox; only its headers are here.",
            (size / Mega).ToString("N1", CultureInfo.InvariantCulture),
            (_settings.LargestMessage / Mega).ToString("N1", CultureInfo.InvariantCulture)
        );
        try
        {
            var headers = await ReadAsync(() => Folder.GetStreamAsync(uid, "HEADER", 0, HeadersKept, cancel), cancel);
            return headers is null ? null : new(uid.Id, headers, size, true) { Why = why, Received = received };
        }
        catch (ImapCommandException refused)
        {
            // Not left out: nobody would ever know of it. Everything behind it waits until somebody has looked.
            throw new MailSourceFailure(
                new Sentence(
                    "The mail server {0} hands over neither message {1} of “{2}” nor its headers: {3}. Move that message to another folder.",
                    _settings.Host,
                    uid.Id.ToString(CultureInfo.InvariantCulture),
                    _settings.Folder,
                    _trouble.Words(refused)
                )
            );
        }
    }

    private static Sentence Kept(string words) =>
        new("The mail server cannot hand over this message ({0}). It is still in the mailbox; only its headers are here.", words);

    /// <summary>The bytes; null when the server has none.</summary>
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
