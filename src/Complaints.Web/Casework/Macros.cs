using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>The macros somebody has: their own and those shared with their unit.</summary>
public sealed class Macros(ComplaintsDb db, ReadyReplies replies, Me me)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Macro>> AllAsync()
    {
        var id = me.Member.Id;
        var all = await db.Macros.AsNoTracking().Include(m => m.Unit).Where(m => m.OwnerId == id || m.UnitId != null).ToListAsync();
        return [.. all.Where(m => m.IsThereFor(me.Actor)).OrderBy(m => m.Name, StringComparer.CurrentCulture).ThenBy(m => m.Id)];
    }

    /// <summary>What changes do, one sentence each.</summary>
    public async Task<IReadOnlyList<Sentence>> SayAsync(CaseChanges changes)
    {
        var to = changes.OwnerId is { } owner ? await db.Staff.Where(s => s.Id == owner).Select(s => s.Name).FirstOrDefaultAsync() : null;
        var reply = changes.RepliesByLanguage ? await replies.ShownAsync(changes) : "";
        (bool Does, Func<Sentence> Say)[] all =
        [
            (changes.ToMe, () => new Sentence("takes it")),
            (changes.ToNobody, () => new Sentence("back to the unassigned queue")),
            (to is not null, () => new Sentence("to {0}", to)),
            (changes.Severity is not null, () => new Sentence("severity {0}", changes.Severity!)),
            (changes.AddTags is not null, () => new Sentence("tags: {0}", changes.AddTags)),
            (changes.RemoveTags is not null, () => new Sentence("takes tags off: {0}", changes.RemoveTags)),
            (changes.Acknowledgement is not null, () => new Sentence("acknowledges by mail: “{0}”", changes.Acknowledgement)),
            (changes.Apology is not null, () => new Sentence("apologizes by mail: “{0}”", changes.Apology)),
            (changes.Reply is not null, () => new Sentence("replies by mail: “{0}”", changes.Reply)),
            (changes.RepliesByLanguage, () => new Sentence("replies by mail in the customer's language: “{0}”", reply)),
            (changes.Promise is not null, () => new Sentence("promises: {0}", changes.Promise)),
            (changes.Note is not null, () => new Sentence("notes: “{0}”", changes.Note)),
            (changes.Ending is not null, () => new Sentence("ends it: {0}", changes.Ending!)),
        ];
        return [.. all.Where(a => a.Does).Select(a => a.Say())];
    }
}
