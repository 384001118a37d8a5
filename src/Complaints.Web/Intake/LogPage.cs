using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Customers;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Intake;

/// <summary>A line of a select: its id and how it is shown, indented as in its tree.</summary>
public sealed record Choice(long Id, string Name);

/// <summary>An open complaint of the customer.</summary>
public sealed record OpenCase(string Reference, string Summary, DateTime ReceivedAt, State State);

/// <summary>The customer who was taken from the matches.</summary>
/// <param name="Organisation">The one this person speaks for; null for none.</param>
/// <param name="People">Who speaks for this organisation.</param>
/// <param name="Repeat">How often they complained of late.</param>
public sealed record WhoCard(
    Customer Customer,
    IReadOnlyList<OpenCase> Open,
    Choice? Organisation,
    IReadOnlyList<Choice> People,
    Repeat Repeat
);

/// <summary>A deadline that will apply.</summary>
/// <param name="Name">Step or regime.</param>
/// <param name="At">UTC.</param>
/// <param name="Regulator">A regulator's clock.</param>
public sealed record Coming(string Name, DateTime At, bool Regulator);

/// <summary>The deadlines that will apply, or why they cannot be said.</summary>
public sealed record ComingDeadlines(IReadOnlyList<Coming> All, string? Trouble);

/// <summary>All the log page shows beside what was typed.</summary>
/// <param name="LargestFile">In bytes.</param>
public sealed record LogPage(
    LogForm Form,
    IReadOnlyList<Choice> Categories,
    IReadOnlyList<Choice> Units,
    IReadOnlyList<Choice> Staff,
    IReadOnlyList<Choice> RootCauses,
    string Currency,
    WhoCard? Who,
    IReadOnlyList<Customer> Alike,
    IReadOnlyList<OpenCase> Likely,
    ComingDeadlines Deadlines,
    bool HasMore,
    long LargestFile
);

/// <summary>Reads what the log page shows.</summary>
public sealed class LogPages(ComplaintsDb db, Me me, Cases cases, Repeats repeats, Complaints.Words.House house, TimeProvider clock)
{
    private string Language => me.Reader.Language;

    /// <summary>The page around the form.</summary>
    public async Task<LogPage> PageAsync(LogForm form, IReadOnlyList<Customer>? alike = null, IReadOnlyList<OpenCase>? likely = null)
    {
        form.SubmissionKey ??= Guid.NewGuid().ToString("N");
        form.UnitId ??= me.Member.UnitId;
        form.Currency ??= await house.CurrencyAsync();
        form.RemedyCurrency ??= form.Currency;
        form.NewLanguage ??= Language;
        var categories = await db.Categories.AsNoTracking().Where(c => c.Active).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync();
        var causes = await db.RootCauses.AsNoTracking().Where(c => c.Active).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync();
        return new LogPage(
            form,
            Tree(categories, c => c.Id, c => c.ParentId, c => c.NameIn(Language)),
            await UnitsAsync(db, Language),
            await db
                .Staff.Where(s => s.Active && s.Role != Role.Administrator && s.Role != Role.Auditor)
                .OrderBy(s => s.Name)
                .Select(s => new Choice(s.Id, s.Name))
                .Take(1000)
                .ToListAsync(),
            Tree(causes, c => c.Id, c => c.ParentId, c => c.NameIn(Language)),
            form.Currency,
            await WhoAsync(form.CustomerId),
            alike ?? [],
            likely ?? [],
            await DeadlinesAsync(form),
            HasMore(form),
            (await FilePolicies.ReadAsync(db)).Largest(FileDoor.Staff)
        );
    }

    /// <summary>The customer's card; null for none.</summary>
    public async Task<WhoCard?> WhoAsync(long? customerId) =>
        await db
            .Customers.AsNoTracking()
            .Include(c => c.ContactPoints)
            .FirstOrDefaultAsync(c => c.Id == customerId && c.MergedIntoId == null)
            is { } customer
            ? new WhoCard(
                customer,
                [.. (await OpenAsync(customer.Id, 5)).Select(o => o.Case)],
                await db.Customers.Where(c => c.Id == customer.OrganisationId).Select(c => new Choice(c.Id, c.Name)).FirstOrDefaultAsync(),
                await db
                    .Customers.Where(c => c.OrganisationId == customer.Id && c.MergedIntoId == null)
                    .OrderBy(c => c.Name)
                    .Take(100)
                    .Select(c => new Choice(c.Id, c.Name))
                    .ToListAsync(),
                (await repeats.OfAsync(customer.Id)).Repeat
            )
            : null;

    /// <summary>The customer's open complaints the person may see that say much the same, the most alike first.</summary>
    public async Task<IReadOnlyList<OpenCase>> LikelyAsync(long customerId, string what) =>
        [
            .. (await OpenAsync(customerId, 30))
                .Select(o =>
                    (o.Case, Alike: Math.Max(Duplicates.Similarity(o.Text, what), Duplicates.Similarity(o.Case.Summary, what)), o.Text)
                )
                .Where(o => Duplicates.LooksAlike(o.Text, what) || Duplicates.LooksAlike(o.Case.Summary, what))
                .OrderByDescending(o => o.Alike)
                .Take(3)
                .Select(o => o.Case),
        ];

    /// <summary>The deadlines a complaint with these facts would get. Nothing is saved: a complaint is made and thrown away.</summary>
    public async Task<ComingDeadlines> DeadlinesAsync(LogForm form)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var book = await cases.BookAsync();
        var unit = form.UnitId ?? me.Member.UnitId;
        var tier = await db.Customers.Where(c => c.Id == form.CustomerId).Select(c => (Tier?)c.Tier).FirstOrDefaultAsync() ?? Tier.Brass;
        if (!await db.Units.AnyAsync(u => u.Id == unit))
        {
            return new ComingDeadlines([], null);
        }

        try
        {
            var facts = new LogFacts
            {
                Customer = new Customer { Name = "-", Tier = tier },
                Channel = form.Channel,
                ReceivedAt = LogReading.Received(form.Received, me.Reader, now),
                WhatHappened = "-",
                UnitId = unit,
                CategoryId = form.CategoryId,
                Severity = form.Severity,
                Public = form.Public,
            };
            var clocks = Complaint.Log(facts, "-", me.Actor, now, book).Clocks;
            return new ComingDeadlines(
                [.. clocks.Where(c => !c.BindsAuthority).Select(c => new Coming(NameOf(c, book), c.DueAt, c.Name == ClockName.Regime))],
                null
            );
        }
        catch (Refusal refused)
        {
            return new ComingDeadlines([], Tongue.Say(me.Reader, refused.Sentence));
        }
    }

    /// <summary>Active units as a tree.</summary>
    public static async Task<IReadOnlyList<Choice>> UnitsAsync(ComplaintsDb db, string language) =>
        Tree(
            await db.Units.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Path).ToListAsync(),
            u => u.Id,
            u => u.ParentId,
            u => u.NameIn(language)
        );

    private async Task<List<(OpenCase Case, string Text)>> OpenAsync(long customerId, int take) =>
        [
            .. (
                await cases
                    .Visible(db.Complaints.AsNoTracking().Where(c => c.CustomerId == customerId && c.IsOpen))
                    .OrderByDescending(c => c.ReceivedAt)
                    .Take(take)
                    .Select(c => new
                    {
                        c.Reference,
                        c.Summary,
                        c.ReceivedAt,
                        c.State,
                        Text = c.WhatHappened.Substring(0, 4000),
                    })
                    .ToListAsync()
            ).Select(c => (new OpenCase(c.Reference, c.Summary, c.ReceivedAt, c.State), c.Text)),
        ];

    private string NameOf(DeadlineClock clock, DeadlineBook book)
    {
        var regime = book.Regimes.FirstOrDefault(r => clock.RegimeClock.StartsWith(r.Key + "/", StringComparison.Ordinal));
        var rule = regime?.Clocks.FirstOrDefault(c => Complaint.KeyOf(regime, c) == clock.RegimeClock);
        return rule is null ? Tongue.Name(Language, clock.Name) : regime!.NameIn(Language) + " · " + rule.NameIn(Language);
    }

    private static bool HasMore(LogForm f) =>
        f.CategoryId is not null
        || f.Severity != Severity.Normal
        || f.Public
        || f.Need is not null
        || f.Stage is not null
        || new[] { f.Amount, f.AffectedPerson, f.Authority, f.Proof, f.Received }.Any(t => !string.IsNullOrEmpty(t))
        || f.AboutId is not null;

    private static List<Choice> Tree<T>(IReadOnlyList<T> all, Func<T, long> id, Func<T, long?> parent, Func<T, string> name)
    {
        var ids = all.Select(id).ToHashSet();
        var below = all.ToLookup(x => parent(x) is { } p && ids.Contains(p) ? p : 0);
        var lines = new List<Choice>();
        void Add(long above, int depth)
        {
            foreach (var item in below[above])
            {
                lines.Add(new Choice(id(item), new string('\u2003', depth) + name(item)));
                Add(id(item), depth + 1);
            }
        }

        Add(0, 0);
        return lines;
    }
}
