using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>What tags and fields leave on the timeline; the words are what the search finds them by.</content>
public sealed partial class Complaint
{
    /// <summary>Tags were put on or taken off.</summary>
    internal void Tagged(Actor actor, DateTime now, IReadOnlyList<string> on, IReadOnlyList<string> off)
    {
        if (on.Count > 0)
        {
            var names = string.Join(", ", on);
            Record(EntryKind.Changed, actor, now, new Sentence("Tagged: {0}", names), names);
        }

        if (off.Count > 0)
        {
            Record(EntryKind.Changed, actor, now, new Sentence("Tag taken off: {0}", string.Join(", ", off)));
        }
    }

    /// <summary>A field was filled in, changed or emptied.</summary>
    internal void Filled(Actor actor, DateTime now, CaseField field, string? before, string? after) =>
        Record(
            EntryKind.Changed,
            actor,
            now,
            after is null ? new Sentence("{0} emptied", field.Name) : new Sentence("{0}: {1}", field.Name, after),
            after,
            before: before,
            after: after
        );
}
