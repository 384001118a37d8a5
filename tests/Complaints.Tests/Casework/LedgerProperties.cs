using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Tests.Casework;

/// <summary>Whatever random people try with a ledger, in whatever order: its sums agree, limits hold, and there are four eyes.</summary>
public sealed class LedgerProperties
{
    private static readonly Actor[] _people =
    [
        LedgerTests.Somebody(1, Role.Agent, Seat.Junior),
        LedgerTests.Somebody(2, Role.Agent),
        LedgerTests.Somebody(3, Role.TeamLead),
        LedgerTests.Somebody(4, Role.TeamLead),
        LedgerTests.Somebody(5, Role.Manager),
        LedgerTests.Somebody(6, Role.Auditor),
        Actor.Customer,
    ];

    private static readonly string[] _currencies = ["GBP", "CNY"];

    [Fact]
    public void Sums_agree_limits_hold_and_nobody_approves_their_own()
    {
        var seen = new HashSet<GrantState>();
        var acts = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var complaint = PureDesk.In(State.Apologized);
            var now = PureDesk.Start.AddHours(1);
            for (var step = 0; step < 40; step++)
            {
                now = now.AddMinutes(random.Next(1, 600));
                var before = Written(complaint);
                var entries = complaint.TimelineCount;
                var actor = _people[random.Next(_people.Length)];
                try
                {
                    Act(complaint, actor, random, now);
                    acts++;
                    Assert.True(complaint.TimelineCount > entries, $"seed {seed}: an act left no entry");
                    Assert.True(actor.Role is not null and not Role.Auditor, $"seed {seed}: {actor.Name} changed the ledger");
                }
                catch (Refusal)
                {
                    Assert.True(before == Written(complaint), $"seed {seed}: a refused act changed the ledger");
                }

                Holds(complaint, seed);
                seen.UnionWith(complaint.Grants.Select(g => g.State));
            }
        }

        Assert.True(acts > 4_000, $"Only {acts} acts went through");
        Assert.Equal(Enum.GetValues<GrantState>().Order(), seen.Order()); // the random people reached every state
    }

    private static void Act(Complaint c, Actor actor, Random random, DateTime now)
    {
        var grant = c.Grants.Count == 0 || random.Next(8) == 0 ? null : c.Grants[random.Next(c.Grants.Count)];
        var limit = LimitOf(actor);
        var amount = random.Next(5) == 0 ? (Money?)null : new Money(random.Next(0, 4_000) * 50L, _currencies[random.Next(2)]);
        if (grant is null)
        {
            if (actor.Role is not null && random.Next(4) == 0)
            {
                var resolution = new Resolution("Put right", Remedy.Refund, amount, 1, null, random.Next(2) == 0, Outcome.Upheld);
                c.Resolve(actor, now, resolution, PureDesk.Said, limit, PureDesk.Book);
                return;
            }

            c.Offer(actor, now, (Remedy)random.Next(6), amount, "Because", limit, PureDesk.Book);
            return;
        }

        switch (random.Next(14))
        {
            case 0:
                c.ChangeOffer(grant, actor, now, (Remedy)random.Next(6), amount, "Better", limit, PureDesk.Book);
                break;
            case 1 or 2 when grant.Request is { DecidedAt: null }:
                c.Approve(actor, now, limit, PureDesk.Book);
                break;
            case 1 or 2:
                c.ApproveOffer(grant, actor, now, limit, PureDesk.Book);
                break;
            case 3 when random.Next(3) == 0:
                c.RefuseOffer(grant, actor, now, "No");
                break;
            case 4 or 5:
                c.AcceptOffer(grant, actor, now, null, PureDesk.Book);
                break;
            case 6 when random.Next(3) == 0:
                c.DeclineOffer(grant, actor, now, "No");
                break;
            case 7 or 8 or 9:
                var minor = random.Next(3) == 0 ? grant.Left?.Minor ?? 1 : random.Next(1, 100_000);
                var day = DateOnly.FromDateTime(now).AddDays(random.Next(-3, 2));
                c.Pay(grant, actor, now, new Money(minor, grant.Currency ?? "GBP"), day, (PayWay)random.Next(7), null, PureDesk.Book);
                break;
            case 10 when grant.Payments.Count > 0:
                c.Reverse(grant, grant.Payments[random.Next(grant.Payments.Count)], actor, now, "Slip", PureDesk.Book);
                break;
            case 11:
                c.Deliver(grant, actor, now, null);
                break;
            case 12:
                c.ConfirmPaid(grant, actor, now, null);
                break;
            default:
                if (random.Next(4) > 0)
                {
                    throw new Refusal("Not today."); // or everything would soon be cancelled
                }

                c.CancelGrant(grant, actor, now, "Changed our minds");
                break;
        }
    }

    private static void Holds(Complaint c, int seed)
    {
        foreach (var g in c.Grants)
        {
            var of = $"seed {seed}, {g.State}";
            Assert.True(g.PaidMinor == g.Payments.Sum(p => p.Minor), $"{of}: the sum of the payments");
            Assert.True(g.PaidMinor >= 0 && g.PaidMinor <= (g.Minor ?? 0), $"{of}: paid {g.PaidMinor} of {g.Minor}");
            Assert.True(g.Payments.All(p => p.Currency == g.Currency), $"{of}: currency");
            Assert.True(
                (g.State is GrantState.Paid or GrantState.Confirmed) == (g.IsMoney && g.PaidMinor == g.Minor),
                $"{of}: paid in full"
            );
            Assert.True(g.IsOwed == g.State is GrantState.Offered or GrantState.Accepted, $"{of}: owed");
            Assert.True(!g.IsOwed || g.DueAt is not null, $"{of}: due");
            Assert.True(
                g.Payments.Where(p => p.Reverses is not null).Select(p => p.Reverses).Distinct().Count()
                    == g.Payments.Count(p => p.Minor < 0),
                $"{of}: reversals"
            );
            var stands = g.IsOwed || g.State is GrantState.Paid or GrantState.Confirmed || g.PaidMinor > 0;
            if (g.IsMoney && stands)
            {
                // Approved by their own limit, or by somebody who never touched the offer.
                var approver = _people.Single(p => p.StaffId == g.ApprovedById);
                Assert.True(
                    g.Minor <= LimitOf(approver) || g.PaidMinor <= LimitOf(approver),
                    $"{of}: {g.Minor} above the limit of {approver.Name}"
                );
            }
        }

        foreach (var person in _people.Where(p => p.IsStaff))
        {
            foreach (var currency in _currencies)
            {
                var granted = LedgerRules.GrantedBy(person.StaffId, currency, c.Grants);
                Assert.True(granted <= (LimitOf(person) ?? 0), $"seed {seed}: {person.Name} granted {granted} {currency}");
            }
        }

        Assert.Equal(c.Grants.Exists(g => g.State == GrantState.Waiting), c.AwaitingApproval);
        Assert.Equal(c.Grants.Where(g => g.IsOwed).Min(g => g.DueAt), c.PaymentDueAt);
        Assert.Equal(c.Grants.Count, c.GrantCount);
        if (c.GrantedMinor is { } total)
        {
            Assert.Equal(total, c.Grants.Sum(g => g.StandingMinor));
        }
    }

    private static string Written(Complaint c) =>
        string.Join(
            ';',
            c.Grants.Select(g =>
                $"{g.Remedy} {g.Minor} {g.Currency} {g.State} {g.PaidMinor} {g.DueAt:O} {g.ApprovedById} {g.Shapers} {g.Payments.Count}"
            )
        ) + $" {c.State} {c.TimelineCount}";

    private static long? LimitOf(Actor actor) =>
        actor switch
        {
            { Role: Role.Agent, Seat: Seat.Junior } => 100_00,
            { Role: Role.Agent } => 500_00,
            { Role: Role.TeamLead } => 1_000_00,
            { Role: Role.Manager } => 1_800_00,
            _ => null,
        };
}
