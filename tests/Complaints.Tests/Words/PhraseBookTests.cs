using Complaints.Language;
using Complaints.Words;

namespace Complaints.Tests.Words;

public sealed class PhraseBookTests
{
    [Theory]
    [InlineData("Thank you for telling us.", "Hello.\r\nThank you for   telling us. Bye.", true)]
    [InlineData("Hello {{customer}}, my name is {{agent}}.", "hello Grace, my name is Mia. I read it.", true)]
    [InlineData(
        "To sum up: we will do [what] by [day], and you need do nothing.",
        "To sum up: we will do the refund by Friday, and you need do nothing.",
        true
    )]
    [InlineData("To sum up: we will do [what] by [day].", "To sum up: we will do nothing", false)]
    [InlineData(
        "总结一下：我们会在［日期］之前完成［事项］，您不需要再做什么。",
        "总结一下:我们会在周五之前完成退款，您不需要再做什么。",
        true
    )]
    [InlineData("{{customer}}", "Grace", false)]
    public void Words_hold_a_phrase_with_whatever_was_filled_in(string phrase, string words, bool held) =>
        Assert.Equal(held, PhraseBook.Holds(words, phrase));

    [Fact]
    public void Fields_are_filled_and_what_is_not_known_stays_to_be_seen() =>
        Assert.Equal(
            "Grace, {{due}} [day]",
            PhraseBook.Filled("{{customer}}, {{due}} [day]", new Dictionary<string, string> { ["customer"] = "Grace" })
        );

    [Fact]
    public void A_phrase_with_a_field_that_does_not_exist_is_refused_and_the_field_named()
    {
        var refused = Assert.Throws<Refusal>(() => PhraseBook.Check("Hello {{customer}}, {{tier}}", "Text"));
        Assert.Contains("tier", refused.Message);
    }
}
