using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>One cause behind many complaints: they stand under one of them, and each keeps its own timeline, clocks and outcome.</content>
public sealed partial class Complaint
{
    /// <summary>Puts it under the complaint that stands for the cause, or takes it out.</summary>
    /// <param name="parent">Null to take it out.</param>
    /// <param name="parentStandsUnder">Others stand under this one already.</param>
    /// <exception cref="Refusal">It would stand under itself, or a cause under a cause; or it or the other has ended.</exception>
    public TimelineEntry? PutUnder(Complaint? parent, Actor actor, DateTime now, bool parentStandsUnder)
    {
        if (parent?.Id == ParentId)
        {
            return null;
        }

        if (parent is null)
        {
            ParentId = null;
            return Record(EntryKind.Joined, actor, now, new Sentence("No longer under a common cause"));
        }

        Linkable(parent);
        if (parent.ParentId is not null)
        {
            throw new Refusal(new Sentence("{0} stands under a common cause itself. Name that one.", parent.Reference), "duplicateOf");
        }

        if (parentStandsUnder)
        {
            throw new Refusal(new Sentence("Others stand under {0}, so it cannot stand under another one.", Reference), "duplicateOf");
        }

        if (!IsOpen || !parent.IsOpen)
        {
            throw new Refusal(
                new Sentence("{0} has ended. Only open complaints are put under a common cause.", IsOpen ? parent.Reference : Reference),
                "duplicateOf"
            );
        }

        ParentId = parent.Id;
        return Record(EntryKind.Joined, actor, now, new Sentence("Under the common cause {0}: {1}", parent.Reference, parent.Summary));
    }
}
