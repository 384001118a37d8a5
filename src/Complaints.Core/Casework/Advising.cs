using System.Text.RegularExpressions;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Tells the writing adviser what it must know of a complaint, and asks it.</summary>
public sealed partial class Advising(ComplaintsDb db, CaseMail mails, House house, TimeProvider clock)
{
    /// <summary>What could be better in words to the customer of a complaint. Changes nothing.</summary>
    /// <param name="complaint">With customer, contact points, unit and clocks.</param>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="words">The words, and what is said beside them.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="byMail">By mail; else what counts is the letter on paper.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<IReadOnlyList<Advice>> ReadAsync(
        Complaint complaint,
        MailPurpose purpose,
        CaseWords words,
        Actor actor,
        DeadlineBook book,
        bool byMail,
        CancellationToken cancel = default
    )
    {
        var reader = CaseMail.ReaderOf(complaint, book);
        var demanded = CaseMail.SentencesOf(complaint, words.Document, book);
        var fields = await FieldsAsync(complaint, actor, book, cancel);
        return (await AdviserAsync(cancel)).Read(
            words.Text,
            LanguageOf(words.Text),
            new AdviceFacts
            {
                Customer = complaint.Addressee,
                Names = [.. new[] { complaint.Customer.Name, complaint.Customer.ContactPerson, complaint.AffectedPerson }.OfType<string>()],
                Known = [actor.Name, .. fields.Values],
                Apologizing = purpose is MailPurpose.Apology or MailPurpose.ApologyNoFault,
                ShortfallNamed = words.NoFaultFound || !string.IsNullOrWhiteSpace(words.Shortfall),
                NamesATime = TimeIn(reader.Zone, book.Calendar(book.Unit(complaint.UnitId).CalendarId)),
                SomebodyElses = await SomebodyElsesAsync(words.Text, complaint.CustomerId, complaint.Reference, cancel),
                Fields = fields,
                Demanded = demanded,
                Around =
                    demanded.Count == 0 ? ""
                    : byMail ? await mails.TextAsync(complaint, purpose, words, book, cancel)
                    : await mails.PaperAsync(complaint, purpose, words, book, cancel),
            }
        );
    }

    /// <summary>The same while a complaint is being logged: only who complains is known.</summary>
    /// <param name="text">The words.</param>
    /// <param name="customer">Name as typed; null when none.</param>
    /// <param name="apologizing">They are the apology.</param>
    /// <param name="shortfallNamed">The shortfall or regret stands beside them.</param>
    /// <param name="customerId">When the customer is known.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<IReadOnlyList<Advice>> ReadNewAsync(
        string text,
        string? customer,
        bool apologizing,
        bool shortfallNamed,
        long? customerId,
        Actor actor,
        DeadlineBook book,
        CancellationToken cancel = default
    ) =>
        (await AdviserAsync(cancel)).Read(
            text,
            LanguageOf(text),
            new AdviceFacts
            {
                Customer = customer,
                Names = customer is null ? [] : [customer],
                Known = [actor.Name],
                Apologizing = apologizing,
                ShortfallNamed = shortfallNamed,
                NamesATime = TimeIn(actor.Reader.Zone, book.Calendar(book.Unit(actor.UnitId).CalendarId)),
                SomebodyElses = customerId is { } id ? await SomebodyElsesAsync(text, id, null, cancel) : [],
                Fields = customer is null ? new() : new Dictionary<string, string> { ["customer"] = customer, ["agent"] = actor.Name },
            }
        );

    // Of the words, not of the customer: some are answered in English who are written to in Chinese.
    private static string LanguageOf(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff') ? Tongue.Chinese : Tongue.English;

    /// <summary>What a document that a regulator's clock waits for would still lack; empty for one that is no final answer.</summary>
    /// <param name="complaint">With customer, unit and clocks.</param>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="words">The words, with the document they are.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="byMail">By mail, whose whole text counts; else that of the letter on paper.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<IReadOnlyList<string>> LackingAsync(
        Complaint complaint,
        MailPurpose purpose,
        CaseWords words,
        DeadlineBook book,
        bool byMail,
        CancellationToken cancel = default
    )
    {
        var final = purpose == MailPurpose.Resolution || words.Document is "final-response" or "summary-resolution";
        if (!final || !CaseMail.Demanded(complaint).Contains(words.Document ?? ""))
        {
            return [];
        }

        var text = byMail
            ? await mails.TextAsync(complaint, purpose, words, book, cancel)
            : await mails.PaperAsync(complaint, purpose, words, book, cancel);
        return DemandedSentences.Missing(text, CaseMail.SentencesOf(complaint, words.Document, book));
    }

    /// <summary>Values of the <c>{{fields}}</c> of phrases; what is not known is left out.</summary>
    public async Task<Dictionary<string, string>> FieldsAsync(
        Complaint complaint,
        Actor actor,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var reader = CaseMail.ReaderOf(complaint, book);
        var due = complaint.Clocks.FirstOrDefault(c => c is { Name: ClockName.Resolve, State: ClockState.Running })?.DueAt;
        var fields = new Dictionary<string, string>
        {
            ["customer"] = complaint.Addressee,
            ["reference"] = complaint.Reference,
            ["summary"] = complaint.Summary,
            ["organisation"] = await house.NameAsync(reader.Language, cancel),
            ["unit"] = complaint.Unit.NameIn(reader.Language),
            ["agent"] = actor.Name,
        };
        if (due > clock.GetUtcNow().UtcDateTime)
        {
            fields["due"] = reader.Time(due.Value);
        }

        return fields;
    }

    private async Task<WritingAdviser> AdviserAsync(CancellationToken cancel) =>
        new(await db.AdviceRules.AsNoTracking().Where(r => r.Active).OrderBy(r => r.Id).ToListAsync(cancel));

    private async Task<IReadOnlyCollection<string>> SomebodyElsesAsync(
        string text,
        long customerId,
        string? reference,
        CancellationToken cancel
    )
    {
        var mentioned = Mentioned.In(text);
        var found = new List<string>();
        if (mentioned.References.Count > 0)
        {
            var read = mentioned.References.Select(r => (As: r, Known: Reference.Read(r))).ToList();
            var known = read.Select(r => r.Known).OfType<string>().ToList();
            var own = await db
                .Complaints.Where(c => known.Contains(c.Reference) && c.CustomerId == customerId)
                .Select(c => c.Reference)
                .ToListAsync(cancel);
            found.AddRange(read.Where(r => r.Known is null || (r.Known != reference && !own.Contains(r.Known))).Select(r => r.As));
        }

        found.AddRange(await OthersAsync(mentioned.Mails, ContactKind.Mail, customerId, cancel));
        found.AddRange(await OthersAsync(mentioned.Phones, ContactKind.Phone, customerId, cancel));
        return found;
    }

    /// <summary>Those that stand in the books as somebody else's, and not as this customer's too.</summary>
    private async Task<IEnumerable<string>> OthersAsync(
        IReadOnlyList<string> written,
        ContactKind kind,
        long customerId,
        CancellationToken cancel
    )
    {
        if (written.Count == 0)
        {
            return [];
        }

        var same = written.ToDictionary(w => w, w => Matching.Normalise(kind, w), StringComparer.Ordinal);
        var sought = same.Values.Distinct().ToList();
        var there = await db
            .ContactPoints.Where(p => p.Kind == kind && sought.Contains(p.Normalised))
            .Select(p => new { p.CustomerId, p.Normalised })
            .ToListAsync(cancel);
        return same.Where(w =>
                there.Exists(t => t.Normalised == w.Value) && !there.Exists(t => t.Normalised == w.Value && t.CustomerId == customerId)
            )
            .Select(w => w.Key);
    }

    /// <summary>
    /// Whether a sentence names a time. What <see cref="PromiseTime"/> reads, and beside it what is a time to a customer
    /// though no clock could be set by it: numbers in words, working days, “this week”, “本周内”.
    /// </summary>
    public static Func<string, bool> TimeIn(TimeZoneInfo zone, Time.WorkingCalendar calendar)
    {
        var any = new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc); // which day it is decides when, not whether
        return sentence => Loosely().IsMatch(sentence) || PromiseTime.Read(sentence, any, zone, calendar) is not null;
    }

    [GeneratedRegex(
        @"\b(?i:within|in|by|before|until|every)\s+(?i:the\s+next\s+|the\s+end\s+of\s+)?(?:\d{1,3}|(?i:one|two|three|four|five|six|seven|eight|nine|ten|a|an|the|this|next))[\s-]+(?i:(?:working|business|calendar)\s+)?(?i:minutes?|hours?|days?|weeks?|months?)\b|\b(?i:this|next)\s+(?i:week|month)\b|\d{1,3}\s*个?(?:工作日|月|自然日)|[一二两三四五六七八九十]+个?(?:工作日|小时|天|日|周|个月|分钟)|本周|本月|下周|下月|今明两天|[一二两三四五六七八九十\d]+[日号天]",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Loosely();
}
