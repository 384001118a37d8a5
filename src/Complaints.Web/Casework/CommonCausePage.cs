using Complaints.Casework;
using Complaints.Language;

namespace Complaints.Web.Casework;

/// <summary>The complaints under a common cause, and one text to all of them.</summary>
/// <param name="Parent">Stands for the cause.</param>
/// <param name="Children">Those the reader may see, oldest first; a page of them.</param>
/// <param name="After">Id to go on from; null at the end.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Plan">Who would get it; null before it was asked.</param>
/// <param name="Last">The last one sent; null when none was.</param>
public sealed record CommonCausePage(
    Complaint Parent,
    IReadOnlyList<JoinedCase> Children,
    long? After,
    string? Text,
    CommonPlan? Plan,
    CommonAnswer? Last,
    DateTime Now,
    bool MayWork,
    bool MayAnswer
)
{
    /// <summary>Those the last one did not reach.</summary>
    public IReadOnlyList<(string Reference, Sentence Why)> Refused => Read(Last);

    /// <summary>Those it did not reach.</summary>
    public static IReadOnlyList<(string Reference, Sentence Why)> Read(CommonAnswer? answer) =>
        answer is null
            ? []
            :
            [
                .. System
                    .Text.Json.JsonSerializer.Deserialize<List<NotWritten>>(answer.Refused)!
                    .Select(r => (r.Reference, KeptSentence.Read(r.Why))),
            ];
}
