using Complaints.Casework;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Escalation;

/// <summary>What the person typed on a card, for when it must be shown again.</summary>
/// <param name="Reference">The card.</param>
/// <param name="Form">Which of its forms.</param>
public sealed record TypedOnCard(string Reference, string Form, string? Words);

/// <summary>The queue of escalations, for leads and above.</summary>
[Route("escalations")]
public sealed class EscalationsController(ComplaintsDb db, Cases cases, EscalationQueue queue) : DeskController
{
    // Somebody is waiting with an escalation in hand.
    private static readonly TimeSpan _toAnswer = TimeSpan.FromHours(1);

    /// <summary>The page.</summary>
    [HttpGet("")]
    public Task<IActionResult> Show() => PageAsync("Escalations");

    /// <summary>The line above the queue, fresh.</summary>
    [HttpGet("bar")]
    public Task<IActionResult> Bar() => PageAsync("_EscalationBar");

    /// <summary>The cards, fresh.</summary>
    [HttpGet("cards")]
    public Task<IActionResult> Cards() => PageAsync("_EscalationCards");

    /// <summary>Somebody sees to it.</summary>
    [HttpPost("{reference}/taking")]
    public Task<IActionResult> Take(string reference) =>
        ActAsync(
            reference,
            "take",
            null,
            async complaint =>
            {
                (await OpenEscalations.OfAsync(db, complaint)).Take(Me.Actor, Now);
                Flash("{0} is yours to see to. Nobody above is told.", complaint.Reference);
            }
        );

    /// <summary>Somebody else is to hold the complaint.</summary>
    [HttpPost("{reference}/reassignment")]
    public Task<IActionResult> Reassign(string reference, long? ownerId, long version) =>
        ActAsync(
            reference,
            "reassign",
            null,
            async complaint =>
            {
                complaint.Expect(version);
                var to = await db.Staff.Include(s => s.Unit).FirstOrDefaultAsync(s => s.Id == ownerId);
                if (to is null || !EscalationQueue.MayHold(to, complaint))
                {
                    throw new Refusal(new Sentence("Choose who is to hold it from now on."), nameof(ownerId));
                }

                complaint.Assign(Me.Actor, Now, to);
                Flash("{0} now holds {1}.", to.Name, complaint.Reference);
            }
        );

    /// <summary>Asks whoever holds it, in a note the customer never sees.</summary>
    [HttpPost("{reference}/question")]
    public Task<IActionResult> Ask(string reference, string? words) =>
        ActAsync(
            reference,
            "ask",
            words,
            complaint =>
            {
                var holder = complaint.Owner?.Name ?? throw new Refusal("Nobody holds it. Reassign it first.");
                var question = words?.Trim() is { Length: > 0 } given
                    ? given
                    : throw new Refusal(new Sentence("Write your question first."), nameof(words));
                complaint.Note(Me.Actor, Now, $"@{holder} {question}");
                complaint.Ask(
                    TaskKind.Question,
                    Now,
                    Now + _toAnswer,
                    complaint.OwnerId,
                    new Sentence("{0} asks: {1}", Me.Member.Name, question.Length > 300 ? question[..300] + "…" : question)
                );
                Flash("{0} was asked, in a note on {1}.", holder, complaint.Reference);
                return Task.CompletedTask;
            }
        );

    /// <summary>Ends it although the step is not done.</summary>
    [HttpPost("{reference}/end")]
    public Task<IActionResult> End(string reference, string? reason, long version) =>
        ActAsync(
            reference,
            "end",
            reason,
            async complaint =>
            {
                complaint.Expect(version);
                (await OpenEscalations.OfAsync(db, complaint)).End(Me.Actor, Now, reason);
                Flash("The escalation of {0} has ended.", complaint.Reference);
            }
        );

    private async Task<IActionResult> ActAsync(string reference, string form, string? words, Func<Complaint, Task> act)
    {
        var complaint = await cases.FindAsync(reference, Right.Lead);
        return await TryAsync(
            async () =>
            {
                await act(complaint);
                await db.SaveChangesAsync();
                return Redirect("/escalations");
            },
            () =>
            {
                ViewData["Typed"] = new TypedOnCard(complaint.Reference, form, words);
                return PageAsync("Escalations");
            }
        );
    }

    private async Task<IActionResult> PageAsync(string view)
    {
        if (!Me.May(Right.Lead))
        {
            throw new NotHere();
        }

        var page = await queue.ReadAsync();
        return view[0] == '_' ? PartialView(view, page) : View(view, page);
    }
}
