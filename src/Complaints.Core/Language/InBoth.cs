namespace Complaints.Language;

/// <summary>Words somebody wrote in both languages, as a value in a <see cref="Sentence"/>.</summary>
/// <param name="English">Always there.</param>
/// <param name="Chinese">Null or empty where only English was written.</param>
public sealed record InBoth(string English, string? Chinese)
{
    /// <summary>In the reader's language; English where Chinese is missing.</summary>
    public string In(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(Chinese) ? Chinese : English;

    /// <inheritdoc />
    public override string ToString() => English;
}
