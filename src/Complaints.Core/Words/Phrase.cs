using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Words;

/// <summary>What a phrase is for.</summary>
public enum PhrasePurpose
{
    [Words("Opening", "开场")]
    Opening = 0,

    [Words("Guiding", "引导")]
    Guiding = 1,

    [Words("Suggesting", "建议")]
    Suggesting = 2,

    [Words("Apologizing", "致歉")]
    Apologizing = 3,

    [Words("Closing", "结束")]
    Closing = 4,
}

/// <summary>A phrase of the phrase book, with <c>{{fields}}</c> filled when it is put in and <c>[places]</c> left to the writer.</summary>
public sealed class Phrase : IVersioned
{
    /// <summary>Longest phrase, in characters.</summary>
    public const int MostCharacters = 4000;

    public long Id { get; private set; }
    public PhrasePurpose Purpose { get; set; }

    /// <summary><see cref="Tongue.English"/> or <see cref="Tongue.Chinese"/>.</summary>
    public required string Language { get; set; }
    public required string Text { get; set; }

    /// <summary>The unit it is offered in, and below; null for the whole house.</summary>
    public long? UnitId { get; set; }
    public Unit? Unit { get; private set; }

    /// <summary>Place among those of its purpose and language, the smallest first.</summary>
    public int Position { get; set; }

    /// <summary>False once it is no longer offered; what it was used for stays counted.</summary>
    public bool Active { get; set; } = true;

    /// <inheritdoc />
    public long Version { get; private set; }
}

/// <summary>Words to a customer held a phrase.</summary>
public sealed class PhraseUse
{
    public long Id { get; private set; }
    public long PhraseId { get; init; }
    public long ComplaintId { get; init; }

    /// <summary>Who said it.</summary>
    public long? StaffId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Key of the mail it went with, so that undoing the mail takes the use back; null when it was said in another way.</summary>
    public string? MessageKey { get; init; }
}
