using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Web.Intake;

/// <summary>What is typed to log a complaint. Three fields are required: who, how it came in, what happened.</summary>
public sealed class LogForm
{
    /// <summary>Name, phone, mail or handle as typed.</summary>
    public string? Who { get; set; }

    /// <summary>The customer taken from the matches; null for somebody new.</summary>
    public long? CustomerId { get; set; }

    /// <summary>Who speaks for the organisation that was taken from the matches; null for nobody.</summary>
    public long? PersonId { get; set; }

    /// <summary>The person taken from the matches speaks for their organisation, whose complaint it is.</summary>
    public bool ForOrganisation { get; set; }

    /// <summary>The contact this complaint is made of; null for none.</summary>
    public long? ContactId { get; set; }

    /// <summary>Answer to "is it one of these?": an id, or <c>new</c>.</summary>
    public string? Known { get; set; }

    /// <summary>Name of somebody new, when <see cref="Who"/> is a number or an address.</summary>
    public string? NewName { get; set; }

    /// <summary>Phone, mail or handle of somebody new.</summary>
    public string? NewContact { get; set; }
    public string? NewLanguage { get; set; }
    public Channel Channel { get; set; } = Channel.Phone;

    /// <summary>Local date and time in the reader's zone, as the browser's field writes it; empty for now.</summary>
    public string? Received { get; set; }
    public string? WhatHappened { get; set; }
    public string? Wants { get; set; }

    /// <summary>Points of complaint, one on each line.</summary>
    public string? Points { get; set; }
    public long? CategoryId { get; set; }
    public Severity Severity { get; set; } = Severity.Normal;
    public bool Public { get; set; }
    public string? Amount { get; set; }
    public string? Currency { get; set; }
    public long? UnitId { get; set; }
    public long? AboutId { get; set; }
    public string? AffectedPerson { get; set; }
    public string? Authority { get; set; }
    public string? Proof { get; set; }
    public Need? Need { get; set; }
    public ServiceStage? Stage { get; set; }
    public bool? Technical { get; set; }
    public bool? OnSite { get; set; }
    public bool? Paid { get; set; }
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Acknowledged, apologized and resolved while the customer is there.</summary>
    public bool OnTheSpot { get; set; }
    public string? SpotWords { get; set; }
    public string? ApologyWords { get; set; }
    public bool NoFault { get; set; }
    public string? Shortfall { get; set; }
    public string? Solution { get; set; }
    public Remedy Remedy { get; set; } = Remedy.Explanation;
    public string? RemedyAmount { get; set; }
    public string? RemedyCurrency { get; set; }
    public long? RootCauseId { get; set; }
    public bool Agreed { get; set; } = true;
    public Outcome Finding { get; set; } = Outcome.Upheld;

    /// <summary>Made with the empty form; the same key makes the same complaint.</summary>
    public string? SubmissionKey { get; set; }

    /// <summary>Log it although it looks like one that is open.</summary>
    public bool Anyway { get; set; }

    /// <summary>Reference of an open complaint these words are added to instead.</summary>
    public string? AddTo { get; set; }

    /// <summary>Fields that are needed and empty, each with what to do.</summary>
    public IEnumerable<(string Field, Sentence Sentence)> Missing()
    {
        if (string.IsNullOrWhiteSpace(Who) && CustomerId is null && AddTo is null)
        {
            yield return (nameof(Who), new Sentence("Say who complains: a name, phone or mail address."));
        }

        if (string.IsNullOrWhiteSpace(WhatHappened))
        {
            yield return (nameof(WhatHappened), new Sentence("Write down what happened."));
        }

        if (!OnTheSpot || AddTo is not null)
        {
            yield break;
        }

        if (!string.IsNullOrWhiteSpace(Points))
        {
            yield return (
                nameof(Points),
                new Sentence("Points are answered one by one on the complaint's page. Untick “settled on the spot”, or empty the points.")
            );
        }

        if (string.IsNullOrWhiteSpace(SpotWords))
        {
            yield return (nameof(SpotWords), new Sentence("Write down what was said or sent."));
        }

        if (string.IsNullOrWhiteSpace(ApologyWords))
        {
            yield return (nameof(ApologyWords), new Sentence("Write down the words of the apology."));
        }

        if (!NoFault && string.IsNullOrWhiteSpace(Shortfall))
        {
            yield return (nameof(Shortfall), new Sentence("Name the shortfall we own up to, or mark “no fault found so far”."));
        }

        if (string.IsNullOrWhiteSpace(Solution))
        {
            yield return (nameof(Solution), new Sentence("Write down what was done to put it right."));
        }

        if (RootCauseId is null)
        {
            yield return (nameof(RootCauseId), new Sentence("Choose the root cause."));
        }
    }
}
