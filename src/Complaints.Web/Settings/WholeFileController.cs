using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Settings;

/// <summary>The whole configuration as one file: take it out, look at what one would change here, bring it in.</summary>
[Route("settings/file")]
[Needs(Right.Administer)]
public sealed class WholeFileController(ComplaintsDb db, Importing importing) : DeskController
{
    /// <summary>Both ways on one page.</summary>
    [HttpGet("")]
    public IActionResult Show() => View("WholeFile");

    /// <summary>The file.</summary>
    [HttpGet("export")]
    public async Task<IActionResult> Export()
    {
        var text = ConfigurationFile.Write(await Snapshot.ReadAsync(db, HttpContext.RequestAborted));
        return File(
            Encoding.UTF8.GetBytes(text),
            "application/json",
            FormattableString.Invariant($"complaints-settings-{Now:yyyyMMdd-HHmm}.json")
        );
    }

    /// <summary>What the chosen file would change. Changes nothing.</summary>
    [HttpPost("")]
    public Task<IActionResult> Look(IFormFile? file) =>
        TryAsync(async () => await LookAsync(await ReadAsync(file)), () => Task.FromResult(Show()));

    /// <summary>Brings it in, if it would still change what was shown.</summary>
    /// <param name="content">The file.</param>
    /// <param name="seen">See <see cref="WholeFilePage.Seen"/>.</param>
    [HttpPost("application")]
    public Task<IActionResult> Apply(string? content, string? seen) =>
        TryAsync(
            async () =>
            {
                var file = ConfigurationFile.Read(content ?? "");
                if (WholeFilePage.SeenOf(await importing.CompareAsync(file, HttpContext.RequestAborted)) != seen)
                {
                    ModelState.AddModelError(
                        "",
                        T["The settings were changed meanwhile. Look again at what the file would change, then bring it in."]
                    );
                    Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                    return await LookAsync(content!);
                }

                var done = await importing.ApplyAsync(file, Me.Actor, CancellationToken.None);
                Flash("{0|setting|settings} brought in. The history says what each was before.", done.All.Count);
                return RedirectToAction(nameof(Show));
            },
            () => Task.FromResult(Show())
        );

    private async Task<IActionResult> LookAsync(string text) =>
        View(
            "WholeFileLook",
            new WholeFilePage(await importing.CompareAsync(ConfigurationFile.Read(text), HttpContext.RequestAborted), text)
        );

    private static async Task<string> ReadAsync(IFormFile? file)
    {
        if (file is null || file.Length == 0)
        {
            throw new Refusal(new Sentence("Choose the file."), "file");
        }

        if (file.Length > ConfigurationFile.MostBytes)
        {
            throw new Refusal(
                "The file is larger than {0} MB. Settings never are; choose the right file.",
                ConfigurationFile.MostBytes / 1024 / 1024
            );
        }

        await using var stream = file.OpenReadStream();
        return await TextAsync(stream);
    }

    /// <summary>The text of a file that is UTF-8.</summary>
    /// <exception cref="Refusal">It is not.</exception>
    internal static async Task<string> TextAsync(Stream stream)
    {
        using var reader = new StreamReader(
            stream,
            new UTF8Encoding(false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: false
        );
        try
        {
            return (await reader.ReadToEndAsync()).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new Refusal("The file is not text in UTF-8. Choose one that was exported here.");
        }
    }
}

/// <summary>What a file would change.</summary>
/// <param name="Difference">All of it.</param>
/// <param name="Content">The file.</param>
public sealed record WholeFilePage(Difference Difference, string Content)
{
    /// <summary>Lines that are shown; the numbers say how many there are.</summary>
    public const int Shown = 200;

    /// <summary>A mark of what was shown, so that nothing else is done than what somebody has seen.</summary>
    public string Seen => SeenOf(Difference);

    /// <summary>The mark of a difference.</summary>
    public static string SeenOf(Difference difference) =>
        Convert.ToHexString(
            SHA256.HashData(
                JsonSerializer.SerializeToUtf8Bytes(
                    difference.All.Select(d => new
                    {
                        d.Section,
                        d.Key,
                        d.Act,
                        d.Fields,
                    })
                )
            )
        );

    /// <summary>How many there are of a kind.</summary>
    public int Count(ChangeAct act) => Difference.All.Count(d => d.Act == act);

    /// <summary>What somebody has to know before: mail that would leave for real, mailboxes without their secret.</summary>
    public IEnumerable<Sentence> Warnings
    {
        get
        {
            if (Difference.All.FirstOrDefault(d => d.Key == MailSettings.Name) is { } mail)
            {
                var host = mail.Fields.FirstOrDefault(f => KeptSentence.Read(f.Label).Text == "Server")?.After;
                if (host is not null)
                {
                    yield return new Sentence(
                        "Mail would leave through {0} from then on, without a password until somebody gives it.",
                        KeptSentence.Read(host)
                    );
                }
            }

            foreach (var box in Difference.All.Where(d => d is { Section: "mailboxes", Act: ChangeAct.Added }))
            {
                yield return new Sentence(
                    "The mailbox “{0}” comes without its password or token. Nothing is read until somebody gives it; two houses should not read the same one.",
                    box.Key
                );
            }
        }
    }
}
