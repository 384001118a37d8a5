using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>Step 1: the customer knows that we have it.</summary>
public sealed class AcknowledgementController : LetterController
{
    /// <summary>Acknowledges.</summary>
    [HttpPost("complaints/{reference}/acknowledgement")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Create(string reference, SaidForm form) =>
        ChangeAsync(
            reference,
            "acknowledgement",
            (complaint, book) =>
                SayAsync(
                    complaint,
                    book,
                    MailPurpose.Acknowledgement,
                    form,
                    new CaseWords { Text = form.Words?.Trim() ?? "", Step = Verb.Acknowledge },
                    "acknowledgement",
                    key => complaint.Acknowledge(Me.Actor, Now, form.Statement, book, key),
                    _ => new Sentence("Acknowledged.")
                )
        );
}

/// <summary>Step 2: we are sorry, and say for what.</summary>
public sealed class ApologyController : LetterController
{
    /// <summary>Apologizes.</summary>
    [HttpPost("complaints/{reference}/apology")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Create(string reference, ApologyForm form) =>
        ChangeAsync(
            reference,
            "apology",
            (complaint, book) =>
                SayAsync(
                    complaint,
                    book,
                    form.Purpose,
                    form,
                    form.CaseWords,
                    "apology",
                    key => complaint.Apologize(Me.Actor, Now, new Apology(form.NoFaultFound, form.Shortfall), form.Statement, key),
                    _ => new Sentence("Apologized.")
                )
        );
}

/// <summary>What is typed to apologize.</summary>
public sealed class ApologyForm : SaidForm
{
    public string? Shortfall { get; set; }
    public bool NoFaultFound { get; set; }

    /// <summary>Which of the two letters it is.</summary>
    internal MailPurpose Purpose => NoFaultFound ? MailPurpose.ApologyNoFault : MailPurpose.Apology;

    /// <summary>The words as the mail wants them.</summary>
    internal CaseWords CaseWords =>
        new()
        {
            Text = Words?.Trim() ?? "",
            Step = Verb.Apologize,
            Shortfall = Shortfall?.Trim(),
            NoFaultFound = NoFaultFound,
        };
}

/// <summary>Step 3: what was done to put it right.</summary>
public sealed class ResolutionController(Complaints.Words.House house) : LetterController
{
    /// <summary>Resolves, or asks for approval.</summary>
    [HttpPost("complaints/{reference}/resolution")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Create(string reference, ResolutionForm form) =>
        ChangeAsync(
            reference,
            "resolution",
            async (complaint, book) =>
            {
                var currency = await house.CurrencyAsync();
                PointAnswers.Put(complaint, form.Points, Me.Actor, Now, currency);
                var resolution = form.Read(currency, complaint);
                var key = await KeyAsync(complaint, MailPurpose.Resolution, form.Channel);
                var with = await Enclosures.ReadAsync(complaint, form, Me.Reader, key is not null);
                if (with.Later is not null)
                {
                    throw new Refusal(
                        new Sentence("A resolution counts when it is written down, so its letter leaves now. Empty the time."),
                        "SendAt"
                    );
                }

                var limit = resolution.Amount is { } amount
                    ? await Limits.OfAsync(Db, Me.Member.Role, Me.Member.EffectiveSeat, complaint.Tier, amount.Currency)
                    : null;
                var entry = complaint.Resolve(Me.Actor, Now, resolution, form.Statement, limit, book, key);
                if (complaint.Approvals.Exists(a => a.DecidedAt is null))
                {
                    PutOn(complaint, entry, with);
                    complaint.Approvals[^1].Enclose(with.Kept);
                    // Whoever approves cannot mend the words: they are asked for now, as the document they will be.
                    var document = CaseMail.DocumentFor(complaint, MailPurpose.Resolution);
                    await DemandAsync(
                        complaint,
                        book,
                        MailPurpose.Resolution,
                        WordsOf(resolution, form.Words!) with
                        {
                            Document = document,
                        },
                        form.Channel
                    );
                    var asked = await ApprovalMail.WriteAsync(
                        HttpContext.RequestServices,
                        complaint,
                        complaint.Grants[^1],
                        resolution.Solution,
                        Me.Member,
                        Now
                    );
                    return asked is null
                        ? new Sentence("Waiting for approval. Nobody up the chain has a limit that covers it: tell your manager.")
                        : new Sentence("Waiting for approval by {0}.", asked.Name);
                }

                var words = await EncloseAsync(complaint, entry, key, WordsOf(resolution, form.Words!), with, "resolution");
                await LeaveAsync(complaint, book, key, MailPurpose.Resolution, form, words, "resolution");
                return new Sentence("Resolved.");
            }
        );

    internal static CaseWords WordsOf(Resolution resolution, string words) =>
        new()
        {
            Text = words.Trim(),
            Step = Verb.Resolve,
            Solution = resolution.Solution,
            Remedy = resolution.Remedy,
            Amount = resolution.Amount,
        };
}

/// <summary>What is typed to resolve.</summary>
public sealed class ResolutionForm : SaidForm
{
    public string? Solution { get; set; }
    public Remedy Remedy { get; set; }
    public string? Amount { get; set; }
    public string? Currency { get; set; }
    public long? RootCauseId { get; set; }
    public string? CorrectiveAction { get; set; }
    public bool? CustomerAgreed { get; set; }
    public Outcome? Outcome { get; set; }

    /// <summary>The amount as the form proposed it from the points; while it is left like that, the points decide.</summary>
    public string? AmountWas { get; set; }

    /// <summary>The remedy in the same way.</summary>
    public Remedy? RemedyWas { get; set; }

    /// <summary>Answers to the points.</summary>
    public List<PointAnswerForm> Points { get; set; } = [];

    /// <summary>The resolution, with what follows from the points as they are answered by now.</summary>
    /// <exception cref="Refusal">A point is open, no cause, no finding, or an amount that cannot be read.</exception>
    public Resolution Read(string currency, Complaint complaint)
    {
        complaint.RefuseOpenPoints();
        return complaint.WithPoints(
            new(
                Solution ?? "",
                Remedy == RemedyWas ? Remedy.None : Remedy,
                string.IsNullOrWhiteSpace(Amount) || Amount == AmountWas
                    ? null
                    : Money.Read(Amount, string.IsNullOrWhiteSpace(Currency) ? currency : Currency, nameof(Amount)),
                RootCauseId
                    ?? PointsTogether.Cause(complaint.Points)
                    ?? throw new Refusal(new Sentence("Choose the root cause."), nameof(RootCauseId)),
                CorrectiveAction,
                CustomerAgreed,
                complaint.PointsFound
                    ?? Outcome
                    ?? throw new Refusal(new Sentence("Say what was found: upheld, partly upheld or not upheld."), nameof(Outcome))
            )
        );
    }
}

/// <summary>The last step: the follow-up is done.</summary>
public sealed class ClosingController : CaseController
{
    /// <summary>Closes.</summary>
    [HttpPost("complaints/{reference}/closing")]
    public Task<IActionResult> Create(string reference, Outcome? outcome, string? reason) =>
        ChangeAsync(
            reference,
            "closing",
            (complaint, _) =>
            {
                if (outcome is null)
                {
                    throw new Refusal(new Sentence("Say what was found: upheld, partly upheld or not upheld."), "outcome");
                }

                if (string.IsNullOrWhiteSpace(reason))
                {
                    throw new Refusal(new Sentence("Say how you know that it is settled."), "reason");
                }

                complaint.Close(Me.Actor, Now, outcome.Value, new Sentence("{0}", reason.Trim()));
                return Task.FromResult(new Sentence("Closed."));
            }
        );
}

/// <summary>Back to work.</summary>
public sealed class ReopeningController : CaseController
{
    /// <summary>Reopens.</summary>
    [HttpPost("complaints/{reference}/reopening")]
    public async Task<IActionResult> Create(string reference, string? reason)
    {
        var leaves = false;
        var result = await ChangeAsync(
            reference,
            "reopening",
            async (complaint, book) =>
            {
                complaint.Reopen(Me.Actor, Now, reason ?? "", book);
                await Recusals.ReopenedAsync(Db, complaint, Now, book);
                leaves = complaint.IsKeptFrom(Me.Member.Id);
                return leaves
                    ? new Sentence("Reopened. You decided it before, so somebody else works it now and it is no longer shown to you.")
                    : new Sentence("Reopened. A new resolution is due by {0}.", complaint.NextDueAt);
            }
        );
        return leaves && result is LocalRedirectResult { Url: var url } && url.EndsWith('/' + reference, StringComparison.OrdinalIgnoreCase)
            ? LocalRedirect("/queues/mine")
            : result;
    }
}
