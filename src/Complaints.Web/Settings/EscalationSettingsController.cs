using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>A rule as the form gives it.</summary>
public sealed record RuleForm
{
    /// <summary>Null for every clock.</summary>
    public ClockName? Clock { get; init; }
    public MomentKind Moment { get; init; }
    public decimal Amount { get; init; }
    public int Level { get; init; }
    public RuleAction Action { get; init; }
    public bool Active { get; init; }
    public long Version { get; init; }
}

/// <summary>A trigger word as the form gives it.</summary>
public sealed record TriggerWordForm(string? Word, string? Language, string? Exceptions, bool Active);

/// <summary>The page.</summary>
public sealed record EscalationSettingsPage(
    IReadOnlyList<EscalationRule> Rules,
    IReadOnlyList<TriggerWord> Words,
    EscalationOptions Options,
    RuleForm NewRule,
    TriggerWordForm NewWord
);

/// <summary>When what escalates, for administrators: rules, what happens at once, trigger words.</summary>
[Route("settings/escalation")]
public sealed class EscalationSettingsController(ComplaintsDb db, Foreseeing foreseeing) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public Task<IActionResult> Show() => PageAsync(null, null);

    /// <summary>Another rule.</summary>
    [HttpPost("rules")]
    public Task<IActionResult> AddRule(RuleForm form, bool preview) =>
        preview
            ? TryRuleAsync(null, form)
            : SaveAsync(
                () =>
                {
                    var rule = new EscalationRule();
                    rule.Set(form.Clock, form.Moment, form.Amount, form.Level, form.Action, active: true);
                    db.EscalationRules.Add(rule);
                    Flash("The rule is added. Open complaints are looked at again.");
                    return Task.CompletedTask;
                },
                () => PageAsync(form, null)
            );

    /// <summary>A rule changed, switched off or on.</summary>
    [HttpPost("rules/{id:long}")]
    public Task<IActionResult> ChangeRule(long id, RuleForm form, bool preview) =>
        preview
            ? TryRuleAsync(id, form)
            : SaveAsync(
                async () =>
                {
                    var rule = await db.EscalationRules.FindAsync(id) ?? throw new NotHere();
                    if (rule.Version != form.Version)
                    {
                        throw new Refusal("Somebody changed this rule meanwhile. Look at it again, then save.");
                    }

                    rule.Set(form.Clock, form.Moment, form.Amount, form.Level, form.Action, form.Active);
                    Flash("The rule is saved. Open complaints are looked at again.");
                },
                () => PageAsync(null, null)
            );

    /// <summary>How long somebody may wait before taking, and what escalates at once to which level.</summary>
    [HttpPost("options")]
    public async Task<IActionResult> Options(
        int takeWithin,
        int? silenceWarn,
        int? silenceRaise,
        Dictionary<Trigger, int>? levels,
        bool preview
    )
    {
        Administrators();
        var now = await EscalationOptions.ReadAsync(db);
        var options = new EscalationOptions(takeWithin, levels is { Count: > 0 } ? levels : now.Levels)
        {
            SilenceWarn = silenceWarn ?? now.SilenceWarn,
            SilenceRaise = silenceRaise ?? now.SilenceRaise,
        };
        return preview
            ? await TryAsync(
                async () =>
                {
                    options.Check();
                    return await PageAsync(
                        null,
                        null,
                        foreseen: await foreseeing.SilenceAsync(options, HttpContext.RequestAborted),
                        options: options
                    );
                },
                () => PageAsync(null, null, options: options)
            )
            : await SaveAsync(
                async () =>
                {
                    await options.KeepAsync(db);
                    Flash("Saved. It applies to what is escalated from now on.");
                },
                () => PageAsync(null, null, options: options)
            );
    }

    /// <summary>What the rules as they are would raise now; ticks the step of the checklist.</summary>
    [HttpPost("dry-run")]
    public async Task<IActionResult> DryRun()
    {
        Administrators();
        await FirstSteps.NoteAsync(db, FirstSteps.LadderTried);
        var rules = await db.EscalationRules.AsNoTracking().ToListAsync();
        return await PageAsync(null, null, foreseen: await foreseeing.LadderAsync(rules, HttpContext.RequestAborted));
    }

    /// <summary>Another trigger word.</summary>
    [HttpPost("words")]
    public Task<IActionResult> AddWord(TriggerWordForm form) =>
        SaveAsync(
            () =>
            {
                var word = new TriggerWord { Language = Tongue.Nearest(form.Language), Word = "" };
                word.Set(form.Word, form.Exceptions, active: true);
                db.TriggerWords.Add(word);
                Flash("“{0}” is on the list from now on.", word.Word);
                return Task.CompletedTask;
            },
            () => PageAsync(null, form)
        );

    /// <summary>A trigger word changed, switched off or on.</summary>
    [HttpPost("words/{id:long}")]
    public Task<IActionResult> ChangeWord(long id, TriggerWordForm form) =>
        SaveAsync(
            async () =>
            {
                var word = await db.TriggerWords.FindAsync(id) ?? throw new NotHere();
                word.Set(form.Word, form.Exceptions, form.Active);
                Flash("“{0}” is saved.", word.Word);
            },
            () => PageAsync(null, null)
        );

    private Task<IActionResult> SaveAsync(Func<Task> change, Func<Task<IActionResult>> again)
    {
        Administrators();
        return TryAsync(
            async () =>
            {
                await db.InTransactionAsync(async () =>
                {
                    await change();
                    await db.SaveChangesAsync();
                    await EscalationRule.LookAgainAsync(db, Now);
                });
                return Redirect("/settings/escalation");
            },
            again
        );
    }

    /// <summary>Shows what the rule as typed would raise now; saves nothing, loses nothing typed.</summary>
    private Task<IActionResult> TryRuleAsync(long? id, RuleForm form)
    {
        Administrators();
        return TryAsync(
            async () =>
            {
                var rules = await db.EscalationRules.AsNoTracking().ToListAsync();
                var rule = id is null ? new EscalationRule() : rules.Find(r => r.Id == id) ?? throw new NotHere();
                rule.Set(form.Clock, form.Moment, form.Amount, form.Level, form.Action, id is null || form.Active);
                var foreseen = await foreseeing.LadderAsync(id is null ? [.. rules, rule] : rules, HttpContext.RequestAborted);
                return await PageAsync(id is null ? form : null, null, foreseen, typed: id is null ? null : (id.Value, form));
            },
            () => PageAsync(id is null ? form : null, null)
        );
    }

    private async Task<IActionResult> PageAsync(
        RuleForm? rule,
        TriggerWordForm? word,
        IReadOnlyList<Foreseen>? foreseen = null,
        (long Id, RuleForm Form)? typed = null,
        EscalationOptions? options = null
    )
    {
        Administrators();
        db.ChangeTracker.Clear();
        ViewData["Foreseen"] = foreseen;
        var rules = await db.EscalationRules.AsNoTracking().OrderBy(r => r.Clock).ThenBy(r => r.Level).ThenBy(r => r.Id).ToListAsync();
        if (typed is { } one)
        {
            rules
                .Find(r => r.Id == one.Id)
                ?.Set(one.Form.Clock, one.Form.Moment, one.Form.Amount, one.Form.Level, one.Form.Action, one.Form.Active);
        }

        return View(
            "Escalation",
            new EscalationSettingsPage(
                rules,
                await db.TriggerWords.AsNoTracking().OrderBy(w => w.Language).ThenBy(w => w.Word).ToListAsync(),
                options ?? await EscalationOptions.ReadAsync(db),
                rule
                    ?? new RuleForm
                    {
                        Amount = 100,
                        Level = 1,
                        Active = true,
                    },
                word ?? new TriggerWordForm("", T.Reader.Language, "", true)
            )
        );
    }

    private void Administrators()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }
}
