using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;

namespace Complaints.Tests.Casework;

/// <summary>A complaint without a database: a calendar that is always open, the standard policy, one regime on the unit.</summary>
internal static class PureDesk
{
    internal static readonly DateTime Start = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);

    internal static readonly Actor Agent = Person(1, "Mia", Role.Agent);
    internal static readonly Actor Lead = Person(2, "Lena", Role.TeamLead);
    internal static readonly Actor OtherLead = Person(3, "Max", Role.Manager);

    internal static Regime Regime { get; } =
        new()
        {
            Key = "rule",
            Name = "The rule",
            Active = true,
            CalendarId = 1,
            Clocks =
            [
                new RegimeClock
                {
                    Key = "final",
                    Name = "Final response",
                    Amount = 8,
                    Unit = TargetUnit.Weeks,
                    Document = "final-response",
                },
            ],
        };

    internal static DeadlineBook Book { get; } =
        new(
            new Dictionary<long, WorkingCalendar> { [1] = WorkingCalendar.Parse("Always", "Etc/UTC", "Mon-Sun 00:00-24:00", "", "") },
            new Policy { Name = "Standard" },
            [Regime],
            [new RegimeAttachment { RegimeId = 0, UnitId = 1 }],
            new Dictionary<long, BookUnit> { [1] = new(1, "/1/", 1, false) },
            new Dictionary<long, long?>()
        );

    internal static Statement Said { get; } = new(Channel.Phone, "What was said");

    internal static Resolution Free { get; } = new("Explained it", Remedy.Explanation, null, 1, null, true, Outcome.Upheld);

    internal static Complaint Logged(Tier tier = Tier.Brass, Severity severity = Severity.Normal) =>
        Complaint.Log(
            new LogFacts
            {
                Customer = new Customer { Name = "Grace Okafor", Tier = tier },
                Channel = Channel.Phone,
                ReceivedAt = Start,
                WhatHappened = "Charged twice",
                UnitId = 1,
                Severity = severity,
            },
            "C-26-00001-7",
            Agent,
            Start,
            Book
        );

    /// <summary>A complaint in that state, done by the book, all at <see cref="Start"/> plus two minutes.</summary>
    internal static Complaint In(State state)
    {
        var c = Logged();
        var now = Start.AddMinutes(2);
        if (state is State.Withdrawn or State.Duplicate or State.Referred)
        {
            var verb = state switch
            {
                State.Withdrawn => Verb.Withdraw,
                State.Duplicate => Verb.MarkDuplicate,
                _ => Verb.Refer,
            };
            c.SetBeside(verb, Agent, now, "Because", duplicateOf: 99);
            return c;
        }

        if (state == State.NotAComplaint)
        {
            c.ProposeDismissal(Agent, now, "Because");
            c.SetBeside(Verb.DismissAsNoComplaint, Lead, now, "Because");
            return c;
        }

        Verb[] way = [Verb.Acknowledge, Verb.Apologize, Verb.Resolve, Verb.FollowUp, Verb.Close];
        foreach (var verb in way.Take((int)state))
        {
            Do(c, verb, now);
        }

        return c;
    }

    /// <summary>Does one verb as somebody who may.</summary>
    internal static void Do(Complaint c, Verb verb, DateTime now)
    {
        switch (verb)
        {
            case Verb.Acknowledge:
                c.Acknowledge(Agent, now, Said, Book);
                break;
            case Verb.Apologize:
                c.Apologize(Agent, now, new Apology(false, "we charged twice"), Said);
                break;
            case Verb.Resolve:
                c.Resolve(Agent, now, Free, Said, null, Book);
                break;
            case Verb.FollowUp:
                c.AskForSatisfaction(Actor.System, now, Channel.Email);
                break;
            case Verb.Close:
                c.Close(Agent, now, Outcome.Upheld, new Sentence("{0}", "Settled"));
                break;
            case Verb.Reopen:
                c.Reopen(Agent, now, "Not solved", Book);
                break;
            default:
                c.SetBeside(verb, Lead, now, "Because", duplicateOf: 99);
                break;
        }
    }

    internal static DeadlineClock Clock(this Complaint c, ClockName name) => c.Clocks.Single(k => k.Name == name);

    private static Actor Person(long id, string name, Role role) =>
        new(id, name, role, Seat.Senior, 1, "/1/", new Reader(Tongue.English, TimeZoneInfo.Utc));
}
