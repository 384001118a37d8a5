using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Casework;
using Complaints.Web.CustomerPages;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.FollowUp;

/// <summary>The follow-up of one complaint: plan, call with its script, attempts, answers, recovery.</summary>
[Route("complaints/{reference}/follow-up")]
public sealed class CaseFollowUpController(ComplaintsDb db, Cases cases, Answers answers, Calls calls, House house) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(string reference) =>
        await PageAsync(await cases.FindAsync(reference), new SurveyForm(), new AttemptForm());

    /// <summary>A call that brought no answer.</summary>
    [HttpPost("attempts")]
    public async Task<IActionResult> AddAttempt(string reference, AttemptForm form)
    {
        var complaint = await cases.FindAsync(reference, Right.Work);
        return await TryAsync(
            async () =>
            {
                complaint.Expect(form.Version);
                var plan = await PlanAsync(complaint) ?? throw new NotHere();
                var again = form.Again is { } local ? Zones.FirstInstant(T.Reader.Zone, local) : (DateTime?)null;
                await calls.AttemptAsync(plan, Me.Actor, form.Result, form.Note, again, Now, await cases.BookAsync());
                await db.SaveChangesAsync();
                Flash(
                    complaint.State == State.Closed
                        ? "Noted. The complaint is closed without an answer."
                        : "Noted. The next call is planned."
                );
                return Redirect($"/complaints/{complaint.Reference}/follow-up");
            },
            async () => await AgainAsync(reference, new SurveyForm(), form)
        );
    }

    /// <summary>An answer given on the phone, or read from the customer's words.</summary>
    /// <param name="planId">The follow-up whose answer is corrected; null for that of the present cycle.</param>
    [HttpPost("answer")]
    public async Task<IActionResult> AddAnswer(string reference, SurveyForm form, long version, long? planId)
    {
        var complaint = await cases.FindAsync(reference, Right.Work);
        return await TryAsync(
            async () =>
            {
                complaint.Expect(version);
                var plan = await PlanAsync(complaint, planId) ?? throw new NotHere();
                var answer = await answers.RecordAsync(plan, form.Given(), Me.Actor, Now, await cases.BookAsync());
                Flash("Answer recorded: {0}.", answer.Result);
                return Redirect($"/complaints/{complaint.Reference}/follow-up");
            },
            async () => await AgainAsync(reference, form, new AttemptForm())
        );
    }

    /// <summary>The unhappy customer was called on.</summary>
    [HttpPost("recovery")]
    public async Task<IActionResult> Recover(string reference, long version, string? words)
    {
        var complaint = await cases.FindAsync(reference, Right.Work);
        return await TryAsync(
            async () =>
            {
                complaint.Expect(version);
                var task =
                    await db.DeskTasks.FirstOrDefaultAsync(t =>
                        t.ComplaintId == complaint.Id && t.Kind == TaskKind.Recovery && t.DoneAt == null
                    ) ?? throw new Refusal("Somebody else has done this already.");
                Calls.Recovered(complaint, task, Me.Actor, words, Now);
                await db.SaveChangesAsync();
                Flash("Done. The complaint is closed.");
                return Redirect($"/complaints/{complaint.Reference}/follow-up");
            },
            async () => await AgainAsync(reference, new SurveyForm(), new AttemptForm(), words)
        );
    }

    private async Task<PlannedFollowUp?> PlanAsync(Complaint complaint, long? planId = null)
    {
        var asked = planId is null ? db.FollowUpOf(complaint) : db.FollowUps.Where(f => f.ComplaintId == complaint.Id && f.Id == planId);
        var id = await asked.Select(f => (long?)f.Id).FirstOrDefaultAsync();
        return id is null ? null : await answers.FindAsync(id.Value);
    }

    /// <summary>What the customer wrote last, while somebody is asked to read it.</summary>
    private async Task<OfferedAnswer?> OfferedAsync(Complaint complaint)
    {
        var task = await db
            .DeskTasks.AsNoTracking()
            .FirstOrDefaultAsync(t => t.ComplaintId == complaint.Id && t.Kind == TaskKind.ReadAnswer && t.DoneAt == null);
        var words = task is null
            ? null
            : await db
                .InMessages.Where(m => m.ComplaintId == complaint.Id && !m.Automatic)
                .OrderByDescending(m => m.Id)
                .Select(m => m.VisibleText)
                .FirstOrDefaultAsync();
        return task is null ? null : new OfferedAnswer(task, words, words is null ? null : ReadWords.Read(words, complaint.Customer.Name));
    }

    private async Task<IActionResult> AgainAsync(string reference, SurveyForm survey, AttemptForm attempt, string? words = null)
    {
        db.ChangeTracker.Clear(); // what was refused must not show as done
        return await PageAsync(await cases.FindAsync(reference), survey, attempt, words);
    }

    private async Task<IActionResult> PageAsync(Complaint complaint, SurveyForm survey, AttemptForm attempt, string? words = null)
    {
        var plans = await db
            .FollowUps.AsNoTracking()
            .Where(f => f.ComplaintId == complaint.Id)
            .OrderByDescending(f => f.Cycle)
            .ThenByDescending(f => f.Touch)
            .ToListAsync();
        var given = await db
            .SurveyAnswers.AsNoTracking()
            .Where(a => a.ComplaintId == complaint.Id)
            .OrderByDescending(a => a.Id)
            .ToListAsync();
        var attempts = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e => e.ComplaintId == complaint.Id && e.Kind == EntryKind.FollowUpAttempt)
            .OrderByDescending(e => e.Seq)
            .ToListAsync();
        var recovery = await db
            .DeskTasks.AsNoTracking()
            .FirstOrDefaultAsync(t => t.ComplaintId == complaint.Id && t.Kind == TaskKind.Recovery && t.DoneAt == null);
        var language = complaint.Customer.Language;
        var book = await cases.BookAsync();
        var asks = plans.Find(p => p.Cycle == complaint.Cycle && (p.Touch == 1 || p.AskedAt is not null))?.QuestionnaireId;
        var questionnaire = await db.Questionnaires.AsNoTracking().FirstOrDefaultAsync(q => q.Id == asks);
        ViewData["Questionnaire"] = questionnaire;
        var script = CallScript.Lines(
            language,
            new Dictionary<string, string>
            {
                ["agent"] = Me.Member.Name,
                ["organisation"] = await house.NameAsync(language),
                ["customer"] = complaint.Customer.Name,
                ["reference"] = complaint.Reference,
                ["summary"] = complaint.Summary,
            },
            questionnaire?.In(language).Lines
        );
        return View(
            "CaseFollowUp",
            new CaseFollowUpPage(
                complaint,
                plans,
                given,
                attempts,
                recovery,
                script,
                survey,
                attempt,
                words,
                await FollowUpOptions.ReadAsync(db)
            )
            {
                Offered = await OfferedAsync(complaint),
                Zone = FollowUpDuty.ZoneOf(complaint, book),
                Now = Now,
            }
        );
    }
}

/// <summary>A call without an answer, as typed.</summary>
public sealed class AttemptForm
{
    /// <summary>Of the complaint when the form was opened.</summary>
    public long Version { get; set; }
    public CallResult Result { get; set; }
    public string? Note { get; set; }

    /// <summary>In the caller's zone; null for the usual pause.</summary>
    public DateTime? Again { get; set; }
}

/// <summary>What the page shows.</summary>
public sealed record CaseFollowUpPage(
    Complaint Complaint,
    IReadOnlyList<PlannedFollowUp> Plans,
    IReadOnlyList<SurveyAnswer> Answers,
    IReadOnlyList<TimelineEntry> Attempts,
    DeskTask? Recovery,
    IReadOnlyList<string> Script,
    SurveyForm Survey,
    AttemptForm Attempt,
    string? Words,
    FollowUpOptions Options
)
{
    /// <summary>Of the customer's day.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>What the customer's clock shows.</summary>
    public DateTime There => TimeZoneInfo.ConvertTimeFromUtc(Now, Zone);

    /// <summary>True while calling does not disturb.</summary>
    public bool IsDaytime => FollowUpPlan.InDaytime(Now, Zone, Options) == Now;

    /// <summary>What waits to be read; null when nothing does.</summary>
    public OfferedAnswer? Offered { get; init; }

    /// <summary>The answer that was read by a machine and may be put right; null when none was.</summary>
    public SurveyAnswer? Correctable => Offered is null ? Answers.FirstOrDefault(a => a.Current && a.Why is not null) : null;

    /// <summary>The form to start from: as typed, else as read.</summary>
    public SurveyForm Start =>
        Survey.IsEmpty && Correctable is { } read ? SurveyForm.Of(read)
        : Survey.IsEmpty && Offered is { Words: { } words, Read: { } made } ? SurveyForm.Of(made, words)
        : Survey;

    /// <summary>The plan of the present cycle; null before one is made.</summary>
    public PlannedFollowUp? Plan => Plans.FirstOrDefault(p => p.Cycle == Complaint.Cycle && (p.Touch == 1 || p.AskedAt is not null));

    /// <summary>A person is to call, or to read an answer.</summary>
    public bool Calling => Plan?.State is FollowUpState.CallDue or FollowUpState.InWords;
}

/// <summary>What a customer wrote and nobody has recorded yet.</summary>
/// <param name="Task">Who is asked to read it, and why.</param>
/// <param name="Words">Their words; null when they did not come by mail.</param>
/// <param name="Read">What a machine makes of them; a suggestion.</param>
public sealed record OfferedAnswer(DeskTask Task, string? Words, WordsRead? Read);
