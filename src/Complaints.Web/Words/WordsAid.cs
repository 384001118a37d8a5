using Complaints.Casework;
using Complaints.Customers;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Web.Casework;
using Complaints.Web.Intake;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Words;

/// <summary>What stands below a box for words to a customer.</summary>
/// <param name="Id">Id of the box.</param>
/// <param name="Advice">What the adviser says of what is in it; empty for a box nobody has written in.</param>
/// <param name="Phrases">Phrases to put in; empty where another box of the page shows them.</param>
/// <param name="PhrasesId">Id of the fold with the phrases.</param>
/// <param name="MayEdit">May the person change phrases somewhere?</param>
public sealed record WordsAid(
    string Id,
    IReadOnlyList<Advice> Advice,
    IReadOnlyList<OfferedPhrase> Phrases,
    string PhrasesId,
    bool MayEdit
);

/// <summary>Advice and phrases below a box on the page of a complaint.</summary>
public sealed class WordsAidViewComponent(OfferedPhrases offered, Advising advising, Me me) : ViewComponent
{
    /// <summary>Shows them.</summary>
    /// <param name="page">The page.</param>
    /// <param name="form">Name of the form; its box has the id <c>{form}-Words</c>.</param>
    public async Task<IViewComponentResult> InvokeAsync(CasePage page, string form)
    {
        var typed = new AdvisedForm
        {
            AdviceText = page.Value(form, "Words"),
            Shortfall = page.Value(form, "Shortfall"),
            NoFaultFound = page.Value(form, "NoFaultFound") == "true",
            Document = page.Value(form, "Document"),
            Solution = page.Value(form, "Solution"),
            Channel = Enum.TryParse<Channel>(page.Value(form, "Channel"), out var channel) ? channel : null,
        };
        var advice = page.Again(form)
            ? await advising.ReadAsync(page.Complaint, typed.Purpose(form), typed.Words, me.Actor, page.Book, typed.ByMail(page.Complaint))
            : [];
        var id = form + "-Words";
        return View(
            "/Words/_WordsAid.cshtml",
            new WordsAid(id, advice, await offered.OfAsync(page), id + "-phrases", PhrasesController.MayOpen(me))
        );
    }
}

/// <summary>The same below a box of the log page; the phrases stand below the last one, for all.</summary>
public sealed class SpotAidViewComponent(OfferedPhrases offered, Advising advising, Cases cases, Me me) : ViewComponent
{
    /// <summary>Shows them.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="field">Name and id of the box.</param>
    /// <param name="phrases">Show the phrases here.</param>
    public async Task<IViewComponentResult> InvokeAsync(LogForm form, string field, bool phrases)
    {
        var text = field == nameof(form.ApologyWords) ? form.ApologyWords : form.SpotWords;
        var advice =
            ModelState.IsValid || string.IsNullOrWhiteSpace(text)
                ? []
                : await advising.ReadNewAsync(
                    text,
                    form.CustomerId is null ? null : form.Who,
                    field == nameof(form.ApologyWords),
                    form.NoFault || !string.IsNullOrWhiteSpace(form.Shortfall),
                    form.CustomerId,
                    me.Actor,
                    await cases.BookAsync()
                );
        return View(
            "/Words/_WordsAid.cshtml",
            new WordsAid(field, advice, phrases ? await offered.WhileLoggingAsync() : [], "spot-phrases", PhrasesController.MayOpen(me))
        );
    }
}

/// <summary>What the adviser is asked about, and what it must know of the form.</summary>
public sealed class AdvisedForm
{
    /// <summary>The words.</summary>
    public string? AdviceText { get; set; }

    /// <summary>Name of the box they stand in.</summary>
    public string? AdviceField { get; set; }
    public string? Shortfall { get; set; }
    public bool NoFaultFound { get; set; }
    public string? Document { get; set; }
    public string? Solution { get; set; }
    public Channel? Channel { get; set; }

    /// <summary>On the log page: who complains.</summary>
    public string? Who { get; set; }
    public long? CustomerId { get; set; }
    public bool NoFault { get; set; }

    internal CaseWords Words =>
        new()
        {
            Text = AdviceText ?? "",
            Shortfall = Shortfall,
            NoFaultFound = NoFaultFound,
            Document = Document,
            Solution = Solution,
        };

    internal bool ByMail(Complaint complaint) => Channel is Complaints.Customers.Channel.Email && complaint.UsableMail is not null;

    internal MailPurpose Purpose(string form) =>
        form switch
        {
            "acknowledgement" => MailPurpose.Acknowledgement,
            "apology" => NoFaultFound ? MailPurpose.ApologyNoFault : MailPurpose.Apology,
            "resolution" => MailPurpose.Resolution,
            "reply" => MailPurpose.Reply,
            _ => throw new Shared.NotHere(),
        };
}
