using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>Which files are taken: kinds and endings that are blocked, limits by door, and the virus scanner.</summary>
[Route("settings/files")]
[Needs(Right.Administer)]
public sealed class FileSettingsController(ComplaintsDb db, ClamdSetting scanner) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show() => await PageAsync(FileForm.Of(await FilePolicies.ReadAsync(db)));

    /// <summary>Saves it; holds for every file from now on.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(FileForm form) =>
        TryAsync(
            async () =>
            {
                await FilePolicies.KeepAsync(db, form.Read());
                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            () => PageAsync(form)
        );

    private async Task<IActionResult> PageAsync(FileForm form)
    {
        var own = await db
            .Mailboxes.AsNoTracking()
            .Where(m => m.LargestFileMb != null)
            .OrderBy(m => m.Name)
            .Select(m => new OwnLimit(m.Id, m.Address, m.LargestFileMb!.Value))
            .ToListAsync();
        var waiting = scanner.Clamd is null
            ? 0
            : await db.FileScans.CountAsync(s => s.NextAt != null) + await db.Attachments.CountAsync(a => a.ScanAskedAt == null);
        var trouble = await db
            .FileScans.Where(s => s.NextAt != null && s.Why != null)
            .OrderByDescending(s => s.TriedAt)
            .Select(s => s.Why)
            .FirstOrDefaultAsync();
        return View("Files", new FilesPage(form, own, scanner.Clamd?.Address, waiting, trouble));
    }
}

/// <summary>The rules for files as typed.</summary>
public sealed class FileForm
{
    public List<FileClass> Classes { get; set; } = [];
    public string? Endings { get; set; }
    public int StaffMb { get; set; }
    public int PublicMb { get; set; }
    public int StatusMb { get; set; }
    public int MailMb { get; set; }

    /// <summary>As they are kept.</summary>
    public static FileForm Of(FilePolicy policy) =>
        new()
        {
            Classes = [.. policy.Classes],
            Endings = string.Join(' ', policy.Endings),
            StaffMb = policy.StaffMb,
            PublicMb = policy.PublicMb,
            StatusMb = policy.StatusMb,
            MailMb = policy.MailMb,
        };

    /// <summary>The rules.</summary>
    public FilePolicy Read() =>
        new([.. Classes.Where(Enum.IsDefined).Distinct().Order()], FilePolicy.ReadEndings(Endings), StaffMb, PublicMb, StatusMb, MailMb);
}

/// <summary>A mailbox with a limit of its own.</summary>
public sealed record OwnLimit(long Id, string Address, int Mb);

/// <summary>The page.</summary>
/// <param name="Own">Mailboxes with a limit of their own.</param>
/// <param name="Scanner">Where the virus scanner is; null when there is none.</param>
/// <param name="Waiting">Files that wait for it.</param>
/// <param name="Trouble">The last reason why one could not be scanned, kept sentence.</param>
public sealed record FilesPage(FileForm Form, IReadOnlyList<OwnLimit> Own, string? Scanner, int Waiting, string? Trouble);
