using System.Globalization;
using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Casework;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>The remedy ledger over HTTP: offered, approved, accepted, paid, confirmed, late, listed, exported.</summary>
public sealed class RemedyPageTests
{
    private const string Today = "2026-11-23";
    private static readonly DateOnly _day = new(2026, 11, 23);

    [Theory, OnSqlite, OnPostgres]
    public async Task A_remedy_is_offered_accepted_paid_in_parts_and_confirmed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var page = $"/complaints/{reference}";
        using var mia = await house.SignInAsync("Mia");
        var refused = await mia.PostAsync(page + "/remedies", Offer("Goodwill", "150.00", reason: ""), page);
        Assert.Contains("Say why this is offered.", refused);
        Assert.Contains("value=\"150.00\"", refused);
        await mia.PostAsync(page + "/remedies", Offer("Goodwill", "150.00"), page);
        var grant = await OnlyAsync(house, reference);
        Assert.Equal((GrantState.Offered, 150_00L), (grant.State, grant.Minor));
        var url = $"{page}/remedies/{grant.Id}";
        Assert.Contains("has not accepted it yet", await mia.PostAsync(url + "/payments", Payment("10.00"), page));
        await mia.PostAsync(url + "/answer", new() { ["answer"] = "yes" }, page);
        Assert.Contains("150.00 GBP is left", await mia.PostAsync(url + "/payments", Payment("150.01"), page));
        Assert.Contains("Give the day", await mia.PostAsync(url + "/payments", Payment("10.00", day: "soon"), page));
        Assert.Contains("in the future", await mia.PostAsync(url + "/payments", Payment("10.00", day: "2026-11-24"), page));
        Assert.Contains("100.00 GBP is left to pay", await mia.PostAsync(url + "/payments", Payment("50.00", paid: "0"), page));
        Assert.Contains("entered meanwhile", await mia.PostAsync(url + "/payments", Payment("50.00", paid: "0"), page)); // sent twice
        Assert.Contains("is paid in full", await mia.PostAsync(url + "/payments", Payment("100.00", paid: "5000"), page));
        Assert.Contains("Confirmed", await mia.PostAsync(url + "/confirmation", [], page));
        var paid = await OnlyAsync(house, reference);
        Assert.Equal((GrantState.Confirmed, 150_00L, 2), (paid.State, paid.PaidMinor, paid.Payments.Count));

        var wrong = paid.Payments.MaxBy(p => p.Id)!;
        var reversed = await mia.PostAsync($"{url}/payments/{wrong.Id}/reversal", new() { ["reason"] = "Wrong customer" }, page);
        Assert.Contains("-100.00 GBP", reversed);
        Assert.Equal(
            (GrantState.Accepted, 50_00L),
            ((await OnlyAsync(house, reference)).State, (await OnlyAsync(house, reference)).PaidMinor)
        );
        await mia.PostAsync(
            url + "/cancellation",
            new() { ["Seen"] = await house.SeenAsync(reference), ["reason"] = "She took a voucher" },
            page
        );
        Assert.Equal(GrantState.Cancelled, (await OnlyAsync(house, reference)).State);
        Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(async v => await v.VerifyAsync(await IdAsync(house, reference))));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Strangers_find_nothing_and_the_auditor_reads_only(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(complainedAbout: "Sen");
        var page = $"/complaints/{reference}";
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync(page + "/remedies", Offer("Goodwill", "150.00"), page);
        var url = $"{page}/remedies/{(await OnlyAsync(house, reference)).Id}";
        foreach (var name in new[] { "Wen", "Sen", "Otto", "Ada" })
        {
            using var stranger = await house.SignInAsync(name);
            foreach (
                var (path, fields) in new (string, Dictionary<string, string?>)[]
                {
                    (page + "/remedies", Offer("Goodwill", "1.00")),
                    (url + "/change", Offer("Goodwill", "1.00")),
                    (url + "/approval", new() { ["decision"] = "approve" }),
                    (url + "/answer", new() { ["answer"] = "yes" }),
                    (url + "/payments", Payment("1.00")),
                    (url + "/delivery", []),
                    (url + "/confirmation", []),
                    (url + "/cancellation", new() { ["reason"] = "x" }),
                }
            )
            {
                await stranger.PostAsync(path, fields, "/profile");
                Assert.True(stranger.Status == HttpStatusCode.NotFound, $"{path} is there for {name}: {stranger.Status}");
            }

            var list = await stranger.GetAsync("/payments");
            Assert.Equal(name == "Otto", list.Contains(reference, StringComparison.Ordinal));
            Assert.DoesNotContain("formaction", list);
        }

        using var otto = await house.SignInAsync("Otto");
        var read = await otto.GetAsync(page);
        Assert.Contains("Goodwill of 150.00 GBP", read);
        Assert.DoesNotContain("/remedies", read);
        Assert.DoesNotContain("/remedies", await otto.GetAsync("/payments"));
        using var jun = await house.SignInAsync("Jun");
        await jun.PostAsync(url + "/approval", new() { ["decision"] = "approve" }, page);
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        await jun.PostAsync(page + "/remedies/987654/answer", new() { ["answer"] = "yes" }, page);
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        await jun.GetAsync("/payments/sheet.csv");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Above_the_limit_the_first_who_may_is_asked_and_a_delegate_never_approves_their_own(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var page = $"/complaints/{reference}";
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("Waiting for approval by Lena", await mia.PostAsync(page + "/remedies", Offer("Goodwill", "900.00"), page));
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains(reference, await lena.GetAsync("/approvals"));
        var first = (await OnlyAsync(house, reference)).Id;
        await lena.PostAsync($"{page}/remedies/{first}/approval", new() { ["decision"] = "approve" }, page);
        Assert.Equal(GrantState.Offered, (await OnlyAsync(house, reference)).State);

        await house.WithAsync(async db =>
        {
            var max = await db.Staff.SingleAsync(s => s.Name == "Max");
            max.AwayUntil = house.Now.AddDays(2);
            max.DelegateId = (await db.Staff.SingleAsync(s => s.Name == "Lena")).Id;
            await db.SaveChangesAsync();
        });
        // Max is away and Lena acts for him; it is her own offer, so it goes to the director.
        Assert.Contains("Waiting for approval by Dora", await lena.PostAsync(page + "/remedies", Offer("Compensation", "1500.00"), page));
        var own = (await house.ReadAsync(reference)).Grants.Max(g => g.Id);
        var refused = await lena.PostAsync($"{page}/remedies/{own}/approval", new() { ["decision"] = "approve" }, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lena.Status);
        Assert.Contains("somebody else has to approve it", refused);
        using var dora = await house.SignInAsync("Dora");
        Assert.Contains("Say why", await dora.PostAsync($"{page}/remedies/{own}/approval", new() { ["decision"] = "decline" }, page));
        await dora.PostAsync($"{page}/remedies/{own}/approval", new() { ["decision"] = "decline", ["reason"] = "Half would do" }, page);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal((GrantState.Refused, false), (complaint.Grants.MaxBy(g => g.Id)!.State, complaint.AwaitingApproval));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Many_are_approved_at_once_after_a_trial_and_a_bad_one_stops_no_other(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var references = new List<string>();
        foreach (
            var (name, amount) in new[] { ("Mia", 900_00L), ("Mia", 5_000_00), ("Lena", 3_000_00), ("Mia", 1_200_00), ("Mia", 1_100_00) }
        )
        {
            var reference = references.Count == 4 ? references[3] : await house.LogAsync(); // the last two stand on one complaint
            references.Add(reference);
            await house.DoAsync(
                reference,
                name,
                (c, a, b) => c.Offer(a, house.Now, Remedy.Goodwill, new Money(amount, "GBP"), "For the trouble", 0, b)
            );
        }

        var resolved = await house.LogAsync();
        await house.DoAsync(resolved, "Mia", CasePageTests.Apologized(house));
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        await house.DoAsync(
            resolved,
            "Mia",
            (c, a, b) =>
                c.Resolve(
                    a,
                    house.Now,
                    new Resolution("Paid back", Remedy.Refund, new Money(700_00, "GBP"), cause, null, true, Outcome.Upheld),
                    new Statement(Channel.Email, "You get it back."),
                    0,
                    b
                )
        );
        var ids = await house.WithAsync(db => db.Grants.OrderBy(g => g.Id).Select(g => g.Id).ToListAsync());
        using var lena = await house.SignInAsync("Lena");
        var picks = ids.Append(987654).Select(id => ("pick", id.ToString(CultureInfo.InvariantCulture))).ToList();
        var trial = await lena.PostFormAsync("/approvals/trial", "/approvals", picks);
        Assert.Contains("3 would be approved, 3 refused. Nothing has happened yet.", trial);
        Assert.Contains("yourself", trial);
        Assert.Contains("5,000.00 GBP is above your limit", trial);
        Assert.Contains("1,100.00 GBP and the 1,200.00 GBP you granted here before", trial);
        Assert.Equal(6, await house.WithAsync(db => db.Grants.CountAsync(g => g.State == GrantState.Waiting)));

        var done = await lena.PostFormAsync("/approvals", "/approvals", picks);
        Assert.Contains("3 remedies approved, 4 not.", done);
        Assert.Equal(
            [GrantState.Offered, GrantState.Waiting, GrantState.Waiting, GrantState.Offered, GrantState.Waiting, GrantState.Accepted],
            await house.WithAsync(db => db.Grants.OrderBy(g => g.Id).Select(g => g.State).ToListAsync())
        );
        Assert.Equal(State.Resolved, (await house.ReadAsync(resolved)).State);
        Assert.True(await house.WithAsync(db => db.OutMessages.AnyAsync(m => m.Purpose == MailPurpose.Resolution)));
        Assert.Contains("Pick what you want", await lena.PostFormAsync("/approvals", "/approvals", []));
        using var mia = await house.SignInAsync("Mia");
        await mia.PostFormAsync("/approvals", "/profile", picks);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var chen = await house.SignInAsync("Chen");
        Assert.DoesNotContain(references[1], await chen.GetAsync("/approvals"));
        Assert.Contains("已批准 0 项", await chen.PostFormAsync("/approvals", "/approvals", picks));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_paid_late_escalates_once_also_on_a_closed_complaint_until_it_is_paid(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(reference, "Mia", CasePageTests.Apologized(house));
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) =>
            {
                c.Resolve(a, house.Now, Refund(), new Statement(Channel.Phone, "You get it back."), 200_00, b);
                c.StartFollowUp(a, house.Now, new Sentence("{0}", "asked"));
                c.Close(a, house.Now, Outcome.Upheld, new Sentence("{0}", "settled"));
            }
        );
        await SweepAsync(house);
        var closed = await house.ReadAsync(reference);
        Assert.False(closed.IsOpen);
        Assert.Equal(new DateTime(2026, 12, 7), closed.PaymentDueAt!.Value.Date); // ten working days after Monday the 23rd
        Assert.Equal(closed.PaymentDueAt, closed.NextActionAt); // nothing to look at until then
        Assert.Equal(0, await SweepAsync(house));

        house.Clock.Now = closed.PaymentDueAt!.Value.AddMinutes(1);
        await SweepAsync(house);
        await SweepAsync(house);
        var raised = await RaisedAsync(house, reference);
        Assert.Equal((Trigger.PaymentLate, 1), Assert.Single(raised.Select(e => (e.Trigger!.Value, e.Level))));
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("is not settled in time", await lena.GetAsync("/escalations"));
        Assert.Contains(reference, await lena.GetAsync("/payments?state=late"));
        Assert.Contains("It has ended, and something granted is not settled.", await lena.GetAsync($"/complaints/{reference}"));
        house.Clock.Pass(TimeSpan.FromHours(20));
        await house.WorkAsync(TimeSpan.Zero);
        var notice = await house.WithAsync(db =>
            db.OutMessages.Include(m => m.Deliveries).Where(m => m.Purpose == MailPurpose.EscalationNotice).ToListAsync()
        );
        Assert.Contains(notice.SelectMany(m => m.Deliveries), d => d.State == DeliveryState.Sent); // though the complaint is closed

        var grant = await OnlyAsync(house, reference);
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) => c.Pay(c.Grants[0], a, house.Now, new Money(150_00, "GBP"), new DateOnly(2026, 12, 8), PayWay.Card, null, b)
        );
        await SweepAsync(house);
        Assert.All(await RaisedAsync(house, reference), e => Assert.NotNull(e.EndedAt));
        Assert.Equal(GrantState.Accepted, grant.State);
        Assert.Null((await house.ReadAsync(reference)).NextActionAt);
    }

    [Theory, OnSqlite]
    public async Task How_many_working_days_there_are_is_a_setting(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("0 to 250", await ada.PostAsync("/settings/limits", new() { ["payWithin"] = "-1" }, "/settings/limits"));
        Assert.True( // the refused form removed nothing
            await house.WithAsync(db => db.RemedyLimits.AnyAsync())
        );
        var fields = await FieldsAsync(house);
        fields["payWithin"] = "2";
        await ada.PostAsync("/settings/limits", fields, "/settings/limits");
        var reference = await house.LogAsync();
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) => c.Offer(a, house.Now, Remedy.Goodwill, new Money(10_00, "GBP"), "Tea", 20_00, b)
        );
        Assert.Equal(new DateTime(2026, 11, 25), (await house.ReadAsync(reference)).PaymentDueAt!.Value.Date);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_limit_for_a_tier_wins_over_the_general_one(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var fields = await FieldsAsync(house);
        fields["tierCurrency"] = "GBP";
        fields["tier"] = "Gold";
        await ada.PostAsync("/settings/limits", fields, "/settings/limits");
        Assert.Contains("already", await ada.PostAsync("/settings/limits", await FieldsAsync(house, fields), "/settings/limits"));
        var changed = await FieldsAsync(house);
        changed["limit[GBP-Agent-Middle-Gold]"] = "20.00";
        changed["limit[GBP-Agent-Senior-Gold]"] = "";
        changed["limit[GBP-TeamLead--Gold]"] = "100.00";
        await ada.PostAsync("/settings/limits", changed, "/settings/limits");
        await house.WithAsync(async db =>
        {
            Assert.Equal(20_00, await Limits.OfAsync(db, Role.Agent, Seat.Middle, Tier.Gold, "GBP"));
            Assert.Equal(200_00, await Limits.OfAsync(db, Role.Agent, Seat.Middle, Tier.Brass, "GBP"));
            Assert.Equal(500_00, await Limits.OfAsync(db, Role.Agent, Seat.Senior, Tier.Gold, "GBP")); // empty: the general line
            Assert.Null(await Limits.OfAsync(db, Role.Agent, Seat.Middle, Tier.Gold, "JPY"));
        });
        var reference = await house.LogAsync(); // Grace is gold
        using var mia = await house.SignInAsync("Mia");
        var page = $"/complaints/{reference}";
        Assert.Contains("20.00 GBP alone", await mia.GetAsync(page));
        Assert.Contains("Waiting for approval by Max", await mia.PostAsync(page + "/remedies", Offer("Goodwill", "150.00"), page));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_owed_is_listed_by_its_day_filtered_paged_and_paid_from_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var references = new List<string>();
        for (var i = 0; i < 53; i++)
        {
            var reference = await house.LogAsync(unit: i == 52 ? "Shanghai" : "North");
            references.Add(reference);
            await house.DoAsync(
                reference,
                "Mia",
                (c, a, b) =>
                {
                    var grant = c.Offer(a, house.Now, Remedy.Goodwill, new Money(10_00, i == 52 ? "CNY" : "GBP"), "Tea", 20_00, b);
                    if (i % 2 == 0)
                    {
                        c.AcceptOffer(grant, a, house.Now, null, b);
                    }
                }
            );
            house.Clock.Pass(TimeSpan.FromMinutes(1));
        }

        using var dora = await house.SignInAsync("Dora");
        var first = await dora.GetAsync("/payments");
        Assert.Contains("10.00 CNY · 520.00 GBP", first);
        Assert.Equal(50, references.Count(r => first.Contains(r, StringComparison.Ordinal)));
        var next = System.Text.RegularExpressions.Regex.Match(first, "href=\"(/payments[^\"]*after=[^\"]*)\"").Groups[1].Value;
        var second = await dora.GetAsync(next);
        Assert.Equal(3, references.Count(r => second.Contains(r, StringComparison.Ordinal)));
        Assert.Equal(27, Rows(await dora.GetAsync("/payments?state=pay")));
        Assert.Equal(26, Rows(await dora.GetAsync("/payments?state=answer")));
        Assert.Equal(0, Rows(await dora.GetAsync("/payments?state=late")));
        var shanghai = await house.WithAsync(db => db.Units.Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync());
        Assert.Equal(1, Rows(await dora.GetAsync($"/payments?unit={shanghai}")));
        using var lena = await house.SignInAsync("Lena");
        Assert.Equal(0, Rows(await lena.GetAsync($"/payments?unit={shanghai}")));

        // Open the form, press Paid; the list, press “the customer has it”: four clicks with the tab between.
        var id = (await OnlyAsync(house, references[0])).Id;
        var url = $"/complaints/{references[0]}/remedies/{id}";
        var back = "?state=pay";
        var pay = Payment("10.00");
        pay["back"] = back;
        Assert.Contains("paid in full", await lena.PostAsync(url + "/payments", pay, "/payments"));
        Assert.Equal("/payments?state=pay", lena.Path);
        Assert.Equal(1, Rows(await lena.GetAsync("/payments?state=unconfirmed")));
        await lena.PostAsync(url + "/confirmation", new() { ["back"] = "//evil.example" }, "/payments");
        Assert.StartsWith("/complaints/", lena.Path, StringComparison.Ordinal);
        Assert.Equal(0, Rows(await lena.GetAsync("/payments?state=unconfirmed")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_sheet_has_a_line_for_each_payment_and_no_formula(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) =>
            {
                var grant = c.Offer(a, house.Now, Remedy.Refund, new Money(1_500_50, "GBP"), "Twice", 2_000_00, b);
                c.AcceptOffer(grant, a, house.Now, null, b);
                c.Pay(grant, a, house.Now, new Money(1_000_00, "GBP"), _day, PayWay.Cash, "=HYPERLINK(\"http://evil.example\")", b);
            }
        );
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) => c.Reverse(c.Grants[0], c.Grants[0].Payments[0], a, house.Now, "+slip, twice", b)
        );
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) => c.Pay(c.Grants[0], a, house.Now, new Money(1_500_50, "GBP"), _day, PayWay.BankTransfer, "FP 77", b)
        );
        using var otto = await house.SignInAsync("Otto");
        await otto.GetAsync("/payments/sheet.csv?from=2026-11-23&to=2026-11-23");
        Assert.Equal("text/csv", otto.Last.Content.Headers.ContentType!.MediaType);
        var bytes = await otto.Last.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains(",2026-11-23,1000.00,\"GBP\",\"Cash\",\"'=HYPERLINK(\"\"http://evil.example\"\")\",\"Refund\",", lines[1]);
        Assert.Contains(",-1000.00,", lines[2]);
        Assert.Contains("\"'+slip, twice\"", lines[2]);
        Assert.Contains(",1500.50,\"GBP\",\"Bank transfer\",\"FP 77\",", lines[3]);
        Assert.Contains(reference, lines[3]);
        Assert.Single(
            Encoding
                .UTF8.GetString(await BytesAsync(otto, "?from=2026-11-24&to=2026-11-30"))
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Contains("at most a year", await otto.GetAsync("/payments/sheet.csv?from=2024-01-01&to=2026-11-30"));
        using var chen = await house.SignInAsync("Chen");
        Assert.DoesNotContain(reference, Encoding.UTF8.GetString(await BytesAsync(chen, "?from=2026-11-23&to=2026-11-23")));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData(" =1+1", "\"' =1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData(null, "\"\"")]
    public void A_field_of_the_sheet_is_never_a_formula(string? text, string field) => Assert.Equal(field, SheetField.Of(text));

    [Theory, OnSqlite, OnPostgres]
    public async Task The_quartiles_of_five_comparable_complaints_are_suggested_and_of_fewer_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var category = await house.WithAsync(db => db.Categories.Select(c => c.Id).FirstAsync());
        for (var i = 1; i <= 4; i++)
        {
            await GrantedAsync(house, category, i * 10_00);
        }

        await GrantedAsync(house, category, 9_000_00, "CNY");
        await GrantedAsync(house, category, 9_000_00, unit: "Shanghai"); // nobody of North sees it
        var reference = await house.LogAsync();
        await PutAsync(house, reference, category);
        await house.DoAsync(reference, "Mia", CasePageTests.Apologized(house));
        using var mia = await house.SignInAsync("Mia");
        var page = $"/complaints/{reference}";
        Assert.DoesNotContain("comparable", await mia.GetAsync(page));
        await mia.GetAsync(page + "/comparable?currency=GBP");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        var fifth = await GrantedAsync(house, category, 50_00);
        Assert.Contains(
            "In 5 comparable closed complaints: half of them between 20.00 and 40.00 GBP, the middle one 30.00.",
            await mia.GetAsync(page)
        );
        var list = await mia.GetAsync(page + "/comparable?currency=GBP");
        Assert.Contains(fifth, list);
        Assert.DoesNotContain("9,000", list);
        var plan = await house.WithAsync(async db => string.Join('\n', await PlanAsync(db, Comparables.Latest(db, category, "GBP", 0))));
        Assert.True(plan.Contains("IX_Complaints_Comparable", StringComparison.Ordinal) || database == "postgres", plan); // a small table there is scanned
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_undone_resolution_takes_its_remedy_along(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        await house.DoAsync(reference, "Mia", CasePageTests.Apologized(house));
        using var mia = await house.SignInAsync("Mia");
        var page = $"/complaints/{reference}";
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        await mia.PostAsync(
            page + "/resolution",
            new()
            {
                ["Seen"] = await house.SeenAsync(reference),
                ["Channel"] = "Email",
                ["Words"] = "Here is our answer.",
                ["Solution"] = "Taken back",
                ["Remedy"] = "Refund",
                ["Amount"] = "150.00",
                ["Currency"] = "GBP",
                ["RootCauseId"] = cause.ToString(CultureInfo.InvariantCulture),
                ["Outcome"] = "Upheld",
            },
            page
        );
        Assert.Equal(GrantState.Offered, (await OnlyAsync(house, reference)).State);
        Assert.Contains("Before you close it", await mia.GetAsync(page));
        var mail = await house.WithAsync(db =>
            db.OutMessages.Where(m => m.Purpose == MailPurpose.Resolution).Select(m => m.Id).SingleAsync()
        );
        await mia.PostAsync($"/mail/{mail}/undo", [], page);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal((State.Apologized, GrantState.Cancelled), (complaint.State, complaint.Grants.Single().State));
        Assert.Null(complaint.PaymentDueAt);
    }

    private static Dictionary<string, string?> Offer(string remedy, string amount, string reason = "For the trouble") =>
        new()
        {
            ["Remedy"] = remedy,
            ["Amount"] = amount,
            ["Currency"] = "GBP",
            ["Reason"] = reason,
        };

    private static Dictionary<string, string?> Payment(string amount, string day = Today, string? paid = null) =>
        new()
        {
            ["amount"] = amount,
            ["paidOn"] = day,
            ["way"] = "BankTransfer",
            ["payRef"] = "FP 77",
            ["paid"] = paid,
        };

    private static Resolution Refund() => new("Paid back", Remedy.Refund, new Money(150_00, "GBP"), 1, null, true, Outcome.Upheld);

    private static int Rows(string page) => page.Split("<tr data-row").Length - 1;

    private static async Task<Grant> OnlyAsync(TestHouse house, string reference) =>
        Assert.Single((await house.ReadAsync(reference)).Grants);

    private static Task<long> IdAsync(TestHouse house, string reference) =>
        house.WithAsync(db => db.Complaints.Where(c => c.Reference == reference).Select(c => c.Id).SingleAsync());

    private static Task<int> SweepAsync(TestHouse house) => house.AskAsync((Sweep sweep) => sweep.RunAsync());

    private static async Task<List<RaisedEscalation>> RaisedAsync(TestHouse house, string reference)
    {
        var id = await IdAsync(house, reference);
        return await house.WithAsync(db => db.Escalations.AsNoTracking().Where(e => e.ComplaintId == id).ToListAsync());
    }

    private static async Task<byte[]> BytesAsync(Browser browser, string query)
    {
        await browser.GetAsync("/payments/sheet.csv" + query);
        return await browser.Last.Content.ReadAsByteArrayAsync();
    }

    private static Task<Dictionary<string, string?>> FieldsAsync(TestHouse house, Dictionary<string, string?>? more = null) =>
        house.WithAsync(async db =>
        {
            var fields = (await db.RemedyLimits.ToListAsync()).ToDictionary(
                l => $"limit[{Web.Settings.LimitsController.Field(l.Currency, l.Role, l.Seat, l.Tier)}]",
                l => (string?)new Money(l.Minor, l.Currency).Amount
            );
            foreach (var (key, value) in more ?? [])
            {
                fields[key] = value;
            }

            return fields;
        });

    private static Task PutAsync(TestHouse house, string reference, long category) =>
        house.WithAsync(db =>
            db.Complaints.Where(c => c.Reference == reference).ExecuteUpdateAsync(s => s.SetProperty(c => c.CategoryId, category))
        );

    /// <summary>A closed complaint with that much granted.</summary>
    private static async Task<string> GrantedAsync(
        TestHouse house,
        long category,
        long minor,
        string currency = "GBP",
        string unit = "North"
    )
    {
        var reference = await house.LogAsync(unit: unit, owner: unit == "North" ? "Mia" : "Wen");
        await house.DoAsync(reference, "Mia", CasePageTests.Apologized(house));
        await house.DoAsync(
            reference,
            "Mia",
            (c, a, b) =>
            {
                var resolution = new Resolution("Paid back", Remedy.Refund, new Money(minor, currency), 1, null, true, Outcome.Upheld);
                c.Resolve(a, house.Now, resolution, new Statement(Channel.Phone, "You get it back."), long.MaxValue, b);
                c.StartFollowUp(a, house.Now, new Sentence("{0}", "asked"));
                c.Close(a, house.Now, Outcome.Upheld, new Sentence("{0}", "settled"));
            }
        );
        await PutAsync(house, reference, category);
        return reference;
    }

    private static async Task<List<string>> PlanAsync(ComplaintsDb db, IQueryable<Complaint> query)
    {
        await db.Database.OpenConnectionAsync();
        using var command = query.CreateDbCommand();
        command.CommandText = (db.IsSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetValue(db.IsSqlite ? 3 : 0).ToString()!);
        }

        return plan;
    }
}
