using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Who is kept out of it. Who that is, is decided by <see cref="Recusal"/>, and settled by <see cref="Recusals"/>.</content>
public sealed partial class Complaint
{
    /// <summary>Who can neither work nor read it, as <see cref="Recusal"/> writes it; null for nobody.</summary>
    public string? KeptFrom { get; private set; }

    /// <summary>Who made the decision that stands: resolved it, asked for what was approved, or closed it with another finding.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Who decided it before a reopening, the oldest decision first; as <see cref="Recusal"/> writes it.</summary>
    public string? DecidedBefore { get; private set; }

    /// <summary>True when that person can neither work nor read it.</summary>
    public bool IsKeptFrom(long? staffId) => Recusal.Holds(KeptFrom, staffId);

    /// <summary>Writes down who is kept out of it from now on, and who decided it before and stays.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="decision">Who is kept out, and who stays.</param>
    /// <param name="name">Name of a member of staff.</param>
    /// <param name="cause">True right after a reopening: then it is said even where nothing changed.</param>
    /// <returns>True when somebody stays who was kept out, or whom nobody has been asked about yet.</returns>
    internal bool KeepOut(DateTime now, Recused decision, Func<long, string> name, bool cause)
    {
        var before = KeptFrom;
        KeptFrom = KeepingOut(decision.Kept);
        foreach (var id in decision.Kept.Where(id => cause || !Recusal.Holds(before, id)))
        {
            Record(EntryKind.Recusal, Actor.System, now, new Sentence("Kept from {0}: decided it before.", name(id)));
        }

        var stay = decision.Stay.Where(id => cause || Recusal.Holds(before, id)).ToList();
        foreach (var id in stay)
        {
            Record(
                EntryKind.Recusal,
                Actor.System,
                now,
                decision.AskedId is { } asked
                    ? new Sentence(
                        "{0} decided it before and still sees it: nobody else here has the seat to work it. {1} is asked what to do.",
                        name(id),
                        name(asked)
                    )
                    : new Sentence("{0} decided it before and still sees it: nobody else here has the seat to work it.", name(id))
            );
        }

        return stay.Count > 0;
    }

    private void NowDecidedBy(params IEnumerable<long?> people) => DecidedBy = Recusal.Write(people.OfType<long>());

    /// <summary>Strict at first: <see cref="Recusals"/> lets somebody stay where nobody else could work it.</summary>
    private void DecidedUntilNow(string? more)
    {
        // Who decided again moves to the end: it is the last decision that counts.
        var again = Recusal.Ids(more);
        DecidedBefore = Recusal.Write([.. Recusal.Ids(DecidedBefore).Except(again), .. again]);
        DecidedBy = null;
        KeptFrom = KeepingOut(Recusal.Ids(DecidedBefore));
    }

    private string? KeepingOut(IEnumerable<long> decided) =>
        Recusal.Write(ComplainedAboutId is { } about ? decided.Prepend(about) : decided);

    /// <summary>Why somebody cannot get it; null when they can.</summary>
    private Sentence? AgainstHolding(long staffId, string name) =>
        staffId == ComplainedAboutId
            ? new Sentence("{0} is complained about here and can neither work nor read it. Choose somebody else.", name)
        : IsKeptFrom(staffId)
            ? new Sentence("{0} decided this before it was reopened and can neither work nor read it. Choose somebody else.", name)
        : null;

    private void NotAboutThem(Actor actor)
    {
        if (IsKeptFrom(actor.StaffId))
        {
            throw new Refusal(
                actor.StaffId == ComplainedAboutId
                    ? new Sentence("This complaint is about you; somebody else has to see to it.")
                    : new Sentence("You decided this complaint before it was reopened; somebody else has to see to it.")
            );
        }
    }
}

/// <summary>Recusal in queries.</summary>
public static class RecusalQueries
{
    /// <summary>Only complaints that person is not kept out of: a look at a column of the row, never another query.</summary>
    public static IQueryable<Complaint> NotKeptFrom(this IQueryable<Complaint> all, long staffId)
    {
        var mark = Recusal.Mark(staffId);
        return all.Where(c => c.KeptFrom == null || !c.KeptFrom.Contains(mark));
    }

    /// <summary>
    /// Only complaints that person is kept out of. For questions about what hangs on complaints (tasks, escalations): to ask
    /// that none of these is meant leaves the database free to begin with the tasks, a join makes it read complaints.
    /// </summary>
    public static IQueryable<Complaint> KeptFrom(this IQueryable<Complaint> all, long staffId)
    {
        var mark = Recusal.Mark(staffId);
        return all.Where(c => c.KeptFrom != null && c.KeptFrom.Contains(mark));
    }
}
