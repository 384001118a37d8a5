using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Tests.Casework;

/// <summary>What the verbs do, without a database.</summary>
public sealed class VerbTests
{
    private static DateTime At(double minutes) => PureDesk.Start.AddMinutes(minutes);

    [Fact]
    public void All_three_at_once_count_as_settled_on_the_spot_until_a_reopening_within_14_days()
    {
        var complaint = PureDesk.Logged();
        foreach (var verb in new[] { Verb.Acknowledge, Verb.Apologize, Verb.Resolve })
        {
            PureDesk.Do(complaint, verb, PureDesk.Start);
        }

        Assert.True(complaint.OnTheSpot);
        complaint.Reopen(PureDesk.Agent, PureDesk.Start.AddDays(13), "Not solved", PureDesk.Book);
        Assert.False(complaint.OnTheSpot);
    }

    [Fact]
    public void A_reopening_after_14_days_leaves_it_settled_on_the_spot()
    {
        var complaint = PureDesk.Logged();
        foreach (var verb in new[] { Verb.Acknowledge, Verb.Apologize, Verb.Resolve })
        {
            PureDesk.Do(complaint, verb, PureDesk.Start);
        }

        complaint.Reopen(PureDesk.Agent, PureDesk.Start.AddDays(15), "Not solved", PureDesk.Book);
        Assert.True(complaint.OnTheSpot);
    }

    [Fact]
    public void Three_steps_over_an_hour_are_not_on_the_spot() => Assert.False(PureDesk.In(State.Resolved).OnTheSpot);

    [Fact]
    public void An_apology_owns_up_or_says_that_no_fault_was_found()
    {
        var complaint = PureDesk.In(State.Acknowledged);
        var refused = Assert.Throws<Refusal>(() => complaint.Apologize(PureDesk.Agent, At(5), new Apology(false, " "), PureDesk.Said));
        Assert.Equal("Shortfall", refused.Field);
        complaint.Apologize(PureDesk.Agent, At(5), new Apology(true, null), PureDesk.Said);
        Assert.Equal(State.Apologized, complaint.State);
    }

    [Fact]
    public void Steps_stop_their_own_clocks()
    {
        var complaint = PureDesk.In(State.Acknowledged);
        Assert.Equal(ClockState.Stopped, complaint.Clock(ClockName.Acknowledge).State);
        Assert.Equal(ClockState.Running, complaint.Clock(ClockName.Apologize).State);
        Assert.Equal(ClockName.Apologize, complaint.NextDueName);
        PureDesk.Do(complaint, Verb.Apologize, At(6));
        Assert.Equal(ClockState.Stopped, complaint.Clock(ClockName.Apologize).State);
        Assert.Equal(ClockName.Resolve, complaint.NextDueName);
    }

    [Fact]
    public void A_remedy_above_the_limit_waits_and_its_clock_runs_on()
    {
        var complaint = Waiting(1_000_00);
        Assert.True(complaint.AwaitingApproval);
        Assert.Equal(State.Apologized, complaint.State);
        Assert.Equal(ClockState.Running, complaint.Clock(ClockName.Resolve).State);
        Assert.Throws<Refusal>(() => complaint.Resolve(PureDesk.Agent, At(6), PureDesk.Free, PureDesk.Said, null, PureDesk.Book));
    }

    [Fact]
    public void Nobody_approves_their_own_request_nor_above_their_limit()
    {
        var own = Waiting(1_000_00, lead: true);
        Assert.Throws<Refusal>(() => own.Approve(PureDesk.Lead, At(6), long.MaxValue, PureDesk.Book));
        var complaint = Waiting(1_000_00);
        Assert.Throws<Refusal>(() => complaint.Approve(PureDesk.Agent, At(6), long.MaxValue, PureDesk.Book));
        Assert.Throws<Refusal>(() => complaint.Approve(PureDesk.Lead, At(6), 999_99, PureDesk.Book));
        Assert.Throws<Refusal>(() => complaint.Approve(PureDesk.Lead, At(6), null, PureDesk.Book));
        complaint.Approve(PureDesk.Lead, At(6), 1_000_00, PureDesk.Book);
        Assert.Equal(State.Resolved, complaint.State);
        Assert.Equal(new Money(1_000_00, "GBP"), complaint.RemedyAmount);
    }

    [Fact]
    public void A_declined_or_withdrawn_request_leaves_the_step_open()
    {
        var declined = Waiting(1_000_00);
        Assert.Throws<Refusal>(() => declined.Decline(PureDesk.Lead, At(6), ""));
        declined.Decline(PureDesk.Lead, At(6), "Half would do");
        Assert.False(declined.AwaitingApproval);
        declined.Resolve(PureDesk.Agent, At(7), PureDesk.Free, PureDesk.Said, null, PureDesk.Book);
        Assert.Equal(State.Resolved, declined.State);

        var withdrawn = Waiting(1_000_00);
        withdrawn.WithdrawRequest(PureDesk.Agent, At(6));
        Assert.False(withdrawn.AwaitingApproval);
        Assert.Throws<Refusal>(() => withdrawn.Approve(PureDesk.Lead, At(7), long.MaxValue, PureDesk.Book));
    }

    [Fact]
    public void A_step_taken_back_runs_its_clock_as_if_it_had_never_stopped()
    {
        var complaint = PureDesk.Logged();
        var due = complaint.Clock(ClockName.Acknowledge).DueAt;
        PureDesk.Do(complaint, Verb.Acknowledge, At(5));
        complaint.TakeBack(Verb.Acknowledge, PureDesk.Agent, At(6), new Sentence("{0}", "undone"), PureDesk.Book);
        var clock = complaint.Clock(ClockName.Acknowledge);
        Assert.Equal((ClockState.Running, due, 2), (clock.State, clock.DueAt, clock.Cycle));
        Assert.Equal(State.Received, complaint.State);
        Assert.Null(complaint.AcknowledgedAt);
        PureDesk.Do(complaint, Verb.Acknowledge, At(7));
    }

    [Fact]
    public void A_withdrawal_taken_back_puts_it_where_it_stood()
    {
        var complaint = PureDesk.In(State.Acknowledged);
        var due = complaint.Clock(ClockName.Resolve).DueAt;
        complaint.SetBeside(Verb.Withdraw, PureDesk.Agent, At(5), "The customer asked for it");
        Assert.Null(complaint.NextDueAt?.Kind is null ? null : complaint.Clocks.Find(c => c.Name != ClockName.Regime && c.IsLive));
        complaint.TakeBack(Verb.Withdraw, PureDesk.Agent, At(6), new Sentence("{0}", "undone"), PureDesk.Book);
        Assert.Equal(State.Acknowledged, complaint.State);
        Assert.True(complaint.IsOpen);
        Assert.Equal(ClockState.Stopped, complaint.Clock(ClockName.Acknowledge).State);
        Assert.Equal((ClockState.Running, due), (complaint.Clock(ClockName.Resolve).State, complaint.Clock(ClockName.Resolve).DueAt));
    }

    [Fact]
    public void Waiting_pauses_the_house_but_not_the_regulator_and_any_contact_resumes_it()
    {
        var complaint = PureDesk.In(State.Apologized);
        var due = complaint.Clock(ClockName.Resolve).DueAt;
        var regulator = complaint.Clock(ClockName.Regime).DueAt;
        complaint.WaitForCustomer(PureDesk.Agent, At(10), "the bank statement", PureDesk.Book);
        Assert.Equal(ClockState.Paused, complaint.Clock(ClockName.Resolve).State);
        Assert.Equal(ClockState.Running, complaint.Clock(ClockName.Regime).State);
        Assert.Throws<Refusal>(() => complaint.WaitForCustomer(PureDesk.Agent, At(11), "again", PureDesk.Book));
        complaint.HearFrom(Complaints.Staff.Actor.Customer, At(70), Channel.Email, "Here it is", PureDesk.Book);
        Assert.Null(complaint.WaitingSince);
        Assert.Equal(due.AddMinutes(60), complaint.Clock(ClockName.Resolve).DueAt);
        Assert.Equal(regulator, complaint.Clock(ClockName.Regime).DueAt);
        Assert.Equal(1, complaint.Clock(ClockName.Resolve).Cycle);
    }

    [Fact]
    public void A_change_of_severity_or_tier_may_only_tighten()
    {
        var complaint = PureDesk.Logged();
        var due = complaint.Clock(ClockName.Resolve).DueAt;
        complaint.ChangeSeverity(PureDesk.Agent, At(1), Severity.Critical, false, PureDesk.Book);
        var tighter = complaint.Clock(ClockName.Resolve).DueAt;
        Assert.True(tighter < due);
        complaint.ChangeSeverity(PureDesk.Agent, At(2), Severity.Low, false, PureDesk.Book);
        Assert.Equal(tighter, complaint.Clock(ClockName.Resolve).DueAt);
        complaint.ChangeTier(PureDesk.Agent, At(3), Tier.Lead, PureDesk.Book);
        Assert.Equal(tighter, complaint.Clock(ClockName.Resolve).DueAt);
        complaint.RaiseSeverity(At(4));
        Assert.Equal(tighter, complaint.Clock(ClockName.Resolve).DueAt);
    }

    [Fact]
    public void A_regulators_clock_stops_only_when_the_document_left_and_a_bounce_starts_it_again()
    {
        var complaint = PureDesk.In(State.Resolved);
        var clock = complaint.Clock(ClockName.Regime);
        Assert.Equal(ClockState.Running, clock.State);
        complaint.DocumentLeft(PureDesk.Agent, At(20), At(20), "final-response", new Sentence("{0}", "Final response"));
        Assert.Equal(ClockState.Stopped, clock.State);
        complaint.DocumentCameBack(At(30), "final-response", PureDesk.Book);
        Assert.Equal((ClockState.Running, 2), (clock.State, clock.Cycle));
    }

    [Fact]
    public void Reopening_starts_half_the_resolution_target_and_never_a_regulators_clock()
    {
        var complaint = PureDesk.In(State.Resolved);
        complaint.DocumentLeft(PureDesk.Agent, At(20), At(20), "final-response", new Sentence("{0}", "Final response"));
        complaint.Reopen(PureDesk.Agent, At(100), "Not solved", PureDesk.Book);
        var resolve = complaint.Clock(ClockName.Resolve);
        Assert.Equal((State.Apologized, 2, ClockState.Running), (complaint.State, complaint.Cycle, resolve.State));
        Assert.Equal(At(100).AddMinutes(1200), resolve.DueAt);
        Assert.Equal(ClockState.Stopped, complaint.Clock(ClockName.Regime).State);
        Assert.Equal(ClockState.Stopped, complaint.Clock(ClockName.Acknowledge).State);
        Assert.Contains(complaint.Causes, c => c.Trigger == Trigger.Reopened);
    }

    [Fact]
    public void A_second_reopening_is_its_own_cause()
    {
        var complaint = PureDesk.In(State.Resolved);
        complaint.Reopen(PureDesk.Agent, At(100), "Not solved", PureDesk.Book);
        PureDesk.Do(complaint, Verb.Resolve, At(110));
        complaint.Reopen(PureDesk.Agent, At(200), "Still not", PureDesk.Book);
        Assert.Contains(complaint.Causes, c => c.Trigger == Trigger.ReopenedAgain);
    }

    [Fact]
    public void A_corrected_time_of_receipt_recomputes_with_a_reason()
    {
        var complaint = PureDesk.Logged();
        var due = complaint.Clock(ClockName.Resolve).DueAt;
        Assert.Throws<Refusal>(() => complaint.CorrectReceipt(PureDesk.Agent, At(5), At(-60), "", PureDesk.Book));
        Assert.Throws<Refusal>(() => complaint.CorrectReceipt(PureDesk.Agent, At(5), At(1), "later", PureDesk.Book));
        complaint.CorrectReceipt(PureDesk.Agent, At(5), At(-60), "The letter has a stamp", PureDesk.Book);
        Assert.Equal(due.AddMinutes(-60), complaint.Clock(ClockName.Resolve).DueAt);
    }

    [Fact]
    public void Nobody_complained_about_may_hold_it()
    {
        var complaint = PureDesk.Logged();
        var refused = Assert.Throws<Refusal>(() =>
            complaint.Assign(
                PureDesk.Lead,
                At(1),
                new Complaints.Staff.StaffMember
                {
                    Name = "Gone",
                    Active = false,
                    Id = 7,
                }
            )
        );
        Assert.Equal("ownerId", refused.Field);
    }

    [Fact]
    public void A_megabyte_and_a_character_is_refused_with_a_way_out()
    {
        var complaint = PureDesk.Logged();
        complaint.Note(PureDesk.Agent, At(1), new string('x', 1_000_000));
        var refused = Assert.Throws<Refusal>(() => complaint.Note(PureDesk.Agent, At(1), new string('x', 1_000_001)));
        Assert.Contains("Attach it as a file", refused.Message);
    }

    private static Complaint Waiting(long minor, bool lead = false)
    {
        var complaint = PureDesk.In(State.Apologized);
        complaint.Resolve(
            lead ? PureDesk.Lead : PureDesk.Agent,
            At(5),
            PureDesk.Free with
            {
                Remedy = Remedy.Refund,
                Amount = new Money(minor, "GBP"),
            },
            PureDesk.Said,
            200_00,
            PureDesk.Book
        );
        return complaint;
    }
}
