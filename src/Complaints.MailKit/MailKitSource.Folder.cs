using global::MailKit;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Imap;

namespace Complaints.MailKit;

/// <summary>Finding and opening folders, and moving messages from one to another.</summary>
public sealed partial class MailKitSource
{
    private const int MostShown = 30;

    private async Task<IMailFolder> FindAsync(string name, CancellationToken cancel)
    {
        try
        {
            return Same(name, "INBOX")
                ? _client.Inbox
                : await TalkAsync(() => _client.GetFolderAsync(name, cancel), cancel, refusals: true);
        }
        catch (FolderNotFoundException)
        {
            throw await MissingAsync(name, cancel);
        }
        catch (ImapCommandException refused)
        {
            throw Closed(name, refused);
        }
    }

    private async Task SelectAsync(CancellationToken cancel)
    {
        try
        {
            await TalkAsync(() => Folder.OpenAsync(FolderAccess.ReadWrite, cancel), cancel, refusals: true);
        }
        catch (ImapCommandException refused)
        {
            throw Closed(_settings.Folder, refused);
        }

        if (Folder.UidValidity == 0 || Folder.Access != FolderAccess.ReadWrite)
        {
            throw new MailSourceFailure(
                Folder.UidValidity == 0
                    ? new Sentence(
                        "The mail server {0} gives the messages of “{1}” no lasting numbers; it cannot be read safely. Choose another folder.",
                        _settings.Host,
                        _settings.Folder
                    )
                    : new Sentence(
                        "{0} may only look at the folder “{1}”, so nothing could be marked as read. Give it the right to change messages.",
                        _settings.UserName,
                        _settings.Folder
                    )
            );
        }
    }

    /// <summary>Moves messages; where the server cannot, copies them once and removes these alone.</summary>
    private async Task MoveAsync(UniqueId[] ids, IMailFolder target, CancellationToken cancel)
    {
        try
        {
            if (_client.Capabilities.HasFlag(ImapCapabilities.Move))
            {
                await TalkAsync(() => Folder.MoveToAsync(ids, target, cancel), cancel, refusals: true);
                return;
            }

            // Marked as deleted means copied before, by us or for another reason unwanted; a second copy helps nobody.
            var flags = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags;
            var found = await TalkAsync(() => Folder.FetchAsync(ids, flags, cancel), cancel);
            UniqueId[] left = [.. found.Where(m => m.Flags is { } f && !f.HasFlag(MessageFlags.Deleted)).Select(m => m.UniqueId)];
            if (left.Length > 0)
            {
                await TalkAsync(() => Folder.CopyToAsync(left, target, cancel), cancel, refusals: true);
                await TalkAsync(() => Folder.AddFlagsAsync(left, MessageFlags.Deleted, silent: true, cancel), cancel);
            }

            if (_client.Capabilities.HasFlag(ImapCapabilities.UidPlus)) // or it would also remove what other people have marked
            {
                await TalkAsync(() => Folder.ExpungeAsync(ids, cancel), cancel);
            }
        }
        catch (FolderNotFoundException)
        {
            throw await MissingAsync(target.FullName, cancel);
        }
        catch (ImapCommandException refused)
        {
            throw Closed(target.FullName, refused);
        }
    }

    private async Task<MailSourceFailure> MissingAsync(string name, CancellationToken cancel)
    {
        var root = _client.PersonalNamespaces.Count > 0 ? _client.PersonalNamespaces[0] : new FolderNamespace('.', "");
        var there = await TalkAsync(() => _client.GetFoldersAsync(root, cancellationToken: cancel), cancel);
        string[] names =
        [
            .. there
                .Where(f =>
                    f.FullName != name
                    && (f.Attributes & (FolderAttributes.NoSelect | FolderAttributes.NonExistent)) == FolderAttributes.None
                )
                .Select(f => _trouble.Line(f.FullName))
                .Append("INBOX")
                .Distinct()
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
        return new(
            new Sentence(
                "There is no folder “{0}” on {1}. These are there: {2}.",
                name,
                _settings.Host,
                string.Join(", ", names.Take(MostShown)) + (names.Length > MostShown ? ", …" : "")
            )
        );
    }

    private MailSourceFailure Closed(string name, ImapCommandException refused) =>
        new(new Sentence("The folder “{0}” on {1} cannot be opened: {2}", name, _settings.Host, _trouble.Words(refused)));

    // Only the inbox is the same in capitals and small letters (RFC 9051, 5.1).
    private static bool Same(string a, string b) =>
        a == b || (a.Equals("INBOX", StringComparison.OrdinalIgnoreCase) && b.Equals("INBOX", StringComparison.OrdinalIgnoreCase));
}
