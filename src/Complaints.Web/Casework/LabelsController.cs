using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Tags and fields of a complaint.</summary>
public sealed class LabelsController(CaseLabels labels) : CaseController
{
    /// <summary>Puts tags on by typing them, and fills fields.</summary>
    [HttpPost("complaints/{reference}/labels")]
    public Task<IActionResult> Update(string reference, string? tags) =>
        ChangeAsync(
            reference,
            "labels",
            async (complaint, _) =>
            {
                var before = complaint.TimelineCount;
                await labels.TagAsync(complaint, Tag.Read(tags), [], Me.Actor, Now);
                var typed = Request
                    .Form.Where(f => f.Key.StartsWith("Field", StringComparison.Ordinal))
                    .Select(f =>
                        (Id: long.TryParse(f.Key[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0, f.Value)
                    )
                    .Where(f => f.Id > 0)
                    .ToDictionary(f => f.Id, f => (string?)f.Value.ToString());
                await labels.FillAsync(complaint, typed, Me.Actor, Now);
                return complaint.TimelineCount > before ? new Sentence("Changed.") : new Sentence("Nothing was different.");
            },
            mindsOthers: false
        );

    /// <summary>Takes a tag off.</summary>
    [HttpPost("complaints/{reference}/tags/{id:long}/removal")]
    public Task<IActionResult> Remove(string reference, long id) =>
        ChangeAsync(
            reference,
            "labels",
            async (complaint, _) =>
            {
                var name = await Db.Tags.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync() ?? throw new Shared.NotHere();
                await labels.TagAsync(complaint, [], [name], Me.Actor, Now);
                return new Sentence("Changed.");
            },
            mindsOthers: false
        );
}
