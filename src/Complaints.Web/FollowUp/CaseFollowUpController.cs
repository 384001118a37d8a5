using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
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
    [HttpPost("answer")]
    public async Task<IActionResult> AddAnswer(string reference, SurveyForm form, long version)
    {
        var complaint = await cases.FindAsync(reference, Right.Work);
        return await TryAsync(
            async () =>
            {
                complaint.Expect(version);
                var plan = await PlanAsync(complaint) ?? throw new NotHere();
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

    private async Task<PlannedFollowUp?> PlanAsync(Complaint complaint)
    {
        var id = await db
            .FollowUps.Where(f => f.ComplaintId == complaint.Id && f.Cycle == complaint.Cycle)
            .Select(f => (long?)f.Id)
            .FirstOrDefaultAsync();
        return id is null ? null : await answers.FindAsync(id.Value);
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
        var script = CallScript.Lines(
            language,
            new Dictionary<string, string>
            {
                ["agent"] = Me.Member.Name,
                ["organisation"] = await house.NameAsync(language),
                ["customer"] = complaint.Customer.Name,
                ["reference"] = complaint.Reference,
                ["summary"] = complaint.Summary,
            }
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
    /// <summary>The plan of the present cycle; null before one is made.</summary>
    public PlannedFollowUp? Plan => Plans.FirstOrDefault(p => p.Cycle == Complaint.Cycle);

    /// <summary>A person is to call, or to read an answer.</summary>
    public bool Calling => Plan?.State is FollowUpState.CallDue or FollowUpState.InWords;
}
