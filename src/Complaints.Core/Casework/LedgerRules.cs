using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>What can be done with a granted remedy.</summary>
public enum LedgerAct
{
    [Words("Approve", "批准")]
    Approve = 0,

    [Words("Do not approve", "不批准")]
    Refuse = 1,

    [Words("Change the offer", "修改方案")]
    Change = 2,

    [Words("Accepted by the customer", "客户接受")]
    Accept = 3,

    [Words("Declined by the customer", "客户谢绝")]
    Decline = 4,

    [Words("Enter a payment", "登记付款")]
    Pay = 5,

    [Words("Reverse a payment", "冲销付款")]
    Reverse = 6,

    [Words("Delivered", "已交付")]
    Deliver = 7,

    [Words("The customer has it", "客户确认收到")]
    Confirm = 8,

    [Words("Cancel", "取消")]
    Cancel = 9,
}

/// <summary>What may be done with a remedy, by whom, and whose limit covers it. Pure; buttons and verbs ask here.</summary>
public static class LedgerRules
{
    /// <summary>True for remedies that stand in the ledger; the others cost nothing and are owed to nobody.</summary>
    public static bool Counts(Remedy remedy) => remedy is Remedy.Refund or Remedy.Replacement or Remedy.Compensation or Remedy.Goodwill;

    /// <summary>The right it takes; where is decided by the complaint.</summary>
    public static Right Needs(LedgerAct act) => act is LedgerAct.Approve or LedgerAct.Refuse ? Right.Lead : Right.Work;

    /// <summary>True when that can be done with it as it stands, by somebody.</summary>
    public static bool IsOpen(Grant grant, LedgerAct act) =>
        act switch
        {
            LedgerAct.Approve or LedgerAct.Refuse => grant.State == GrantState.Waiting,
            LedgerAct.Change => (grant.State == GrantState.Waiting && grant.Request is null) || grant.State == GrantState.Offered,
            LedgerAct.Accept or LedgerAct.Decline => grant.State == GrantState.Offered,
            LedgerAct.Pay => grant is { State: GrantState.Accepted, IsMoney: true },
            LedgerAct.Reverse => grant.PaidMinor > 0,
            LedgerAct.Deliver => grant is { State: GrantState.Accepted, IsMoney: false },
            LedgerAct.Confirm => grant.State == GrantState.Paid,
            _ => grant.IsOwed || (grant.State == GrantState.Waiting && grant.Request is null),
        };

    /// <summary>Why the actor may not do that with it; null when they may.</summary>
    public static Sentence? Against(Grant grant, LedgerAct act, Actor actor) =>
        !Rights.Has(actor, Needs(act))
            ? act is LedgerAct.Approve or LedgerAct.Refuse
                ? new Sentence("Approving remedies is for team leads and above.")
                : new Sentence("“{0}” is not open to you. Ask your team lead.", act)
            : !IsOpen(grant, act)
                ? Closed(grant, act)
                : act is LedgerAct.Approve or LedgerAct.Refuse && (!actor.IsStaff || grant.ShapedBy(actor.StaffId))
                    ? new Sentence("You asked for this remedy yourself; somebody else has to approve it.")
                    : null;

    /// <summary>
    /// What somebody granted on this complaint in that currency, alone or by approving, and what of it stands; minor units.
    /// A limit covers the sum: two halves are as much as the whole.
    /// </summary>
    public static long GrantedBy(long? staffId, string currency, IEnumerable<Grant> ledger, Grant? except = null) =>
        ledger.Where(g => g != except && g.Currency == currency && g.ApprovedById == staffId).Sum(g => g.StandingMinor);

    /// <summary>True when the limit covers the amount on top of what the person granted here before. No limit covers nothing.</summary>
    public static bool Covers(long? limit, long minor, long before) => limit is { } most && minor <= most - before;

    private static Sentence Closed(Grant grant, LedgerAct act) =>
        grant is { State: GrantState.Waiting, Request: not null }
            ? new Sentence("This remedy waits together with the resolution. Withdraw that request first.")
        : act == LedgerAct.Pay && grant.State == GrantState.Offered
            ? new Sentence("The customer has not accepted it yet. Enter the customer's answer first.")
        : new Sentence("“{0}” is not possible: this remedy is “{1}”.", act, grant.State);
}
