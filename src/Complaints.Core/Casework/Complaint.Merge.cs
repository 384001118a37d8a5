using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>
/// Merged into another complaint, and out again. Load clocks with pauses, customer, owner, promises and open tasks of both
/// before merging; before undoing, the promises and tasks that went over.
/// </content>
public sealed partial class Complaint
{
    /// <summary>Tasks that a person finishes on the page; others have pages of their own and stay where they are.</summary>
    private static readonly TaskKind[] _movable = [TaskKind.CallInstead, TaskKind.ReadAnswer, TaskKind.Question];

    /// <summary>
    /// It is the same matter as <paramref name="survivor"/> and goes on there: with its open promises and tasks, the
    /// earlier receipt and whichever deadline is stricter. This one ends as <see cref="State.Duplicate"/>.
    /// </summary>
    /// <param name="anotherCustomers">A person has seen that they are of two customers.</param>
    /// <exception cref="Refusal">No reason, or something would be lost by it.</exception>
    public Merger MergeInto(Complaint survivor, Actor actor, DateTime now, string reason, bool anotherCustomers, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why. It stays on the timeline."));
        Lifecycle.Row(State, Verb.MarkDuplicate, actor);
        NothingLostIn(survivor, anotherCustomers);
        var at = UtcMilliseconds.Cut(now);
        var ended = Clocks.Where(c => c.IsLive).Select(c => new EndedClock(c.Name, c.RegimeClock, c.State == ClockState.Paused)).ToList();
        var received = survivor.ReceivedAt;
        var said = survivor.Record(EntryKind.Joined, actor, at, new Sentence("{0} was merged into this one: {1}", Reference, Summary), why);
        var changed = survivor.TakeDeadlinesOf(this, actor, at, book);
        var before = new BeforeMerger
        {
            State = State,
            WaitingSince = WaitingSince,
            WaitingFor = WaitingFor,
            ProposedById = ProposedById,
            Escalated = Level > 0,
            Ended = ended,
            Received = received,
            ReceivedThen = survivor.ReceivedAt,
            Changed = changed,
            Promises = [.. Promises.Where(p => p.IsOpen).ToList().Select(p => new GoneOver(p.Id, survivor.TakeOver(p, this, actor, at)))],
            Tasks =
            [
                .. Tasks
                    .Where(t => t.DoneAt is null && _movable.Contains(t.Kind))
                    .ToList()
                    .Select(t => new GoneOver(t.Id, survivor.TakeOver(t, this, survivor.UnitId))),
            ],
        };
        if (Level > 0)
        {
            survivor.Because(Trigger.Joined, said);
        }

        SetBeside(Verb.MarkDuplicate, actor, at, why, survivor.Id);
        return new Merger
        {
            ComplaintId = Id,
            SurvivorId = survivor.Id,
            At = at,
            ById = actor.StaffId,
            Kept = Merger.Write(before),
        };
    }

    /// <summary>They are two matters after all: both stand as they stood, with what came meanwhile where it came.</summary>
    /// <exception cref="Refusal">Undone already, too long ago, or the survivor was merged itself.</exception>
    public void Unmerge(Merger merger, Complaint survivor, Actor actor, DateTime now, DeadlineBook book)
    {
        if (merger.UndoneAt is not null || State != State.Duplicate)
        {
            throw new Refusal("This merging was undone already.");
        }

        if (now > merger.UndoUntil)
        {
            throw new Refusal(
                new Sentence(
                    "Merging can be undone for 30 days; this one could be until {0}. Log a new complaint instead.",
                    merger.UndoUntil
                )
            );
        }

        if (survivor.State == State.Duplicate)
        {
            throw new Refusal(new Sentence("{0} was merged itself meanwhile. Undo that first.", survivor.Reference));
        }

        var before = merger.Before;
        merger.UndoneAt = now;
        (State, DuplicateOfId, IsOpen, ClosedAt) = (before.State, null, true, null);
        (WaitingSince, WaitingFor, ProposedById) = (before.WaitingSince, before.WaitingFor, before.ProposedById);
        foreach (var ended in before.Ended)
        {
            Clocks.Find(c => c.Name == ended.Name && c.RegimeClock == ended.RegimeClock)?.Revive(ended.Paused);
        }

        Recount();
        var back = Record(EntryKind.Joined, actor, now, new Sentence("Taken out of {0} again: merging was undone", survivor.Reference));
        survivor.Record(EntryKind.Joined, actor, now, new Sentence("{0} was taken out again: merging was undone", Reference));
        foreach (var (id, seq) in before.Promises)
        {
            if (survivor.Promises.Find(p => p.Id == id) is { } promise)
            {
                TakeBack(promise, survivor, (int)seq, back);
            }
        }

        foreach (var (id, unit) in before.Tasks)
        {
            if (survivor.Tasks.Find(t => t.Id == id) is { } task)
            {
                TakeOver(task, survivor, unit);
            }
        }

        if (before.Escalated)
        {
            Cause(Trigger.Joined, back);
        }

        survivor.GiveBack(before, merger.At, actor, now, book);
    }

    private void NothingLostIn(Complaint survivor, bool anotherCustomers)
    {
        const string Field = "duplicateOf";
        if (ReferenceEquals(survivor, this) || (survivor.Id == Id && Id > 0))
        {
            throw new Refusal(new Sentence("Give the reference of the complaint that this one repeats."), Field);
        }

        if (survivor.State >= State.Resolved)
        {
            throw new Refusal(
                new Sentence(
                    "{0} is {1}, so nobody would work on this one there. Reopen it first, name another one, or only link the two.",
                    survivor.Reference,
                    survivor.State
                ),
                Field
            );
        }

        if (survivor.Historic && !Historic)
        {
            throw new Refusal(
                new Sentence("{0} comes from an import and is not worked on yet. Name another one.", survivor.Reference),
                Field
            );
        }

        if (AwaitingApproval)
        {
            throw new Refusal("A remedy waits for approval here. Have it decided, or withdraw the request, before merging.");
        }

        if (ComplainedAboutId is not null && ComplainedAboutId != survivor.ComplainedAboutId)
        {
            throw new Refusal(
                new Sentence(
                    "This complaint is about a colleague, and {0} is not: it would lie open to that colleague there. Merge {0} into this one instead.",
                    survivor.Reference
                ),
                Field
            );
        }

        if (Recusal.Ids(KeptFrom).Except(Recusal.Ids(survivor.KeptFrom)).Any())
        {
            throw new Refusal(
                new Sentence(
                    "Whoever decided this complaint before is kept from it and not from {0}: it would lie open to them there. Merge {0} into this one instead.",
                    survivor.Reference
                ),
                Field
            );
        }

        if (CustomerId != survivor.CustomerId && !anotherCustomers)
        {
            throw new Refusal(
                new Sentence(
                    "{0} is of another customer, {1}. Merged, this customer hears nothing more of their own. Tick “of two customers, and still one matter” if that is right.",
                    survivor.Reference,
                    survivor.Customer.Name
                ),
                "anotherCustomers"
            );
        }

        foreach (var clock in Clocks.Where(c => c is { IsLive: true, Name: ClockName.Regime }))
        {
            if (CustomerId != survivor.CustomerId || !survivor.Clocks.Exists(c => c.IsLive && c.RegimeClock == clock.RegimeClock))
            {
                throw new Refusal(
                    new Sentence(
                        "A regulator's clock runs here until {0} and not for the same customer in {1}. Merged, the answer it demands would be forgotten: answer this one by itself, and link the two.",
                        clock.DueAt,
                        survivor.Reference
                    ),
                    Field
                );
            }
        }
    }

    private long TakeOver(Promise promise, Complaint from, Actor actor, DateTime now)
    {
        var was = promise.Seq;
        var entry = Record(
            EntryKind.Promise,
            actor,
            now,
            new Sentence("Promise taken over from {0}, due {1}: {2}", from.Reference, promise.DueAt, promise.What),
            channel: promise.Channel
        );
        TakeBack(promise, from, entry.Seq, entry);
        TakeOver(promise.Task, from, UnitId);
        return was;
    }

    private void TakeBack(Promise promise, Complaint from, int seq, TimelineEntry entry)
    {
        from.Promises.Remove(promise);
        Promises.Add(promise);
        (promise.ComplaintId, promise.Seq) = (Id, seq);
        TakeOver(promise.Task, from, promise.Task.UnitId);
        if (
            promise is { IsOpen: true, BrokenAt: not null }
            && !Causes.Exists(c => c.Trigger == Trigger.PromiseBroken && c.Seq == entry.Seq)
        )
        {
            Because(Trigger.PromiseBroken, entry); // it was raised there, and is owed here
        }

        RecountPromises();
        from.RecountPromises();
    }

    private long TakeOver(DeskTask task, Complaint from, long unitId)
    {
        var was = task.UnitId;
        from.Tasks.Remove(task);
        if (!Tasks.Contains(task))
        {
            Tasks.Add(task);
        }

        (task.ComplaintId, task.UnitId) = (Id, unitId);
        return was;
    }
}
