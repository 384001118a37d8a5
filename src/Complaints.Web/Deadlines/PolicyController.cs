using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>The house's targets. A change concerns new deadlines; applying it to open complaints is a choice of its own.</summary>
public sealed class PolicyController(ComplaintsDb db, DeadlineBooks books) : DeskController
{
    private const int BatchSize = 500;

    /// <summary>The policy in force.</summary>
    [HttpGet("settings/policy")]
    public async Task<IActionResult> Edit() => await ShowAsync(PolicyForm.Of(await FindAsync()));

    /// <summary>Changes targets and factors.</summary>
    [HttpPost("settings/policy")]
    public async Task<IActionResult> Save(PolicyForm form)
    {
        var policy = await FindAsync();
        return await TryAsync(
            async () =>
            {
                Expect(policy, form.Version);
                form.WriteTo(policy);
                await DoneAsync();
                return Redirect("/settings/policy");
            },
            () => ShowAsync(form)
        );
    }

    /// <summary>Adds a special line.</summary>
    [HttpPost("settings/policy/lines")]
    public async Task<IActionResult> AddLine(PolicyLineForm line, long version)
    {
        var policy = await FindAsync();
        return await TryAsync(
            async () =>
            {
                Expect(policy, version);
                policy.Lines.Add(line.Build());
                db.Entry(policy).State = EntityState.Modified; // the version counts lines too
                await DoneAsync();
                return Redirect("/settings/policy");
            },
            () => ShowAsync(PolicyForm.Of(policy))
        );
    }

    /// <summary>Takes a special line out.</summary>
    [HttpPost("settings/policy/lines/{id:long}/deletion")]
    public async Task<IActionResult> DeleteLine(long id)
    {
        var policy = await FindAsync();
        policy.Lines.RemoveAll(l => l.Id == id);
        db.Entry(policy).State = EntityState.Modified;
        await DoneAsync();
        return Redirect("/settings/policy");
    }

    /// <summary>What applying the policy to open complaints would move; or how far it has come while it runs.</summary>
    [HttpGet("settings/policy/application")]
    public async Task<IActionResult> Preview(CancellationToken cancel)
    {
        var policy = await FindAsync();
        var progress = await PolicyChange.ProgressAsync(db, cancel);
        var page = new ApplicationPage(policy.Version, 0, 0, 0, 0, [], progress);
        if (progress is not { EndedAt: null })
        {
            var book = await books.OpenAsync(db, cancel);
            await foreach (var complaint in OpenAsync(cancel))
            {
                page = page.With(complaint.Reference, complaint.WouldMove(Now, book));
            }
        }

        return View("PolicyApplication", page);
    }

    /// <summary>How far it has come.</summary>
    [HttpGet("settings/policy/application/progress")]
    public async Task<IActionResult> Progress(CancellationToken cancel)
    {
        await FindAsync();
        return PartialView("_PolicyProgress", await PolicyChange.ProgressAsync(db, cancel) ?? throw new NotHere());
    }

    /// <summary>Has them moved in the background, each with its timeline entry.</summary>
    [HttpPost("settings/policy/application")]
    public async Task<IActionResult> Apply(long version, CancellationToken cancel)
    {
        var policy = await FindAsync();
        return await TryAsync(
            async () =>
            {
                Expect(policy, version);
                await PolicyChange.AskAsync(db, Me.Member.Id, version, cancel);
                return Redirect("/settings/policy/application");
            },
            () => Preview(cancel)
        );
    }

    private async IAsyncEnumerable<Complaint> OpenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (long after = 0; ; )
        {
            var batch = await PolicyChange
                .Open(db)
                .AsNoTracking()
                .Include(c => c.Clocks)
                    .ThenInclude(k => k.Pauses)
                .Where(c => c.Id > after)
                .OrderBy(c => c.Id)
                .Take(BatchSize)
                .ToListAsync(cancel);
            if (batch.Count == 0)
            {
                yield break;
            }

            after = batch[^1].Id;
            foreach (var complaint in batch)
            {
                yield return complaint;
            }
        }
    }

    private async Task<Policy> FindAsync() =>
        Me.May(Right.Administer) ? await db.Policies.Include(p => p.Lines).OrderByDescending(p => p.Id).FirstAsync() : throw new NotHere();

    private static void Expect(Policy policy, long version)
    {
        if (policy.Version != version)
        {
            throw new Refusal("Somebody changed this in the meantime. Open it again and repeat your change.");
        }
    }

    private async Task DoneAsync()
    {
        await DeadlineBooks.Turn(db);
        await db.SaveChangesAsync();
        Flash("Saved. New deadlines use it; those that run stay as they are.");
    }

    private async Task<IActionResult> ShowAsync(PolicyForm form) =>
        View(
            "Policy",
            new PolicyPage(form, (await FindAsync()).Lines, await db.Categories.AsNoTracking().OrderBy(c => c.Name).ToListAsync())
        );
}

/// <summary>Targets and factors as typed.</summary>
public sealed class PolicyForm
{
    public long Version { get; set; }
    public string? Acknowledge { get; set; }
    public TargetUnit AcknowledgeUnit { get; set; }
    public string? Apologize { get; set; }
    public TargetUnit ApologizeUnit { get; set; }
    public string? Resolve { get; set; }
    public TargetUnit ResolveUnit { get; set; }
    public string? FollowUpDays { get; set; }
    public string? Diamond { get; set; }
    public string? Gold { get; set; }
    public string? Brass { get; set; }
    public string? Lead { get; set; }
    public string? Critical { get; set; }
    public string? MinimumMinutes { get; set; }

    /// <summary>The form of the policy.</summary>
    public static PolicyForm Of(Policy p) =>
        new()
        {
            Version = p.Version,
            Acknowledge = Text(p.Acknowledge),
            AcknowledgeUnit = p.AcknowledgeUnit,
            Apologize = Text(p.Apologize),
            ApologizeUnit = p.ApologizeUnit,
            Resolve = Text(p.Resolve),
            ResolveUnit = p.ResolveUnit,
            FollowUpDays = Text(p.FollowUpDays),
            Diamond = Text(p.Diamond),
            Gold = Text(p.Gold),
            Brass = Text(p.Brass),
            Lead = Text(p.Lead),
            Critical = Text(p.Critical),
            MinimumMinutes = Text(p.MinimumMinutes),
        };

    /// <summary>Changes the policy.</summary>
    /// <exception cref="Refusal">A number cannot be read or is out of bounds.</exception>
    public void WriteTo(Policy p)
    {
        (p.Acknowledge, p.AcknowledgeUnit) = (
            new Target(Number(Acknowledge, nameof(Acknowledge)), AcknowledgeUnit).Amount,
            AcknowledgeUnit
        );
        (p.Apologize, p.ApologizeUnit) = (new Target(Number(Apologize, nameof(Apologize)), ApologizeUnit).Amount, ApologizeUnit);
        (p.Resolve, p.ResolveUnit) = (new Target(Number(Resolve, nameof(Resolve)), ResolveUnit).Amount, ResolveUnit);
        p.FollowUpDays = (int)Number(FollowUpDays, nameof(FollowUpDays), 365);
        p.Diamond = Number(Diamond, nameof(Diamond), 10);
        p.Gold = Number(Gold, nameof(Gold), 10);
        p.Brass = Number(Brass, nameof(Brass), 10);
        p.Lead = Number(Lead, nameof(Lead), 10);
        p.Critical = Number(Critical, nameof(Critical), 10);
        p.MinimumMinutes = Number(MinimumMinutes, nameof(MinimumMinutes));
    }

    internal static decimal Number(string? text, string field, decimal most = 1_000_000) =>
        decimal.TryParse((text ?? "").Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n <= most
            ? n
            : throw new Refusal(new Sentence("“{0}” is not a number from 0 to {1}.", text ?? "", most), field);

    internal static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>A special line as typed.</summary>
public sealed class PolicyLineForm
{
    public Tier? Tier { get; set; }
    public Severity? Severity { get; set; }
    public Channel? Channel { get; set; }
    public long? CategoryId { get; set; }
    public string? LineAcknowledge { get; set; }
    public string? LineApologize { get; set; }
    public string? LineResolve { get; set; }

    /// <summary>The line.</summary>
    /// <exception cref="Refusal">It names nothing, or sets nothing.</exception>
    public PolicyLine Build()
    {
        var line = new PolicyLine
        {
            Tier = Tier,
            Severity = Severity,
            Channel = Channel,
            CategoryId = CategoryId,
            Acknowledge = Number(LineAcknowledge, nameof(LineAcknowledge)),
            Apologize = Number(LineApologize, nameof(LineApologize)),
            Resolve = Number(LineResolve, nameof(LineResolve)),
        };
        return line.Specificity == 0
                ? throw new Refusal("Choose at least one of tier, severity, channel and category for the special line.")
            : line is { Acknowledge: null, Apologize: null, Resolve: null }
                ? throw new Refusal("Give at least one target in the special line.")
            : line;
    }

    private static decimal? Number(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null : PolicyForm.Number(text, field);
}

/// <summary>The policy page.</summary>
public sealed record PolicyPage(PolicyForm Form, IReadOnlyList<PolicyLine> Lines, IReadOnlyList<Category> Categories);

/// <summary>One deadline that would move; times in UTC.</summary>
public sealed record Move(string Reference, ClockName Name, DateTime Before, DateTime After);

/// <summary>What applying would do, counted over all open complaints, with the first 50 deadlines.</summary>
/// <param name="Progress">Of the last time it was applied; null when it never was.</param>
public sealed record ApplicationPage(long Version, int Open, int Moving, int Earlier, int Later, List<Move> First, PolicyProgress? Progress)
{
    /// <summary>With one more open complaint counted.</summary>
    public ApplicationPage With(string reference, IReadOnlyList<(ClockName Name, DateTime Before, DateTime After)> moves)
    {
        First.AddRange(moves.Take(50 - First.Count).Select(m => new Move(reference, m.Name, m.Before, m.After)));
        return this with
        {
            Open = Open + 1,
            Moving = Moving + (moves.Count > 0 ? 1 : 0),
            Earlier = Earlier + moves.Count(m => m.After < m.Before),
            Later = Later + moves.Count(m => m.After > m.Before),
        };
    }
}
