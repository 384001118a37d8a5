using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Complaints.Tests.Deadlines;

/// <summary>Whatever happens to a complaint, its due dates can be recomputed from the ledger; and who may move them which way.</summary>
public sealed class DeadlineProperties
{
    private static readonly DateTime _start = new(2026, 3, 2, 9, 17, 0, DateTimeKind.Utc);

    private static readonly Actor _jun = new(1, "Jun", Role.TeamLead, Seat.Senior, 1, "/1/", new Reader(Tongue.English, TimeZoneInfo.Utc));

    [Fact]
    public void Due_follows_from_the_ledger_after_any_pauses_take_backs_and_reopenings() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Lives(seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Tightening_never_loosens() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    var book = Book(random);
                    var complaint = Logged(book, random);
                    var now = _start;
                    for (var i = 0; i < 8; i++)
                    {
                        now = now.AddMinutes(random.Next(1, 2000));
                        var before = complaint.Clocks.ToDictionary(c => c.Name, c => c.DueAt);
                        if (random.Next(2) == 0)
                        {
                            complaint.ChangeSeverity(_jun, now, (Severity)random.Next(4), random.Next(2) == 0, book);
                        }
                        else
                        {
                            complaint.ChangeTier(_jun, now, (Tier)random.Next(4), book);
                        }

                        if (complaint.Clocks.Exists(c => c.DueAt > before[c.Name] || c.Cycle != 1))
                        {
                            return false;
                        }
                    }

                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Lives(int seed)
    {
        var random = new Random(seed);
        var book = Book(random);
        var complaint = Logged(book, random);
        var (now, restarts) = (_start, new Dictionary<ClockName, int>());
        void Restarted(params ClockName[] names)
        {
            foreach (var name in names)
            {
                restarts[name] = restarts.GetValueOrDefault(name) + 1;
            }
        }

        for (var i = 0; i < 12; i++)
        {
            now = now.AddMinutes(random.Next(1, 3000));
            var said = new Statement(Channel.Phone, "words");
            try
            {
                switch (random.Next(7))
                {
                    case 0:
                        complaint.WaitForCustomer(_jun, now, "a paper", book);
                        break;
                    case 1:
                        complaint.StopWaiting(_jun, now, book);
                        break;
                    case 2:
                        Step(complaint, now, said, book);
                        break;
                    case 3 when complaint.State == State.Acknowledged:
                        complaint.TakeBack(Verb.Acknowledge, _jun, now, new Sentence("undone"), book);
                        Restarted(ClockName.Acknowledge);
                        break;
                    case 4 when complaint.State == State.Resolved:
                        complaint.Reopen(_jun, now, "again", book);
                        Restarted(ClockName.Resolve);
                        break;
                    case 5:
                        complaint.CorrectReceipt(_jun, now, complaint.ReceivedAt.AddMinutes(-random.Next(1, 600)), "late", book);
                        break;
                    default:
                        complaint.ApplyPolicy(_jun, now, book);
                        break;
                }
            }
            catch (Refusal)
            {
                // an illegal step changes nothing, and that too is checked below
            }

            foreach (var clock in complaint.Clocks)
            {
                var run = clock.Run(book, now);
                var counted = run.Segments(run.Due)
                    .Where(s => s.Kind == SegmentKind.Running)
                    .Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);
                if (
                    (clock.State == ClockState.Running && clock.DueAt != run.Due)
                    || (!clock.Target.CountsDays && Math.Abs((double)clock.Target.Amount - counted.TotalMinutes) > 0.001)
                    || clock.Cycle != 1 + restarts.GetValueOrDefault(clock.Name)
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Step(Complaint complaint, DateTime now, Statement said, DeadlineBook book)
    {
        switch (complaint.State)
        {
            case State.Received:
                complaint.Acknowledge(_jun, now, said, book);
                break;
            case State.Acknowledged:
                complaint.Apologize(_jun, now, new Apology(true, null), said);
                break;
            case State.Apologized:
                complaint.Resolve(
                    _jun,
                    now,
                    new Resolution("done", Remedy.None, null, 1, null, true, Complaints.Casework.Outcome.Upheld),
                    said,
                    null,
                    book
                );
                break;
        }
    }

    private static Complaint Logged(DeadlineBook book, Random random) =>
        Complaint.Log(
            new LogFacts
            {
                Customer = new Customer { Name = "Grace", Tier = (Tier)random.Next(4) },
                Channel = Channel.Phone,
                ReceivedAt = _start,
                WhatHappened = "words",
                UnitId = 1,
                Severity = (Severity)random.Next(4),
            },
            "C-26-00001-0",
            _jun,
            _start,
            book
        );

    private static DeadlineBook Book(Random random)
    {
        string[] zones = ["Europe/London", "Asia/Shanghai", "America/New_York", "Australia/Sydney"];
        string[] hours =
        [
            "Mon-Fri 09:00-17:00",
            "Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00",
            "Mon-Sun 00:00-24:00",
            "Tue-Sat 22:00-06:00",
        ];
        var calendar = WorkingCalendar.Parse(
            "c",
            zones[random.Next(4)],
            hours[random.Next(4)],
            random.Next(2) == 0 ? "" : "2026-03-09;every year: 04-03"
        );
        var policy = new Policy
        {
            Name = "Standard",
            Acknowledge = random.Next(1, 600),
            Apologize = random.Next(1, 900),
            Resolve = random.Next(1, 4000),
        };
        return new DeadlineBook(
            new Dictionary<long, WorkingCalendar> { [1] = calendar },
            policy,
            [],
            [],
            new Dictionary<long, BookUnit> { [1] = new(1, "/1/", 1, false) },
            new Dictionary<long, long?>()
        );
    }
}
