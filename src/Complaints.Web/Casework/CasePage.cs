using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Customers;

namespace Complaints.Web.Casework;

/// <summary>Everything the page of one complaint shows.</summary>
public sealed record CasePage
{
    /// <summary>With clocks, customer, unit, owner and the waiting approval.</summary>
    public required Complaint Complaint { get; init; }
    public required DeadlineBook Book { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary><c>all</c>, <c>contacts</c> or <c>changes</c>.</summary>
    public required string Filter { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<TimelineEntry> Entries { get; init; }

    /// <summary>Where to go on from, see <see cref="EntryCursor"/>; null when nothing older is there.</summary>
    public string? OlderThan { get; init; }

    /// <summary>What it was merged, linked, split or put together with.</summary>
    public required Joined Joined { get; init; }

    /// <summary>Remedies of complaints merged here, as far as the reader may see those; changed where they belong.</summary>
    public IReadOnlyList<MergedGrant> MergedGrants { get; init; } = [];

    /// <summary>Reference of the complaint whose entries alone are shown; null for all.</summary>
    public string? Of { get; init; }

    /// <summary>Mails of the complaint by their key.</summary>
    public required IReadOnlyDictionary<string, CaseMailLine> Mails { get; init; }
    public required IReadOnlyList<DeskTask> Tasks { get; init; }
    public required IReadOnlyList<Attachment> Files { get; init; }

    /// <summary>The same as they are shown, and what is held back in its mails.</summary>
    public required IReadOnlyList<CaseFile> FileLines { get; init; }

    /// <summary>Largest file the form for adding one takes, in bytes.</summary>
    public required long LargestFile { get; init; }

    /// <summary>Who takes part by mail beside the customer.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>What the customer wrote last, to be quoted; null when they wrote nothing.</summary>
    public LastWords? Last { get; init; }

    /// <summary>Who may hold it.</summary>
    public required IReadOnlyList<StaffMember> People { get; init; }
    public required IReadOnlyList<Choice> Categories { get; init; }
    public required IReadOnlyList<Choice> RootCauses { get; init; }
    public required IReadOnlyList<Unit> Units { get; init; }

    /// <summary>What this customer complained of, ever and of late, as far as the reader may see.</summary>
    public required Complained Complained { get; init; }

    /// <summary>That the customer needs more care; null for who may not know.</summary>
    public CareShown? Care { get; init; }

    /// <summary>Reference of the complaint it repeats.</summary>
    public string? DuplicateOf { get; init; }
    public string? CategoryName { get; init; }
    public string? ComplainedAbout { get; init; }

    /// <summary>Names of those who decided it before a reopening and are kept out of it.</summary>
    public IReadOnlyList<string> DecidedAndKept { get; init; } = [];

    /// <summary>Names of those who decided it before and see it all the same, because nobody else could work it.</summary>
    public IReadOnlyList<string> DecidedAndStay { get; init; } = [];

    /// <summary>What the person may grant alone, minor units of <see cref="Currency"/>; null when nothing.</summary>
    public long? Limit { get; init; }
    public required string Currency { get; init; }

    /// <summary>The words of the final letter as the answered points make them; null while one is open, or without points.</summary>
    public string? Letter { get; init; }

    /// <summary>The points that count, by their number.</summary>
    public IReadOnlyList<Point> Points => [.. Complaint.Points.Where(p => p.Counts).OrderBy(p => p.Number)];

    /// <summary>May points be added, changed and answered now?</summary>
    public bool PointsOpen => MayWork && Complaint is { IsOpen: true, State: < State.Resolved, AwaitingApproval: false };

    /// <summary>A form that was refused or undone, with everything typed; null for none.</summary>
    public Typed? Typed { get; init; }

    /// <summary>What the person typed here and did not send.</summary>
    public IReadOnlyList<Draft> Drafts { get; init; } = [];

    /// <summary>Words of those whose form is not offered any more.</summary>
    public IReadOnlyList<OldDraft> OldDrafts => [.. Drafts.Where(d => !Offers(d.Form)).Select(OldDraft.Of)];

    /// <summary>What others did since that form was opened.</summary>
    public required IReadOnlyList<TimelineEntry> News { get; init; }

    /// <summary>May the person change anything here?</summary>
    public bool MayWork { get; init; }
    public bool MayLead { get; init; }
    public bool MayAssign { get; init; }
    public long MyId { get; init; }

    /// <summary>Value of a field: what was typed, else <paramref name="otherwise"/>.</summary>
    public string? Value(string form, string field, string? otherwise = null) =>
        Typed is { } typed && typed.Form == form ? typed.Values.GetValueOrDefault(field) : otherwise;

    /// <summary>The values of a field that may have several.</summary>
    public IReadOnlyList<string> Values(string form, string field) =>
        Value(form, field)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>True when that form came back.</summary>
    public bool Again(string form) => Typed?.Form == form;

    /// <summary>The step whose form stands ready; null when none is owed by a person.</summary>
    public string? NextForm =>
        !Complaint.IsOpen || Complaint.Approvals.Exists(a => a.DecidedAt is null)
            ? null
            : Complaint.State switch
            {
                State.Received => "acknowledgement",
                State.Acknowledged => "apology",
                State.Apologized => "resolution",
                State.InFollowUp => "closing",
                _ => null,
            };

    /// <summary>Steps and moves that make sense now, by the name of their form.</summary>
    public bool Offers(string form) =>
        form switch
        {
            "points" or "answers" or "point-change" or "point-withdrawal" => PointsOpen,
            "setting-beside" or "waiting" => Complaint.State < State.Resolved,
            "reopening" => Complaint.State is State.Resolved or State.InFollowUp or State.Closed,
            "acknowledgement" or "apology" or "resolution" or "closing" => NextForm == form,
            _ => true,
        };

    /// <summary>Ways to say something to this customer, the best first.</summary>
    public IReadOnlyList<Channel> WaysOut =>
        Complaint.UsableMail is null
            ? [Channel.Phone, Channel.Counter, Channel.Letter, Channel.Social]
            : [Channel.Email, Channel.Phone, Channel.Counter, Channel.Letter, Channel.Social];

    /// <summary>The customer's preferred way, else mail, else phone.</summary>
    public Channel BestWay => WaysOut.Contains(Complaint.Customer.PreferredChannel) ? Complaint.Customer.PreferredChannel : WaysOut[0];
}

/// <summary>A remedy granted on a complaint that was merged here.</summary>
/// <param name="Reference">Of the complaint it belongs to.</param>
public sealed record MergedGrant(string Reference, Grant Grant);

/// <summary>One of a tree, for a list to choose from.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Name in the reader's language.</param>
/// <param name="Depth">0 at the top.</param>
public sealed record Choice(long Id, string Name, int Depth);

/// <summary>A form that came back with everything typed.</summary>
/// <param name="Form">Its name, such as <c>acknowledgement</c>.</param>
/// <param name="Values">What was typed, by field.</param>
public sealed record Typed(string Form, IReadOnlyDictionary<string, string?> Values);

/// <summary>The words of a draft whose form is gone.</summary>
/// <param name="Form">Name of the form.</param>
/// <param name="At">UTC.</param>
/// <param name="Words">What was typed in words.</param>
public sealed record OldDraft(string Form, DateTime At, IReadOnlyList<string> Words)
{
    /// <summary>Reads one; only texts, no choices and ticks.</summary>
    public static OldDraft Of(Draft draft)
    {
        using var read = System.Text.Json.JsonDocument.Parse(draft.Typed);
        return new OldDraft(
            draft.Form,
            draft.At,
            [
                .. read
                    .RootElement.EnumerateObject()
                    .Where(f =>
                        f.Value.ValueKind == System.Text.Json.JsonValueKind.String
                        && _texts.Any(t => f.Name.StartsWith(t, StringComparison.OrdinalIgnoreCase))
                    )
                    .Select(f => f.Value.GetString()!)
                    .Where(t => !string.IsNullOrWhiteSpace(t)),
            ]
        );
    }

    private static readonly string[] _texts =
    [
        "Words#",
        "Solution#",
        "Shortfall#",
        "Reason#",
        "CorrectiveAction#",
        "Lines#",
        "TellWords#",
        "Points[",
    ];
}
