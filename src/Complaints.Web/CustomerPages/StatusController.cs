using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Intake;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>Where a complaint stands, for its customer: <c>/c/{token}</c>.</summary>
[Route("c/{token}")]
public sealed class StatusController(
    ComplaintsDb db,
    SignedLinks links,
    DeadlineBooks books,
    House house,
    SurveyMails mails,
    Uploads uploads,
    Questionnaires questionnaires
) : CustomerController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public Task<IActionResult> Show(string token) => OpenAsync(token, complaint => PageAsync(complaint, token, null));

    /// <summary>Something the customer adds, in words, files or both.</summary>
    [HttpPost("contacts")]
    [TakesFiles(FileDoor.Status)]
    public Task<IActionResult> AddContact(string token, string? words, List<IFormFile> files) =>
        OpenAsync(
            token,
            complaint =>
                TryAsync(
                    async () =>
                    {
                        var kept = await uploads.KeepAsync(files, FileDoor.Status, "Files");
                        var text =
                            string.IsNullOrWhiteSpace(words) && kept.Count > 0
                                ? string.Join(", ", kept.Select(f => f.FileName))
                                : words?.Trim();
                        if (string.IsNullOrEmpty(text))
                        {
                            throw new Refusal(new Sentence("Write something or choose a file first."), nameof(words));
                        }

                        var last = await LastHeardAsync(complaint.Id);
                        if (last?.Words != text || Now - last?.At > TimeSpan.FromMinutes(10))
                        {
                            complaint.HearFrom(Actor.Customer, Now, Channel.Web, text, await books.OpenAsync(db));
                            kept.ToList().ForEach(f => Keep(complaint, f));
                            if (complaint.State == State.Duplicate)
                            {
                                // Merged into another customer's complaint: nobody works on this one, so somebody is asked.
                                var added = new Sentence("{0} added something to a complaint that was merged.", complaint.Customer.Name);
                                complaint.Ask(TaskKind.ReadAnswer, Now, Now.AddHours(4), complaint.OwnerId, added);
                            }

                            await db.SaveChangesAsync();
                        }

                        TempData["flash"] = T["Thank you. We have it, and whoever looks after your complaint will read it."];
                        return Redirect($"/c/{token}{Chosen}");
                    },
                    async () => await PageAsync(await FindAsync(links.Open(LinkPurpose.Status, token, Now)!.Id), token, words)
                )
        );

    /// <summary>Solved, or not yet: opens the survey with that answer, which is stored only when sent.</summary>
    [HttpPost("answer")]
    public Task<IActionResult> Answer(string token, string? solved) =>
        OpenAsync(
            token,
            async complaint =>
            {
                if (
                    complaint.State is not (State.Resolved or State.InFollowUp or State.Closed)
                    || complaint.ResolvedAt is null
                    || complaint.Historic
                )
                {
                    return Redirect($"/c/{token}{Chosen}");
                }

                var options = await FollowUpOptions.ReadAsync(db);
                var plan = await db.FollowUpOf(complaint).FirstOrDefaultAsync();
                plan = FollowUpDuty.Planned(db, plan, complaint, await books.OpenAsync(db), options);
                plan.QuestionnaireId ??= plan.AskedAt is null ? await questionnaires.ForAsync(complaint) : null;
                complaint.Wake(Now);
                await db.SaveChangesAsync();
                var until = plan.LinkExpiresAt is { } set && set > Now ? set : Now.AddDays(options.LinkDays);
                var path = new Uri(house.SurveyLink(plan.Id, until)).AbsolutePath;
                return Redirect($"{path}{(Chosen.Length > 0 ? Chosen + "&" : "?")}solved={(solved == "yes" ? "yes" : "no")}");
            }
        );

    /// <summary>A new link by mail, for one whose time is over.</summary>
    [HttpPost("link")]
    public async Task<IActionResult> FreshLink(string token)
    {
        var link = links.Open(LinkPurpose.Status, token, Now) ?? throw new NotHere();
        var complaint = await FindAsync(link.Id);
        await mails.SendFreshLinkAsync(complaint, "status", house.StatusLink(complaint.Id, Now), Now);
        await db.SaveChangesAsync();
        return View("LinkSent");
    }

    private void Keep(Complaint complaint, NewFile file) =>
        db.Attachments.Add(
            new Attachment
            {
                ComplaintId = complaint.Id,
                Seq = complaint.Attach(Actor.Customer, Now, file.FileName).Seq,
                FileName = file.FileName,
                ContentType = file.ContentType,
                Bytes = file.Stored.Bytes,
                Sha256 = file.Stored.Sha256,
            }
        );

    private async Task<IActionResult> OpenAsync(string token, Func<Complaint, Task<IActionResult>> page)
    {
        var link = links.Open(LinkPurpose.Status, token, Now) ?? throw new NotHere();
        var complaint = await FindAsync(link.Id);
        return link.Expired ? Expired(complaint, $"/c/{token}/link{Chosen}") : await page(complaint);
    }

    private async Task<Complaint> FindAsync(long id)
    {
        db.ChangeTracker.Clear();
        var complaint =
            await db
                .Complaints.Include(c => c.Clocks)
                    .ThenInclude(k => k.Pauses)
                .Include(c => c.Customer)
                    .ThenInclude(c => c.ContactPoints)
                .Include(c => c.Unit)
                .AsSplitQuery()
                .FirstOrDefaultAsync(c => c.Id == id)
            ?? throw new NotHere();
        if (complaint is { State: State.Duplicate, DuplicateOfId: { } other })
        {
            // What was merged is dealt with there; but nobody sees how another customer's complaint stands.
            var customer = complaint.CustomerId;
            if (await db.Complaints.AnyAsync(c => c.Id == other && c.CustomerId == customer))
            {
                return await FindAsync(other);
            }
        }

        await SpeakToAsync(complaint, await books.OpenAsync(db));
        return complaint;
    }

    private async Task<IActionResult> PageAsync(Complaint complaint, string token, string? typed)
    {
        // What we said to the customer and nothing else: no notes, no changes, no names but the first one they were given.
        EntryKind[] said = [EntryKind.Acknowledged, EntryKind.Apologized, EntryKind.Resolved, EntryKind.ContactOut];
        var entries = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e => e.ComplaintId == complaint.Id && said.Contains(e.Kind))
            .OrderByDescending(e => e.Seq)
            .Take(50)
            .ToListAsync();
        var asked = await db.FollowUpOf(complaint).AsNoTracking().FirstOrDefaultAsync();
        var agent = entries.LastOrDefault(e => e.Kind == EntryKind.Acknowledged)?.Content?.Body.By;
        return View(
            "Status",
            new StatusPage(
                complaint,
                token,
                [
                    .. entries
                        .Where(e => e.Content?.Body.Words is not null)
                        .Select(e => new Said(e.Kind, e.At, e.Content!.Body.Words!, e.Content.Body.Channel)),
                ],
                agent?.Split(' ')[0],
                asked?.State == FollowUpState.Answered,
                typed,
                (await FilePolicies.ReadAsync(db)).Largest(FileDoor.Status),
                Now
            )
        );
    }

    private async Task<(DateTime At, string? Words)?> LastHeardAsync(long id)
    {
        var entry = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e => e.ComplaintId == id && e.Kind == EntryKind.ContactIn)
            .OrderByDescending(e => e.Seq)
            .FirstOrDefaultAsync();
        return entry is null ? null : (entry.At, entry.Content?.Body.Words);
    }
}

/// <summary>Something we told the customer.</summary>
/// <param name="Kind">Which step, or a contact between.</param>
/// <param name="At">UTC.</param>
/// <param name="Words">What was said.</param>
/// <param name="Channel">How.</param>
public sealed record Said(EntryKind Kind, DateTime At, string Words, Channel? Channel);

/// <summary>What the customer sees of a complaint: never tier, severity, escalations, notes.</summary>
/// <param name="Complaint">The complaint.</param>
/// <param name="Token">Of the link.</param>
/// <param name="Said">What we said, newest first.</param>
/// <param name="Agent">First name of who acknowledged it; null before.</param>
/// <param name="Answered">They have answered about this resolution.</param>
/// <param name="Typed">What they typed into a form that was refused.</param>
/// <param name="LargestFile">In bytes.</param>
/// <param name="Now">UTC.</param>
public sealed record StatusPage(
    Complaint Complaint,
    string Token,
    IReadOnlyList<Said> Said,
    string? Agent,
    bool Answered,
    string? Typed,
    long LargestFile,
    DateTime Now
)
{
    /// <summary>The four steps with the time each was done, UTC; null for those to come.</summary>
    public IReadOnlyList<(Enum Name, DateTime? At)> Steps =>
        [
            (State.Acknowledged, Complaint.AcknowledgedAt),
            (State.Apologized, Complaint.ApologizedAt),
            (State.Resolved, Complaint.ResolvedAt),
            (State.Closed, Complaint.ClosedAt),
        ];

    /// <summary>When the step they wait for is due, UTC; null when none is, or it is late already.</summary>
    public DateTime? Due =>
        (
            Complaint.State switch
            {
                State.Received => ClockName.Acknowledge,
                State.Acknowledged => ClockName.Apologize,
                State.Apologized => ClockName.Resolve,
                _ => (ClockName?)null,
            }
        )
            is { } name
        && Complaint.Clocks.Find(c => c.Name == name && c.IsLive)?.DueAt is { } due
        && due > Now
            ? due
            : null;
}
