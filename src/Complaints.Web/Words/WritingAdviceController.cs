using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Words;

/// <summary>The lists the writing adviser works with.</summary>
[Route("settings/writing-advice")]
[Needs(Right.Administer)]
public sealed class WritingAdviceController(ComplaintsDb db) : DeskController
{
    /// <summary>One list in one language.</summary>
    [HttpGet("")]
    public Task<IActionResult> Index(AdviceList list, string? language) =>
        ShowAsync(new AdviceRuleForm { List = list, Language = language }, null);

    /// <summary>Adds a rule.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(AdviceRuleForm form) =>
        TryAsync(
            async () =>
            {
                var rule = db.Add(
                    new AdviceRule
                    {
                        List = form.List,
                        Language = Tongue.Nearest(form.Language),
                        Text = "",
                    }
                ).Entity;
                await PutAsync(rule, form);
                return Done(rule);
            },
            () => ShowAsync(form, null)
        );

    /// <summary>Changes a rule, or switches it off.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, AdviceRuleForm form) =>
        TryAsync(
            async () =>
            {
                var rule = await db.AdviceRules.FirstOrDefaultAsync(r => r.Id == id) ?? throw new NotHere();
                (form.List, form.Language) = (rule.List, rule.Language);
                if (rule.Version != form.Version)
                {
                    throw new Refusal("Somebody changed this rule while you were writing. Look at it as it is now, then change it again.");
                }

                await PutAsync(rule, form);
                rule.Active = form.Active;
                await db.SaveChangesAsync();
                return Done(rule);
            },
            () => ShowAsync(new AdviceRuleForm { List = form.List, Language = form.Language }, null)
        );

    /// <summary>What the adviser would say of a text. Changes nothing.</summary>
    [HttpPost("trial")]
    public Task<IActionResult> Trial(AdviceRuleForm form) => ShowAsync(form, form.Trial ?? "");

    private RedirectResult Done(AdviceRule rule)
    {
        Flash("Saved.");
        return Redirect($"/settings/writing-advice?list={rule.List}&language={rule.Language}");
    }

    private async Task PutAsync(AdviceRule rule, AdviceRuleForm form)
    {
        var text = Typed.Needed(form.Text, nameof(form.Text), AdviceRule.MostCharacters);
        if (await db.AdviceRules.AnyAsync(r => r.Id != rule.Id && r.List == rule.List && r.Language == rule.Language && r.Text == text))
        {
            throw new Refusal(new Sentence("“{0}” stands in this list already.", text), nameof(form.Text));
        }

        rule.Text = text;
        rule.Better = Typed.Optional(form.Better, nameof(form.Better), AdviceRule.MostCharacters);
        rule.Exceptions = Typed.Optional(form.Exceptions, nameof(form.Exceptions), 2000) ?? "";
        rule.ExceptApology = form.ExceptApology;
        await db.SaveChangesAsync();
    }

    private async Task<IActionResult> ShowAsync(AdviceRuleForm form, string? trial)
    {
        db.ChangeTracker.Clear();
        form.Language = Tongue.Nearest(form.Language ?? T.Reader.Language);
        var rules = await db.AdviceRules.AsNoTracking().Where(r => r.Language == form.Language).OrderBy(r => r.Id).ToListAsync();
        return View(
            "WritingAdvice",
            new WritingAdvicePage(
                form,
                [.. rules.Where(r => r.List == form.List)],
                trial,
                trial is null ? [] : new WritingAdviser(rules).Read(trial, form.Language, new AdviceFacts { NamesATime = _timeIn })
            )
        );
    }

    private static readonly Func<string, bool> _timeIn = Complaints.Casework.Advising.TimeIn(
        TimeZoneInfo.Utc,
        Complaints.Time.WorkingCalendar.Parse("Always", "Etc/UTC", "Mon-Sun 00:00-24:00", "", "")
    );
}

/// <summary>What is typed about a rule.</summary>
public sealed class AdviceRuleForm
{
    public AdviceList List { get; set; }
    public string? Language { get; set; }
    public string? Text { get; set; }
    public string? Better { get; set; }
    public string? Exceptions { get; set; }
    public bool ExceptApology { get; set; }
    public bool Active { get; set; }
    public long Version { get; set; }

    /// <summary>A text to try the rules on.</summary>
    public string? Trial { get; set; }
}

/// <summary>The page of one list.</summary>
/// <param name="Form">Which list, and a rule being written.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Trial">A text that was tried; null for none.</param>
/// <param name="Advice">What the adviser says of it.</param>
public sealed record WritingAdvicePage(AdviceRuleForm Form, IReadOnlyList<AdviceRule> Rules, string? Trial, IReadOnlyList<Advice> Advice);
