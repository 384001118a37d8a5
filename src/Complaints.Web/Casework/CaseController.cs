using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>
/// What every step of a complaint shares: load and authorise, refuse when somebody else changed it, do the verb, save
/// once, go back to its page; or show the page again with everything typed and what is new.
/// </summary>
/// <remarks>
/// Forms carry the number of the last entry they saw instead of the row's version: the sweep touches the row all the
/// time, and a clerk must not be sent back for that. The version still decides between two saves at the same moment;
/// the loser looks again and is refused only when a person was faster.
/// </remarks>
public abstract class CaseController : DeskController
{
    /// <summary>The database of this request.</summary>
    protected ComplaintsDb Db => HttpContext.RequestServices.GetRequiredService<ComplaintsDb>();

    /// <summary>The one way to a complaint.</summary>
    protected Cases Cases => HttpContext.RequestServices.GetRequiredService<Cases>();

    /// <summary>Builds the page.</summary>
    protected CasePages Pages => HttpContext.RequestServices.GetRequiredService<CasePages>();

    /// <summary>Writes mails.</summary>
    protected CaseMail Mails => HttpContext.RequestServices.GetRequiredService<CaseMail>();

    /// <summary>Changes a complaint by a form.</summary>
    /// <param name="reference">As in the address.</param>
    /// <param name="form">Name of the form, for its return.</param>
    /// <param name="change">Does it and returns the word of success.</param>
    /// <param name="right">What the person must hold.</param>
    /// <param name="mindsOthers">False for what cannot collide with another's change, such as a note.</param>
    protected Task<IActionResult> ChangeAsync(
        string reference,
        string form,
        Func<Complaint, DeadlineBook, Task<Sentence>> change,
        Right right = Right.Work,
        bool mindsOthers = true
    ) =>
        TryAsync(
            async () =>
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        var complaint = await Cases.FindAsync(reference, right);
                        if (mindsOthers)
                        {
                            await RefuseStaleAsync(complaint);
                        }

                        var stood = complaint.State;
                        var done = await change(complaint, await Cases.BookAsync());
                        await HttpContext.RequestServices.GetRequiredService<CaseLabels>().NeedAsync(complaint, stood);
                        await Db.SaveChangesAsync();
                        Flash(done.Text, done.Args);
                        await Draft.ForgetAsync(Db, Me.Member.Id, complaint.Id, form);
                        TempData["draft-done"] = $"{form}-{complaint.Reference}";
                        return LocalRedirect($"/complaints/{await NextAsync(complaint.Reference) ?? complaint.Reference}");
                    }
                    catch (DbUpdateException lost)
                        when (attempt < 4 && (lost is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(lost)))
                    {
                        Db.ChangeTracker.Clear(); // somebody saved in between: look again
                    }
                }
            },
            () => AgainAsync(reference, form)
        );

    /// <summary>After success back to the list of payments where the form stood there; <paramref name="back"/> is that list's own query.</summary>
    protected async Task<IActionResult> BackAsync(string? back, Task<IActionResult> change)
    {
        var result = await change;
        return result is LocalRedirectResult && back is not null && back.StartsWith('?') ? LocalRedirect("/payments" + back) : result;
    }

    /// <summary>The next complaint where “and next” was pressed; the mail that leaves in a moment can be undone there.</summary>
    private async Task<string?> NextAsync(string reference)
    {
        if (!HttpContext.Request.HasFormContentType || HttpContext.Request.Form["then"] != "next")
        {
            return null;
        }

        var sent = Db.ChangeTracker.Entries<OutMessage>().Select(e => e.Entity).FirstOrDefault(m => m.PersonWrote && m.NotBefore > Now);
        var found = await HttpContext.RequestServices.GetRequiredService<Complaints.Web.Queues.NextWork>().FindAsync(reference);
        if (found is null)
        {
            Flash("Done, and nothing else waits for you now.");
        }
        else if (sent is not null)
        {
            TempData["undo"] =
                $"{sent.Id.ToString(CultureInfo.InvariantCulture)} {sent.NotBefore.Ticks.ToString(CultureInfo.InvariantCulture)}";
            TempData["undo-subject"] = sent.Subject;
        }

        return found?.Reference;
    }

    /// <summary>Another complaint that somebody named, for a verb. A foreign one does not exist for them.</summary>
    /// <exception cref="Refusal">There is none of that reference.</exception>
    protected async Task<Complaint> FindOtherAsync(string? typed)
    {
        try
        {
            return await Cases.FindAsync(typed?.Trim() ?? "", Right.Work);
        }
        catch (NotHere)
        {
            throw new Refusal(new Sentence("There is no complaint “{0}”. Check the reference.", typed?.Trim() ?? ""), "duplicateOf");
        }
    }

    /// <summary>Promises what the words say, kept by whoever holds the complaint, else by whoever promises.</summary>
    protected Promise Promise(
        Complaint complaint,
        DeadlineBook book,
        string? words,
        Complaints.Customers.Channel channel,
        string? message = null
    ) =>
        complaint.MakePromise(
            Me.Actor,
            Now,
            words ?? "",
            channel,
            DueAt(complaint, book, words),
            complaint.OwnerId ?? Me.Member.Id,
            message
        );

    /// <summary>By when the words promise it, UTC.</summary>
    /// <exception cref="Refusal">They name no time.</exception>
    protected DateTime DueAt(Complaint complaint, DeadlineBook book, string? words) =>
        PromiseTime.Read(words ?? "", Now, T.Reader.Zone, book.Calendar(book.Unit(complaint.UnitId).CalendarId))
        ?? throw new Refusal(
            new Sentence("Say by when, such as “call Tuesday 10:00”, “answer within 2 days” or “refund by 4 December”."),
            "Promise"
        );

    /// <summary>Writes the mail of what was just said, or notes that a demanded document was posted.</summary>
    /// <param name="complaint">After the verb.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="key">From <see cref="CaseMail.KeyAsync"/>; null when it was not said by mail.</param>
    /// <param name="purpose">What the mail is for.</param>
    /// <param name="said">Channel, words and document.</param>
    /// <param name="words">The rest of the mail.</param>
    /// <param name="form">Name of the form, for undo.</param>
    protected async Task LeaveAsync(
        Complaint complaint,
        DeadlineBook book,
        string? key,
        MailPurpose purpose,
        SaidForm said,
        CaseWords words,
        string form
    )
    {
        await DemandAsync(complaint, book, purpose, words with { Document = said.Document }, said.Channel);
        if (said.Channel != Complaints.Customers.Channel.Email || key is not null)
        {
            await PhraseBook.CountAsync(Db, words.Text, complaint.Unit.Path, complaint.Id, Me.Member.Id, Now, key);
        }

        if (key is not null)
        {
            await Mails.WriteAsync(
                complaint,
                purpose,
                key,
                words with
                {
                    AuthorId = words.AuthorId ?? Me.Member.Id,
                    AuthorName = words.AuthorName ?? Me.Member.Name,
                    Document = said.Document,
                    Typed = words.Typed ?? CasePages.Keep(form, Values()),
                },
                book
            );
        }
        else if (said.Channel == Complaints.Customers.Channel.Letter && CaseMail.Demanded(complaint).Contains(said.Document ?? ""))
        {
            var name = book
                .Regimes.Where(r => complaint.Clocks.Any(c => c.RegimeClock.StartsWith(r.Key + "/", StringComparison.Ordinal)))
                .SelectMany(r => r.Documents)
                .First(d => d.Key == said.Document);
            complaint.DocumentLeft(Me.Actor, Now, Now, said.Document!, new Sentence("{0}", name.NameIn(T.Reader.Language)));
        }
    }

    /// <summary>Refuses a regulator's final answer that lacks what the regulator demands of it; nothing else is ever refused for its wording.</summary>
    /// <exception cref="Refusal">A sentence is missing; the first is named.</exception>
    protected async Task DemandAsync(
        Complaint complaint,
        DeadlineBook book,
        MailPurpose purpose,
        CaseWords words,
        Complaints.Customers.Channel channel
    )
    {
        if (channel is not (Complaints.Customers.Channel.Email or Complaints.Customers.Channel.Letter))
        {
            return; // what is only said is no document
        }

        var advising = HttpContext.RequestServices.GetRequiredService<Advising>();
        var lacking = await advising.LackingAsync(
            complaint,
            purpose,
            words,
            book,
            channel == Complaints.Customers.Channel.Email && complaint.UsableMail is not null
        );
        if (lacking.Count > 0)
        {
            throw new Refusal(
                lacking.Count == 1
                    ? new Sentence(
                        "This is the regulator's final answer, so it must also say: “{0}” Put it in below, or say that it is not that document.",
                        lacking[0]
                    )
                    : new Sentence(
                        "This is the regulator's final answer, so it must also say: “{0}” And {1} more. Put them in below, or say that it is not that document.",
                        lacking[0],
                        lacking.Count - 1
                    ),
                "Words"
            );
        }
    }

    /// <summary>The key of the mail this will be, or null when it is said in another way or there is no usable address.</summary>
    protected async Task<string?> KeyAsync(Complaint complaint, MailPurpose purpose, Complaints.Customers.Channel channel) =>
        channel == Complaints.Customers.Channel.Email && complaint.UsableMail is not null ? await Mails.KeyAsync(purpose, complaint) : null;

    /// <summary>The page once more, with what was typed.</summary>
    protected async Task<IActionResult> AgainAsync(string reference, string form)
    {
        Db.ChangeTracker.Clear();
        var errors = ModelState.SelectMany(e => e.Value!.Errors.Select(r => (e.Key, r.ErrorMessage))).ToList();
        ModelState.Clear();
        foreach (var (key, message) in errors)
        {
            ModelState.AddModelError(key.Length == 0 ? "" : $"{form}-{char.ToUpperInvariant(key[0])}{key[1..]}", message);
        }

        ViewData["Seen"] = Seen;
        return View("Complaint", await Pages.BuildAsync(reference, typed: new Typed(form, Return(Values())), seen: Seen));
    }

    /// <summary>Refuses when somebody else changed it since the form was opened.</summary>
    /// <exception cref="StaleEdit">Somebody did.</exception>
    protected async Task RefuseStaleAsync(Complaint complaint)
    {
        if (Seen is { } seen && (await Pages.NewsAsync(complaint.Id, seen)).Count > 0)
        {
            throw new StaleEdit();
        }
    }

    private int? Seen => int.TryParse(Request.Form["Seen"], System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : null;

    /// <summary>What a form that comes back holds beside what was typed.</summary>
    protected virtual Dictionary<string, string?> Return(Dictionary<string, string?> values) => values;

    /// <summary>What was typed, by field; several values of one field with commas between them.</summary>
    protected Dictionary<string, string?> Values() =>
        Request.Form.ToDictionary(f => f.Key, f => (string?)f.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
