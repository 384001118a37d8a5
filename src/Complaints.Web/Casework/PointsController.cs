using Complaints.Casework;
using Complaints.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>The points of a complaint: added, put better, answered and withdrawn.</summary>
public sealed class PointsController(Complaints.Words.House house) : CaseController
{
    /// <summary>Adds one point for each line.</summary>
    [HttpPost("complaints/{reference}/points")]
    public Task<IActionResult> Create(string reference, string? lines) =>
        ChangeAsync(
            reference,
            "points",
            (complaint, _) =>
            {
                var typed = Lines(lines);
                foreach (var line in typed)
                {
                    complaint.AddPoint(Me.Actor, Now, new PointFacts(line));
                }

                return typed.Count == 0
                    ? throw new Refusal(new Sentence("Say in a few words what this point is about."), "Lines")
                    : Task.FromResult(new Sentence("{0|point|points} added.", typed.Count));
            }
        );

    /// <summary>What a point is about, and what speaks for it.</summary>
    [HttpPost("complaints/{reference}/points/{number:int}")]
    public Task<IActionResult> Update(string reference, int number, string? what, long? categoryId, string? evidence, long[] files) =>
        ChangeAsync(
            reference,
            "point-change",
            async (complaint, _) =>
            {
                var known = await Db
                    .Attachments.Where(a => a.ComplaintId == complaint.Id && files.Contains(a.Id))
                    .Select(a => a.Id)
                    .ToListAsync();
                var category = await Db.Set<Complaints.Deadlines.Category>().AnyAsync(c => c.Id == categoryId) ? categoryId : null;
                complaint.ChangePoint(Of(complaint, number), Me.Actor, Now, new PointFacts(what ?? "", category, evidence, known));
                return new Sentence("Point {0} changed.", number);
            }
        );

    /// <summary>Answers those that were filled in; the complaint is not resolved by it.</summary>
    [HttpPost("complaints/{reference}/points/answers")]
    public Task<IActionResult> Answer(string reference, List<PointAnswerForm> points) =>
        ChangeAsync(
            reference,
            "answers",
            async (complaint, _) =>
            {
                var answered = PointAnswers.Put(complaint, points, Me.Actor, Now, await house.CurrencyAsync());
                return answered == 0 ? new Sentence("Nothing was changed.") : new Sentence("{0|answer|answers} kept.", answered);
            }
        );

    /// <summary>Withdraws one.</summary>
    [HttpPost("complaints/{reference}/points/{number:int}/withdrawal")]
    public Task<IActionResult> Withdraw(string reference, int number, string? reason) =>
        ChangeAsync(
            reference,
            "point-withdrawal",
            (complaint, _) =>
            {
                complaint.WithdrawPoint(Of(complaint, number), Me.Actor, Now, reason ?? "");
                return Task.FromResult(new Sentence("Point {0} withdrawn.", number));
            }
        );

    /// <summary>What was typed into a box with one point a line.</summary>
    public static IReadOnlyList<string> Lines(string? typed) =>
        (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Point Of(Complaint complaint, int number) =>
        complaint.Points.Find(p => p.Number == number) ?? throw new Shared.NotHere();
}
