using Complaints.Language;
using Complaints.Time;

namespace Complaints.Deadlines;

/// <summary>
/// One clock of one complaint: a target that started at some moment on some calendar, its pauses, and when it is due.
/// The segments are the ledger: every due date is recomputed from them and never counted along.
/// </summary>
public sealed class DeadlineClock
{
    public long Id { get; private set; }

    /// <summary>The complaint.</summary>
    public long ComplaintId { get; private set; }

    /// <summary>What it measures.</summary>
    public required ClockName Name { get; init; }

    /// <summary>For a regulator's clock <c>regime/clock</c>, such as <c>fca-disp/final</c>; otherwise empty.</summary>
    public string RegimeClock { get; init; } = "";

    /// <summary>Rises only when this clock starts again (reopening, take-back); never on a pause or a moved due date.</summary>
    public int Cycle { get; private set; } = 1;

    /// <summary>The calendar it runs on.</summary>
    public long CalendarId { get; set; }

    /// <summary>Amount of the target, in <see cref="Unit"/>.</summary>
    public decimal Amount { get; set; }

    /// <summary>Unit of the target.</summary>
    public TargetUnit Unit { get; set; }

    /// <summary>A date typed in from an authority's notice, UTC; it then stands instead of the computed one.</summary>
    public DateTime? DateFromNotice { get; set; }

    /// <summary>True when the clock binds the authority and not the firm: shown, never escalated.</summary>
    public bool BindsAuthority { get; init; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; private set; }

    /// <summary>UTC; while paused, what it would be if the pause ended when last computed.</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public ClockState State { get; private set; }

    /// <summary>UTC time the step was done; null until then.</summary>
    public DateTime? StoppedAt { get; private set; }

    /// <summary>The rule that set the target, as a kept sentence.</summary>
    public string Why { get; set; } = "";

    /// <summary>Pauses, the ledger of what was not counted; oldest first.</summary>
    public List<ClockPause> Pauses { get; init; } = [];

    /// <summary>The target.</summary>
    public Target Target => new(Amount, Unit);

    /// <summary>True while running or paused.</summary>
    public bool IsLive => State is ClockState.Running or ClockState.Paused;

    /// <summary>True when the due time is past at <paramref name="now"/> (open clocks), or was past when stopped.</summary>
    public bool IsLate(DateTime now) => State == ClockState.Running ? now > DueAt : StoppedAt is { } stopped && stopped > DueAt;

    /// <summary>Starts a clock.</summary>
    public static DeadlineClock Start(
        ClockName name,
        Target target,
        long calendarId,
        DateTime at,
        DeadlineBook book,
        Sentence why,
        string regimeClock = "",
        bool bindsAuthority = false
    )
    {
        var clock = new DeadlineClock
        {
            Name = name,
            RegimeClock = regimeClock,
            CalendarId = calendarId,
            Amount = target.Amount,
            Unit = target.Unit,
            Why = KeptSentence.Write(why),
            BindsAuthority = bindsAuthority,
            StartedAt = at,
        };
        clock.Recompute(book, at);
        return clock;
    }

    /// <summary>The step is done. Stopping a stopped clock changes nothing.</summary>
    public void Stop(DateTime now)
    {
        if (!IsLive)
        {
            return;
        }

        EndPause(now);
        (State, StoppedAt) = (ClockState.Stopped, now);
    }

    /// <summary>It ends without the step being done: withdrawn, duplicate, referred, closed.</summary>
    public void Cancel(DateTime now)
    {
        if (IsLive)
        {
            EndPause(now);
            (State, StoppedAt) = (ClockState.Cancelled, now);
        }
    }

    /// <summary>Stops counting from <paramref name="now"/> on, for <paramref name="why"/>.</summary>
    public void Pause(DateTime now, Sentence why, long? byStaffId)
    {
        if (State == ClockState.Running)
        {
            Pauses.Add(
                new ClockPause
                {
                    From = now,
                    Why = KeptSentence.Write(why),
                    ByStaffId = byStaffId,
                }
            );
            State = ClockState.Paused;
        }
    }

    /// <summary>Counts again from <paramref name="now"/> on.</summary>
    public void Resume(DateTime now, DeadlineBook book)
    {
        if (State == ClockState.Paused)
        {
            EndPause(now);
            State = ClockState.Running;
            Recompute(book, now);
        }
    }

    /// <summary>It was ended by mistake: it stands as it stood, in a new cycle so that what is late is raised anew.</summary>
    /// <param name="paused">It was paused when it was cancelled; that pause goes on.</param>
    public void Revive(bool paused)
    {
        if (State != ClockState.Cancelled)
        {
            return;
        }

        if (paused && Pauses.MaxBy(p => p.From) is { } pause)
        {
            pause.To = null;
        }

        (State, StoppedAt) = (paused ? ClockState.Paused : ClockState.Running, null);
        Cycle++;
    }

    /// <summary>Everything its due time is computed from.</summary>
    public ClockLedger Ledger =>
        new(
            CalendarId,
            Amount,
            Unit,
            StartedAt,
            DateFromNotice,
            Why,
            [.. Pauses.OrderBy(p => p.From).Select(p => new KeptPause(p.From, p.To, p.Why, p.ByStaffId))]
        );

    /// <summary>What it would be due by another ledger, without changing anything.</summary>
    public static DateTime DueUnder(ClockLedger ledger, DeadlineBook book, DateTime now) =>
        ledger.DateFromNotice ?? Run(ledger, book, now).Due;

    /// <summary>Counts by another ledger from now on; whether it runs, is paused or has stopped stays, and so does the cycle.</summary>
    public void Take(ClockLedger ledger, DeadlineBook book, DateTime now)
    {
        (CalendarId, Amount, Unit, StartedAt) = (ledger.CalendarId, ledger.Amount, ledger.Unit, ledger.StartedAt);
        (DateFromNotice, Why) = (ledger.DateFromNotice, ledger.Why);
        if (!Ledger.Pauses.SequenceEqual(ledger.Pauses))
        {
            Pauses.Clear();
            Pauses.AddRange(
                ledger.Pauses.Select(p => new ClockPause
                {
                    From = p.From,
                    To = p.To,
                    Why = p.Why,
                    ByStaffId = p.ByStaffId,
                })
            );
        }

        Recompute(book, now);
    }

    private static ClockRun Run(ClockLedger ledger, DeadlineBook book, DateTime now) =>
        new(
            book.Calendar(ledger.CalendarId),
            new Target(ledger.Amount, ledger.Unit),
            ledger.StartedAt,
            ledger.Pauses.Select(p => new Pause(p.From, p.To, p.Why)),
            now
        );

    /// <summary>The step was taken back: the clock runs as if it had never stopped, in a new cycle.</summary>
    public void TakeBack(DeadlineBook book, DateTime now)
    {
        if (State is ClockState.Stopped or ClockState.Cancelled)
        {
            (State, StoppedAt) = (ClockState.Running, null);
            Cycle++;
            Recompute(book, now);
        }
    }

    /// <summary>Starts again from <paramref name="at"/> with another target, in a new cycle (reopening).</summary>
    public void Restart(Target target, DateTime at, DeadlineBook book, Sentence why)
    {
        (Amount, Unit, StartedAt, StoppedAt, State) = (target.Amount, target.Unit, at, null, ClockState.Running);
        Pauses.Clear();
        Why = KeptSentence.Write(why);
        Cycle++;
        Recompute(book, at);
    }

    /// <summary>Moves the start (a corrected time of receipt) and recomputes; the cycle stays.</summary>
    public void MoveStart(DateTime at, DeadlineBook book, DateTime now)
    {
        StartedAt = at;
        Recompute(book, now);
    }

    /// <summary>Changes the target of the running clock and recomputes; the cycle stays.</summary>
    public void Retarget(Target target, DeadlineBook book, DateTime now, Sentence why)
    {
        (Amount, Unit) = (target.Amount, target.Unit);
        Why = KeptSentence.Write(why);
        Recompute(book, now);
    }

    /// <summary>What it would be due under another target, without changing anything.</summary>
    public DateTime DueUnder(Target target, DeadlineBook book, DateTime now) => DateFromNotice ?? Run(target, book, now).Due;

    /// <summary>The arithmetic of this clock, for explaining it and for moments of use.</summary>
    public ClockRun Run(DeadlineBook book, DateTime now) => Run(Target, book, now);

    private ClockRun Run(Target target, DeadlineBook book, DateTime now) =>
        new(book.Calendar(CalendarId), target, StartedAt, Pauses.Select(p => new Pause(p.From, p.To, p.Why)), now);

    private void Recompute(DeadlineBook book, DateTime now) => DueAt = DateFromNotice ?? Run(book, now).Due;

    private void EndPause(DateTime now)
    {
        foreach (var pause in Pauses.Where(p => p.To is null))
        {
            pause.To = now;
        }
    }
}

/// <summary>A span in which a clock did not count.</summary>
public sealed class ClockPause
{
    public long Id { get; private set; }

    /// <summary>The clock.</summary>
    public long ClockId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime From { get; init; }

    /// <summary>UTC; null while it lasts.</summary>
    public DateTime? To { get; set; }

    /// <summary>Kept sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Who paused it; null for the system.</summary>
    public long? ByStaffId { get; init; }
}
