using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>Where a complaint stands: named by the last step done.</summary>
public enum State
{
    [Words("Received", "已登记")]
    Received = 0,

    [Words("Acknowledged", "已响应")]
    Acknowledged = 1,

    [Words("Apologized", "已致歉")]
    Apologized = 2,

    [Words("Resolved", "已解决")]
    Resolved = 3,

    [Words("In follow-up", "回访中")]
    InFollowUp = 4,

    [Words("Closed", "已关闭")]
    Closed = 5,

    [Words("Withdrawn", "已撤回")]
    Withdrawn = 6,

    [Words("Duplicate", "重复")]
    Duplicate = 7,

    [Words("Referred", "已转办")]
    Referred = 8,

    [Words("Not a complaint", "非投诉")]
    NotAComplaint = 9,
}

/// <summary>What moves a complaint from one state to another.</summary>
public enum Verb
{
    [Words("Acknowledge", "响应")]
    Acknowledge = 0,

    [Words("Apologize", "致歉")]
    Apologize = 1,

    [Words("Resolve", "解决")]
    Resolve = 2,

    [Words("Follow up", "回访")]
    FollowUp = 3,

    [Words("Close", "关闭")]
    Close = 4,

    [Words("Reopen", "重新打开")]
    Reopen = 5,

    [Words("Withdraw", "撤回")]
    Withdraw = 6,

    [Words("Mark as duplicate", "标记为重复")]
    MarkDuplicate = 7,

    [Words("Refer to an outside body", "转办外部机构")]
    Refer = 8,

    [Words("Not a complaint", "判定为非投诉")]
    DismissAsNoComplaint = 9,
}

/// <summary>One row of the lifecycle.</summary>
/// <param name="From">State it starts from.</param>
/// <param name="Verb">What is done.</param>
/// <param name="To">State it leads to.</param>
/// <param name="Needs">Right the person must hold; the system may do all.</param>
public sealed record Transition(State From, Verb Verb, State To, Right Needs = Right.Work);

/// <summary>
/// The state machine: acknowledge → apologize → resolve → follow up → close, and what lies beside it. This table is the
/// only place that knows it; buttons, refusals and the picture in the README come from here.
/// </summary>
public static class Lifecycle
{
    private static readonly State[] _beforeResolved = [State.Received, State.Acknowledged, State.Apologized];

    /// <summary>All that is possible, in the order of the work.</summary>
    public static IReadOnlyList<Transition> Table { get; } =
    [
        new(State.Received, Verb.Acknowledge, State.Acknowledged),
        new(State.Acknowledged, Verb.Apologize, State.Apologized),
        new(State.Apologized, Verb.Resolve, State.Resolved),
        new(State.Resolved, Verb.FollowUp, State.InFollowUp),
        new(State.InFollowUp, Verb.Close, State.Closed),
        new(State.Resolved, Verb.Reopen, State.Apologized),
        new(State.InFollowUp, Verb.Reopen, State.Apologized),
        new(State.Closed, Verb.Reopen, State.Apologized),
        .. _beforeResolved.Select(s => new Transition(s, Verb.Withdraw, State.Withdrawn)),
        .. _beforeResolved.Select(s => new Transition(s, Verb.MarkDuplicate, State.Duplicate)),
        .. _beforeResolved.Select(s => new Transition(s, Verb.Refer, State.Referred)),
        .. _beforeResolved.Select(s => new Transition(s, Verb.DismissAsNoComplaint, State.NotAComplaint, Right.Lead)),
    ];

    /// <summary>What can be done from <paramref name="state"/>, in the order of the work.</summary>
    public static IEnumerable<Verb> Open(State state) => Table.Where(t => t.From == state).Select(t => t.Verb);

    /// <summary>The row for that step.</summary>
    /// <exception cref="StepRefused">The step is not open from that state, or the actor may not do it.</exception>
    public static Transition Row(State state, Verb verb, Actor actor)
    {
        var row = Table.FirstOrDefault(t => t.From == state && t.Verb == verb) ?? throw new StepRefused(state, verb);
        return ReferenceEquals(actor, Actor.Customer) || Rights.Has(actor, row.Needs) ? row : throw StepRefused.NotYours(verb);
    }

    /// <summary>True while work is owed by the house: before resolution, or resolved and not yet closed.</summary>
    public static bool IsOpen(State state) => state <= State.InFollowUp;

    /// <summary>The table as a mermaid state diagram, for the README.</summary>
    public static string Mermaid()
    {
        var lines = Table.Select(t => $"    {t.From} --> {t.To}: {Tongue.Name(Tongue.English, t.Verb).ToLowerInvariant()}");
        return "stateDiagram-v2\n    [*] --> Received: log\n" + string.Join('\n', lines) + '\n';
    }
}

/// <summary>An illegal step: says which steps are open now.</summary>
public sealed class StepRefused : Refusal
{
    /// <summary>A refusal of <paramref name="verb"/> in <paramref name="state"/>.</summary>
    public StepRefused(State state, Verb verb)
        : base(Say(state, verb)) { }

    private StepRefused(Sentence sentence)
        : base(sentence) { }

    /// <summary>The step is open, but not to this person.</summary>
    public static StepRefused NotYours(Verb verb) => new(new Sentence("“{0}” is not open to you. Ask your team lead.", verb));

    private static Sentence Say(State state, Verb verb)
    {
        var open = Lifecycle.Open(state).Cast<object>().ToArray();
        return open.Length == 0
            ? new Sentence("“{0}” is not possible: this complaint is {1}, and nothing more is open.", verb, state)
            : new Sentence("“{0}” is not possible: this complaint is {1}. Open now: {2}.", verb, state, Listed(open));
    }

    private static Sentence Listed(object[] items) =>
        items.Length == 1 ? new Sentence("{0}", items[0]) : new Sentence("{0}, {1}", items[0], Listed(items[1..]));
}
