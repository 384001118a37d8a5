using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>What a customer was promised: made in one field, kept, agreed anew, or no longer needed.</summary>
[Route("complaints/{reference}/promises")]
public sealed class PromiseController : CaseController
{
    /// <summary>Makes one; the words say by when.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(string reference, string? promise, Channel channel) =>
        ChangeAsync(
            reference,
            "promise",
            (complaint, book) =>
            {
                var made = Promise(complaint, book, promise, channel);
                return Task.FromResult(new Sentence("Promised by {0}. You are reminded in time.", made.DueAt));
            },
            mindsOthers: false
        );

    /// <summary>It was done.</summary>
    [HttpPost("{id:long}/kept")]
    public Task<IActionResult> Keep(string reference, long id, string? words) =>
        ChangeAsync(
            reference,
            Form(id),
            (complaint, _) =>
            {
                complaint.KeepPromise(Find(complaint, id), Me.Actor, Now, string.IsNullOrWhiteSpace(words) ? null : words.Trim());
                return Task.FromResult(new Sentence("Promise kept."));
            },
            mindsOthers: false
        );

    /// <summary>The customer agreed to something else.</summary>
    [HttpPost("{id:long}/moved")]
    public Task<IActionResult> Move(string reference, long id, string? promise, string? reason) =>
        ChangeAsync(
            reference,
            Form(id),
            (complaint, book) =>
            {
                var old = Find(complaint, id);
                var at = DueAt(complaint, book, promise);
                var made = complaint.MovePromise(old, Me.Actor, Now, promise ?? "", at, reason ?? "");
                return Task.FromResult(new Sentence("Agreed anew: by {0}.", made.DueAt));
            },
            mindsOthers: false
        );

    /// <summary>The customer needs it no longer.</summary>
    [HttpPost("{id:long}/released")]
    public Task<IActionResult> Release(string reference, long id, string? reason) =>
        ChangeAsync(
            reference,
            Form(id),
            (complaint, _) =>
            {
                complaint.ReleasePromise(Find(complaint, id), Me.Actor, Now, reason ?? "");
                return Task.FromResult(new Sentence("Nothing is owed from this promise any more."));
            },
            mindsOthers: false
        );

    private static string Form(long id) => "promise-" + id.ToString(CultureInfo.InvariantCulture);

    private static Promise Find(Complaint complaint, long id) => complaint.Promises.Find(p => p.Id == id) ?? throw new NotHere();
}
