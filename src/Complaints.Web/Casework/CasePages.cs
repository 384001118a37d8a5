using System.Text.Json;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Customers;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Gathers what the page of one complaint shows.</summary>
public sealed class CasePages(
    ComplaintsDb db,
    Cases cases,
    CaseFiles files,
    JoinedReader joining,
    FinalLetter letter,
    Repeats repeats,
    Care care,
    Me me,
    Complaints.Words.House house,
    TimeProvider clock
)
{
    private const int PageLength = 50;

    /// <summary>Kinds of entries that the house's own machinery adds; they make no form stale.</summary>
    internal static readonly EntryKind[] Machinery =
    [
        EntryKind.Escalated,
        EntryKind.Mail,
        EntryKind.AutomaticMail,
        EntryKind.Task,
        EntryKind.Deadline,
        EntryKind.DocumentSent,
        EntryKind.Ticked,
    ];

    private static readonly EntryKind[] _contacts = [.. Enum.GetValues<EntryKind>().Where(k => new TimelineEntry { Kind = k }.IsContact)];

    /// <summary>The page.</summary>
    /// <param name="reference">As in the address.</param>
    /// <param name="filter"><c>all</c>, <c>contacts</c> or <c>changes</c>.</param>
    /// <param name="of">Reference of one of the complaints merged here, or its own: only its entries. Null for all.</param>
    /// <param name="before">Show entries before this one, see <see cref="CasePage.OlderThan"/>.</param>
    /// <param name="typed">A form that comes back.</param>
    /// <param name="seen">The last entry that form knew.</param>
    /// <param name="undone">A mail that was undone: its form comes back.</param>
    /// <param name="holding">Draft a holding letter in the reply.</param>
    public async Task<CasePage> BuildAsync(
        string reference,
        string? filter = null,
        string? of = null,
        string? before = null,
        Typed? typed = null,
        int? seen = null,
        long? undone = null,
        bool holding = false
    )
    {
        var complaint = await cases.FindAsync(reference);
        var now = clock.GetUtcNow().UtcDateTime;
        var known = filter is "contacts" or "changes" ? filter : "all";
        var joined = await joining.OfAsync(complaint, me.May(Right.Work));
        var one = joined.References.FirstOrDefault(r => string.Equals(r.Value, of, StringComparison.OrdinalIgnoreCase));
        var ids = one.Value is null ? joined.References.Keys.ToList() : [one.Key];
        var entries = await EntriesAsync(ids, known, before);
        var language = me.Reader.Language;
        var currency = complaint.DisputeCurrency ?? complaint.Approvals.FirstOrDefault()?.Currency ?? await house.CurrencyAsync();
        var path = complaint.Unit.Path;
        var mayWork = me.May(Right.Work);
        var book = await cases.BookAsync();
        var (ofPoints, causes) = (
            complaint.Points.Select(p => p.CategoryId).ToList(),
            complaint.Points.Select(p => p.RootCauseId).ToList()
        );
        var categories = await db
            .Categories.AsNoTracking()
            .Where(c => c.Active || c.Id == complaint.CategoryId || ofPoints.Contains(c.Id))
            .OrderBy(c => c.Position)
            .ThenBy(c => c.Id)
            .ToListAsync();
        var kept = await db.Attachments.AsNoTracking().Where(a => a.ComplaintId == complaint.Id).OrderBy(a => a.Id).ToListAsync();
        var decided = Recusal.Ids(complaint.DecidedBefore);
        var deciders =
            decided.Count == 0 ? [] : await db.Staff.Where(s => decided.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name);
        return new CasePage
        {
            Complaint = complaint,
            Book = book,
            Letter =
                mayWork && complaint is { State: State.Apologized, OpenPoints: 0 }
                    ? await letter.WordsAsync(complaint, CaseMail.DocumentFor(complaint, MailPurpose.Resolution), book)
                    : null,
            Now = now,
            Filter = known,
            Entries = [.. entries.Take(PageLength)],
            Joined = joined,
            MergedGrants = await MergedGrantsAsync(joined),
            Of = one.Value,
            OlderThan = entries.Count > PageLength ? EntryCursor.Of(entries[PageLength - 1]) : null,
            Mails = await MailsAsync(joined.References.Keys),
            Tasks = await db
                .DeskTasks.AsNoTracking()
                .Where(t => t.ComplaintId == complaint.Id && t.DoneAt == null)
                .OrderBy(t => t.DueAt)
                .ToListAsync(),
            Files = kept,
            FileLines = await files.OfAsync(joined.References, kept),
            LargestFile = mayWork ? (await FilePolicies.ReadAsync(db)).Largest(FileDoor.Staff) : 0,
            Participants = await db.Participants.AsNoTracking().Where(p => p.ComplaintId == complaint.Id).OrderBy(p => p.Id).ToListAsync(),
            Last = mayWork && complaint.UsableMail is not null ? await LastWords.OfAsync(db, complaint) : null,
            People = mayWork ? await PeopleAsync(complaint) : [],
            Categories = Tree(categories, c => c.Id, c => c.ParentId, c => c.NameIn(language)),
            RootCauses = Tree(
                await db
                    .RootCauses.AsNoTracking()
                    .Where(c => c.Active || causes.Contains(c.Id))
                    .OrderBy(c => c.Position)
                    .ThenBy(c => c.Id)
                    .ToListAsync(),
                c => c.Id,
                c => c.ParentId,
                c => c.NameIn(language)
            ),
            Units = mayWork ? await db.Units.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Path).ToListAsync() : [],
            Complained = await repeats.OfAsync(complaint.CustomerId),
            Care = care.May(complaint) ? await care.ReadAsync(complaint.CustomerId) : null,
            DuplicateOf = complaint.DuplicateOfId is { } other
                ? await cases.Visible(db.Complaints.Where(c => c.Id == other)).Select(c => c.Reference).FirstOrDefaultAsync()
                : null,
            CategoryName = categories.Find(c => c.Id == complaint.CategoryId)?.NameIn(language),
            ComplainedAbout = complaint.ComplainedAboutId is { } about
                ? await db.Staff.Where(s => s.Id == about).Select(s => s.Name).FirstOrDefaultAsync()
                : null,
            DecidedAndKept = [.. decided.Where(d => complaint.IsKeptFrom(d)).Select(d => deciders[d])],
            DecidedAndStay = [.. decided.Where(d => !complaint.IsKeptFrom(d)).Select(d => deciders[d])],
            Limit = mayWork ? await Limits.OfAsync(db, me.Member.Role, me.Member.EffectiveSeat, complaint.Tier, currency) : null,
            Currency = currency,
            Typed = typed ?? await UndoneAsync(complaint.Id, undone) ?? (holding && mayWork ? Holding(complaint) : null),
            Drafts = mayWork
                ? await db.Drafts.AsNoTracking().Where(d => d.StaffId == me.Member.Id && d.ComplaintId == complaint.Id).ToListAsync()
                : [],
            News = seen is { } last ? await NewsAsync(complaint.Id, last) : [],
            MayWork = mayWork,
            MayLead = me.May(Right.Lead),
            MayAssign = me.May(Right.Assign),
            MyId = me.Member.Id,
        };
    }

    private async Task<IReadOnlyList<MergedGrant>> MergedGrantsAsync(Joined joined)
    {
        var ids = joined.Merged.Select(m => m.Case.Id).ToList();
        return ids.Count == 0
            ? []
            :
            [
                .. (await db.Grants.AsNoTracking().Where(g => ids.Contains(g.ComplaintId)).OrderBy(g => g.Id).ToListAsync()).Select(
                    g => new MergedGrant(joined.References[g.ComplaintId], g)
                ),
            ];
    }

    /// <summary>What others did to it after entry number <paramref name="seen"/>; machinery does not count.</summary>
    public Task<List<TimelineEntry>> NewsAsync(long complaintId, int seen)
    {
        var my = me.Member.Id;
        return db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e =>
                e.ComplaintId == complaintId
                && e.Seq > seen
                && (!Machinery.Contains(e.Kind) || (e.Kind == EntryKind.Mail && e.ActorId != null)) // a mail that a person put off, or undid
                && (e.ActorId == null || e.ActorId != my)
            )
            .OrderBy(e => e.Seq)
            .Take(20)
            .ToListAsync();
    }

    /// <summary>Active people who may hold it: of its unit, those above it and those below it; never whoever is kept out of it.</summary>
    public async Task<List<StaffMember>> PeopleAsync(Complaint complaint)
    {
        var people = await db
            .Staff.AsNoTracking()
            .Include(s => s.Unit)
            .Where(s => s.Active && s.Role <= Role.Manager)
            .OrderBy(s => s.Name)
            .ToListAsync();
        var path = complaint.Unit.Path;
        return
        [
            .. people.Where(s =>
                !complaint.IsKeptFrom(s.Id)
                && (path.StartsWith(s.Unit!.Path, StringComparison.Ordinal) || s.Unit.Path.StartsWith(path, StringComparison.Ordinal))
            ),
        ];
    }

    private Task<List<TimelineEntry>> EntriesAsync(List<long> ids, string filter, string? before)
    {
        var all = db.Timeline.AsNoTracking().Include(e => e.Content).Where(e => ids.Contains(e.ComplaintId));
        var wanted = filter switch
        {
            "contacts" => all.Where(e => _contacts.Contains(e.Kind)),
            "changes" => all.Where(e => !_contacts.Contains(e.Kind) && e.Kind != EntryKind.Note),
            _ => all,
        };
        return EntryCursor.Read(before).Page(wanted, ids.Count == 1).Take(PageLength + 1).ToListAsync();
    }

    private async Task<Dictionary<string, CaseMailLine>> MailsAsync(IEnumerable<long> ids)
    {
        var rows = await db
            .OutMessages.AsNoTracking()
            .Where(m => m.ComplaintId != null && ids.Contains(m.ComplaintId.Value))
            .OrderBy(m => m.Id)
            .Select(m => new
            {
                m.Key,
                Line = new CaseMailLine(
                    m.Id,
                    m.NotBefore,
                    m.AuthorId,
                    m.Subject,
                    m.SaidWhenSent != null,
                    m.Deliveries.OrderBy(d => d.Kind)
                        .ThenBy(d => d.Id)
                        .Select(d => new CaseRecipient(
                            d.Recipient,
                            d.Kind,
                            d.State,
                            d.Reply,
                            d.Attempt,
                            d.NextTryAt,
                            d.SettledAt,
                            d.BouncedAt,
                            d.ArrivedAt
                        ))
                        .ToList(),
                    m.Files.OrderBy(f => f.Id).Select(f => f.FileName).ToList()
                ),
            })
            .AsSplitQuery()
            .ToListAsync();
        return rows.ToDictionary(r => r.Key, r => r.Line);
    }

    // Between the second and the third line stands what the agent adds.
    private Typed Holding(Complaint complaint)
    {
        var words = new Sentence(
            "Dear {0},\n\nwe have not forgotten your complaint {1}, and we are sorry that it takes so long.\n\n\n\nYou will hear from us again within three days.",
            complaint.Addressee,
            complaint.Reference
        );
        return new Typed(
            "reply",
            new Dictionary<string, string?>
            {
                ["Words"] = Tongue.Say(complaint.Customer.Language, words),
                ["Promise"] = Tongue.Say(me.Reader.Language, new Sentence("an answer within 3 days")),
                ["Channel"] = (complaint.UsableMail is null ? Channel.Phone : Channel.Email).ToString(),
            }
        );
    }

    private async Task<Typed?> UndoneAsync(long complaintId, long? undone)
    {
        if (undone is not { } id)
        {
            return null;
        }

        var text = await db
            .OutMessages.Where(m => m.Id == id && m.ComplaintId == complaintId && m.Deliveries.Any(d => d.State == DeliveryState.Undone))
            .Select(m => m.Typed)
            .FirstOrDefaultAsync();
        return text is null ? null : Read(text);
    }

    /// <summary>The form kept with a mail: its fields as one flat JSON object, the form's name under <c>form</c>.</summary>
    public static string Keep(string form, IEnumerable<KeyValuePair<string, string?>> values) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string?>(values.Where(v => v.Key is not ("Seen" or "__RequestVerificationToken"))) { ["form"] = form }
        );

    private static Typed? Read(string text)
    {
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string?>>(text) ?? [];
            return values.GetValueOrDefault("form") is { } form ? new Typed(form, values) : null;
        }
        catch (JsonException)
        {
            return null; // kept by an older version; the words stand in the mail itself
        }
    }

    private static List<Choice> Tree<T>(List<T> all, Func<T, long> id, Func<T, long?> parent, Func<T, string> name)
    {
        var below = all.ToLookup(parent);
        var tree = new List<Choice>();
        void Add(long? under, int depth)
        {
            foreach (var node in below[under])
            {
                tree.Add(new Choice(id(node), name(node), depth));
                if (depth < 10)
                {
                    Add(id(node), depth + 1);
                }
            }
        }

        Add(null, 0);
        return tree;
    }
}
