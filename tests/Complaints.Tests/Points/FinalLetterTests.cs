using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Points;

/// <summary>The letter put together from the points, and what regulators demand of it.</summary>
public sealed class FinalLetterTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_seeded_regimes_demands_are_met_by_the_letter_in_both_languages_and_missed_when_taken_out(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var regimes = await house.WithAsync(db =>
            db.Regimes.AsNoTracking().Include(r => r.Documents).Include(r => r.Clocks).OrderBy(r => r.Key).ToListAsync()
        );
        var seen = 0;
        foreach (var regime in regimes)
        {
            foreach (var document in regime.Documents.Where(d => IsAnswer(d.Key) && regime.Clocks.Exists(c => c.Document == d.Key)))
            {
                foreach (var (customer, unit, owner) in new[] { ("Grace Okafor", "North", "Mia"), ("王芳", "Shanghai", "Wen") })
                {
                    await LooksAsync(house, regime, document, customer, unit, owner);
                    seen++;
                }
            }
        }

        Assert.True(seen >= 30, $"Only {seen} letters were looked at.");
    }

    [Theory, OnSqlite]
    public async Task The_words_name_each_point_its_finding_outcome_and_remedy_in_the_customers_language(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var english = await PointedAsync(house, "Grace Okafor", "North", "Mia");
        var chinese = await PointedAsync(house, "王芳", "Shanghai", "Wen");
        var text = await TextAsync(house, english, null);
        Assert.Contains("1. Charged twice\nThe bank confirms two charges.\nOur finding: Upheld.", text);
        Assert.Contains("What you get for it: Refund of 60.00 GBP.", text);
        Assert.Contains("2. Cold room\nThe log shows 21 degrees.\nOur finding: Not upheld.", text);
        Assert.Single(text.Split("What you get for it:").Skip(1)); // the second point gets nothing, and no empty sentence
        Assert.EndsWith("our finding on your complaint is: Partly upheld.", text);
        var said = await TextAsync(house, chinese, null);
        Assert.Contains("1. Charged twice\nThe bank confirms two charges.\n认定结果：成立。", said);
        Assert.Contains("综合以上各项，本次投诉的认定结果为：部分成立。", said);
        Assert.DoesNotContain("{{", text + said);
    }

    [Theory, OnSqlite]
    public async Task A_template_of_the_house_is_used_and_none_is_lost_by_an_update(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await PointedAsync(house, "Grace Okafor", "North", "Mia");
        await house.WithAsync(
            async (db, _) =>
            {
                var template = await db.Templates.SingleAsync(t => t.Purpose == MailPurpose.PointParagraph && t.Language == "en");
                template.Body = "{{point}} ({{outcome}})";
                var sheet = await db.Templates.SingleAsync(t => t.Purpose == MailPurpose.PrintedLetter && t.Language == "en");
                db.Remove(sheet); // as in a house from before there were letters on paper
                await db.SaveChangesAsync();
                await WordSeeds.SeedAsync(db);
            }
        );
        Assert.Contains("Charged twice (Upheld)\n\nCold room (Not upheld)", await TextAsync(house, reference, null));
        Assert.Equal(2, await house.WithAsync(db => db.Templates.CountAsync(t => t.Purpose == MailPurpose.PrintedLetter)));
    }

    [Fact]
    public void A_paragraph_whose_only_field_is_empty_is_left_out_with_its_words()
    {
        var fields = new Dictionary<string, string>
        {
            ["remedy"] = "",
            ["words"] = "Hello",
            ["agent"] = "",
        };
        Assert.Equal("Hello", TemplateText.Text("{{words}}\n\nWhat you get: {{remedy}}.", fields));
        Assert.Equal("By  and Hello", TemplateText.Text("By {{agent}} and {{words}}", fields)); // two fields: it stays
    }

    private static bool IsAnswer(string key) => key is "final-response" or "summary-resolution" or "dispute-letter" or "statement";

    private static async Task LooksAsync(
        TestHouse house,
        Regime regime,
        RegimeDocument document,
        string customer,
        string unit,
        string owner
    )
    {
        var reference = await PointedAsync(house, customer, unit, owner);
        await house.WithAsync(
            async (db, services) =>
            {
                var complaint = await FullAsync(db, reference);
                complaint.Clocks.RemoveAll(c => c.Name == ClockName.Regime);
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var clock = regime.Clocks.First(c => c.Document == document.Key);
                complaint.Clocks.Add(
                    DeadlineClock.Start(
                        ClockName.Regime,
                        new Complaints.Time.Target(clock.Amount, clock.Unit),
                        regime.CalendarId,
                        house.Now,
                        book,
                        new Sentence("{0}", regime.Name),
                        Complaint.KeyOf(regime, clock),
                        bindsAuthority: false
                    )
                );
                var demanded = CaseMail.SentencesOf(complaint, document.Key, book);
                Assert.NotEmpty(demanded);
                var words = await services.GetRequiredService<FinalLetter>().WordsAsync(complaint, document.Key, book);
                var advising = services.GetRequiredService<Advising>();
                foreach (var byMail in new[] { true, false })
                {
                    var whole = new CaseWords { Text = words!, Document = document.Key };
                    Assert.Empty(await advising.LackingAsync(complaint, MailPurpose.Resolution, whole, book, byMail));
                    var actor = await house.ActorAsync(owner);
                    var advice = await advising.ReadAsync(complaint, MailPurpose.Resolution, whole, actor, book, byMail);
                    Assert.DoesNotContain(advice, a => a.Kind is AdviceKind.Demanded or AdviceKind.Placeholder);
                    var cut = whole with { Text = words!.Replace(demanded[^1], "", StringComparison.Ordinal) };
                    var lacking = await advising.LackingAsync(complaint, MailPurpose.Resolution, cut, book, byMail);
                    Assert.True(lacking.Contains(demanded[^1]), $"{regime.Key} {document.Key} {customer} mail {byMail}");
                }
            }
        );
    }

    internal static async Task<string> PointedAsync(TestHouse house, string customer, string unit, string owner)
    {
        var reference = await house.LogAsync(customer, owner, unit: unit);
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        await house.DoAsync(
            reference,
            owner,
            (c, a, b) =>
            {
                CasePageTests.Apologized(house)(c, a, b);
                var first = c.AddPoint(a, house.Now, new PointFacts("Charged twice"));
                var second = c.AddPoint(a, house.Now, new PointFacts("Cold room"));
                c.AnswerPoint(
                    first,
                    a,
                    house.Now,
                    new("The bank confirms two charges.", Outcome.Upheld, cause, Remedy.Refund, new Money(6000, "GBP"), "Read the bill")
                );
                c.AnswerPoint(second, a, house.Now, new("The log shows 21 degrees.", Outcome.NotUpheld, null, Remedy.None, null, null));
            }
        );
        return reference;
    }

    private static Task<string> TextAsync(TestHouse house, string reference, string? document) =>
        house.WithAsync(
            async (db, services) =>
                (
                    await services
                        .GetRequiredService<FinalLetter>()
                        .WordsAsync(
                            await FullAsync(db, reference),
                            document,
                            await services.GetRequiredService<DeadlineBooks>().OpenAsync(db)
                        )
                )!
        );

    private static Task<Complaint> FullAsync(ComplaintsDb db, string reference) =>
        db
            .Complaints.AsNoTracking()
            .Include(c => c.Clocks)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Points)
            .SingleAsync(c => c.Reference == reference);
}
