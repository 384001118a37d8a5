using Complaints.Casework;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Words;

/// <summary>The writing adviser, asked by a box while somebody writes in it. Changes nothing.</summary>
public sealed class AdviceController(Advising advising, Cases cases) : DeskController
{
    /// <summary>What could be better in words to the customer of a complaint.</summary>
    /// <param name="reference">As in the address.</param>
    /// <param name="step"><c>reply</c>, <c>acknowledgement</c>, <c>apology</c> or <c>resolution</c>.</param>
    /// <param name="form">The words, and the fields of the form they stand in.</param>
    [HttpPost("complaints/{reference}/advice/{step}")]
    public async Task<IActionResult> Create(string reference, string step, AdvisedForm form)
    {
        ModelState.Clear(); // half-typed fields are no reason to say nothing
        var complaint = await cases.FindAsync(reference, Right.Work);
        var advice = await advising.ReadAsync(
            complaint,
            form.Purpose(step),
            form.Words,
            Me.Actor,
            await cases.BookAsync(),
            form.ByMail(complaint)
        );
        return PartialView("_Advice", advice);
    }

    /// <summary>The same while a complaint is being logged.</summary>
    [HttpPost("complaints/new/advice")]
    [Needs(Right.Work)]
    public async Task<IActionResult> New(AdvisedForm form)
    {
        ModelState.Clear();
        var advice = await advising.ReadNewAsync(
            form.AdviceText ?? "",
            form.CustomerId is null ? null : form.Who?.Trim(),
            form.AdviceField == "ApologyWords",
            form.NoFault || !string.IsNullOrWhiteSpace(form.Shortfall),
            form.CustomerId,
            Me.Actor,
            await cases.BookAsync()
        );
        return PartialView("_Advice", advice);
    }
}
