using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Somebody who could be named.</summary>
/// <param name="Reads">They may read the complaint.</param>
public sealed record Namable(long Id, string Name, bool Reads);

/// <summary>Finds who is named by <c>@name</c> in a note, and tells them; only those who may read the complaint.</summary>
public sealed class Mentions(ComplaintsDb db)
{
    /// <summary>From here on Unicode has writings whose words stand without spaces between.</summary>
    private const char FirstWithoutSpaces = '\u2E80';

    private List<StaffMember>? _staff;

    /// <summary>People named by @ and their whole name, however it is written; of two names that fit the longer one.</summary>
    public static IReadOnlyList<Namable> Find(string words, IReadOnlyList<Namable> people)
    {
        var text = SearchCodes.Fold(words);
        var byLength = people.Select(p => (Person: p, Name: SearchCodes.Fold(p.Name))).OrderByDescending(p => p.Name.Length).ToList();
        var found = new List<Namable>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]) && text[at - 1] < FirstWithoutSpaces)
            {
                continue; // a mail address
            }

            var start = at + 1;
            var hit = byLength.Find(p =>
                p.Name.Length > 0 && text.AsSpan(start).StartsWith(p.Name, StringComparison.Ordinal) && Ends(text, start + p.Name.Length)
            );
            if (hit.Person is { } person && !found.Contains(person))
            {
                found.Add(person);
            }
        }

        return found;
    }

    /// <summary>Tells those who are named in a note; the caller saves.</summary>
    /// <param name="entry">The note, not yet saved.</param>
    /// <returns>Names of those who are not told because they may not read the complaint.</returns>
    public async Task<IReadOnlyList<string>> TellAsync(
        Complaint complaint,
        TimelineEntry entry,
        Actor actor,
        CancellationToken cancel = default
    )
    {
        var named = await NamedAsync(complaint, entry, actor, cancel);
        await Telling.TellAsync(
            db,
            [
                .. named
                    .Where(p => p.Reads)
                    .Select(p => new Told(p.Id, NoticeKind.Mention, complaint, entry.Seq, actor.Name, entry.Content!.Body.Sentence)),
            ],
            entry.At,
            cancel
        );
        return NotTold(named);
    }

    /// <summary>Who is named in a note; tells nobody. Never whoever wrote it. Staff are read once, however many notes are looked at.</summary>
    /// <param name="complaint">With its unit.</param>
    /// <param name="entry">The note, not yet saved.</param>
    public async Task<IReadOnlyList<Namable>> NamedAsync(
        Complaint complaint,
        TimelineEntry entry,
        Actor actor,
        CancellationToken cancel = default
    )
    {
        var words = entry.Content?.Body.Words ?? "";
        if (!words.Contains('@', StringComparison.Ordinal) && !words.Contains('＠', StringComparison.Ordinal))
        {
            return [];
        }

        _staff ??= await db.Staff.AsNoTracking().Include(s => s.Unit).Where(s => s.Active).ToListAsync(cancel);
        var people = _staff
            .Where(s => s.Id != actor.StaffId)
            .Select(s => new Namable(
                s.Id,
                s.Name,
                Rights.MaySee(Actor.Of(s, TimeZoneInfo.Utc), complaint.Unit.Path, complaint.OwnerId, complaint.KeptFrom)
            ))
            .ToList();
        return Find(words, people);
    }

    /// <summary>Names of those who may not read the complaint.</summary>
    public static IReadOnlyList<string> NotTold(IReadOnlyList<Namable> named) => [.. named.Where(p => !p.Reads).Select(p => p.Name)];

    private static bool Ends(string text, int at) =>
        at >= text.Length || !char.IsLetterOrDigit(text[at]) || text[at] >= FirstWithoutSpaces || text[at - 1] >= FirstWithoutSpaces;
}
