using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>What became of several changes.</summary>
/// <param name="Changed">False when everything was so already.</param>
/// <param name="Note">The note that was put on it; null when none was.</param>
/// <param name="Named">Who is named in it.</param>
public sealed record ChangesDone(bool Changed, TimelineEntry? Note, IReadOnlyList<Namable> Named);

/// <summary>
/// Does several changes to one complaint through its verbs; the caller saves once, so that all of them stand or none.
/// Trying them out is the same on an untracked complaint that nobody saves.
/// </summary>
public sealed partial class CaseChanging(
    ComplaintsDb db,
    CaseMail mails,
    CaseLabels labels,
    Mentions mentions,
    StandingReply standing,
    Advising advising
)
{
    /// <summary>Characters of a reply that are shown before it is sent.</summary>
    private const int Shown = 300;

    /// <summary>The complaint as verbs need it.</summary>
    public static IQueryable<Complaint> Whole(IQueryable<Complaint> complaints) =>
        complaints
            .Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .Include(c => c.Approvals.Where(a => a.DecidedAt == null))
            .Include(c => c.Promises.Where(p => p.EndedAt == null))
                .ThenInclude(p => p.Keeper)
            .Include(c => c.Points)
            .WithLedger()
            .AsSplitQuery();

    /// <summary>What the changes would put on the timeline, without doing them.</summary>
    /// <param name="complaint">Untracked, from <see cref="Whole"/>; not to be used afterwards.</param>
    /// <exception cref="Refusal">They would be refused.</exception>
    public async Task<IReadOnlyList<Sentence>> TryAsync(
        Complaint complaint,
        CaseChanges changes,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var before = complaint.Timeline.Count;
        var (_, named) = await ApplyAsync(complaint, changes, actor, now, book, really: false, cancel);
        List<Sentence> will = [.. complaint.Timeline.Skip(before).Select(e => e.Content!.Body.Sentence)];
        if (changes.RepliesByLanguage && complaint.Timeline.FindLast(e => e.Kind == EntryKind.ContactOut)?.Content!.Body.Words is { } words)
        {
            will.Add(new Sentence("“{0}”", words.Length <= Shown ? words : words[..(Shown - 2)] + " …"));
        }

        if (named.Any(p => p.Reads))
        {
            will.Add(new Sentence("tells {0}", string.Join(", ", named.Where(p => p.Reads).Select(p => p.Name))));
        }

        if (Mentions.NotTold(named) is { Count: > 0 } untold)
        {
            will.Add(new Sentence("does not tell {0}, who may not read it", string.Join(", ", untold)));
        }

        return will;
    }

    /// <summary>Does them; the caller saves.</summary>
    /// <param name="tell">Whoever is named in the note is told at once; false where the caller tells them of many at once.</param>
    /// <exception cref="Refusal">One of them is not possible; nothing may be saved then.</exception>
    public async Task<ChangesDone> DoAsync(
        Complaint complaint,
        CaseChanges changes,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        bool tell = true,
        CancellationToken cancel = default
    )
    {
        var before = complaint.TimelineCount;
        var (note, named) = await ApplyAsync(complaint, changes, actor, now, book, really: true, cancel);
        if (note is not null && tell)
        {
            await mentions.TellAsync(complaint, note, actor, cancel);
        }

        return new ChangesDone(complaint.TimelineCount > before, note, named);
    }

    private async Task<(TimelineEntry? Note, IReadOnlyList<Namable> Named)> ApplyAsync(
        Complaint complaint,
        CaseChanges changes,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        bool really,
        CancellationToken cancel
    )
    {
        if (!CommonWords.Reaches(actor, complaint))
        {
            throw new Refusal("It is not yours to change any more.");
        }

        var stood = complaint.State;
        if (changes.AddTags is not null || changes.RemoveTags is not null)
        {
            await labels.TagAsync(complaint, Tag.Read(changes.AddTags), Tag.Read(changes.RemoveTags), actor, now, really, cancel);
        }

        if (changes.Severity is { } severity)
        {
            NeedsOpen(complaint);
            complaint.ChangeSeverity(actor, now, severity, complaint.Public, book);
        }

        if (changes.OwnerId is not null || changes.Owners?.ContainsKey(complaint.Id) == true || changes.ToNobody || changes.ToMe)
        {
            await HandAsync(complaint, changes, actor, now, cancel);
        }

        if (changes.Acknowledgement is { } first)
        {
            await SayAsync(complaint, MailPurpose.Acknowledgement, For(first, complaint), actor, now, book, really, cancel);
        }

        if (changes.Apology is { } sorry)
        {
            var fault = changes.Shortfall;
            await SayAsync(
                complaint,
                fault is null ? MailPurpose.ApologyNoFault : MailPurpose.Apology,
                For(sorry, complaint),
                actor,
                now,
                book,
                really,
                cancel,
                fault
            );
        }

        if (changes.Reply is { } reply)
        {
            await SayAsync(complaint, MailPurpose.Reply, For(reply, complaint), actor, now, book, really, cancel);
        }

        if (changes.RepliesByLanguage)
        {
            Writable(complaint);
            var words = await standing.WordsAsync(complaint, changes, actor, book, cancel);
            await SayAsync(complaint, MailPurpose.Reply, words, actor, now, book, really, cancel, document: changes.ReplyDocument);
        }

        (TimelineEntry? Note, IReadOnlyList<Namable> Named) noted = (null, []);
        if (changes.Note is { } note)
        {
            var entry = complaint.Note(actor, now, For(note, complaint));
            noted = (entry, await mentions.NamedAsync(complaint, entry, actor, cancel));
        }

        if (changes.Promise is { } promise)
        {
            var due =
                PromiseTime.Read(promise, now, actor.Reader.Zone, book.Calendar(book.Unit(complaint.UnitId).CalendarId))
                ?? throw new Refusal(
                    new Sentence("Say by when, such as “call Tuesday 10:00”, “answer within 2 days” or “refund by 4 December”."),
                    nameof(changes.Promise)
                );
            complaint.MakePromise(
                actor,
                now,
                promise,
                PromiseTime.IsCall(promise) ? Channel.Phone : Channel.Email,
                due,
                complaint.OwnerId ?? actor.StaffId
            );
        }

        if (changes.Ending is { } ending)
        {
            End(complaint, ending, changes, actor, now);
        }

        await labels.NeedAsync(complaint, stood, cancel);
        return noted;
    }

    private async Task HandAsync(Complaint complaint, CaseChanges changes, Actor actor, DateTime now, CancellationToken cancel)
    {
        NeedsOpen(complaint);
        var mine = actor.StaffId;
        var wanted =
            changes.ToMe ? mine
            : changes.Owners is { } spread && spread.TryGetValue(complaint.Id, out var one) ? one
            : changes.OwnerId;
        var own = wanted == mine ? complaint.OwnerId is null || complaint.OwnerId == mine : complaint.OwnerId == mine;
        if (!own && !Rights.Has(actor, Right.Assign))
        {
            throw new Refusal(new Sentence("Somebody else holds it. Ask your team lead to hand it over."), nameof(changes.OwnerId));
        }

        if (changes.ToNobody)
        {
            complaint.Assign(actor, now, null);
            return;
        }

        var to =
            db.Set<StaffMember>().Local.FirstOrDefault(s => s.Id == wanted && s.Unit is not null)
            ?? await db.Staff.Include(s => s.Unit).FirstOrDefaultAsync(s => s.Id == wanted, cancel)
            ?? throw new Refusal(new Sentence("Choose who gets it."), nameof(changes.OwnerId));
        if (!complaint.IsKeptFrom(to.Id) && to.Active && !WorksFor(to, complaint.Unit))
        {
            throw new Refusal(new Sentence("{0} does not work for this unit. Choose somebody else.", to.Name), nameof(changes.OwnerId));
        }

        complaint.Assign(actor, now, to);
    }

    /// <summary>True when that person's unit handles complaints of <paramref name="unit"/>: above it, below it or the same.</summary>
    public static bool WorksFor(StaffMember person, Unit unit) =>
        Rights.Has(person.Role, Right.Work)
        && (
            unit.Path.StartsWith(person.Unit!.Path, StringComparison.Ordinal)
            || person.Unit.Path.StartsWith(unit.Path, StringComparison.Ordinal)
        );

    private static void End(Complaint complaint, Verb ending, CaseChanges changes, Actor actor, DateTime now)
    {
        var why = changes.Reason ?? "";
        switch (ending)
        {
            case Verb.DismissAsNoComplaint:
                complaint.ProposeDismissal(actor, now, why);
                break;
            case Verb.Close:
                complaint.Close(actor, now, changes.Outcome!.Value, new Sentence("{0}", why));
                break;
            case Verb.Refer:
                complaint.SetBeside(ending, actor, now, changes.Body + "\n" + why);
                break;
            default:
                complaint.SetBeside(ending, actor, now, why);
                break;
        }
    }

    private static string For(string text, Complaint complaint) => CommonWords.For(text, complaint.Addressee, complaint.Reference);

    private static void NeedsOpen(Complaint complaint)
    {
        if (!complaint.IsOpen)
        {
            throw new Refusal("it is closed.");
        }
    }
}
