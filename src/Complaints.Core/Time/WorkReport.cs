using Complaints.Language;

namespace Complaints.Time;

/// <summary>What a run of named work did; one for each run. Work that says nothing counts as idle.</summary>
public sealed class WorkReport
{
    /// <summary>Such as "3 complaints"; null when there was nothing to do.</summary>
    public Sentence? Outcome { get; private set; }

    /// <summary>Says what was done; the last word counts.</summary>
    public void Say(string text, params object?[] args) => Outcome = new Sentence(text, args);
}
