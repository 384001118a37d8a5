using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Who is on the phone, before anything is told.</content>
public sealed partial class Complaint
{
    /// <summary>Somebody who calls was asked who they are. Nothing follows by itself: the page says it to whoever speaks.</summary>
    /// <param name="asked">What was asked, never what was answered. At least one.</param>
    /// <param name="passed">They are who they say.</param>
    /// <exception cref="Refusal">Nothing was asked.</exception>
    public TimelineEntry CheckCaller(Actor actor, DateTime now, IReadOnlyList<string> asked, bool passed)
    {
        var what = string.Join("; ", asked.Select(a => a.Trim()).Where(a => a.Length > 0));
        if (what.Length == 0)
        {
            throw new Refusal(new Sentence("Tick what you asked the caller."), "asked");
        }

        return Record(
            EntryKind.CallerChecked,
            actor,
            now,
            passed ? new Sentence("Caller verified, asked for: {0}", what) : new Sentence("Caller not verified, asked for: {0}", what)
        );
    }
}
