using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>The survey behind a signed link: <c>/s/{token}</c>. Only a posted form stores anything.</summary>
[Route("s/{token}")]
public sealed class SurveyController(
    ComplaintsDb db,
    SignedLinks links,
    Answers answers,
    DeadlineBooks books,
    House house,
    SurveyMails mails,
    StopAsking stop
) : CustomerController
{
    /// <summary>The form, with the mark that was clicked in the mail, or with the answer given before.</summary>
    [HttpGet("")]
    public Task<IActionResult> Show(string token, [FromQuery] SurveyForm form) =>
        OpenAsync(
            token,
            async (plan, expires) =>
            {
                ModelState.Clear(); // what a link carries is a suggestion, never an error
                var before = await answers.CurrentAsync(plan);
                return View("Survey", new SurveyPage(plan, before is null ? form : SurveyForm.Of(before), before, token, expires));
            }
        );

    /// <summary>Stores the answer.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(string token, [FromForm] SurveyForm form) =>
        OpenAsync(
            token,
            (plan, expires) =>
                TryAsync(
                    async () =>
                    {
                        ModelState.Clear();
                        await answers.RecordAsync(plan, form.Given(), Actor.Customer, Now, await books.OpenAsync(db));
                        return Redirect($"/s/{token}/thanks{Chosen}");
                    },
                    async () =>
                    {
                        db.ChangeTracker.Clear();
                        var again = (await answers.FindAsync(plan.Id))!;
                        return View("Survey", new SurveyPage(again, form, await answers.CurrentAsync(again), token, expires));
                    }
                )
        );

    /// <summary>What we do with the answer.</summary>
    [HttpGet("thanks")]
    public Task<IActionResult> Thanks(string token) =>
        OpenAsync(
            token,
            async (plan, expires) =>
                await answers.CurrentAsync(plan) is { } answer
                    ? View(
                        "Thanks",
                        new SurveyPage(plan, SurveyForm.Of(answer), answer, token, expires)
                        {
                            Status = house.StatusLink(plan.ComplaintId, Now),
                        }
                    )
                    : Redirect($"/s/{token}{Chosen}")
        );

    /// <summary>The customer does not want to be asked, now or later.</summary>
    [HttpPost("no-more")]
    public Task<IActionResult> NoMore(string token) =>
        OpenAsync(
            token,
            async (plan, _) =>
            {
                await stop.DoAsync(plan.Complaint!.Customer, StopAsking.OnThePage, Now);
                await db.SaveChangesAsync();
                return View("NoMore");
            }
        );

    /// <summary>A new link by mail, for one whose time is over.</summary>
    [HttpPost("link")]
    public async Task<IActionResult> FreshLink(string token)
    {
        var (plan, _) = await FindAsync(token);
        var expires = Now.AddDays((await FollowUpOptions.ReadAsync(db)).LinkDays);
        plan.LinkExpiresAt = expires;
        await mails.SendFreshLinkAsync(plan.Complaint!, "survey", house.SurveyLink(plan.Id, expires), Now);
        await db.SaveChangesAsync();
        return View("LinkSent");
    }

    private async Task<IActionResult> OpenAsync(string token, Func<PlannedFollowUp, DateTime, Task<IActionResult>> page)
    {
        var (plan, link) = await FindAsync(token);
        return link.Expired ? Expired(plan.Complaint!, $"/s/{token}/link{Chosen}") : await page(plan, link.ExpiresAt);
    }

    private async Task<(PlannedFollowUp Plan, OpenedLink Link)> FindAsync(string token)
    {
        var link = links.Open(LinkPurpose.Survey, token, Now) ?? throw new NotHere();
        var plan = await answers.FindAsync(link.Id) ?? throw new NotHere();
        ViewData["Questionnaire"] = plan.QuestionnaireId is { } id
            ? await db.Questionnaires.AsNoTracking().FirstAsync(q => q.Id == id)
            : null;
        await SpeakToAsync(plan.Complaint!, await books.OpenAsync(db));
        return (plan, link);
    }
}

/// <summary>What the survey's pages show.</summary>
/// <param name="Plan">The follow-up, with its complaint.</param>
/// <param name="Form">As typed, clicked or answered before.</param>
/// <param name="Before">The answer that counts; null before the first.</param>
/// <param name="Token">Of the link.</param>
/// <param name="Until">UTC the answer can be changed until.</param>
public sealed record SurveyPage(PlannedFollowUp Plan, SurveyForm Form, SurveyAnswer? Before, string Token, DateTime Until)
{
    /// <summary>The complaint asked about.</summary>
    public Complaint Complaint => Plan.Complaint!;

    /// <summary>The complaint's status page; null where it is not offered.</summary>
    public string? Status { get; init; }

    /// <summary>UTC by which the reopened complaint is answered; null when none runs.</summary>
    public DateTime? Due => Complaint.Clocks.Find(c => c.Name == ClockName.Resolve && c.IsLive)?.DueAt;
}
