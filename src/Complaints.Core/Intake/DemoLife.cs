using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Intake;

/// <summary>Plays the life of one demo complaint through its verbs, each at its own time in the past.</summary>
internal sealed class DemoLife(
    DeadlineBook book,
    Dictionary<string, Unit> units,
    Dictionary<string, (StaffMember Member, Actor Actor)> staff,
    Dictionary<string, Customer> customers,
    Dictionary<string, long> categories,
    Dictionary<string, long> causes,
    IReadOnlyList<RemedyLimit> limits,
    DateTime now
)
{
    /// <summary>When it was received and logged, UTC.</summary>
    public (DemoComplaint Seed, DateTime ReceivedAt, DateTime LoggedAt) Times(DemoComplaint seed)
    {
        var received = seed.HoursAgo is { } hours ? now.AddHours(-hours) : TwoMinutesBeforeDue(seed);
        var logged = seed.LateLoggedHours is { } late ? received.AddHours(late) : received.AddMinutes(5);
        var first = seed.Steps.Count > 0 ? received.AddHours(seed.Steps[0].HoursAfter) : now;
        return (seed, received, new[] { logged, first, now }.Min());
    }

    /// <summary>The complaint as it stands now.</summary>
    public Complaint Live(DemoComplaint seed, string reference, DateTime receivedAt, DateTime loggedAt)
    {
        var (owner, desk) = staff[seed.Owner ?? "chen"];
        var complaint = Complaint.Log(Facts(seed, receivedAt), reference, desk, loggedAt, book);
        if (seed.Owner is not null)
        {
            complaint.Assign(desk, loggedAt, owner);
        }

        foreach (var point in seed.Points ?? [])
        {
            var facts = new PointFacts(point.What, point.Category is { } key ? categories[key] : null, point.Evidence);
            complaint.AddPoint(desk, loggedAt, facts);
        }

        if (seed.Channel == Channel.Regulator)
        {
            RecordNotice(complaint, desk, loggedAt);
        }

        foreach (var step in seed.Steps)
        {
            if (step.Verb == "resolve")
            {
                AnswerPoints(complaint, seed, receivedAt.AddHours(step.HoursAfter).AddMinutes(-5));
            }

            Do(complaint, seed, step, receivedAt.AddHours(step.HoursAfter));
        }

        if (seed.Steps.Count > 0 && !seed.Steps.Exists(s => s.Verb == "resolve"))
        {
            AnswerPoints(complaint, seed, receivedAt.AddHours(seed.Steps[^1].HoursAfter).AddMinutes(5));
        }

        if (seed.State == State.Withdrawn)
        {
            complaint.SetBeside(Verb.Withdraw, desk, complaint.LastHeardAt!.Value.AddMinutes(10), seed.Steps[^1].Words);
        }

        new DemoLedger(book, limits, now).Live(complaint, seed, staff);
        Rest(complaint);
        return complaint;
    }

    private LogFacts Facts(DemoComplaint seed, DateTime receivedAt) =>
        new()
        {
            Customer = customers[seed.Customer],
            Channel = seed.Channel,
            ReceivedAt = receivedAt,
            Summary = seed.Summary,
            WhatHappened = seed.WhatHappened,
            DesiredOutcome = seed.Wants,
            UnitId = units[seed.Unit].Id,
            CategoryId = categories[seed.Category],
            Severity = seed.Severity,
            Public = seed.Public,
            AmountInDispute = seed.Amount is { } a ? new Money(a.Minor, a.Currency) : null,
            Need = seed.Need,
        };

    /// <summary>Its unit works round the clock, so the whole allowance lies before the due time, minute by minute.</summary>
    private DateTime TwoMinutesBeforeDue(DemoComplaint seed)
    {
        var trial = Complaint.Log(Facts(seed, now), "trial", Actor.System, now, book);
        return now.AddMinutes(2) - (trial.Clocks.Single(c => c.Name == ClockName.Acknowledge).DueAt - now);
    }

    private void Do(Complaint complaint, DemoComplaint seed, DemoStep step, DateTime at)
    {
        var actor = step.By is null ? Actor.Customer : staff[step.By].Actor;
        var said = new Statement(step.Channel ?? seed.Channel, step.Words, step.Channel == Channel.Letter);
        switch (step.Verb)
        {
            case "acknowledge":
                complaint.Acknowledge(actor, at, said, book);
                Left(complaint, actor, at, "acknowledgement");
                break;
            case "apologize":
                complaint.Apologize(actor, at, new Apology(step.Shortfall is null, step.Shortfall), said);
                break;
            case "resolve":
                Resolve(complaint, seed, step, actor, at, said);
                break;
            case "close":
                Answer(complaint, seed);
                complaint.Close(actor, at, step.Outcome!.Value, new Sentence("{0}", step.Words));
                break;
            case "note":
                complaint.Note(actor, at, step.Words);
                break;
            case "wait":
                complaint.WaitForCustomer(actor, at, step.Words, book);
                break;
            case "contactIn":
                complaint.HearFrom(actor, at, said.Channel, step.Words, book);
                break;
            default:
                throw new InvalidDataException($"The demo knows no “{step.Verb}”.");
        }
    }

    private void AnswerPoints(Complaint complaint, DemoComplaint seed, DateTime at)
    {
        foreach (var (point, of) in complaint.Points.Zip(seed.Points ?? []).Where(p => p.Second.Finding is not null))
        {
            var answer = new PointAnswer(
                of.Finding!,
                of.Outcome!.Value,
                of.RootCause is { } key ? causes[key] : null,
                of.Remedy ?? Remedy.None,
                of.RemedyMinor is { } minor ? new Money(minor, of.RemedyCurrency!) : null,
                of.CorrectiveAction
            );
            complaint.AnswerPoint(point, staff[seed.Owner!].Actor, at, answer);
        }
    }

    private void Resolve(Complaint complaint, DemoComplaint seed, DemoStep step, Actor actor, DateTime at, Statement said)
    {
        var amount = step.RemedyMinor is { } minor ? new Money(minor, step.RemedyCurrency!) : (Money?)null;
        var outcome = seed.Steps[^1].Outcome ?? Outcome.Upheld;
        var resolution = new Resolution(step.Words, step.Remedy!.Value, amount, causes[step.RootCause!], null, step.Agreed, outcome);
        complaint.Resolve(actor, at, resolution, said, DemoLedger.LimitOf(limits, actor, complaint, amount?.Currency), book);
        if (complaint.AwaitingApproval)
        {
            DemoLedger.Approve(complaint, at, limits, units[seed.Unit].Path, staff.Values.Select(s => s.Actor), book);
        }

        Left(complaint, actor, at, "final-response");
        var askedAt = DemoFollowUps.AskedAt(at);
        if (seed.State is State.InFollowUp or State.Closed && askedAt < now)
        {
            var next = seed.Steps.Find(s => s.Verb == "close");
            var latest = next is null ? now : complaint.ReceivedAt.AddHours(seed.Survey?.HoursAfter ?? next.HoursAfter).AddHours(-1);
            complaint.AskForSatisfaction(Actor.System, askedAt < latest ? askedAt : latest, Channel.Email);
        }
    }

    private static void Answer(Complaint complaint, DemoComplaint seed)
    {
        if (seed.Survey is { } survey)
        {
            complaint.Record(
                EntryKind.FollowUpAnswered,
                Actor.Customer,
                complaint.ReceivedAt.AddHours(survey.HoursAfter),
                new Sentence("The customer answered: {0}", survey.Result),
                survey.Comment
            );
        }
    }

    private void Left(Complaint complaint, Actor actor, DateTime at, string document)
    {
        foreach (var regime in book.Regimes.Where(r => complaint.Clocks.Any(c => c.IsLive && IsOf(c, r, document))))
        {
            var name = regime.Documents.Find(d => d.Key == document)!.Name;
            complaint.DocumentLeft(actor, at, at, document, new Sentence("{0}", name));
        }
    }

    private static bool IsOf(DeadlineClock clock, Regime regime, string document) =>
        regime.Clocks.Exists(rule => clock.RegimeClock == Complaint.KeyOf(regime, rule) && rule.Document == document);

    /// <summary>The authority's notice names the day by which it decides whether to accept.</summary>
    private void RecordNotice(Complaint complaint, Actor actor, DateTime at)
    {
        foreach (var regime in book.RegimesFor(complaint.UnitId, complaint.CategoryId, DateOnly.FromDateTime(complaint.ReceivedAt)))
        {
            foreach (var rule in regime.Clocks.Where(c => c is { DateFromNotice: true, From: RegimeStart.Received }))
            {
                var target = new Time.Target(rule.Amount, rule.Unit);
                var trial = DeadlineClock.Start(
                    ClockName.Regime,
                    target,
                    regime.CalendarId,
                    complaint.ReceivedAt,
                    book,
                    new Sentence("{0}", rule.Name)
                );
                complaint.RecordNotice(actor, at, regime, rule, trial.DueAt, book);
            }
        }
    }

    /// <summary>What is over sleeps; what is open is looked at by the first sweep, so that escalations appear by themselves.</summary>
    private void Rest(Complaint complaint)
    {
        complaint.NextActionAt = complaint.IsOpen ? now : complaint.PaymentDueAt;
        if (!complaint.IsOpen)
        {
            complaint.Causes.ForEach(c => c.HandledAt = c.At);
        }
    }
}
