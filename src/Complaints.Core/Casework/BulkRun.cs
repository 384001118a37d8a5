using System.Text.Json;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>One that was refused, and why, as a kept sentence.</summary>
public sealed record RefusedOne(long Id, string Reference, string Why)
{
    /// <summary>Why.</summary>
    public Sentence Reason => KeptSentence.Read(Why);
}

/// <summary>Somebody named in the notes of a run, who is told once when it is done.</summary>
/// <param name="StaffId">Who.</param>
/// <param name="ComplaintId">The first complaint on which they are named and which they may read.</param>
/// <param name="Seq">Number of the note there.</param>
/// <param name="Number">On how many.</param>
/// <param name="References">Of the first of them.</param>
public sealed record NamedInRun(long StaffId, long ComplaintId, int Seq, int Number, IReadOnlyList<string> References);

/// <summary>
/// The same changes to many complaints: picked first, looked at, then done one by one. Only who asked for it sees it. How far
/// it came is saved together with each complaint, so that a stopped node, or two at once, leave none out and do none twice.
/// </summary>
public sealed class BulkRun
{
    /// <summary>Nobody overlooks more in one go.</summary>
    public const int Most = 500;

    /// <summary>References that are told to somebody who is named on many.</summary>
    private const int MostReferences = 5;

    public long Id { get; private set; }

    /// <summary>Who asked.</summary>
    public long ById { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Address of the list they were picked in.</summary>
    public required string Back { get; init; }

    /// <summary>Ids of complaints in the order of the list, JSON.</summary>
    public required string Picked { get; init; }

    /// <summary>What is to change, see <see cref="CaseChanges.Write"/>.</summary>
    public string Changes { get; set; } = "{}";

    /// <summary>Which part of the form is asked for, such as <c>note</c>.</summary>
    public required string What { get; init; }

    /// <summary>How many have been seen to, and how many of them were changed.</summary>
    public int Done { get; set; }
    public int Changed { get; set; }

    /// <summary>Those that were refused, JSON.</summary>
    public string Refused { get; set; } = "[]";

    /// <summary>Who was named in its notes so far, JSON.</summary>
    public string Named { get; set; } = "[]";

    /// <summary>UTC; null while it is only looked at.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>UTC; null until it is done.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The ids picked.</summary>
    public IReadOnlyList<long> Ids => JsonSerializer.Deserialize<List<long>>(Picked)!;

    /// <summary>Those refused.</summary>
    public IReadOnlyList<RefusedOne> RefusedOnes => JsonSerializer.Deserialize<List<RefusedOne>>(Refused)!;

    /// <summary>Those named in its notes so far.</summary>
    public IReadOnlyList<NamedInRun> NamedOnes => JsonSerializer.Deserialize<List<NamedInRun>>(Named)!;

    /// <summary>Counts who is named in one more note.</summary>
    /// <param name="people">Ids of those who may read the complaint.</param>
    /// <param name="seq">Number of the note.</param>
    public void CountNamed(Complaint complaint, int seq, IReadOnlyList<long> people)
    {
        if (people.Count == 0)
        {
            return;
        }

        var all = NamedOnes.ToDictionary(n => n.StaffId);
        foreach (var id in people)
        {
            all[id] = all.TryGetValue(id, out var known)
                ? known with
                {
                    Number = known.Number + 1,
                    References = [.. known.References.Append(complaint.Reference).Take(MostReferences)],
                }
                : new NamedInRun(id, complaint.Id, seq, 1, [complaint.Reference]);
        }

        Named = JsonSerializer.Serialize(all.Values);
    }

    /// <summary>How the ids are kept; each once, and not more than <see cref="Most"/>.</summary>
    public static string Pick(IEnumerable<long> ids) => JsonSerializer.Serialize(ids.Distinct().Take(Most));
}
