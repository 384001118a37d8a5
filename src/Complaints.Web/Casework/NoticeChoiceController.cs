using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What reaches the person, and when.</summary>
[Needs(Right.Read)]
[Route("profile/notices")]
public sealed class NoticeChoiceController(ComplaintsDb db) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show() => View("NoticeChoice", NoticeChoiceForm.Of(await MineAsync() ?? New()));

    /// <summary>Keeps what was chosen.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(NoticeChoiceForm form)
    {
        form.Kinds = NoticeChoice.Choosable.ToDictionary(k => k, Chosen);
        return TryAsync(
            async () =>
            {
                var mine = await MineAsync();
                if (mine is null)
                {
                    mine = New();
                    db.Add(mine);
                }

                mine.Choose(form.Kinds, form.DigestAt, form.QuietFrom, form.QuietTo, form.DaysOff);
                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            () => Task.FromResult<IActionResult>(View("NoticeChoice", form))
        );
    }

    private NoticeChoice New() => new() { StaffId = Me.Member.Id };

    private Task<NoticeChoice?> MineAsync()
    {
        var me = Me.Member.Id;
        return db.NoticeChoices.FirstOrDefaultAsync(c => c.StaffId == me);
    }

    private (bool Page, MailWhen Mail) Chosen(NoticeKind kind) =>
        (
            Request.Form[$"Page{kind}"] == "true",
            Enum.TryParse<MailWhen>(Request.Form[$"Mail{kind}"], out var when) && Enum.IsDefined(when)
                ? when
                : NoticeChoice.Usual(kind).Mail
        );
}

/// <summary>What is chosen on the page.</summary>
public sealed class NoticeChoiceForm
{
    public IReadOnlyDictionary<NoticeKind, (bool Page, MailWhen Mail)> Kinds { get; internal set; } =
        new Dictionary<NoticeKind, (bool Page, MailWhen Mail)>();
    public TimeOnly DigestAt { get; set; } = new(8, 0);
    public TimeOnly? QuietFrom { get; set; }
    public TimeOnly? QuietTo { get; set; }
    public DayOfWeek[] DaysOff { get; set; } = [];

    /// <summary>Of what is kept.</summary>
    public static NoticeChoiceForm Of(NoticeChoice choice) =>
        new()
        {
            Kinds = NoticeChoice.Choosable.ToDictionary(k => k, choice.Of),
            DigestAt = Time(choice.DigestAt),
            QuietFrom = choice.QuietFrom is { } from ? Time(from) : null,
            QuietTo = choice.QuietTo is { } to ? Time(to) : null,
            DaysOff = [.. Enum.GetValues<DayOfWeek>().Where(choice.IsOff)],
        };

    /// <summary>As a field for a time takes it; empty for none.</summary>
    public static string Typed(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static TimeOnly Time(int minutes) => new(minutes / 60, minutes % 60);
}
