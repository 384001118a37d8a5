using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What can be corrected about a complaint: severity, public, category, unit, time of receipt.</summary>
public sealed class DetailsController : CaseController
{
    /// <summary>How a time is typed, in the person's zone.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm";

    /// <summary>Changes whatever differs.</summary>
    [HttpPost("complaints/{reference}/details")]
    public Task<IActionResult> Update(string reference, DetailsForm form) =>
        ChangeAsync(
            reference,
            "details",
            async (complaint, book) =>
            {
                var before = complaint.TimelineCount;
                complaint.ChangeSeverity(Me.Actor, Now, form.Severity, form.Public, book);
                if (form.CategoryId != complaint.CategoryId)
                {
                    var category = form.CategoryId is { } id ? await Db.Categories.FindAsync(id) : null;
                    complaint.ChangeCategory(Me.Actor, Now, category?.Id, category?.NameIn(T.Reader.Language) ?? "–", book);
                }

                if (form.ReceivedAt is { Length: > 0 } typed && typed != Typed(complaint.ReceivedAt, T.Reader))
                {
                    complaint.CorrectReceipt(Me.Actor, Now, Read(typed, T.Reader, nameof(form.ReceivedAt)), form.Reason ?? "", book);
                }

                if (form.UnitId is { } unitId && unitId != complaint.UnitId)
                {
                    var unit = await Db.Units.FirstOrDefaultAsync(u => u.Id == unitId && u.Active) ?? throw new Shared.NotHere();
                    complaint.MoveTo(Me.Actor, Now, unit, form.Reason ?? "", book);
                }

                return complaint.TimelineCount > before ? new Sentence("Changed.") : new Sentence("Nothing was different.");
            }
        );

    /// <summary>Types in the date that stands in an authority's notice.</summary>
    [HttpPost("complaints/{reference}/notices")]
    public Task<IActionResult> Notice(string reference, string? clock, string? dueAt) =>
        ChangeAsync(
            reference,
            "notice",
            (complaint, book) =>
            {
                var chosen = book
                    .Regimes.SelectMany(r => r.Clocks.Select(c => (Regime: r, Clock: c)))
                    .FirstOrDefault(p => Complaint.KeyOf(p.Regime, p.Clock) == clock);
                if (chosen.Regime is null)
                {
                    throw new Refusal(new Sentence("Choose the regulator's clock that the notice is about."), "clock");
                }

                complaint.RecordNotice(Me.Actor, Now, chosen.Regime, chosen.Clock, Read(dueAt, T.Reader, "dueAt"), book);
                return Task.FromResult(new Sentence("The date of the notice stands now."));
            }
        );

    /// <summary>A UTC time as it is typed in the reader's zone.</summary>
    public static string Typed(DateTime utc, Reader reader) => reader.Local(utc).ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A time as it was typed in the reader's zone, UTC.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    internal static DateTime Read(string? typed, Reader reader, string field)
    {
        if (
            !DateTime.TryParseExact(
                typed,
                [TimeFormat, "yyyy-MM-ddTHH:mm:ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            throw new Refusal(new Sentence("“{0}” is no date and time.", typed ?? ""), field);
        }

        return reader.Zone.IsInvalidTime(local)
            ? TimeZoneInfo.ConvertTimeToUtc(local.AddHours(1), reader.Zone) // the hour that a clock change skips
            : TimeZoneInfo.ConvertTimeToUtc(local, reader.Zone);
    }
}

/// <summary>What can be corrected.</summary>
public sealed class DetailsForm
{
    public Severity Severity { get; set; }
    public bool Public { get; set; }
    public long? CategoryId { get; set; }
    public long? UnitId { get; set; }

    /// <summary>Local to the person.</summary>
    public string? ReceivedAt { get; set; }

    /// <summary>Needed when unit or receipt change.</summary>
    public string? Reason { get; set; }
}

/// <summary>Who holds it.</summary>
public sealed class AssignmentController : CaseController
{
    /// <summary>Hands it over. Agents may take what nobody holds and give back their own; handing to others is for leads.</summary>
    [HttpPost("complaints/{reference}/assignment")]
    public Task<IActionResult> Update(string reference, long? ownerId, string? note) =>
        ChangeAsync(
            reference,
            "assignment",
            async (complaint, _) =>
            {
                var mine = Me.Member.Id;
                var ownMove = ownerId == mine ? complaint.OwnerId is null || complaint.OwnerId == mine : complaint.OwnerId == mine;
                if (!ownMove && !Me.May(Right.Assign))
                {
                    throw new Refusal(new Sentence("Somebody else holds it. Ask your team lead to hand it over."), "ownerId");
                }

                if (ownerId is null)
                {
                    complaint.Assign(Me.Actor, Now, null, note);
                    return new Sentence("Back in the unassigned queue.");
                }

                var to =
                    await Db.Staff.Include(s => s.Unit).FirstOrDefaultAsync(s => s.Id == ownerId)
                    ?? throw new Refusal(new Sentence("Choose somebody of the unit."), "ownerId");
                if (!complaint.IsKeptFrom(to.Id) && (await Pages.PeopleAsync(complaint)).All(p => p.Id != to.Id))
                {
                    throw new Refusal(new Sentence("{0} does not work for this unit. Choose somebody else.", to.Name), "ownerId");
                }

                complaint.Assign(Me.Actor, Now, to, note);
                return new Sentence("{0} holds it now.", to.Name);
            }
        );
}
