using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>The clocks of a complaint that another was merged into: never looser, and back again.</content>
public sealed partial class Complaint
{
    private List<ChangedClock> TakeDeadlinesOf(Complaint merged, Actor actor, DateTime now, DeadlineBook book)
    {
        var live = Clocks.Where(c => c.IsLive).ToList();
        var before = live.ToDictionary(c => c, c => (c.Ledger, Due: DeadlineClock.DueUnder(c.Ledger, book, now)));
        if (merged.ReceivedAt < ReceivedAt)
        {
            foreach (var clock in live.Where(c => c.StartedAt == ReceivedAt))
            {
                clock.MoveStart(merged.ReceivedAt, book, now);
            }

            ReceivedAt = merged.ReceivedAt;
            Record(
                EntryKind.Deadline,
                actor,
                now,
                new Sentence("Received {0}: {1} came earlier, and that counts", ReceivedAt, merged.Reference)
            );
        }

        var changed = new List<ChangedClock>();
        foreach (var clock in live)
        {
            var (ledger, due) = before[clock];
            var taken = TakeIfStricter(
                clock,
                merged.Clocks.Find(c => c.IsLive && c.Name == clock.Name && c.RegimeClock == clock.RegimeClock),
                now,
                book
            );
            if (taken || clock.StartedAt != ledger.StartedAt)
            {
                changed.Add(new ChangedClock(clock.Name, clock.RegimeClock, clock.Cycle, ledger, taken));
                Record(
                    EntryKind.Deadline,
                    actor,
                    now,
                    new Sentence("{0}: due {1} instead of {2}, because of {3}", clock.Name, clock.DueAt, due, merged.Reference)
                );
            }
        }

        Recount();
        return changed;
    }

    private static bool TakeIfStricter(DeadlineClock mine, DeadlineClock? other, DateTime now, DeadlineBook book)
    {
        if (other is null)
        {
            return false;
        }

        // Pauses of both: what was not counted there is over, and what is not counted here from now on goes on.
        var still = mine.State == ClockState.Paused ? mine.Ledger.Pauses.Where(p => p.To is null).Select(p => p with { From = now }) : [];
        var ledger = other.Ledger;
        ledger = ledger with { Pauses = [.. ledger.Pauses.Select(p => p.To is null ? p with { To = now } : p), .. still] };
        if (DeadlineClock.DueUnder(ledger, book, now) >= DeadlineClock.DueUnder(mine.Ledger, book, now))
        {
            return false;
        }

        mine.Take(ledger, book, now);
        return true;
    }

    private void GiveBack(BeforeMerger before, DateTime mergedAt, Actor actor, DateTime now, DeadlineBook book)
    {
        var corrected = ReceivedAt != before.ReceivedThen; // by a person, meanwhile: that stands
        foreach (var was in before.Changed)
        {
            if (Clocks.Find(c => c.Name == was.Name && c.RegimeClock == was.RegimeClock && c.Cycle == was.Cycle) is not { } clock)
            {
                continue; // it started again since
            }

            var due = clock.DueAt;
            var start = corrected && was.Ledger.StartedAt == before.Received ? ReceivedAt : was.Ledger.StartedAt;
            clock.Take(
                was.Taken
                    ? was.Ledger with
                    {
                        StartedAt = start,
                        Pauses = Since(was.Ledger.Pauses, clock.Ledger.Pauses, mergedAt),
                    }
                    : clock.Ledger with
                    {
                        StartedAt = start,
                    },
                book,
                now
            );
            if (clock.DueAt != due && clock.IsLive)
            {
                Record(
                    EntryKind.Deadline,
                    actor,
                    now,
                    new Sentence("{0}: due {1} instead of {2}, merging was undone", clock.Name, clock.DueAt, due)
                );
            }
        }

        ReceivedAt = corrected ? ReceivedAt : before.Received;
        Recount();
        if (IsOpen && before.Changed.Count > 0)
        {
            Tighten(actor, now, book); // another severity or tier came meanwhile
        }
    }

    private static List<KeptPause> Since(IReadOnlyList<KeptPause> old, IReadOnlyList<KeptPause> present, DateTime mergedAt)
    {
        var later = present.Where(p => p.From >= mergedAt).ToList();
        var goesOn = old.Any(p => p.To is null) ? later.Find(p => p.From == mergedAt) : null;
        return [.. old.Select(p => p.To is null ? p with { To = goesOn?.To } : p), .. later.Where(p => p != goesOn)];
    }
}
