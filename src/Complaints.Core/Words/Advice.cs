using Complaints.Language;

namespace Complaints.Words;

/// <summary>What the writing adviser noticed.</summary>
public enum AdviceKind
{
    [Words("Blunt", "语气生硬")]
    Blunt = 0,

    [Words("Blame", "指责客户")]
    Blame = 1,

    [Words("Refusal", "只有拒绝")]
    Refusal = 2,

    [Words("Jargon", "行业术语")]
    Jargon = 3,

    [Words("Apology", "致歉空泛")]
    Apology = 4,

    [Words("Promise", "承诺没有时间")]
    Promise = 5,

    [Words("Left open", "未填写")]
    Placeholder = 6,

    [Words("Somebody else's", "他人信息")]
    SomebodyElse = 7,

    [Words("Name", "姓名")]
    Name = 8,

    [Words("Demanded", "必须写明")]
    Demanded = 9,
}

/// <summary>One thing the writing adviser noticed.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">Where it stands, in UTF-16 units from the start, line ends counted as one; the end of the text for what is missing.</param>
/// <param name="Length">How long it is; 0 for what is missing.</param>
/// <param name="Found">The words as they stand; empty for what is missing.</param>
/// <param name="Why">Why it is marked, and what to do.</param>
/// <param name="Better">What stands better in its place; null when only the writer can know.</param>
public sealed record Advice(AdviceKind Kind, int At, int Length, string Found, Sentence Why, string? Better);

/// <summary>What the writing adviser must know beside the words.</summary>
public sealed record AdviceFacts
{
    /// <summary>How the customer is addressed; null when not known.</summary>
    public string? Customer { get; init; }

    /// <summary>Every name that is right: the customer's, the contact person's, the affected person's.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Other words that may stand there though they look like a name spelled wrong: the writer's name, the unit, the organisation.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>The words are the apology of the third step.</summary>
    public bool Apologizing { get; init; }

    /// <summary>The shortfall or the regret is named beside the words, and the mail says it.</summary>
    public bool ShortfallNamed { get; init; }

    /// <summary>Whether a sentence names a time; null when nobody can tell.</summary>
    public Func<string, bool>? NamesATime { get; init; }

    /// <summary>References, addresses and numbers of the text that are another customer's; see <see cref="Mentioned"/>.</summary>
    public IReadOnlyCollection<string> SomebodyElses { get; init; } = [];

    /// <summary>Values of <c>{{fields}}</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Sentences the regime demands in this document.</summary>
    public IReadOnlyList<string> Demanded { get; init; } = [];

    /// <summary>The rest of the mail, in which a demanded sentence may stand as well.</summary>
    public string Around { get; init; } = "";
}
