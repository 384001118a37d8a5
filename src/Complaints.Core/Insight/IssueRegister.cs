using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>One line of the issue register: a point of a resolved complaint, or the complaint as a whole when it has none.</summary>
/// <param name="Number">The complaint's reference, with the point's number behind a slash where it has points.</param>
/// <param name="Reference">Of the complaint.</param>
/// <param name="What">The issue, in a few words.</param>
/// <param name="Category">In the reader's language; null when none was chosen.</param>
/// <param name="Example">What was found, else what happened, cut to a line or two.</param>
/// <param name="Cause">In the reader's language; null for history that never had one.</param>
/// <param name="Source">How it came in.</param>
/// <param name="CorrectiveAction">What keeps it from happening again; null when nothing was said.</param>
/// <param name="ResolvedAt">UTC.</param>
public sealed record Issue(
    string Number,
    string Reference,
    string What,
    string? Category,
    string Example,
    string? Cause,
    Channel Source,
    Outcome? Outcome,
    string? CorrectiveAction,
    string Unit,
    DateTime ResolvedAt
);

/// <summary>Reads the register for a page of complaints. What it costs follows the page: two queries and the two trees.</summary>
public static class IssueRegister
{
    private const int LongestExample = 240;

    /// <summary>The lines of these complaints, in their order; points by their number.</summary>
    /// <param name="ids">Resolved complaints; at most a page.</param>
    /// <param name="language">Of the reader.</param>
    public static async Task<IReadOnlyList<Issue>> ReadAsync(
        ComplaintsDb db,
        IReadOnlyList<long> ids,
        string language,
        CancellationToken cancel = default
    )
    {
        var complaints = await db
            .Complaints.AsNoTracking()
            .Where(c => ids.Contains(c.Id) && c.ResolvedAt != null)
            .Select(c => new
            {
                c.Id,
                c.Reference,
                c.Summary,
                Happened = c.WhatHappened.Substring(0, 2 * LongestExample),
                c.CategoryId,
                c.RootCauseId,
                c.Channel,
                c.Outcome,
                c.CorrectiveAction,
                c.Unit,
                ResolvedAt = c.ResolvedAt!.Value,
            })
            .ToDictionaryAsync(c => c.Id, cancel);
        var points = (
            await db
                .Points.AsNoTracking()
                .Where(p => ids.Contains(p.ComplaintId) && p.WithdrawnAt == null && p.AnsweredAt != null)
                .ToListAsync(cancel)
        ).ToLookup(p => p.ComplaintId);
        var categories = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.NameIn(language), cancel);
        var causes = await db.RootCauses.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.NameIn(language), cancel);
        return
        [
            .. ids.Where(complaints.ContainsKey)
                .Select(id => complaints[id])
                .SelectMany(c =>
                {
                    var whole = new Issue(
                        c.Reference,
                        c.Reference,
                        c.Summary,
                        Named(categories, c.CategoryId),
                        Cut(c.Happened),
                        Named(causes, c.RootCauseId),
                        c.Channel,
                        c.Outcome,
                        c.CorrectiveAction,
                        c.Unit.NameIn(language),
                        c.ResolvedAt
                    );
                    return points[c.Id]
                        .OrderBy(p => p.Number)
                        .Select(p =>
                            whole with
                            {
                                Number = $"{c.Reference}/{p.Number}",
                                What = p.What,
                                Category = Named(categories, p.CategoryId) ?? whole.Category,
                                Example = Cut(p.Finding!),
                                Cause = Named(causes, p.RootCauseId) ?? whole.Cause,
                                Outcome = p.Outcome,
                                CorrectiveAction = p.CorrectiveAction ?? whole.CorrectiveAction,
                            }
                        )
                        .DefaultIfEmpty(whole);
                }),
        ];
    }

    private static string? Named(Dictionary<long, string> names, long? id) => id is { } known ? names.GetValueOrDefault(known) : null;

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestExample ? line
            : char.IsHighSurrogate(line[LongestExample - 1]) ? line[..(LongestExample - 1)] + "…"
            : line[..LongestExample] + "…";
    }
}
