using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>The complaint the sweep stands at, and all that concerns it.</summary>
/// <param name="Raised">What was raised on it; what is raised now comes in.</param>
public sealed record Occasion(
    Complaint Complaint,
    DeadlineBook Book,
    EscalationOptions Options,
    DateTime Now,
    List<RaisedEscalation> Raised,
    CancellationToken Cancel
);

/// <summary>What is to be raised.</summary>
/// <param name="Key">See <see cref="RaisedEscalation.Key"/>.</param>
/// <param name="Level">The level asked for; the ladder may lead higher.</param>
/// <param name="Why">Rule and arithmetic.</param>
public sealed record Reason(string Key, int Level, Sentence Why)
{
    public DeadlineClock? Clock { get; init; }
    public Trigger? Trigger { get; init; }
    public RuleAction Action { get; init; }

    /// <summary>Late at logging or found late; null when on time.</summary>
    public Sentence? Passed { get; init; }

    /// <summary>What follows a warning; null for nothing.</summary>
    public Sentence? Then { get; init; }
}

/// <summary>Raises one escalation: finds who is told, writes row, timeline and notice, does what the rule does besides.</summary>
public sealed class Raising(ComplaintsDb db, Letters letters, Words.House house)
{
    private readonly List<RaisedEscalation> _new = [];
    private readonly HashSet<(long Complaint, long Told, int Level, bool AtOnce)> _toldNow = [];
    private List<Person>? _people;

    /// <summary>Forgets what belonged to the batch before.</summary>
    public void GetReady(IReadOnlyList<Complaint> batch)
    {
        _new.Clear();
        _toldNow.Clear();
        _people = null;
    }

    /// <summary>What was raised on the complaint in this batch.</summary>
    public IEnumerable<RaisedEscalation> Of(long complaintId) => _new.Where(e => e.ComplaintId == complaintId);

    /// <summary>Raises it unless its key is there.</summary>
    public async Task RaiseAsync(Occasion at, Reason reason)
    {
        if (at.Raised.Exists(e => e.Key == reason.Key))
        {
            return;
        }

        var complaint = at.Complaint;
        var people = await PeopleAsync(at.Book, at.Cancel);
        var rungs = people.ConvertAll(p => p.Rung(at.Book, at.Now));
        var found =
            reason.Level == 0 ? Owner(complaint, rungs, at) : Ladder.Find(rungs, reason.Level, complaint.Unit.Path, complaint.KeptFrom);
        var told =
            people.Find(p => p.Id == found.ToldId) ?? (complaint.Owner is { } owner && owner.Id == found.ToldId ? Person.Of(owner) : null);
        var calendar = at.Book.Calendar(at.Book.Unit(told?.UnitId ?? complaint.UnitId).CalendarId);
        var nextLevelAt =
            told is not null && found.Level is > 0 and < Ladder.Top
                ? calendar.DueAfterWorking(at.Now, TimeSpan.FromMinutes(at.Options.TakeWithin))
                : (DateTime?)null;
        var next =
            nextLevelAt is { } by ? new Sentence("If nobody takes it by {0}, level {1} is told.", by, found.Level + 1)
            : found.Level > 0 ? new Sentence("There is no level above; it stays in the queue until somebody takes it.")
            : reason.Then ?? new Sentence("Nothing more follows by itself.");
        var why = new Sentence("{0} {1} {2}", reason.Why, found.Says, next);
        var row = new RaisedEscalation
        {
            ComplaintId = complaint.Id,
            Key = reason.Key,
            Clock = reason.Clock?.Name,
            ClockId = reason.Clock?.Id,
            Trigger = reason.Trigger,
            Level = found.Level,
            RaisedAt = at.Now,
            Why = KeptSentence.Write(why),
            ToldId = told?.Id,
            UnitId = complaint.UnitId,
            Passed = reason.Passed is null ? null : KeptSentence.Write(reason.Passed),
            NextLevelAt = nextLevelAt,
        };
        foreach (
            var below in at.Raised.Where(e =>
                e.EndedAt is null && e.ClockId == row.ClockId && e.Trigger == row.Trigger && e.Level < row.Level
            )
        )
        {
            below.NextLevelAt = null; // the level above has been told by now
        }

        db.Escalations.Add(row);
        _new.Add(row);
        at.Raised.Add(row);
        var said = reason.Passed is null ? why : new Sentence("{0} {1}", reason.Passed, why);
        var key = string.Create(CultureInfo.InvariantCulture, $"escalation:{complaint.Id}:{reason.Key}");
        complaint.Record(
            EntryKind.Escalated,
            Actor.System,
            at.Now,
            row.Level == 0 ? new Sentence("Warning: {0}", said) : new Sentence("Escalated to level {0}: {1}", row.Level, said),
            message: told is null ? null : key
        );
        await ActAsync(at, reason, told);
        var atOnce = reason.Clock?.Name == ClockName.Regime; // nor may a notice that waits stand for one that does not
        if (told is not null && _toldNow.Add((complaint.Id, told.Id, row.Level, atOnce)))
        {
            var opening = atOnce ? at.Now : calendar.NextOpening(at.Now);
            var seq = complaint.TimelineCount;
            var mail = await Telling.TellAsync(db, ToldOf(at, reason, row, told, seq, why, opening), at.Now, at.Cancel);
            if (mail[0] is { } from && told.Mail is not null)
            {
                await TellAsync(at, told, row, key, said, next, from);
            }
        }
    }

    /// <summary>Whom it concerns: who is told, and first of a deadline's levels also who holds it.</summary>
    private static List<Told> ToldOf(Occasion at, Reason reason, RaisedEscalation row, Person told, int seq, Sentence why, DateTime opening)
    {
        var kind =
            reason.Clock?.Name == ClockName.Regime ? NoticeKind.Statutory
            : reason.Trigger is Trigger.PromiseSoon or Trigger.PromiseBroken ? NoticeKind.PromiseDue
            : row.Level == 0 ? NoticeKind.Deadline
            : NoticeKind.Escalated;
        var list = new List<Told>
        {
            new(told.Id, kind, at.Complaint, seq, Actor.System.Name, why) { OwnMail = true, NotBefore = opening },
        };
        if (row.Level == 1 && reason.Clock is not null && at.Complaint.OwnerId is { } holder && holder != told.Id)
        {
            var late = kind == NoticeKind.Statutory ? NoticeKind.Statutory : NoticeKind.Deadline;
            var owner = at.Complaint.Owner is { } away && late == NoticeKind.Statutory && away.IsAway(at.Now) ? away.DelegateId : holder;
            if (owner is { } one && one != told.Id && !at.Complaint.IsKeptFrom(one))
            {
                list.Add(
                    new Told(one, late, at.Complaint, seq, Actor.System.Name, why)
                    {
                        NotBefore = late == NoticeKind.Statutory ? null : opening,
                    }
                );
            }
        }

        return list;
    }

    /// <summary>What was settled before its notice left needs no notice.</summary>
    public async Task ForgetNoticeAsync(RaisedEscalation ended, Occasion at)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"escalation:{ended.ComplaintId}:{ended.Key}");
        using var turn = db.Database.CurrentTransaction is null ? await db.Gate.EnterAsync(at.Cancel) : null;
        await db
            .OutDeliveries.Where(d => d.Message!.Key == key && d.State == DeliveryState.Waiting && d.Attempt == 0 && d.NextTryAt > at.Now)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(d => d.State, DeliveryState.Dropped)
                        .SetProperty(d => d.NextTryAt, (DateTime?)null)
                        .SetProperty(d => d.SettledAt, at.Now)
                        .SetProperty(d => d.ToldAt, at.Now),
                at.Cancel
            );
    }

    private async Task ActAsync(Occasion at, Reason reason, Person? told)
    {
        if (reason.Action == RuleAction.RaiseSeverity)
        {
            at.Complaint.RaiseSeverity(at.Now);
        }
        else if (reason.Action == RuleAction.Reassign && told is not null && told.Id != at.Complaint.OwnerId)
        {
            at.Complaint.Assign(Actor.System, at.Now, await db.Staff.FirstAsync(s => s.Id == told.Id, at.Cancel));
        }
    }

    private async Task TellAsync(
        Occasion at,
        Person told,
        RaisedEscalation row,
        string key,
        Sentence why,
        Sentence next,
        DateTime notBefore
    )
    {
        var complaint = at.Complaint;
        var zone = told.TimeZone is { } id
            ? TimeZoneInfo.FindSystemTimeZoneById(id)
            : at.Book.Calendar(at.Book.Unit(told.UnitId).CalendarId).Zone ?? TimeZoneInfo.Utc;
        var reader = new Reader(told.Language, zone);
        await letters.WriteAsync(
            new Letter
            {
                Key = key,
                Purpose = row.Level == 0 ? MailPurpose.OwnerWarning : MailPurpose.EscalationNotice,
                To = told.Mail!,
                Language = told.Language,
                ComplaintId = complaint.Id,
                Reference = complaint.Reference,
                NotBefore = notBefore,
                Fields = new()
                {
                    ["person"] = told.Name,
                    ["why"] = Tongue.Say(reader, why),
                    ["next"] = Tongue.Say(reader, next),
                    ["summary"] = complaint.Summary,
                    ["customer"] = complaint.Customer.Name,
                    ["unit"] = complaint.Unit.NameIn(told.Language),
                    ["agent"] = complaint.Owner?.Name ?? Tongue.Say(reader, new Sentence("nobody yet")),
                    ["due"] = complaint.NextDueAt is { } due ? reader.Time(due) : Tongue.Say(reader, new Sentence("no deadline runs")),
                    ["level"] = row.Level.ToString(CultureInfo.InvariantCulture),
                    ["link"] = house.StaffLink(complaint.Reference),
                },
            },
            at.Cancel
        );
    }

    /// <summary>A warning goes to the owner or who acts for them; nobody there: to the team lead, still as a warning.</summary>
    private static Found Owner(Complaint complaint, List<Rung> rungs, Occasion at)
    {
        if (complaint.Owner is { } owner)
        {
            var rung = Person.Of(owner).Rung(at.Book, at.Now);
            if (Ladder.StandIn(rungs, rung, complaint.KeptFrom) is { } person)
            {
                return new Found(
                    person.Id,
                    0,
                    person.Id == owner.Id
                        ? new Sentence("Told: {0}, who holds it.", owner.Name)
                        : new Sentence("Told: {0}, who acts for {1}.", person.Name, owner.Name)
                );
            }
        }

        var lead = Ladder.Find(rungs, 1, complaint.Unit.Path, complaint.KeptFrom);
        return lead with { Level = 0, Says = new Sentence("Nobody present holds it. {0}", lead.Says) };
    }

    private async Task<List<Person>> PeopleAsync(DeadlineBook book, CancellationToken cancel) =>
        _people ??= await db
            .Staff.AsNoTracking()
            .Where(s =>
                s.Active
                && (
                    s.Role == Role.TeamLead
                    || s.Role == Role.Manager
                    || s.Role == Role.Director
                    || db.Set<StaffMember>().Any(o => o.DelegateId == s.Id)
                )
            )
            .Select(s => new Person(s.Id, s.Name, s.Role, s.UnitId, s.Active, s.AwayUntil, s.DelegateId, s.Email, s.Language, s.TimeZone))
            .ToListAsync(cancel);

    private sealed record Person(
        long Id,
        string Name,
        Role Role,
        long UnitId,
        bool Active,
        DateTime? AwayUntil,
        long? DelegateId,
        string? Mail,
        string Language,
        string? TimeZone
    )
    {
        public static Person Of(StaffMember s) =>
            new(s.Id, s.Name, s.Role, s.UnitId, s.Active, s.AwayUntil, s.DelegateId, s.Email, s.Language, s.TimeZone);

        public Rung Rung(DeadlineBook book, DateTime now) =>
            new(Id, Name, Role, book.Unit(UnitId).Path, Active, AwayUntil is { } until && until > now, DelegateId);
    }
}
