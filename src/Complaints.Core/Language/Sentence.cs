namespace Complaints.Language;

/// <summary>
/// A sentence said to a person: the English text, which is also the key of its translations, and what fills its
/// places. Places are <c>{0}</c>, or <c>{0|minute|minutes}</c> to choose by number: the number and then the word for
/// exactly one or for any other. What follows a bar at the end of the text (<c>"Open|verb"</c>) tells two uses of the
/// same English apart and is never shown.
/// </summary>
/// <param name="Text">English text with places; appears literally in the source, so that a test can find it.</param>
/// <param name="Args">Values for the places: numbers, strings, or further <see cref="Sentence"/>s, enum values and
/// <see cref="InBoth"/>, which are put into the reader's language too.</param>
public sealed record Sentence(string Text, params object?[] Args)
{
    /// <summary>The English wording, for logs and the command line.</summary>
    public override string ToString() => Tongue.Say("en", this);
}

/// <summary>
/// The one way this system says no: a rule forbids what was asked. Shown to the person as it stands, so the sentence
/// says what to do next. Never used for faults of the program.
/// </summary>
public class Refusal(Sentence sentence, string? field = null) : Exception(sentence.ToString())
{
    /// <summary>A refusal whose sentence is <paramref name="text"/> with <paramref name="args"/> in its places.</summary>
    public Refusal(string text, params object?[] args)
        : this(new Sentence(text, args)) { }

    /// <summary>What to tell the person.</summary>
    public Sentence Sentence { get; } = sentence;

    /// <summary>The form field it concerns, or null when it concerns the whole.</summary>
    public string? Field { get; } = field;
}

/// <summary>The words for an enum value in both first languages; shown by <see cref="Tongue.Name"/>.</summary>
/// <param name="english">English wording.</param>
/// <param name="chinese">Simplified Chinese wording.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordsAttribute(string english, string chinese) : Attribute
{
    /// <summary>English wording.</summary>
    public string English { get; } = english;

    /// <summary>Simplified Chinese wording.</summary>
    public string Chinese { get; } = chinese;
}
