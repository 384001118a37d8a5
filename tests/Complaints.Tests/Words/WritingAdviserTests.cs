using Complaints.Casework;
using Complaints.Language;
using Complaints.Tests.Casework;
using Complaints.Words;

namespace Complaints.Tests.Words;

public sealed class WritingAdviserTests
{
    private static readonly WritingAdviser _adviser = new(WordSeeds.AdviceRules());

    public static IEnumerable<object[]> Letters => AdviserLetters.All.Select(l => new object[] { l.Language, l.Name });

    [Theory]
    [MemberData(nameof(Letters))]
    public void A_letter_gets_the_advice_it_needs_and_no_other(string language, string name)
    {
        var letter = AdviserLetters.All.Single(l => l.Language == language && l.Name == name);
        var advice = _adviser.Read(letter.Text, language, Facts(letter));
        Assert.Equal(letter.Expected, advice.Select(a => $"{a.Kind}: {a.Found}"));
        var plain = letter.Text.ReplaceLineEndings("\n");
        Assert.All(advice, a => Assert.Equal(a.Found, plain.Substring(a.At, a.Length)));
    }

    [Theory]
    [InlineData(Tongue.English, "Hello.\r\n\r\nSorry to keep you waiting.", "Thank you for your patience")]
    [InlineData(Tongue.English, "I am told: sorry to keep you waiting.", "thank you for your patience")]
    [InlineData(Tongue.English, "What is your name?", "May I have your name, please")]
    [InlineData(Tongue.English, "You're right, that department is awful", "I completely understand how you feel")]
    [InlineData(Tongue.Chinese, "很抱歉让你久等。", "非常感谢您的耐心等待")]
    [InlineData(Tongue.Chinese, "你的名字叫什么？", "请问怎么称呼您")]
    [InlineData(Tongue.Chinese, "你说得不错，这个部门表现很差。", "我完全理解您的苦衷")]
    [InlineData(Tongue.English, "Dear Mrs Okafer,", "Okafor")]
    [InlineData(Tongue.English, "Dear {{customer}},", "Grace Okafor")]
    [InlineData(Tongue.English, "About C-26-00911-1.", "C-26-00482-7")]
    public void The_better_form_stands_ready_in_the_case_of_what_it_replaces(string language, string text, string better)
    {
        var letter = new AdvisedLetter("", language, text, []);
        Assert.Equal(better, Assert.Single(_adviser.Read(text, language, Facts(letter))).Better);
    }

    [Fact]
    public void A_demanded_sentence_may_stand_in_the_words_or_in_the_rest_of_the_mail()
    {
        var facts = new AdviceFacts
        {
            Demanded = ["This letter is our final response.", "You may go to the ombudsman."],
            Around = "Kind regards. You may go to the Ombudsman",
        };
        var missing = Assert.Single(_adviser.Read("Here is what we found.", Tongue.English, facts));
        Assert.Equal((AdviceKind.Demanded, "This letter is our final response."), (missing.Kind, missing.Better));
        Assert.Empty(_adviser.Read("This  letter is\nour final response!", Tongue.English, facts));
    }

    [Fact]
    public void A_rule_that_is_switched_off_is_silent_and_one_that_is_added_speaks()
    {
        var rules = WordSeeds.AdviceRules().ToList();
        rules.ForEach(r => r.Active = false);
        rules.Add(
            new AdviceRule
            {
                List = AdviceList.Jargon,
                Language = Tongue.English,
                Text = "yield … fare",
                Better = "price",
                Exceptions = "yield of fare",
            }
        );
        var adviser = new WritingAdviser(rules);
        Assert.Empty(adviser.Read("Sorry to keep you waiting. The yield. A fare.", Tongue.English, new AdviceFacts()));
        Assert.Equal(
            "yield class fare",
            Assert.Single(adviser.Read("A yield class fare, the yield of fare.", Tongue.English, new AdviceFacts())).Found
        );
    }

    [Fact]
    public void Hostile_and_huge_text_is_read_in_bounds()
    {
        var text = string.Concat(Enumerable.Repeat("we cannot [ {{ 无法 C-26- @a.b 020 ", 4_000));
        Assert.InRange(
            _adviser.Read(text, Tongue.English, new AdviceFacts { NamesATime = _ => false }).Count,
            1,
            WritingAdviser.MostAdvice
        );
        Assert.Empty(_adviser.Read("", Tongue.Chinese, new AdviceFacts()));
    }

    [Theory]
    [InlineData("within two working days", true)]
    [InlineData("by the end of the week", true)]
    [InlineData("on Tuesday at 10:00", true)]
    [InlineData("3个工作日内", true)]
    [InlineData("两周内", true)]
    [InlineData("soon, I hope", false)]
    [InlineData("我们会尽快处理", false)]
    public void What_a_customer_takes_for_a_time_is_one(string words, bool named) =>
        Assert.Equal(named, Advising.TimeIn(TimeZoneInfo.Utc, PureDesk.Book.Calendar(1))(words));

    private static AdviceFacts Facts(AdvisedLetter letter) =>
        new()
        {
            Customer = letter.Language == Tongue.Chinese ? "王芳" : "Grace Okafor",
            Names = [letter.Language == Tongue.Chinese ? "王芳" : "Grace Okafor"],
            Known = ["Mia", "李娜"],
            Apologizing = letter.Apologizing,
            ShortfallNamed = letter.ShortfallNamed,
            NamesATime = Advising.TimeIn(TimeZoneInfo.Utc, PureDesk.Book.Calendar(1)),
            SomebodyElses =
            [
                .. Mentioned.In(letter.Text).References.Where(r => r != "C-26-00482-7"),
                .. Mentioned.In(letter.Text).Mails,
                .. Mentioned.In(letter.Text).Phones,
            ],
            Fields = new Dictionary<string, string>
            {
                ["customer"] = letter.Language == Tongue.Chinese ? "王芳" : "Grace Okafor",
                ["reference"] = "C-26-00482-7",
            },
        };
}
