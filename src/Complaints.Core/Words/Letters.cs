using Complaints.Data;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Words;

/// <summary>A mail to be written from the template of its purpose.</summary>
public sealed record Letter
{
    /// <summary>See <see cref="OutMessage.Key"/>. One that exists already is not owed again.</summary>
    public required string Key { get; init; }
    public required MailPurpose Purpose { get; init; }

    /// <summary>Address it goes to.</summary>
    public required string To { get; init; }

    /// <summary>Addresses that get a copy, in the open.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>Attached files, and pictures to be shown below the words.</summary>
    public IReadOnlyList<OutFile> Files { get; init; } = [];

    /// <summary>What is quoted at the end; null for nothing.</summary>
    public Quotation? Quoted { get; init; }

    /// <summary>See <see cref="OutMessage.SaidWhenSent"/>.</summary>
    public string? SaidWhenSent { get; init; }

    /// <summary>Language of the template and the words.</summary>
    public required string Language { get; init; }

    /// <summary>Values for <c>{{fields}}</c>; the organisation's name is filled in by itself.</summary>
    public required Dictionary<string, string> Fields { get; init; }
    public long? ComplaintId { get; init; }
    public string? Reference { get; init; }
    public long? CustomerId { get; init; }

    /// <summary>Who wrote the words; null when no person did.</summary>
    public long? AuthorId { get; init; }

    /// <summary>Name shown as the sender's; the organisation's when null.</summary>
    public string? SenderName { get; init; }
    public bool PersonWrote { get; init; }

    /// <summary>See <see cref="OutMessage.Step"/>.</summary>
    public int? Step { get; init; }
    public string? DocumentKey { get; init; }
    public string? Typed { get; init; }

    /// <summary>Id of the customer's mail it answers, when nothing of ours came before; null for none.</summary>
    public string? Answers { get; init; }

    /// <summary>See <see cref="OutMessage.UnsubscribeUrl"/>.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>UTC; null for at once. What a person may undo waits 15 s.</summary>
    public DateTime? NotBefore { get; init; }
}

/// <summary>
/// Writes mails into the outbox, in the caller's transaction: nothing is sent here. The thread of a complaint hangs
/// together by References to its earlier mails.
/// </summary>
public sealed class Letters(ComplaintsDb db, House house, TimeProvider clock)
{
    /// <summary>How long a person may undo what they sent.</summary>
    public static TimeSpan UndoTime { get; } = TimeSpan.FromSeconds(15);

    /// <summary>The text the template of a purpose makes with these fields; nothing is written.</summary>
    public async Task<string> TextAsync(
        MailPurpose purpose,
        string language,
        Dictionary<string, string> fields,
        string? reference,
        CancellationToken cancel = default
    )
    {
        var template = await TemplateAsync(purpose, language, cancel);
        return TemplateText.Text(template.Body, await AllAsync(language, fields, reference, cancel));
    }

    /// <summary>The subject in the same way.</summary>
    public async Task<string> SubjectAsync(
        MailPurpose purpose,
        string language,
        Dictionary<string, string> fields,
        string? reference,
        CancellationToken cancel = default
    )
    {
        var template = await TemplateAsync(purpose, language, cancel);
        return TemplateText.Line(template.Subject, await AllAsync(language, fields, reference, cancel));
    }

    private Task<Template> TemplateAsync(MailPurpose purpose, string language, CancellationToken cancel) =>
        db.Templates.AsNoTracking().FirstAsync(t => t.Purpose == purpose && t.Language == language, cancel);

    private async Task<Dictionary<string, string>> AllAsync(
        string language,
        Dictionary<string, string> fields,
        string? reference,
        CancellationToken cancel
    ) => new(fields) { ["organisation"] = await house.NameAsync(language, cancel), ["reference"] = reference ?? "" };

    /// <summary>Adds the mail; the caller saves. Null when its key was written before.</summary>
    public async Task<OutMessage?> WriteAsync(Letter letter, CancellationToken cancel = default)
    {
        if (db.OutMessages.Local.Any(m => m.Key == letter.Key) || await db.OutMessages.AnyAsync(m => m.Key == letter.Key, cancel))
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var template = await db
            .Templates.AsNoTracking()
            .FirstAsync(t => t.Purpose == letter.Purpose && t.Language == letter.Language, cancel);
        var fields = new Dictionary<string, string>(letter.Fields)
        {
            ["organisation"] = await house.NameAsync(letter.Language, cancel),
            ["reference"] = letter.Reference ?? "",
            [TemplateText.Pictures] = string.Join(
                '\n',
                letter.Files.Where(f => f.ContentId is not null).Select(f => $"{f.FileName}\t{f.ContentId}")
            ),
        };
        var earlier =
            letter.ComplaintId is { } id && letter.CustomerId is not null
                ? await db
                    .OutMessages.Where(m => m.ComplaintId == id && m.CustomerId != null)
                    .OrderBy(m => m.Id)
                    .Select(m => m.MessageId)
                    .ToListAsync(cancel)
                : [];
        var message = new OutMessage
        {
            Key = letter.Key,
            Purpose = letter.Purpose,
            ComplaintId = letter.ComplaintId,
            Reference = letter.Reference,
            CustomerId = letter.CustomerId,
            AuthorId = letter.AuthorId,
            SenderName = letter.SenderName is null ? fields["organisation"] : $"{letter.SenderName} · {fields["organisation"]}",
            PersonWrote = letter.PersonWrote,
            Step = letter.Step,
            DocumentKey = letter.DocumentKey,
            Typed = letter.Typed,
            MessageId = MessageIds.For(Guid.NewGuid(), house.MailDomain),
            InReplyTo = earlier.LastOrDefault() ?? letter.Answers,
            References = earlier.Count == 0 ? letter.Answers : string.Join(' ', earlier.TakeLast(20)),
            Subject = TemplateText.Line(template.Subject, fields),
            Text = TemplateText.Text(template.Body, fields) + letter.Quoted?.Text,
            Html = TemplateText.Html(template.Body, fields, letter.Language, letter.Quoted?.Html ?? ""),
            Language = letter.Language,
            UnsubscribeUrl = letter.UnsubscribeUrl,
            CreatedAt = now,
            NotBefore = letter.NotBefore ?? now,
            SaidWhenSent = letter.SaidWhenSent,
            Deliveries =
            [
                new OutDelivery { Recipient = letter.To, NextTryAt = letter.NotBefore ?? now },
                .. letter.Copies.Select(c => new OutDelivery
                {
                    Recipient = c,
                    Kind = RecipientKind.Copy,
                    NextTryAt = letter.NotBefore ?? now,
                }),
            ],
            Files = [.. letter.Files],
        };
        db.OutMessages.Add(message);
        return message;
    }
}
