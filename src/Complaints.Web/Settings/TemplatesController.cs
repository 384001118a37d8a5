using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>The words of every mail, in each language.</summary>
public sealed class TemplatesController(ComplaintsDb db) : DeskController
{
    /// <summary>All of them.</summary>
    [HttpGet("settings/templates")]
    public async Task<IActionResult> Index()
    {
        Allow();
        return View("Templates", await db.Templates.AsNoTracking().OrderBy(t => t.Purpose).ThenBy(t => t.Language).ToListAsync());
    }

    /// <summary>One, with a preview.</summary>
    [HttpGet("settings/templates/{id:long}")]
    public async Task<IActionResult> Edit(long id)
    {
        Allow();
        var template = await FindAsync(id);
        return Show(
            template,
            new TemplateForm
            {
                Subject = template.Subject,
                Body = template.Body,
                Version = template.Version,
            }
        );
    }

    /// <summary>Saves it, or only shows what it would look like.</summary>
    [HttpPost("settings/templates/{id:long}")]
    public async Task<IActionResult> Update(long id, TemplateForm form, bool preview)
    {
        Allow();
        var template = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                form.Subject = template.HasSubject ? form.Subject : template.Subject;
                var (subject, body) = form.Checked();
                if (preview)
                {
                    return Show(template, form);
                }

                await ChangeAsync(template, form.Version, subject, body, seeded: false);
                Flash("Saved. The next mail of this kind uses it.");
                return RedirectToAction(nameof(Edit), new { id });
            },
            () => Task.FromResult(Show(template, form))
        );
    }

    /// <summary>Back to the first text.</summary>
    [HttpPost("settings/templates/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, TemplateForm form)
    {
        Allow();
        var template = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                var (subject, body) = WordSeeds.First(template.Purpose, template.Language);
                await ChangeAsync(template, form.Version, subject, body, seeded: true);
                Flash("The first text is back.");
                return RedirectToAction(nameof(Edit), new { id });
            },
            () => Task.FromResult(Show(template, form))
        );
    }

    private async Task ChangeAsync(Template template, long version, string subject, string body, bool seeded)
    {
        if (template.Version != version)
        {
            throw new Refusal(
                "Somebody changed this template while you were writing. Open it again beside this page and bring the two together."
            );
        }

        (template.Subject, template.Body) = (subject, body);
        template.ChangedAt = seeded ? null : Now;
        template.ChangedById = seeded ? null : Me.Member.Id;
        await db.SaveChangesAsync();
    }

    private IActionResult Show(Template template, TemplateForm form) => View("Template", new TemplatePage(template, form));

    private async Task<Template> FindAsync(long id) => await db.Templates.FirstOrDefaultAsync(t => t.Id == id) ?? throw new NotHere();

    private void Allow()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }
}

/// <summary>What is typed.</summary>
public sealed class TemplateForm
{
    public string? Subject { get; set; }
    public string? Body { get; set; }
    public long Version { get; set; }

    /// <summary>Subject and body as they may be saved.</summary>
    /// <exception cref="Refusal">One is empty, too long, or uses a field that does not exist.</exception>
    public (string Subject, string Body) Checked()
    {
        var subject = Subject?.Trim() ?? "";
        var body = Body?.ReplaceLineEndings("\n").Trim() ?? "";
        TemplateText.Check(subject, nameof(Subject));
        TemplateText.Check(body, nameof(Body));
        return subject.Length == 0 ? throw new Refusal(new Sentence("Write a subject."), nameof(Subject))
            : body.Length == 0 ? throw new Refusal(new Sentence("Write the mail's text."), nameof(Body))
            : subject.Length > 500 || body.Length > 50_000
                ? throw new Refusal(
                    new Sentence("That is too long: 500 characters fit in the subject and 50,000 in the text."),
                    nameof(Body)
                )
            : (subject, body);
    }
}

/// <summary>The page of one template.</summary>
public sealed record TemplatePage(Template Template, TemplateForm Form)
{
    /// <summary>Sample values, in the template's language, so that the preview reads like a real mail.</summary>
    public Dictionary<string, string> Sample =>
        Template.Language == Tongue.Chinese
            ? new()
            {
                ["customer"] = "王芳",
                ["reference"] = "C-26-00482-7",
                ["summary"] = "两间房重复扣款",
                ["organisation"] = "海湾酒店",
                ["unit"] = "客户服务部",
                ["agent"] = "李娜",
                ["words"] = "感谢您的耐心等待，我已经联系了银行。",
                ["shortfall"] = "我们没有在结账时核对账单。",
                ["solution"] = "多扣的860.00元已经退回。",
                ["remedy"] = "退款 860.00 CNY",
                ["next"] = "最晚周三答复您。",
                ["due"] = "2026年11月25日 11:30",
                ["link"] = "https://complaints.example/c/…",
                ["marks"] = "https://complaints.example/s/…",
                ["person"] = "陈伟",
                ["why"] = "响应时限已用完",
                ["level"] = "1",
                ["code"] = "482913",
                ["points"] = "1. 重复扣款\n银行确认扣了两次。\n认定结果：成立。\n\n补救措施：退款 860.00 CNY。",
                ["number"] = "1",
                ["point"] = "重复扣款",
                ["finding"] = "银行确认扣了两次。",
                ["outcome"] = "成立",
            }
            : new()
            {
                ["customer"] = "Grace Okafor",
                ["reference"] = "C-26-00482-7",
                ["summary"] = "Charged twice for two rooms",
                ["organisation"] = "Harbour Hotels",
                ["unit"] = "Guest care",
                ["agent"] = "Sam Reed",
                ["words"] = "Thank you for your patience; I have spoken to the bank.",
                ["shortfall"] = "we did not check the bill when you left.",
                ["solution"] = "The 860.00 pounds charged twice are back on your card.",
                ["remedy"] = "Refund of 860.00 GBP",
                ["next"] = "you have our answer by Wednesday.",
                ["due"] = "Wed 25 Nov 2026, 11:30",
                ["link"] = "https://complaints.example/c/…",
                ["marks"] = "https://complaints.example/s/…",
                ["person"] = "Chen Wei",
                ["why"] = "the time to acknowledge is used up",
                ["level"] = "1",
                ["code"] = "482913",
                ["points"] =
                    "1. Charged twice\nThe bank confirms two charges.\nOur finding: Upheld.\n\nWhat you get for it: Refund of 860.00 GBP.",
                ["number"] = "1",
                ["point"] = "Charged twice",
                ["finding"] = "The bank confirms two charges.",
                ["outcome"] = "Upheld",
            };
}
