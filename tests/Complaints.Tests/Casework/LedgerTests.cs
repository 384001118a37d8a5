using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Tests.Casework;

/// <summary>The remedy ledger without a database: who may do what with which remedy, and what is owed.</summary>
public sealed class LedgerTests
{
    private static readonly DateOnly _day = new(2026, 11, 23);

    private static DateTime At(double minutes) => PureDesk.Start.AddMinutes(minutes);

    [Fact]
    public void Within_the_limit_a_remedy_is_offered_at_once_and_goes_all_the_way()
    {
        var complaint = PureDesk.In(State.Apologized);
        var grant = Offer(complaint, PureDesk.Agent, 120_00, 200_00);
        Assert.Equal((GrantState.Offered, true, 1L), (grant.State, grant.IsOwed, grant.ApprovedById));
        Assert.False(complaint.AwaitingApproval);
        Assert.Equal(complaint.PaymentDueAt, grant.DueAt);
        Refused("has not accepted it yet", () => Pay(complaint, grant, 1_00));
        complaint.AcceptOffer(grant, PureDesk.Agent, At(60 * 24), "Fine with her", PureDesk.Book);
        Assert.Equal(new DateTime(2026, 12, 5, 0, 0, 0, DateTimeKind.Utc), grant.DueAt); // ten days after the 24th, on a calendar that is always open
        Refused("120.00 GBP is left", () => Pay(complaint, grant, 120_01));
        Refused("120.00 GBP is left", () => Pay(complaint, grant, 0));
        Refused("in GBP", () => Pay(complaint, grant, 10_00, currency: "CNY"));
        Refused("in the future", () => Pay(complaint, grant, 10_00, day: _day.AddDays(2)));
        Refused("before the complaint", () => Pay(complaint, grant, 10_00, day: _day.AddDays(-1)));
        Pay(complaint, grant, 50_00);
        Assert.Equal((GrantState.Accepted, 70_00L), (grant.State, grant.Left!.Value.Minor));
        Refused("not possible", () => complaint.ConfirmPaid(grant, PureDesk.Agent, At(80), null));
        Pay(complaint, grant, 70_00);
        Assert.Equal((GrantState.Paid, false), (grant.State, grant.IsOwed));
        Assert.Null(complaint.PaymentDueAt);
        Refused("not possible", () => complaint.CancelGrant(grant, PureDesk.Agent, At(90), "Too late"));
        complaint.ConfirmPaid(grant, PureDesk.Agent, At(100), "She called");
        Assert.Equal(GrantState.Confirmed, grant.State);
        Assert.Equal((120_00L, "GBP"), (complaint.GrantedMinor, complaint.GrantedCurrency));
        Assert.Equal(5, complaint.Timeline.Count(e => e.Kind == EntryKind.Remedy)); // offered, accepted, paid twice, confirmed
    }

    [Fact]
    public void Above_the_limit_it_waits_for_somebody_else_whose_limit_covers_it()
    {
        var complaint = PureDesk.In(State.Apologized);
        var grant = Offer(complaint, PureDesk.Agent, 900_00, 200_00);
        Assert.Equal(GrantState.Waiting, grant.State);
        Assert.True(complaint.AwaitingApproval);
        Assert.Null(complaint.PaymentDueAt);
        Refused("team leads and above", () => complaint.ApproveOffer(grant, Somebody(9, Role.Agent), At(5), 10_000_00, PureDesk.Book));
        Refused("above your limit", () => complaint.ApproveOffer(grant, PureDesk.Lead, At(5), 899_99, PureDesk.Book));
        Refused("above your limit", () => complaint.ApproveOffer(grant, PureDesk.Lead, At(5), null, PureDesk.Book));
        complaint.ApproveOffer(grant, PureDesk.Lead, At(5), 900_00, PureDesk.Book);
        Assert.Equal((GrantState.Offered, 2L, false), (grant.State, grant.ApprovedById, complaint.AwaitingApproval));
        Refused("not possible", () => complaint.ApproveOffer(grant, PureDesk.OtherLead, At(6), 900_00, PureDesk.Book));
    }

    [Fact]
    public void Nobody_approves_what_they_offered_or_changed_in_whatever_order()
    {
        var complaint = PureDesk.In(State.Apologized);
        var grant = Offer(complaint, PureDesk.Lead, 3_000_00, 2_000_00);
        Refused("yourself", () => complaint.ApproveOffer(grant, PureDesk.Lead, At(5), 9_000_00, PureDesk.Book)); // a promoted lead
        complaint.ChangeOffer(grant, PureDesk.Agent, At(6), Remedy.Goodwill, Gbp(2_500_00), "He wants less", 200_00, PureDesk.Book);
        Refused("yourself", () => complaint.ApproveOffer(grant, PureDesk.Lead, At(7), 9_000_00, PureDesk.Book));
        complaint.ChangeOffer(grant, PureDesk.OtherLead, At(8), Remedy.Goodwill, Gbp(20_000_00), "Make it good", 10_000_00, PureDesk.Book);
        Refused("yourself", () => complaint.ApproveOffer(grant, PureDesk.OtherLead, At(9), 90_000_00, PureDesk.Book));
        Refused("yourself", () => complaint.RefuseOffer(grant, PureDesk.OtherLead, At(9), "No"));
        complaint.ApproveOffer(grant, Somebody(7, Role.Director), At(10), 90_000_00, PureDesk.Book);
        Assert.Equal(7L, grant.ApprovedById);
    }

    [Fact]
    public void Changing_an_approved_offer_asks_anew_and_halves_count_as_the_whole()
    {
        var complaint = PureDesk.In(State.Apologized);
        var first = Offer(complaint, PureDesk.Agent, 150_00, 200_00);
        var second = Offer(complaint, PureDesk.Agent, 60_00, 200_00);
        Assert.Equal((GrantState.Offered, GrantState.Waiting), (first.State, second.State));
        var other = complaint.Offer(PureDesk.Agent, At(3), Remedy.Goodwill, new Money(60_00, "CNY"), "Tea", 200_00, PureDesk.Book);
        Assert.Equal(GrantState.Offered, other.State); // another currency, another limit
        complaint.ApproveOffer(second, PureDesk.Lead, At(4), 2_000_00, PureDesk.Book);
        complaint.ChangeOffer(second, PureDesk.Agent, At(5), Remedy.Goodwill, Gbp(70_00), "A little more", 200_00, PureDesk.Book);
        Assert.Equal((GrantState.Waiting, (long?)null), (second.State, second.ApprovedById));
        complaint.CancelGrant(first, PureDesk.Agent, At(6), "She wants the other");
        complaint.ChangeOffer(second, PureDesk.Agent, At(7), Remedy.Goodwill, Gbp(71_00), "Round it", 200_00, PureDesk.Book);
        Assert.Equal((GrantState.Offered, 1L), (second.State, second.ApprovedById));
        Refused(
            "offered already",
            () => complaint.ChangeOffer(second, PureDesk.Agent, At(8), Remedy.Goodwill, Gbp(71_00), "Same", 200_00, PureDesk.Book)
        );
        Assert.Null(complaint.GrantedCurrency); // two currencies are never added up
    }

    [Fact]
    public void A_replacement_needs_no_limit_and_is_delivered()
    {
        var complaint = PureDesk.In(State.Apologized);
        Refused("amount of the Compensation", () => Offer(complaint, PureDesk.Agent, null, null, Remedy.Compensation));
        Refused("Choose a refund", () => Offer(complaint, PureDesk.Agent, null, null, Remedy.Explanation));
        var grant = Offer(complaint, PureDesk.Agent, null, null, Remedy.Replacement);
        Assert.Equal(GrantState.Offered, grant.State);
        complaint.AcceptOffer(grant, PureDesk.Agent, At(5), null, PureDesk.Book);
        Refused("not possible", () => Pay(complaint, grant, 1_00));
        complaint.Deliver(grant, PureDesk.Agent, At(6), "By courier");
        Assert.Equal((GrantState.Delivered, false), (grant.State, grant.IsOwed));
        Assert.Null(complaint.PaymentDueAt);
    }

    [Fact]
    public void A_wrong_payment_is_reversed_by_an_entry_of_its_own_and_owed_again()
    {
        var complaint = PureDesk.In(State.Apologized);
        var grant = Offer(complaint, PureDesk.Agent, 120_00, 200_00);
        complaint.AcceptOffer(grant, PureDesk.Agent, At(5), null, PureDesk.Book);
        var payment = Pay(complaint, grant, 120_00);
        complaint.ConfirmPaid(grant, PureDesk.Agent, At(30), null);
        Refused("what was wrong", () => complaint.Reverse(grant, payment, PureDesk.Agent, At(40), " ", PureDesk.Book));
        var late = At(60 * 24 * 30);
        var reversal = complaint.Reverse(grant, payment, PureDesk.Agent, late, "Another customer's", PureDesk.Book);
        Assert.Equal((-120_00L, payment), (reversal.Minor, reversal.Reverses));
        Assert.Equal((GrantState.Accepted, 0L, true), (grant.State, grant.PaidMinor, grant.IsOwed));
        Assert.True(grant.DueAt > late); // a slip put right at once raises no alarm
        Refused("not possible", () => complaint.Reverse(grant, payment, PureDesk.Agent, late, "Again", PureDesk.Book));
        Pay(complaint, grant, 20_00);
        Refused("reversed already", () => complaint.Reverse(grant, payment, PureDesk.Agent, late, "Again", PureDesk.Book));
        Refused("reversed already", () => complaint.Reverse(grant, reversal, PureDesk.Agent, late, "No", PureDesk.Book));
        Assert.Equal(3, grant.Payments.Count);
    }

    [Fact]
    public void Declined_refused_and_cancelled_remedies_are_owed_no_more_and_what_was_paid_stays()
    {
        var complaint = PureDesk.In(State.Apologized);
        var declined = Offer(complaint, PureDesk.Agent, 10_00, 200_00);
        Refused("what the customer said", () => complaint.DeclineOffer(declined, PureDesk.Agent, At(5), ""));
        complaint.DeclineOffer(declined, PureDesk.Agent, At(5), "Too little");
        var refused = Offer(complaint, PureDesk.Agent, 900_00, 200_00);
        Refused("Say why", () => complaint.RefuseOffer(refused, PureDesk.Lead, At(6), ""));
        complaint.RefuseOffer(refused, PureDesk.Lead, At(6), "Half would do");
        var part = Offer(complaint, PureDesk.Agent, 100_00, 200_00);
        complaint.AcceptOffer(part, PureDesk.Agent, At(7), null, PureDesk.Book);
        Pay(complaint, part, 30_00);
        Refused("Say why", () => complaint.CancelGrant(part, PureDesk.Agent, At(8), ""));
        complaint.CancelGrant(part, PureDesk.Agent, At(8), "Agreed on a voucher");
        Assert.Equal([GrantState.Declined, GrantState.Refused, GrantState.Cancelled], complaint.Grants.Select(g => g.State));
        Assert.Null(complaint.PaymentDueAt);
        Assert.Equal((30_00L, "GBP", false), (complaint.GrantedMinor, complaint.GrantedCurrency, complaint.AwaitingApproval));
        Assert.Equal(30_00, LedgerRules.GrantedBy(1, "GBP", complaint.Grants));
    }

    [Fact]
    public void The_auditor_and_whoever_is_complained_about_change_nothing()
    {
        var complaint = PureDesk.In(State.Apologized);
        var grant = Offer(complaint, PureDesk.Agent, 10_00, 200_00);
        var auditor = Somebody(8, Role.Auditor);
        Refused("those who work", () => Offer(complaint, auditor, 1_00, 200_00));
        Refused("not open to you", () => complaint.AcceptOffer(grant, auditor, At(5), null, PureDesk.Book));

        var about = Complaint.Log(
            new LogFacts
            {
                Customer = new Customer { Name = "Grace Okafor" },
                Channel = Channel.Phone,
                ReceivedAt = PureDesk.Start,
                WhatHappened = "Max shouted at me",
                UnitId = 1,
                ComplainedAboutId = PureDesk.OtherLead.StaffId,
            },
            "C-26-00002-5",
            PureDesk.Agent,
            PureDesk.Start,
            PureDesk.Book
        );
        var waiting = Offer(about, PureDesk.Agent, 900_00, 200_00);
        Refused("about you", () => about.ApproveOffer(waiting, PureDesk.OtherLead, At(8), 9_000_00, PureDesk.Book));
        Refused("about you", () => about.RefuseOffer(waiting, PureDesk.OtherLead, At(8), "No"));
        Refused("about you", () => Offer(about, PureDesk.OtherLead, 1_00, 200_00));
    }

    [Fact]
    public void The_remedy_of_a_resolution_enters_by_itself_and_goes_when_the_resolution_is_taken_back()
    {
        var complaint = PureDesk.In(State.Apologized);
        complaint.Resolve(PureDesk.Agent, At(5), Refund(150_00, agreed: true), PureDesk.Said, 200_00, PureDesk.Book);
        var grant = Assert.Single(complaint.Grants);
        Assert.Equal((GrantState.Accepted, 150_00L), (grant.State, grant.Minor));
        complaint.TakeBack(Verb.Resolve, PureDesk.Agent, At(6), new Sentence("{0}", "undone"), PureDesk.Book);
        Assert.Equal(GrantState.Cancelled, grant.State);
        complaint.Resolve(PureDesk.Agent, At(7), Refund(150_00, agreed: null), PureDesk.Said, 200_00, PureDesk.Book);
        Assert.Equal(GrantState.Offered, complaint.Grants[1].State);
        var free = PureDesk.In(State.Resolved);
        Assert.Empty(free.Grants); // an explanation costs nothing
    }

    [Fact]
    public void A_resolution_above_the_limit_takes_its_remedy_through_the_same_approval()
    {
        var complaint = PureDesk.In(State.Apologized);
        complaint.Resolve(PureDesk.Agent, At(5), Refund(900_00, agreed: true), PureDesk.Said, 200_00, PureDesk.Book);
        var grant = Assert.Single(complaint.Grants);
        Refused("together with the resolution", () => complaint.ApproveOffer(grant, PureDesk.Lead, At(6), 9_000_00, PureDesk.Book));
        Refused("together with the resolution", () => complaint.CancelGrant(grant, PureDesk.Agent, At(6), "No"));
        complaint.Approve(PureDesk.Lead, At(6), 900_00, PureDesk.Book);
        Assert.Equal((State.Resolved, GrantState.Accepted, 2L), (complaint.State, grant.State, grant.ApprovedById));

        var declined = PureDesk.In(State.Apologized);
        declined.Resolve(PureDesk.Agent, At(5), Refund(900_00, agreed: true), PureDesk.Said, 200_00, PureDesk.Book);
        declined.Decline(PureDesk.Lead, At(6), "Half would do");
        Assert.Equal(GrantState.Refused, declined.Grants[0].State);
        declined.Resolve(PureDesk.Agent, At(7), Refund(900_00, agreed: true), PureDesk.Said, 200_00, PureDesk.Book);
        declined.WithdrawRequest(PureDesk.Agent, At(8));
        Assert.Equal((GrantState.Cancelled, false), (declined.Grants[1].State, declined.AwaitingApproval));
        declined.Resolve(PureDesk.Agent, At(9), Refund(900_00, agreed: true), PureDesk.Said, 200_00, PureDesk.Book);
        declined.SetBeside(Verb.Withdraw, PureDesk.Agent, At(10), "She withdrew");
        Assert.Equal((GrantState.Cancelled, false), (declined.Grants[2].State, declined.AwaitingApproval));
        Assert.All(declined.Approvals, a => Assert.NotNull(a.DecidedAt));
    }

    [Fact]
    public void An_offer_that_waits_by_itself_does_not_hold_up_the_resolution()
    {
        var complaint = PureDesk.In(State.Apologized);
        Offer(complaint, PureDesk.Agent, 900_00, 200_00);
        complaint.Resolve(PureDesk.Agent, At(5), PureDesk.Free, PureDesk.Said, null, PureDesk.Book);
        Assert.Equal((State.Resolved, true), (complaint.State, complaint.AwaitingApproval));
    }

    [Fact]
    public void Closing_over_unpaid_money_says_so_and_it_stays_owed()
    {
        var complaint = PureDesk.In(State.Apologized);
        complaint.Resolve(PureDesk.Agent, At(5), Refund(150_00, agreed: true), PureDesk.Said, 200_00, PureDesk.Book);
        PureDesk.Do(complaint, Verb.FollowUp, At(6));
        PureDesk.Do(complaint, Verb.Close, At(7));
        Assert.Contains("still owed", complaint.Timeline[^1].Content!.Body.Say, StringComparison.Ordinal);
        Assert.NotNull(complaint.PaymentDueAt);
        Assert.Equal(GrantState.Offered, Offer(complaint, PureDesk.Agent, 10_00, 200_00, Remedy.Goodwill).State); // goodwill after the end
        var away = PureDesk.In(State.Withdrawn);
        Refused("nothing can be offered", () => Offer(away, PureDesk.Agent, 10_00, 200_00));
    }

    [Theory]
    [InlineData("1,2,3,4", null)]
    [InlineData("5,1,3,2,4", "2,3,4")]
    [InlineData("10,20,30,40,50,60", "23,35,48")] // 22.5 and 47.5, rounded up
    [InlineData("7,7,7,7,7,7,7", "7,7,7")]
    public void Quartiles_are_shown_from_five_on(string amounts, string? expected)
    {
        var found = Quartiles.Of(amounts.Split(',').Select(a => long.Parse(a, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(expected, found is null ? null : $"{found.Lower},{found.Median},{found.Upper}");
    }

    internal static Actor Somebody(long id, Role role, Seat seat = Seat.Senior) =>
        new(id, role.ToString(), role, seat, 1, "/1/", new Reader(Tongue.English, TimeZoneInfo.Utc));

    private static Money Gbp(long minor) => new(minor, "GBP");

    private static Resolution Refund(long minor, bool? agreed) =>
        new("The charge goes back", Remedy.Refund, Gbp(minor), 1, null, agreed, Outcome.Upheld);

    private static Grant Offer(Complaint complaint, Actor actor, long? minor, long? limit, Remedy remedy = Remedy.Goodwill) =>
        complaint.Offer(actor, At(3), remedy, minor is { } m ? Gbp(m) : null, "For the trouble", limit, PureDesk.Book);

    private static Payment Pay(Complaint complaint, Grant grant, long minor, string currency = "GBP", DateOnly? day = null) =>
        complaint.Pay(grant, PureDesk.Agent, At(60), new Money(minor, currency), day ?? _day, PayWay.BankTransfer, "FP-1", PureDesk.Book);

    private static void Refused(string because, Action act)
    {
        var refused = Assert.Throws<Refusal>(act);
        Assert.Contains(because, Tongue.Say(Tongue.English, refused.Sentence), StringComparison.Ordinal);
    }
}
