using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>Selecting the folder that is read, and saying which folders there are when it is not there.</summary>
internal sealed class ImapFolder(ImapSettings settings, ImapTalk talk)
{
    private const int MostShown = 30;

    /// <summary>Looks whether the folder to move to is there, and selects the one to read.</summary>
    /// <exception cref="MailSourceFailure">One of them is not there, or cannot be used.</exception>
    public async Task<SourceFolder> OpenAsync(CancellationToken cancel)
    {
        if (settings.MoveTo is { Length: > 0 } target)
        {
            if (Same(target, settings.Folder))
            {
                throw new MailSourceFailure(
                    new Sentence("Messages cannot be moved to “{0}”, the folder they are read from. Choose another one.", target)
                );
            }

            var there = await talk.AskAsync($"STATUS {FolderName.Quoted(target)} (UIDVALIDITY)", cancel);
            if (!there.Good)
            {
                throw await ClosedAsync(target, there, cancel);
            }
        }

        var validity = 0L;
        var answer = await talk.AskAsync(
            $"SELECT {FolderName.Quoted(settings.Folder)}",
            cancel,
            r => validity = r.CodeNumber("UIDVALIDITY") ?? validity
        );
        if (!answer.Good)
        {
            throw await ClosedAsync(settings.Folder, answer, cancel);
        }

        if (validity == 0 || answer.HasCode("READ-ONLY"))
        {
            throw new MailSourceFailure(
                validity == 0
                    ? new Sentence(
                        "The mail server {0} gives the messages of “{1}” no lasting numbers; it cannot be read safely. Choose another folder.",
                        settings.Host,
                        settings.Folder
                    )
                    : new Sentence(
                        "{0} may only look at the folder “{1}”, so nothing could be marked as read. Give it the right to change messages.",
                        settings.UserName,
                        settings.Folder
                    )
            );
        }

        talk.Forget();
        return new(validity, talk.Exists);
    }

    /// <summary>Why a folder cannot be used, with the server's words and, when it is missing, those that exist.</summary>
    public async Task<MailSourceFailure> ClosedAsync(string folder, ImapResponse refusal, CancellationToken cancel)
    {
        var names = new List<string>();
        await talk.AskAsync("LIST \"\" \"*\"", cancel, r => names.AddRange(Name(r)));
        return new(
            names.Exists(n => Same(n, folder))
                ? new Sentence("The folder “{0}” on {1} cannot be opened: {2}", folder, settings.Host, talk.Words(refusal))
                : new Sentence(
                    "There is no folder “{0}” on {1}. These are there: {2}.",
                    folder,
                    settings.Host,
                    string.Join(", ", names.Order(StringComparer.OrdinalIgnoreCase).Take(MostShown))
                        + (names.Count > MostShown ? ", …" : "")
                )
        );
    }

    private static IEnumerable<string> Name(ImapResponse r) =>
        r is { Kind: "LIST", Values: [{ Items: { } marks }, _, { Items: null } name] }
        && !marks.Any(m => m.Is("\\Noselect") || m.Is("\\NonExistent"))
            ? [string.Concat(FolderName.Decode(name.Text).Select(c => char.IsControl(c) ? ' ' : c))]
            : [];

    // Only the inbox is the same in capitals and small letters (RFC 9051, 5.1).
    private static bool Same(string a, string b) =>
        a == b || (a.Equals("INBOX", StringComparison.OrdinalIgnoreCase) && b.Equals("INBOX", StringComparison.OrdinalIgnoreCase));
}
