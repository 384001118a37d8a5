using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What passes between us and the customer beside the steps: replies, calls, letters, visits, either way.</summary>
public sealed class ContactController : LetterController
{
    /// <summary>We wrote, called, posted or met.</summary>
    [HttpPost("complaints/{reference}/replies")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Reply(string reference, SaidForm form) =>
        ChangeAsync(
            reference,
            "reply",
            (complaint, book) =>
                SayAsync(
                    complaint,
                    book,
                    MailPurpose.Reply,
                    form,
                    new CaseWords { Text = form.Words?.Trim() ?? "" },
                    "reply",
                    key => complaint.SpeakTo(Me.Actor, Now, form.Statement, key),
                    key => key is null ? new Sentence("On the timeline.") : new Sentence("On its way.")
                )
        );

    /// <summary>The customer called, wrote or came.</summary>
    [HttpPost("complaints/{reference}/contacts")]
    public Task<IActionResult> Create(string reference, Channel channel, string? words, string? promise) =>
        ChangeAsync(
            reference,
            "contact",
            (complaint, book) =>
            {
                complaint.HearFrom(Me.Actor, Now, channel, words ?? "", book);
                if (!string.IsNullOrWhiteSpace(promise))
                {
                    Promise(complaint, book, promise, PromiseTime.IsCall(promise) ? Channel.Phone : channel);
                }

                return Task.FromResult(new Sentence("On the timeline."));
            },
            mindsOthers: false
        );
}

/// <summary>Notes among colleagues.</summary>
public sealed class NoteController(Mentions mentions) : CaseController
{
    /// <summary>Adds one.</summary>
    [HttpPost("complaints/{reference}/notes")]
    public Task<IActionResult> Create(string reference, string? words) =>
        ChangeAsync(
            reference,
            "note",
            async (complaint, _) =>
            {
                var untold = await mentions.TellAsync(complaint, complaint.Note(Me.Actor, Now, words ?? ""), Me.Actor);
                return untold.Count == 0
                    ? new Sentence("Noted.")
                    : new Sentence("Noted. Not told, because they may not read this complaint: {0}.", string.Join(", ", untold));
            },
            mindsOthers: false
        );
}

/// <summary>The customer owes us something.</summary>
public sealed class WaitingController : CaseController
{
    /// <summary>Starts waiting.</summary>
    [HttpPost("complaints/{reference}/waiting")]
    public Task<IActionResult> Create(string reference, string? what) =>
        ChangeAsync(
            reference,
            "waiting",
            (complaint, book) =>
            {
                complaint.WaitForCustomer(Me.Actor, Now, what ?? "", book);
                return Task.FromResult(new Sentence("Waiting for the customer. The resolution clock is paused."));
            }
        );

    /// <summary>Stops waiting.</summary>
    [HttpPost("complaints/{reference}/waiting/end")]
    public Task<IActionResult> Delete(string reference) =>
        ChangeAsync(
            reference,
            "waiting",
            (complaint, book) =>
            {
                complaint.StopWaiting(Me.Actor, Now, book);
                return Task.FromResult(new Sentence("The clock runs again."));
            }
        );
}

/// <summary>Tasks beside the steps.</summary>
public sealed class TaskController : CaseController
{
    /// <summary>Marks a task done, with what came of it.</summary>
    [HttpPost("complaints/{reference}/tasks/{id:long}")]
    public Task<IActionResult> Update(string reference, long id, string? result) =>
        ChangeAsync(
            reference,
            "task-" + id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            async (complaint, _) =>
            {
                var task =
                    await Db.DeskTasks.FirstOrDefaultAsync(t => t.Id == id && t.ComplaintId == complaint.Id) ?? throw new Shared.NotHere();
                if (task.Kind is TaskKind.FollowUpCall or TaskKind.Recovery)
                {
                    throw new Refusal("This task ends by itself when the call is recorded. Open the follow-up and record it there.");
                }

                if (task.Kind == TaskKind.KeepPromise)
                {
                    throw new Refusal("This task ends with its promise. Say there what came of it.");
                }

                complaint.Finish(task, Me.Actor, Now, result ?? "");
                return new Sentence("Task done.");
            },
            mindsOthers: false
        );
}
