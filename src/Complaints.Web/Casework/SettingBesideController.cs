using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Ways beside the four steps: withdrawn, duplicate, referred to an outside body, no complaint.</summary>
public sealed class SettingBesideController(Merging merging) : CaseController
{
    /// <summary>Sets it beside. "No complaint" is only proposed here; a lead who is somebody else decides.</summary>
    [HttpPost("complaints/{reference}/setting-beside")]
    public Task<IActionResult> Create(string reference, SettingBesideForm form) =>
        ChangeAsync(
            reference,
            "setting-beside",
            async (complaint, book) =>
            {
                switch (form.Verb)
                {
                    case Verb.DismissAsNoComplaint:
                        complaint.ProposeDismissal(Me.Actor, Now, form.Reason ?? "");
                        return new Sentence("Proposed. A team lead decides.");
                    case Verb.MarkDuplicate:
                        var survivor = await FindOtherAsync(form.DuplicateOf);
                        await merging.MergeAsync(complaint, survivor, Me.Actor, Now, form.Reason ?? "", form.AnotherCustomers, book);
                        return new Sentence("Merged into {0}. This can be undone for 30 days.", survivor.Reference);
                    case Verb.Withdraw:
                        return await TellAsync(complaint, book, form, MailPurpose.WithdrawnConfirmation, form.Reason ?? "");
                    case Verb.Refer when string.IsNullOrWhiteSpace(form.Body):
                        throw new Refusal(new Sentence("Name the body it goes to."), nameof(form.Body));
                    case Verb.Refer:
                        return await TellAsync(
                            complaint,
                            book,
                            form,
                            MailPurpose.ReferredConfirmation,
                            form.Body.Trim() + (string.IsNullOrWhiteSpace(form.Reason) ? "" : "\n" + form.Reason.Trim())
                        );
                    default:
                        throw new Refusal(new Sentence("Choose how it ends."), nameof(form.Verb));
                }
            }
        );

    /// <summary>Decides about "no complaint": <c>confirm</c>, or keep it.</summary>
    [HttpPost("complaints/{reference}/setting-beside/decision")]
    public Task<IActionResult> Decide(string reference, string? decision, string? reason) =>
        ChangeAsync(
            reference,
            "dismissal",
            (complaint, _) =>
            {
                if (decision == "confirm")
                {
                    var why = string.IsNullOrWhiteSpace(reason) ? complaint.ProposedWhy ?? "" : reason;
                    complaint.SetBeside(Verb.DismissAsNoComplaint, Me.Actor, Now, why);
                    return Task.FromResult(new Sentence("Confirmed: this is no complaint."));
                }

                complaint.KeepAsComplaint(Me.Actor, Now, reason ?? "");
                return Task.FromResult(new Sentence("It is a complaint and goes on."));
            },
            Right.Lead,
            mindsOthers: false // the verb itself knows whether the proposal still stands
        );

    /// <summary>Takes one's own proposal back.</summary>
    [HttpPost("complaints/{reference}/setting-beside/proposal/withdrawal")]
    public Task<IActionResult> Withdraw(string reference) =>
        ChangeAsync(
            reference,
            "dismissal",
            (complaint, _) =>
            {
                complaint.WithdrawProposal(Me.Actor, Now);
                return Task.FromResult(new Sentence("Withdrawn. It is worked on as a complaint."));
            },
            mindsOthers: false // the verb itself knows whether the proposal still stands
        );

    /// <summary>It was a complaint after all.</summary>
    [HttpPost("complaints/{reference}/setting-beside/undo")]
    public Task<IActionResult> Undo(string reference, string? reason) =>
        ChangeAsync(
            reference,
            "bringing-back",
            (complaint, book) =>
            {
                complaint.BringBack(Me.Actor, Now, reason ?? "", book);
                return Task.FromResult(new Sentence("It is a complaint again, and its clocks run."));
            },
            Right.Lead
        );

    private async Task<Sentence> TellAsync(
        Complaint complaint,
        Complaints.Deadlines.DeadlineBook book,
        SettingBesideForm form,
        MailPurpose purpose,
        string words
    )
    {
        var key = form.Tell ? await KeyAsync(complaint, purpose, Complaints.Customers.Channel.Email) : null;
        var verb = form.Verb!.Value;
        complaint.SetBeside(verb, Me.Actor, Now, words);
        if (key is not null)
        {
            complaint.Record(
                EntryKind.ContactOut,
                Me.Actor,
                Now,
                new Sentence("Confirmed to the customer by mail"),
                null,
                Complaints.Customers.Channel.Email,
                message: key
            );
            var said = new SaidForm { Channel = Complaints.Customers.Channel.Email, Words = form.TellWords ?? "" };
            var text =
                verb == Verb.Refer
                    ? string.Join("\n\n", new[] { form.Body!.Trim(), form.TellWords?.Trim() }.Where(t => !string.IsNullOrEmpty(t)))
                    : form.TellWords?.Trim() ?? "";
            await LeaveAsync(complaint, book, key, purpose, said, new CaseWords { Text = text, Step = verb }, "setting-beside");
        }

        return verb == Verb.Refer ? new Sentence("Referred.") : new Sentence("Withdrawn.");
    }
}

/// <summary>What is typed to set a complaint beside.</summary>
public sealed class SettingBesideForm
{
    public Verb? Verb { get; set; }
    public string? Reason { get; set; }

    /// <summary>Reference of the complaint it repeats.</summary>
    public string? DuplicateOf { get; set; }

    /// <summary>They are of two customers, and still one matter.</summary>
    public bool AnotherCustomers { get; set; }

    /// <summary>The outside body it goes to.</summary>
    public string? Body { get; set; }

    /// <summary>Confirm to the customer by mail.</summary>
    public bool Tell { get; set; }

    /// <summary>Words for that mail.</summary>
    public string? TellWords { get; set; }
}
