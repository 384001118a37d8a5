using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Words;

namespace Complaints.Casework;

/// <summary>
/// Several changes to a complaint, done together or not at all; what a bulk action does to each, and what a macro does.
/// An empty one changes nothing. In texts <c>{{customer}}</c> and <c>{{reference}}</c> stand for each complaint's own.
/// </summary>
public sealed record CaseChanges
{
    /// <summary>Id of who is to hold it; null leaves it as it is.</summary>
    public long? OwnerId { get; init; }

    /// <summary>Id of who is to hold it, for each complaint by its id: work spread over several people. Null for none.</summary>
    public IReadOnlyDictionary<long, long>? Owners { get; init; }

    /// <summary>Back to the unassigned queue.</summary>
    public bool ToNobody { get; init; }

    /// <summary>To whoever does it.</summary>
    public bool ToMe { get; init; }

    /// <summary>Another severity; null leaves it as it is.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Words among colleagues.</summary>
    public string? Note { get; init; }

    /// <summary>Words of an acknowledgement, sent by mail.</summary>
    public string? Acknowledgement { get; init; }

    /// <summary>Words of a reply, sent by mail.</summary>
    public string? Reply { get; init; }

    /// <summary>
    /// A reply by mail in the customer's language: a phrase of the phrase book by its id, own words with the fields of phrases,
    /// or the words below the phrase. See <see cref="StandingReply"/>.
    /// </summary>
    public string? ReplyEnglish { get; init; }
    public string? ReplyChinese { get; init; }
    public long? PhraseEnglish { get; init; }
    public long? PhraseChinese { get; init; }

    /// <summary>Key of the regulator's document the reply is where a regulator waits for it; null for none.</summary>
    public string? ReplyDocument { get; init; }

    /// <summary>Words of the apology, sent by mail.</summary>
    public string? Apology { get; init; }

    /// <summary>The shortfall owned up to; null for regret with no fault found so far.</summary>
    public string? Shortfall { get; init; }

    /// <summary>What is promised and by when, such as "call tomorrow 10:00".</summary>
    public string? Promise { get; init; }

    /// <summary>Tags to put on and to take off, with commas between.</summary>
    public string? AddTags { get; init; }
    public string? RemoveTags { get; init; }

    /// <summary>How it ends: withdrawn, referred, proposed as no complaint, or closed after the follow-up.</summary>
    public Verb? Ending { get; init; }

    /// <summary>What was found, for closing.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why it ends so.</summary>
    public string? Reason { get; init; }

    /// <summary>The outside body it is referred to.</summary>
    public string? Body { get; init; }

    /// <summary>Ways to end that can be chosen for many; a duplicate needs its own survivor each.</summary>
    public static IReadOnlyList<Verb> Endings { get; } = [Verb.Withdraw, Verb.Refer, Verb.DismissAsNoComplaint, Verb.Close];

    /// <summary>True when a reply in the customer's language is to be sent.</summary>
    [JsonIgnore]
    public bool RepliesByLanguage =>
        ReplyEnglish is not null || ReplyChinese is not null || PhraseEnglish is not null || PhraseChinese is not null;

    /// <summary>True when nothing is to change.</summary>
    public bool IsEmpty => this == new CaseChanges();

    /// <summary>The same, checked and without what was typed as nothing.</summary>
    /// <exception cref="Refusal">Something is missing that holds for every complaint; names the field.</exception>
    public CaseChanges Checked()
    {
        var clean = this with
        {
            Note = Clean(Note),
            Acknowledgement = Text(Acknowledgement, nameof(Acknowledgement)),
            Reply = Text(Reply, nameof(Reply)),
            ReplyEnglish = Standing(ReplyEnglish, nameof(ReplyEnglish)),
            ReplyChinese = Standing(ReplyChinese, nameof(ReplyChinese)),
            Apology = Text(Apology, nameof(Apology)),
            Shortfall = string.IsNullOrWhiteSpace(Apology) ? null : Clean(Shortfall),
            Promise = Clean(Promise),
            AddTags = Tags(AddTags),
            RemoveTags = Tags(RemoveTags),
            Reason = Clean(Reason),
            Body = Clean(Body),
        };
        clean = clean with { ReplyDocument = clean.RepliesByLanguage ? Clean(ReplyDocument) : null };
        if (clean.Ending is { } ending)
        {
            if (!Endings.Contains(ending))
            {
                throw new Refusal(new Sentence("Choose how it ends."), nameof(Ending));
            }

            if (ending == Verb.Close && clean.Outcome is null)
            {
                throw new Refusal(new Sentence("Say what was found: upheld, partly upheld or not upheld."), nameof(Outcome));
            }

            if (ending == Verb.Refer && clean.Body is null)
            {
                throw new Refusal(new Sentence("Name the body it goes to."), nameof(Body));
            }

            if (clean.Reason is null)
            {
                throw new Refusal(new Sentence("Say why. It stays on the timeline."), nameof(Reason));
            }
        }
        else
        {
            clean = clean with { Outcome = null, Reason = null, Body = null };
        }

        if (new[] { clean.Acknowledgement, clean.Apology, clean.Reply, clean.RepliesByLanguage ? "" : null }.Count(m => m is not null) > 1)
        {
            throw new Refusal(new Sentence("One mail at a time: write the acknowledgement, the apology or the reply."), nameof(Reply));
        }

        return clean.IsEmpty ? throw new Refusal("Choose what is to change.") : clean;
    }

    /// <summary>As text for the database.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Reads <see cref="Write"/>.</summary>
    public static CaseChanges Read(string kept) => JsonSerializer.Deserialize<CaseChanges>(kept) ?? new CaseChanges();

    private static string? Tags(string? typed) => Tag.Read(typed) is { Count: > 0 } names ? string.Join(", ", names) : null;

    private static string? Clean(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>Words that leave without anybody having looked at them: with fields that exist, and nothing left to a writer.</summary>
    private static string? Standing(string? typed, string field)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        PhraseBook.Check(text, field);
        return StandingReply.LeftOpen(text, PhraseBook.Fields.ToDictionary(f => f, f => f)) is { } open
            ? throw new Refusal(new Sentence("Nobody fills in {0} when a macro runs. Write it out, or take it out.", open), field)
            : text;
    }

    private static string? Text(string? typed, string field)
    {
        var text = Clean(typed);
        var rest = text is null ? "" : CommonWords.For(text, "", "");
        return rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)
            ? throw new Refusal(
                new Sentence("Only {0} and {1} are filled in for each. Take the other braces out.", "{{customer}}", "{{reference}}"),
                field
            )
            : text;
    }
}
