using Complaints.Casework;
using Complaints.Customers;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Tests.Casework;

/// <summary>
/// Whatever happens to a complaint, in whatever order: the promise clock names the earliest thing we still owe, nothing ends
/// with a promise open, and the silence clock runs from the last word of a person and of nobody else.
/// </summary>
public sealed class PromiseProperties
{
    private const int Seeds = 1_000;

    [Fact]
    public void What_is_owed_next_is_known_and_nothing_ends_before_it_is_kept()
    {
        var ends = new HashSet<PromiseEnd>();
        var closed = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var complaint = PureDesk.In((State)random.Next(0, 5));
            var now = PureDesk.Start.AddHours(1);
            for (var step = 0; step < 40; step++)
            {
                now = now.AddMinutes(random.Next(1, 300));
                var wasOpen = complaint.Promises.Where(p => p.IsOpen).ToHashSet();
                var refused = Try(() => Act(complaint, random, now));
                Owed(complaint, now, seed);
                Assert.True(
                    !refused || wasOpen.SetEquals(complaint.Promises.Where(p => p.IsOpen)),
                    $"seed {seed}: a refused act changed a promise"
                );
            }

            ends.UnionWith(complaint.Promises.Select(p => p.End).OfType<PromiseEnd>());
            closed += complaint.State == State.Closed && complaint.Promises.Count > 0 ? 1 : 0;
        }

        Assert.Equal(Enum.GetValues<PromiseEnd>().Order(), ends.Order());
        Assert.True(closed > Seeds / 20, $"Only {closed} with promises were ever closed");
    }

    [Fact]
    public void Silence_is_counted_from_the_last_word_of_a_person()
    {
        var (ran, stood) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var complaint = PureDesk.Logged();
            var now = PureDesk.Start;
            DateTime? spoke = null;
            for (var step = 0; step < 40; step++)
            {
                now = now.AddMinutes(random.Next(1, 300));
                var before = complaint.TimelineCount;
                var word = false;
                Try(() => word = Act(complaint, random, now));
                spoke = word && complaint.TimelineCount > before ? now : spoke;
                Assert.True(spoke == complaint.LastPersonContactAt, $"seed {seed}: {complaint.LastPersonContactAt} instead of {spoke}");
                var moments = SilencePolicy.Of(complaint, PureDesk.Book, EscalationOptions.Seeded);
                var runs = complaint is { IsOpen: true, WaitingSince: null, State: < State.Resolved } && spoke is not null;
                Assert.True(runs == moments is not null, $"seed {seed}: silence runs in {complaint.State}: {moments is not null}");
                if (moments is not null)
                {
                    Assert.True(
                        moments.Since == spoke && moments.WarnAt > moments.Since && moments.RaiseAt > moments.WarnAt,
                        $"seed {seed}"
                    );
                    ran++;
                }
                else
                {
                    stood++;
                }
            }
        }

        Assert.True(ran > Seeds && stood > Seeds, $"It ran {ran} times and stood {stood} times");
    }

    private static void Owed(Complaint c, DateTime now, int seed)
    {
        var open = c.Promises.FindAll(p => p.IsOpen);
        Assert.True(c.PromiseDueAt == open.Min(p => (DateTime?)p.DueAt), $"seed {seed}: {c.PromiseDueAt} is not the earliest");
        Assert.True(c.IsOpen || open.Count == 0, $"seed {seed}: {c.State} with a promise open");
        Assert.True(c.ClosesAs is null || c.State != State.InFollowUp || open.Count > 0, $"seed {seed}: nothing holds it, and it is open");
        foreach (var promise in c.Promises)
        {
            Assert.True(promise.IsOpen == promise.End is null && promise.IsOpen == promise.Task.DoneAt is null, $"seed {seed}: half ended");
            Assert.True(promise.BrokenAt is null || promise.BrokenAt >= promise.DueAt, $"seed {seed}: broken before its time");
            Assert.True(promise.EndedAt is null || promise.EndedAt <= now, $"seed {seed}: ended in the future");
            Assert.True(promise.RemindAt < promise.DueAt && promise.RemindAt >= promise.MadeAt, $"seed {seed}: reminded at no useful time");
        }
    }

    /// <summary>True when a refusal came of it.</summary>
    private static bool Try(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (Refusal)
        {
            return true;
        }
    }

    /// <summary>Something anybody might do; true when a person spoke to the customer.</summary>
    private static bool Act(Complaint c, Random random, DateTime now)
    {
        var promise = c.Promises.Count == 0 ? null : c.Promises[random.Next(c.Promises.Count)];
        switch (random.Next(16))
        {
            case 0 or 1:
                c.MakePromise(PureDesk.Agent, now, "call", Channel.Phone, now.AddMinutes(random.Next(-60, 4_000)), 1, $"m{random.Next(3)}");
                return false;
            case 2 or 3 when promise is not null:
                c.KeepPromise(promise, PureDesk.Agent, now);
                return false;
            case 4 when promise is not null:
                c.MovePromise(promise, PureDesk.Agent, now, "write", now.AddMinutes(random.Next(-60, 4_000)), "They asked for it");
                return false;
            case 5 when promise is not null:
                c.ReleasePromise(promise, PureDesk.Agent, now, "Came by");
                return false;
            case 6:
                c.TakeBackPromises($"m{random.Next(3)}", Actor.System, now);
                return false;
            case 7:
                foreach (var late in c.Promises.Where(p => p.IsOpen && p.BrokenAt is null && p.DueAt <= now).ToList())
                {
                    c.BreakPromise(late, now); // as the sweep does
                }

                return false;
            case 8:
                c.SpeakTo(PureDesk.Agent, now, PureDesk.Said);
                return true;
            case 9:
                c.SpeakTo(Actor.System, now, PureDesk.Said); // a mail nobody wrote
                return false;
            case 10:
                c.HearFrom(Actor.Customer, now, Channel.Email, "Well?", PureDesk.Book);
                return false;
            case 11:
                c.Note(PureDesk.Agent, now, "Asked the kitchen");
                return false;
            case 12:
                c.WaitForCustomer(PureDesk.Agent, now, "the bill", PureDesk.Book);
                return false;
            case 13:
                c.CloseWhenKept(PureDesk.Agent, now, Outcome.Upheld, new Sentence("{0}", "Settled"));
                return false;
            case 14 when c.State == State.Closed:
                c.Reopen(PureDesk.Agent, now, "Not solved", PureDesk.Book);
                return false;
            default:
                Verb[] way = [Verb.Acknowledge, Verb.Apologize, Verb.Resolve, Verb.FollowUp];
                var next = (int)c.State < way.Length ? way[(int)c.State] : Verb.Withdraw;
                PureDesk.Do(c, next, now);
                return next is Verb.Acknowledge or Verb.Apologize or Verb.Resolve;
        }
    }
}
