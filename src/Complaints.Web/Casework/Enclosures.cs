using System.Text.Json;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Reads what goes with a mail beside its words: who gets a copy, what is quoted, files, and when it leaves.</summary>
public sealed class Enclosures(ComplaintsDb db, FileStore store, MailDoor door, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int MostFiles = 20;

    private static readonly string[] _pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    private readonly List<EnclosedFile> _picked = [];

    /// <summary>What was picked and is in the store by now, sealed so that nobody can name another's file, for a form that comes back.</summary>
    public IReadOnlyList<string> Tokens(string reference) =>
        [.. _picked.Select(f => Protector(reference).Protect(JsonSerializer.Serialize(f)))];

    /// <summary>Addresses of which the person was warned and has to say that they mean it; null for none.</summary>
    public string? Warned { get; private set; }

    /// <summary>The name of a file behind a token; null when it is none of this complaint's.</summary>
    public string? NameOf(string reference, string token) => Open(reference, token)?.Name;

    /// <summary>Reads all of it. Files picked now are put into the store once.</summary>
    /// <param name="complaint">With its customer's contact points.</param>
    /// <param name="isMail">False when it is said in another way: then only files are taken.</param>
    /// <exception cref="Refusal">Something cannot be done; its field is named.</exception>
    public async Task<Enclosed> ReadAsync(Complaint complaint, SaidForm form, Reader reader, bool isMail)
    {
        await TakeAsync(complaint.Reference, form);
        var files = await FilesAsync(complaint, form);
        if (files.Sum(f => f.Bytes) > OutFile.MostBytes || files.Count > MostFiles)
        {
            throw new Refusal(
                new Sentence(
                    "A mail takes up to {0} files of {1} MB together. Take some out, or send a second mail.",
                    MostFiles,
                    OutFile.MostBytes / 1024 / 1024
                ),
                nameof(form.Files)
            );
        }

        if (isMail)
        {
            await KnownScans.CheckOutgoingAsync(db, [.. files.Select(f => (f.Name, f.Sha256))], nameof(form.Files));
        }

        var typed = string.Join(',', form.CopyTo.Append(form.Cc ?? ""));
        if (!isMail && (typed.Trim(',', ' ').Length > 0 || !string.IsNullOrWhiteSpace(form.SendAt)))
        {
            throw new Refusal(
                new Sentence("Copies and sending later are for mail. Choose mail, or empty those fields."),
                nameof(form.Channel)
            );
        }

        var copies = await CopiesAsync(complaint, typed, form.Sure);
        return new Enclosed(
            files,
            copies,
            isMail && form.Quote ? await LastWords.OfAsync(db, complaint) : null,
            string.IsNullOrWhiteSpace(form.SendAt) ? null : Later(form.SendAt, reader)
        );
    }

    /// <summary>What waited with a request for approval, as the letter takes it along now.</summary>
    /// <exception cref="Refusal">A file carries a virus by now.</exception>
    public async Task<Enclosed> ReopenAsync(Complaint complaint, Enclosure? kept, bool isMail)
    {
        if (kept is null || !isMail)
        {
            return new Enclosed([], [], null, null);
        }

        var rows = await db.Attachments.AsNoTracking().Where(a => a.ComplaintId == complaint.Id).ToListAsync();
        var files = kept.Attached.Select(s => (Sha: s, Shown: false)).Concat(kept.Shown.Select(s => (Sha: s, Shown: true)));
        List<EnclosedFile> found =
        [
            .. from f in files
            let row = rows.Find(r => r.Sha256 == f.Sha)
            where row is not null
            select new EnclosedFile(row.FileName, row.ContentType, row.Bytes, row.Sha256, f.Shown) { IsOnFile = true },
        ];
        await KnownScans.CheckOutgoingAsync(db, [.. found.Select(f => (f.Name, f.Sha256))]);
        return new Enclosed(found, kept.Copies, kept.Quote ? await LastWords.OfAsync(db, complaint) : null, null);
    }

    /// <summary>The content of a file, for a preview.</summary>
    public async Task<byte[]> ContentAsync(EnclosedFile file)
    {
        await using var from = file.Content is { } held ? new MemoryStream(held) : store.Open(file.Sha256);
        var bytes = new byte[from.Length];
        await from.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Looks at what was picked without putting anything into the store: for a preview.</summary>
    public async Task PeekAsync(string reference, SaidForm form)
    {
        await JudgeAsync(form);
        foreach (var (file, shown) in Picked(form))
        {
            using var held = new MemoryStream();
            await using var from = file.OpenReadStream();
            await from.CopyToAsync(held);
            var bytes = held.ToArray();
            var name = Uploads.NameOf(file);
            var start = bytes.AsSpan(0, Math.Min(bytes.Length, FileKind.Looked));
            _picked.Add(
                Checked(
                    new EnclosedFile(name, FileKind.Of(start, name, file.ContentType ?? "").Type, bytes.Length, "", shown)
                    {
                        Content = bytes,
                    }
                )
            );
        }

        Reopen(reference, form);
    }

    /// <summary>All are judged before the first is kept.</summary>
    private async Task JudgeAsync(SaidForm form)
    {
        var policy = await FilePolicies.ReadAsync(db);
        var start = new byte[FileKind.Looked];
        foreach (var (file, shown) in Picked(form))
        {
            await using var content = file.OpenReadStream();
            var length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false);
            var field = shown ? nameof(form.Pictures) : nameof(form.Files);
            policy.Check(Uploads.NameOf(file), start.AsSpan(0, length), file.ContentType ?? "", file.Length, FileDoor.Staff, field);
        }
    }

    private async Task TakeAsync(string reference, SaidForm form)
    {
        if (_picked.Count > 0)
        {
            return; // a second attempt at saving
        }

        await JudgeAsync(form);

        foreach (var (file, shown) in Picked(form))
        {
            await using var content = file.OpenReadStream();
            var name = Uploads.NameOf(file);
            var kept = await store.KeepAsync(content, name);
            _picked.Add(Checked(new EnclosedFile(name, kept.KindOf(name, file.ContentType ?? "").Type, kept.Bytes, kept.Sha256, shown)));
        }

        Reopen(reference, form);
    }

    private void Reopen(string reference, SaidForm form) =>
        _picked.AddRange(form.Kept.Select(t => Open(reference, t)).OfType<EnclosedFile>());

    private async Task<List<EnclosedFile>> FilesAsync(Complaint complaint, SaidForm form)
    {
        var chosen = form.Attached.Select(s => (Sha: s, Shown: false)).Concat(form.Shown.Select(s => (Sha: s, Shown: true))).ToList();
        var hashes = chosen.Select(c => c.Sha).ToList();
        var there = await db
            .Attachments.AsNoTracking()
            .Where(a => a.ComplaintId == complaint.Id && hashes.Contains(a.Sha256))
            .ToListAsync();
        var files = new List<EnclosedFile>(_picked);
        foreach (var (sha, shown) in chosen)
        {
            var row =
                there.Find(a => a.Sha256 == sha)
                ?? throw new Refusal(new Sentence("A file you chose is no longer on the complaint. Choose again."), nameof(form.Files));
            files.Add(Checked(new EnclosedFile(row.FileName, row.ContentType, row.Bytes, row.Sha256, shown) { IsOnFile = true }));
        }

        return files;
    }

    private static EnclosedFile Checked(EnclosedFile file) =>
        !file.Shown || _pictures.Contains(file.Type)
            ? file
            : throw new Refusal(
                new Sentence("“{0}” is no picture that mail programs show. Attach it as a file.", file.Name),
                nameof(SaidForm.Pictures)
            );

    private async Task<IReadOnlyList<string>> CopiesAsync(Complaint complaint, string typed, string? sure)
    {
        var desk = Matching.Normalise(ContactKind.Mail, (await door.OpenAsync()).SenderAddress);
        var boxes = await db.Mailboxes.Select(m => m.Address).ToListAsync();
        var ours = boxes.OfType<string>().Select(a => Matching.Normalise(ContactKind.Mail, a)).Append(desk).ToHashSet();
        var copies = await Copies.ReadAsync(db, complaint, typed, a => ours.Contains(a) || door.Plus.Read(a) is not null);
        var meant = (sure ?? "").Split(',').ToHashSet();
        if (copies.Warnings.All(w => meant.Contains(w.Address)))
        {
            return copies.Addresses;
        }

        Warned = string.Join(',', copies.Warnings.Select(w => w.Address).Distinct());
        var said = copies.Warnings.Select(w => w.Say).Aggregate((a, b) => new Sentence("{0} {1}", a, b));
        throw new Refusal(new Sentence("{0} If you mean it, say so below and send again.", said), nameof(SaidForm.Sure));
    }

    private DateTime Later(string typed, Reader reader)
    {
        var (at, now) = (DetailsController.Read(typed, reader, nameof(SaidForm.SendAt)), clock.GetUtcNow().UtcDateTime);
        return at <= now
                ? throw new Refusal(
                    new Sentence("That time has passed. Choose a later one, or empty the field to send now."),
                    nameof(SaidForm.SendAt)
                )
            : at > now.AddYears(1)
                ? throw new Refusal(new Sentence("That is more than a year away. Choose an earlier time."), nameof(SaidForm.SendAt))
            : at;
    }

    private static IEnumerable<(IFormFile File, bool Shown)> Picked(SaidForm form) =>
        form.Files.Select(f => (f, false)).Concat(form.Pictures.Select(f => (f, true)));

    private EnclosedFile? Open(string reference, string token)
    {
        try
        {
            return JsonSerializer.Deserialize<EnclosedFile>(Protector(reference).Unprotect(token));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string reference) => protection.CreateProtector("complaints.enclosures", reference);
}

/// <summary>What goes with a mail beside its words.</summary>
/// <param name="Files">New ones and those of the complaint.</param>
/// <param name="Copies">Addresses that get a copy.</param>
/// <param name="Quoted">What is quoted; null for nothing.</param>
/// <param name="Later">UTC when it is to leave; null for now.</param>
public sealed record Enclosed(IReadOnlyList<EnclosedFile> Files, IReadOnlyList<string> Copies, LastWords? Quoted, DateTime? Later)
{
    /// <summary>As it waits with a request for approval.</summary>
    public Enclosure Kept =>
        new(
            [.. Files.Where(f => !f.Shown).Select(f => f.Sha256)],
            [.. Files.Where(f => f.Shown).Select(f => f.Sha256)],
            Copies,
            Quoted is not null
        );
}

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">By its content.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Hex; empty while it is only looked at.</param>
/// <param name="Shown">A picture to be shown below the words.</param>
public sealed record EnclosedFile(string Name, string Type, long Bytes, string Sha256, bool Shown)
{
    /// <summary>It is one of the complaint's files already.</summary>
    public bool IsOnFile { get; init; }

    /// <summary>Its bytes, while it is only looked at.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[]? Content { get; init; }

    /// <summary>As the outbox keeps it.</summary>
    public OutFile Out =>
        new()
        {
            FileName = Name,
            ContentType = Type,
            Bytes = Bytes,
            Sha256 = Sha256,
            ContentId = Shown ? $"{Guid.NewGuid():N}@pictures" : null,
        };
}
