using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.FollowUp;

/// <summary>What came of a call that brought no answer.</summary>
public enum CallResult
{
    [Words("Not reached", "未接通")]
    NotReached = 0,

    [Words("Reached, asked to be called again", "已接通，约定再次致电")]
    CallAgain = 1,

    [Words("Reached, does not want to answer", "已接通，客户不愿评价")]
    Declined = 2,
}

/// <summary>Calls of the follow-up, and the work of winning a customer back.</summary>
public sealed class Calls(ComplaintsDb db)
{
    /// <summary>Records an attempt without an answer. After the last one the complaint closes as "no answer"; the caller saves.</summary>
    /// <param name="plan">As loaded by <see cref="Answers.FindAsync"/>.</param>
    /// <param name="by">Who called.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="note">What was said; may be empty.</param>
    /// <param name="again">UTC of the next attempt; null for the usual pause.</param>
    /// <param name="now">UTC.</param>
    /// <param name="book">Calendars.</param>
    /// <exception cref="Refusal">No call is due, or the next one lies in the past.</exception>
    public async Task AttemptAsync(
        PlannedFollowUp plan,
        Actor by,
        CallResult result,
        string? note,
        DateTime? again,
        DateTime now,
        DeadlineBook book
    )
    {
        var complaint = plan.Complaint!;
        if (plan.State is not (FollowUpState.CallDue or FollowUpState.InWords))
        {
            throw new Refusal("No call is due here any more; somebody else may have dealt with it.");
        }

        if (again <= now)
        {
            throw new Refusal(new Sentence("The next call cannot lie in the past."), nameof(again));
        }

        var options = await FollowUpOptions.ReadAsync(db);
        plan.Attempts++;
        complaint.Record(
            EntryKind.FollowUpAttempt,
            by,
            now,
            new Sentence("Call {0} of {1}: {2}", plan.Attempts, options.CallAttempts, result),
            string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            Channel.Phone
        );
        await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.FollowUpCall, now, new Sentence("{0}", result));
        await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.ReadAnswer, now, new Sentence("{0}", result));
        foreach (var task in complaint.Tasks.Where(t => t.DoneAt == now))
        {
            task.DoneById = by.StaffId;
        }

        complaint.StopCallClock(now);
        // An appointment the customer asked for is kept even when it is beyond the usual number of attempts.
        if (result == CallResult.Declined || (plan.Attempts >= options.CallAttempts && result != CallResult.CallAgain))
        {
            var why =
                result == CallResult.Declined
                    ? new Sentence("The customer did not want to answer")
                    : new Sentence("No answer to the follow-up");
            FollowUpDuty.Close(complaint, plan, FollowUpState.NoAnswer, why, now, by);
            return;
        }

        if (result == CallResult.CallAgain && plan.Attempts >= options.CallAttempts)
        {
            plan.Attempts = options.CallAttempts - 1;
        }

        var zone = FollowUpDuty.ZoneOf(complaint, book);
        FollowUpDuty.AskForCall(
            complaint,
            plan,
            now,
            book,
            zone,
            options,
            new Sentence("Call again: {0}", result),
            again ?? FollowUpPlan.DaysLater(now, options.DaysBetweenCalls, zone, options)
        );
    }

    /// <summary>The unhappy customer was called on: ends the task and closes the complaint. The caller saves.</summary>
    /// <param name="complaint">With clocks and tasks.</param>
    /// <param name="task">The recovery task.</param>
    /// <param name="by">Who did it; never who had resolved the complaint.</param>
    /// <param name="words">What was said or given. Required.</param>
    /// <param name="now">UTC.</param>
    public static void Recovered(Complaint complaint, DeskTask task, Actor by, string? words, DateTime now)
    {
        if (task.DoneAt is not null || task.Kind != TaskKind.Recovery)
        {
            throw new Refusal("Somebody else has done this already.");
        }

        if (by.StaffId == complaint.ResolvedById)
        {
            throw new Refusal("You resolved this complaint; somebody else gets in touch with the customer.");
        }

        complaint.SpeakTo(by, now, new Statement(Channel.Phone, words ?? ""));
        (task.DoneAt, task.DoneById, task.Result) = (now, by.StaffId, KeptSentence.Write(new Sentence(words!.Trim())));
        if (complaint.State == State.InFollowUp)
        {
            complaint.CloseWhenKept(by, now, complaint.Outcome ?? Outcome.Upheld, new Sentence("Solved, and the customer was called on"));
        }
    }
}
