using System.Globalization;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Composes the mails of a complaint's steps from a person's words: fields, next step, key, undo time. Pages and
/// background work write them the same way. Order: take the <see cref="KeyAsync"/>, do the verb with it, then write.
/// </summary>
public sealed class CaseMail(ComplaintsDb db, Letters letters, House house, TimeProvider clock)
{
    /// <summary>The next free key for a mail of that purpose on this complaint: <c>{purpose}:{complaint}:{cycle}:{n}</c>.</summary>
    public async Task<string> KeyAsync(MailPurpose purpose, Complaint complaint, CancellationToken cancel = default)
    {
        var prefix = string.Create(
            CultureInfo.InvariantCulture,
            $"{purpose.ToString().ToLowerInvariant()}:{complaint.Id}:{complaint.Cycle}:"
        );
        var n = await db.OutMessages.CountAsync(m => m.ComplaintId == complaint.Id && m.Key.StartsWith(prefix), cancel);
        return prefix + (n + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Adds the mail of a step that was just done; the caller saves. The customer and their contact points, the unit and
    /// the clocks must be loaded. Null when the customer has no usable address.
    /// </summary>
    public async Task<OutMessage?> WriteAsync(
        Complaint complaint,
        MailPurpose purpose,
        string key,
        CaseWords words,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        if (complaint.UsableMail is not { } to)
        {
            return null;
        }

        var customer = complaint.Customer;
        var now = clock.GetUtcNow().UtcDateTime;
        var reader = ReaderOf(complaint, book);
        var undo = words.AuthorId is null ? now : now + Letters.UndoTime;
        return await letters.WriteAsync(
            new Letter
            {
                Key = key,
                Purpose = purpose,
                To = to,
                Language = reader.Language,
                ComplaintId = complaint.Id,
                Reference = complaint.Reference,
                CustomerId = customer.Id,
                AuthorId = words.AuthorId,
                SenderName = words.AuthorName,
                PersonWrote = words.AuthorId is not null,
                Step = (int?)words.Step,
                DocumentKey = string.IsNullOrEmpty(words.Document) ? null : words.Document,
                Typed = words.Typed,
                NotBefore = words.Later > undo ? words.Later : undo,
                SaidWhenSent = words.Later is null ? null : SaidLater.Of(words).Write(),
                Copies = words.Copies,
                Files = words.Files,
                Quoted = words.Quoted is { } q ? new Quotation(q.From, q.At, q.Words, reader) : null,
                Fields = Fields(complaint, purpose, words, book, reader, now),
            },
            cancel
        );
    }

    /// <summary>The whole text of the mail these words would make, without writing it.</summary>
    public Task<string> TextAsync(
        Complaint complaint,
        MailPurpose purpose,
        CaseWords words,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var reader = ReaderOf(complaint, book);
        var fields = Fields(complaint, purpose, words, book, reader, clock.GetUtcNow().UtcDateTime);
        return letters.TextAsync(purpose, reader.Language, fields, complaint.Reference, cancel);
    }

    /// <summary>The line above the text of a letter on paper.</summary>
    public Task<string> PaperSubjectAsync(Complaint complaint, CancellationToken cancel = default) =>
        letters.SubjectAsync(
            MailPurpose.PrintedLetter,
            complaint.Customer.Language,
            new()
            {
                ["customer"] = complaint.Addressee,
                ["summary"] = complaint.Summary,
                ["unit"] = complaint.Unit.NameIn(complaint.Customer.Language),
            },
            complaint.Reference,
            cancel
        );

    /// <summary>The whole text of the letter on paper these words would make: what is posted instead of the mail.</summary>
    public Task<string> PaperAsync(
        Complaint complaint,
        MailPurpose purpose,
        CaseWords words,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var reader = ReaderOf(complaint, book);
        var fields = Fields(complaint, purpose, words, book, reader, clock.GetUtcNow().UtcDateTime);
        return letters.TextAsync(MailPurpose.PrintedLetter, reader.Language, fields, complaint.Reference, cancel);
    }

    private Dictionary<string, string> Fields(
        Complaint complaint,
        MailPurpose purpose,
        CaseWords words,
        DeadlineBook book,
        Reader reader,
        DateTime now
    ) =>
        new()
        {
            ["customer"] = complaint.Addressee,
            ["summary"] = complaint.Summary,
            ["unit"] = complaint.Unit.NameIn(reader.Language),
            ["agent"] = words.AuthorName ?? complaint.Unit.NameIn(reader.Language),
            ["words"] = words.Text,
            ["shortfall"] = words.Shortfall ?? "",
            ["solution"] = IsSaid(complaint, words) ? "" : words.Solution ?? "",
            ["remedy"] =
                words.Remedy is { } remedy && !IsGranted(complaint, words) ? Tongue.Say(reader, RemedyPhrase(remedy, words.Amount)) : "",
            ["next"] = purpose == MailPurpose.Reply ? "" : Tongue.Say(reader, Next(complaint, purpose, book, now)),
            ["link"] = house.StatusLink(complaint.Id, now),
        };

    /// <summary>The solution only repeats the points, and the words name each of them.</summary>
    private static bool IsSaid(Complaint complaint, CaseWords words) =>
        words.Solution == PointsTogether.Solution(complaint.Points, complaint.Customer.Language)
        && PointsTogether.AreIn(words.Text, complaint.Points);

    /// <summary>The words name every point with its amount, and the whole is no more than their sum.</summary>
    private static bool IsGranted(Complaint complaint, CaseWords words) =>
        IsSaid(complaint, words)
        && PointsTogether.Sums(complaint.Points) is [var sum]
        && words.Amount == sum
        && PointsTogether
            .Answered(complaint.Points)
            .All(p => p.Amount is not { } amount || words.Text.Contains(amount.ToString(), StringComparison.Ordinal));

    /// <summary>Language of the customer; zone of the customer, else of the unit's calendar.</summary>
    public static Reader ReaderOf(Complaint complaint, DeadlineBook book) =>
        new(
            complaint.Customer.Language,
            complaint.Customer.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var own)
                ? own
                : book.Calendar(book.Unit(complaint.UnitId).CalendarId).Zone ?? TimeZoneInfo.Utc
        );

    /// <summary>What the customer gets, as a phrase without a full stop.</summary>
    public static Sentence RemedyPhrase(Remedy remedy, Money? amount) =>
        remedy == Remedy.None ? new Sentence("")
        : amount is { } money ? new Sentence("{0} of {1}", remedy, money.ToString())
        : new Sentence("{0}", remedy);

    /// <summary>What happens next, for the customer; names a day wherever one is known.</summary>
    public static Sentence Next(Complaint complaint, MailPurpose purpose, DeadlineBook book, DateTime now)
    {
        if (purpose == MailPurpose.Resolution)
        {
            return new Sentence(
                "in {0|day|days} we will ask you whether this is really solved. Until then, just reply if anything is not right.",
                complaint.Targets(book).FollowUpDays
            );
        }

        if (purpose == MailPurpose.ReferredConfirmation)
        {
            return new Sentence("they will get in touch with you. You can ask us at any time where it stands.");
        }

        var due = complaint.Clocks.FirstOrDefault(c => c.Name == ClockName.Resolve && c.State == ClockState.Running)?.DueAt;
        return due > now
            ? new Sentence("we are looking into it, and you will have our answer by {0}.", due)
            : new Sentence("we are looking into it, and you will hear from us as soon as we have an answer.");
    }

    /// <summary>
    /// Words to start from, in the customer's language, with the sentences a regime demands in the document this mail
    /// will be. The person changes them as they like.
    /// </summary>
    public static string FirstWords(Complaint complaint, MailPurpose purpose, DeadlineBook book)
    {
        var language = complaint.Customer.Language;
        var start = purpose switch
        {
            MailPurpose.Acknowledgement => new Sentence(
                "Thank you for telling us about this. I have read everything you told us, so you need not start again, and I will stay with it until it is settled."
            ),
            MailPurpose.Apology => new Sentence(
                "I am sorry. You were right to expect better from us, and I understand how annoying this has been."
            ),
            MailPurpose.Resolution => new Sentence("Thank you for your patience while we looked into this."),
            _ => new Sentence(""),
        };
        var demanded = SentencesOf(complaint, DocumentFor(complaint, purpose), book);
        return string.Join("\n\n", demanded.Prepend(Tongue.Say(language, start)).Where(s => s.Length > 0));
    }

    /// <summary>The sentences the complaint's regimes demand in a document, in the customer's language.</summary>
    /// <param name="complaint">With its clocks.</param>
    /// <param name="document">Key of the document; null or empty for none.</param>
    /// <param name="book">Deadlines.</param>
    public static IReadOnlyList<string> SentencesOf(Complaint complaint, string? document, DeadlineBook book) =>
        string.IsNullOrEmpty(document)
            ? []
            :
            [
                .. book
                    .Regimes.Where(r => complaint.Clocks.Any(c => c.RegimeClock.StartsWith(r.Key + "/", StringComparison.Ordinal)))
                    .SelectMany(r => r.Documents)
                    .Where(d => d.Key == document)
                    .SelectMany(d =>
                        (complaint.Customer.Language == Tongue.Chinese && d.MustSayZh.Length > 0 ? d.MustSayZh : d.MustSay).Split(
                            '\n',
                            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                        )
                    )
                    .Distinct(),
            ];

    /// <summary>The regime's document that a mail of that purpose is by default: what a live clock waits for; null for none.</summary>
    public static string? DocumentFor(Complaint complaint, MailPurpose purpose)
    {
        string[] fitting = purpose switch
        {
            MailPurpose.Acknowledgement => ["acknowledgement"],
            MailPurpose.Resolution => ["final-response", "summary-resolution"],
            _ => [],
        };
        return Array.Find(fitting, d => Demanded(complaint).Contains(d));
    }

    /// <summary>Keys of the documents that live regulators' clocks wait for.</summary>
    public static IReadOnlyList<string> Demanded(Complaint complaint) =>
        [
            .. complaint
                .Clocks.Where(c => c is { IsLive: true, Name: ClockName.Regime, BindsAuthority: false })
                .Select(c => c.RegimeClock[(c.RegimeClock.IndexOf('#', StringComparison.Ordinal) + 1)..])
                .Where(d => d.Length > 0)
                .Distinct(),
        ];
}

/// <summary>What a mail of a step says.</summary>
public sealed record CaseWords
{
    /// <summary>The person's words.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote them; null when no person did.</summary>
    public long? AuthorId { get; init; }
    public string? AuthorName { get; init; }

    /// <summary>The step that goes back when the mail is undone or bounces.</summary>
    public Verb? Step { get; init; }

    /// <summary>Key of the regime's document this mail is.</summary>
    public string? Document { get; init; }

    /// <summary>The form, so that undo can return it.</summary>
    public string? Typed { get; init; }
    public string? Shortfall { get; init; }

    /// <summary>Regret without admission.</summary>
    public bool NoFaultFound { get; init; }

    /// <summary>UTC when it is to leave; null for as soon as it can no longer be undone.</summary>
    public DateTime? Later { get; init; }

    /// <summary>Addresses that get a copy.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<OutFile> Files { get; init; } = [];

    /// <summary>What is quoted below; null for nothing.</summary>
    public LastWords? Quoted { get; init; }
    public string? Solution { get; init; }
    public Remedy? Remedy { get; init; }
    public Money? Amount { get; init; }
}
