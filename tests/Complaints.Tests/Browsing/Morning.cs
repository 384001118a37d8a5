using System.Diagnostics;
using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>One thing somebody did at the desk.</summary>
/// <param name="Name">What.</param>
/// <param name="Clicks">Presses of the mouse.</param>
/// <param name="Keys">Presses of a key, words typed included.</param>
/// <param name="Seconds">Until the page said it was done; a machine types faster than a person.</param>
public sealed record Act(string Name, int Clicks, int Keys, double Seconds);

/// <summary>
/// A morning's load over all channels, worked by three people in three browsers at once: a clerk logs, acknowledges,
/// apologizes, resolves and calls; a team lead hands over and approves; a manager approves what is above the lead.
/// </summary>
public sealed class Morning(TestHouse house, Chromium chromium, int load)
{
    private static readonly (string Phone, string Name)[] _callers =
    [
        ("7946 0099", "Ivar"),
        ("7946 0011", "Grace"),
        ("7946 0042", "Norris"),
    ];

    private static readonly string[] _said =
    [
        "The room was not made up for two days, and nobody came when he asked.",
        "A suitcase left at the desk was handed to a stranger.",
        "The lift stood still all evening, on the ninth floor.",
        "Breakfast was cold and ended before the hour on the card.",
        "The wrong card was charged for the minibar.",
        "A child was sent away from the pool without a word why.",
        "The taxi that was ordered for four never came, and the train was missed.",
    ];

    private readonly List<Act> _acts = [];
    private readonly Dictionary<string, List<string>> _work = [];
    private readonly Lock _lock = new();

    /// <summary>The acts that are counted, by name.</summary>
    public ILookup<string, Act> Acts => _acts.ToLookup(a => a.Name);

    /// <summary>How many complaints the morning began with.</summary>
    public int Load => _work.Values.Sum(w => w.Count);

    /// <summary>Fills the house with the load: complaints at every step, over every channel.</summary>
    public async Task ComeInAsync()
    {
        await MakeAsync("call", load / 10, house.Now);
        await house.WorkAsync(TimeSpan.FromDays(3));
        await house.WorkAsync(TimeSpan.FromHours(2)); // whoever has no mail address is called
        await MakeAsync("new", load * 4 / 10, house.Now);
        await MakeAsync("points", load * 2 / 10, house.Now);
        await MakeAsync("lead", load / 10, house.Now);
        await MakeAsync("manager", load / 10, house.Now);
        await MakeAsync("away", load / 10, house.Now);
    }

    /// <summary>All three at once.</summary>
    public Task WorkAsync() => Task.WhenAll(ClerkAsync(), LeadAsync(), ManagerAsync());

    private async Task ClerkAsync()
    {
        var desk = await SitDownAsync("Sen");
        for (var call = 0; call < Math.Max(2, load / 20); call++)
        {
            await desk.GotoAsync("/");
            await DoneAsync(desk, "log by phone", () => LogAsync(desk, call));
        }

        foreach (var reference in _work["new"])
        {
            await desk.GotoAsync("/complaints/" + reference);
            await DoneAsync(desk, "acknowledge + apologize", () => AnswerAsync(desk));
        }

        var cause = await house.WithAsync(db => db.RootCauses.OrderBy(r => r.Id).Select(r => r.Id).FirstAsync());
        foreach (var reference in _work["points"])
        {
            await desk.GotoAsync("/complaints/" + reference);
            await DoneAsync(desk, "resolve with two points", () => ResolveAsync(desk, cause));
        }

        for (var call = 0; call < _work["call"].Count; call++)
        {
            await desk.GotoAsync("/follow-ups");
            await DoneAsync(desk, "follow-up call", () => CallAsync(desk));
        }
    }

    private async Task LeadAsync()
    {
        var desk = await SitDownAsync("Lena");
        var away = await house.WithAsync(db => db.Staff.Where(s => s.Name == "Jun").Select(s => s.Id).SingleAsync());
        await desk.GotoAsync($"/queues/unit?owner={away}");
        await DoneAsync(desk, "bulk reassign", () => HandOverAsync(desk));
        await ApproveAllAsync(desk, "lead");
    }

    private async Task ManagerAsync()
    {
        var desk = await SitDownAsync("Max");
        await ApproveAllAsync(desk, "manager");
    }

    /// <summary>With the caller on the line: the number, what happened, done.</summary>
    private static async Task LogAsync(IPage desk, int call)
    {
        await desk.Keyboard.PressAsync("c");
        await desk.WaitForURLAsync("**/complaints/new");
        await Assertions.Expect(desk.Locator("#Who")).ToBeFocusedAsync();
        var (phone, name) = _callers[call % _callers.Length];
        await desk.Keyboard.TypeAsync(phone);
        await desk.Locator("[data-match-list] [role=option]", new() { HasText = name }).First.WaitForAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Locator("#who-card")).ToContainTextAsync(name);
        await desk.ClickAsync("#WhatHappened");
        await desk.Keyboard.TypeAsync(_said[call % _said.Length]);
        await desk.Keyboard.PressAsync("Control+Enter");
        await desk.WaitForURLAsync("**/complaints/C-*");
    }

    private static async Task AnswerAsync(IPage desk)
    {
        await SendAsync(desk, "acknowledgement");
        await desk.ClickAsync("#apology-Shortfall");
        await desk.Keyboard.TypeAsync("We charged the card twice.");
        await SendAsync(desk, "apology");
    }

    private static async Task ResolveAsync(IPage desk, long cause)
    {
        var outcomes = desk.Locator(".panel.next label.choice:has(input[name$='.Outcome'][value=Upheld])");
        var findings = desk.Locator(".panel.next [name$='.Finding']");
        for (var point = 0; point < 2; point++)
        {
            await outcomes.Nth(point).ClickAsync();
            await findings.Nth(point).FocusAsync(); // the next field: Tab leads there
            await desk.Keyboard.TypeAsync("The log confirms it.");
            await desk.Locator(".panel.next select[name$='.RootCauseId']").Nth(point).SelectOptionAsync($"{cause}"); // arrow keys
        }

        await desk.ClickAsync("button[formaction*='/letters/draft']");
        await Assertions.Expect(desk.Locator("#resolution-Words")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("1\\. "));
        await desk.WaitForLoadStateAsync();
        await desk.ClickAsync(".panel.next button[data-primary]");
        await Assertions.Expect(desk.Locator("form[action$='/resolution']")).ToHaveCountAsync(0);
    }

    private static async Task CallAsync(IPage desk)
    {
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("Enter");
        await desk.WaitForURLAsync("**/follow-up");
        await desk.ClickAsync("form.survey label.choice:has(input[value=yes])");
        await desk.FocusAsync("form.survey input[name=Skill]"); // the next field: Tab leads there
        await desk.Keyboard.TypeAsync("5454");
        await desk.Locator("form.survey #Comment").FocusAsync();
        await desk.Keyboard.TypeAsync("He was glad that we called.");
        await desk.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Locator("form.survey button[data-primary]")).ToHaveCountAsync(0);
    }

    private static async Task HandOverAsync(IPage desk)
    {
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("a");
        await desk.Keyboard.PressAsync("b");
        await desk.Locator("[data-bulk-bar] select[name=OwnerId]").SelectOptionAsync(new SelectOptionValue { Label = "Mia" }); // by its first letter
        await desk.ClickAsync("[data-bulk-bar] button[value=assign]");
        await desk.WaitForURLAsync("**/bulk/*");
        await Assertions.Expect(desk.Locator("#plan")).ToBeVisibleAsync();
        await desk.Keyboard.PressAsync("g");
        await Assertions.Expect(desk.Locator("#plan")).ToHaveCountAsync(0);
    }

    private async Task ApproveAllAsync(IPage desk, string kind)
    {
        foreach (var reference in _work[kind])
        {
            await desk.GotoAsync("/approvals");
            await DoneAsync(desk, "approve money", () => ApproveAsync(desk, reference));
        }
    }

    private static async Task ApproveAsync(IPage desk, string reference)
    {
        await desk.ClickAsync($"a:has-text('{reference}')");
        await desk.WaitForURLAsync($"**/complaints/{reference}*");
        await desk.ClickAsync(
            "#approval form[action$='/approval'] button[data-primary], #approval form[action$='/approval'] button.btn-primary"
        );
        await Assertions.Expect(desk.Locator("#approval")).ToHaveCountAsync(0);
    }

    private static async Task SendAsync(IPage desk, string step)
    {
        var form = desk.Locator($"form[action$='/{step}']");
        await form.Locator("button.btn-primary").ClickAsync();
        await Assertions.Expect(form).ToHaveCountAsync(0);
    }

    private async Task<IPage> SitDownAsync(string name)
    {
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync(name);
        await desk.Context.AddInitScriptAsync(
            """
            for (const [event, count] of [["pointerdown", "clicks"], ["keydown", "keys"]])
              addEventListener(event, () => sessionStorage[count] = +(sessionStorage[count] ?? 0) + 1, true);
            """
        );
        return desk;
    }

    /// <summary>Does it, and writes down what it took.</summary>
    private async Task DoneAsync(IPage desk, string name, Func<Task> act)
    {
        await desk.WaitForLoadStateAsync();
        await desk.EvaluateAsync("sessionStorage.clicks = sessionStorage.keys = 0");
        var watch = Stopwatch.StartNew();
        await act();
        var seconds = watch.Elapsed.TotalSeconds;
        var took = await desk.EvaluateAsync<int[]>("[+sessionStorage.clicks, +sessionStorage.keys]");
        lock (_lock)
        {
            _acts.Add(new Act(name, took[0], took[1], seconds));
        }
    }

    /// <summary>Through the verbs, as the days before left them.</summary>
    private Task MakeAsync(string kind, int count, DateTime now) =>
        house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var staff = await db.Staff.Include(s => s.Unit).ToDictionaryAsync(s => s.Name);
                var customers = await db.Customers.Include(c => c.ContactPoints).OrderBy(c => c.Id).ToListAsync();
                var cause = await db.RootCauses.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
                var made = new List<Complaint>();
                for (var i = 0; i < count; i++)
                {
                    var number = _work.Values.Sum(w => w.Count) + i + 1;
                    made.Add(Make(kind, number, now, book, staff, customers, cause));
                }

                db.AddRange(made);
                await db.SaveChangesAsync();
                _work[kind] = [.. made.Select(c => c.Reference)];
            }
        );

    private static Complaint Make(
        string kind,
        int number,
        DateTime now,
        DeadlineBook book,
        Dictionary<string, StaffMember> staff,
        List<Customer> customers,
        long cause
    )
    {
        var holder = staff[kind is "away" ? "Jun" : "Sen"];
        var clerk = Actor.Of(staff["Mia"], TimeZoneInfo.Utc);
        var at = now.AddMinutes(-30);
        var complaint = Complaint.Log(
            new LogFacts
            {
                Customer = kind == "call" ? customers.Find(c => c.Name == "No Mail Norris")! : customers[number % 3],
                Channel = (Channel)(number % 7),
                ReceivedAt = at,
                WhatHappened =
                    number % 3 == 1
                        ? $"第{number}号订单重复扣款，一直没有人回复。"
                        : $"Order {number} was charged twice, and nobody answers.",
                UnitId = staff["Sen"].UnitId,
            },
            Reference.Of(2026, 40_000 + number),
            clerk,
            at,
            book
        );
        complaint.Assign(clerk, at, holder);
        if (kind is "new" or "away")
        {
            return complaint;
        }

        var said = new Statement(Channel.Phone, "We called and said so.");
        if (kind == "points")
        {
            complaint.AddPoint(clerk, at, new PointFacts("Charged twice", null, null));
            complaint.AddPoint(clerk, at, new PointFacts("Nobody answered", null, null));
        }

        complaint.Acknowledge(clerk, at.AddMinutes(5), said, book);
        complaint.Apologize(clerk, at.AddMinutes(6), new Apology(false, "We charged twice."), said);
        if (kind == "points")
        {
            return complaint;
        }

        var amount = kind switch
        {
            "lead" => new Money(90_000, "GBP"),
            "manager" => new Money(500_000, "GBP"),
            _ => (Money?)null,
        };
        var remedy = amount is null ? Remedy.Explanation : Remedy.Refund;
        var resolution = new Resolution("The second charge goes back.", remedy, amount, cause, null, true, Outcome.Upheld);
        complaint.Resolve(clerk, at.AddMinutes(8), resolution, said, amount is null ? null : 20_000, book);
        return complaint;
    }
}
