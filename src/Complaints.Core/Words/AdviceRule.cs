using Complaints.Data;
using Complaints.Language;

namespace Complaints.Words;

/// <summary>What a rule of the writing adviser is about.</summary>
public enum AdviceList
{
    /// <summary>Blunt wording and the better form.</summary>
    [Words("Blunt wording", "生硬用语")]
    Blunt = 0,

    /// <summary>Words that blame the customer.</summary>
    [Words("Blame on the customer", "指责客户的用语")]
    Blame = 1,

    /// <summary>Words of the trade that customers do not use.</summary>
    [Words("Jargon", "行业术语")]
    Jargon = 2,

    /// <summary>Words that refuse.</summary>
    [Words("Refusals", "拒绝用语")]
    Refusal = 3,

    /// <summary>Signs that something else is offered: near one of them a refusal is not marked.</summary>
    [Words("Signs of an alternative", "提供替代方案的用语")]
    Alternative = 4,

    /// <summary>Words of apology.</summary>
    [Words("Apologies", "致歉用语")]
    Apology = 5,

    /// <summary>Signs that a shortfall or regret is named: near one of them an apology is not marked.</summary>
    [Words("Signs of a shortfall or regret", "说明不足或歉意的用语")]
    Shortfall = 6,

    /// <summary>Words that promise, which need a time in the same sentence.</summary>
    [Words("Promises", "承诺用语")]
    Promise = 7,
}

/// <summary>A rule of the writing adviser: words to look for, and what is better.</summary>
public sealed class AdviceRule : IVersioned
{
    /// <summary>Longest text, in characters.</summary>
    public const int MostCharacters = 300;

    public long Id { get; private set; }
    public AdviceList List { get; init; }

    /// <summary><see cref="Tongue.English"/> or <see cref="Tongue.Chinese"/>.</summary>
    public required string Language { get; init; }

    /// <summary>The words, in any case and width. <c>…</c> stands for up to 40 characters of the same sentence.</summary>
    public required string Text { get; set; }

    /// <summary>What stands better in their place; null when only the writer can know.</summary>
    public string? Better { get; set; }

    /// <summary>Longer words that hold it and do not count, separated by semicolons.</summary>
    public string Exceptions { get; set; } = "";

    /// <summary>Not marked while apologizing.</summary>
    public bool ExceptApology { get; set; }
    public bool Active { get; set; } = true;

    /// <inheritdoc />
    public long Version { get; private set; }
}
