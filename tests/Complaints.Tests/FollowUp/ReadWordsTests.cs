using Complaints.FollowUp;

namespace Complaints.Tests.FollowUp;

public sealed class ReadWordsTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("4分", "4")]
    [InlineData("５分", "5")]
    [InlineData("5/5", "5")]
    [InlineData("4 out of 5", "4")]
    [InlineData("5 stars!", "5")]
    [InlineData("★★★★☆", "4")]
    [InlineData("⭐⭐⭐⭐⭐", "5")]
    [InlineData("3", "3")]
    [InlineData("5分，谢谢", "5")]
    [InlineData("Hi Sen,\n\nI'd give 4/5. Thank you!\n\nBest regards\nGrace Okafor", "4")]
    [InlineData("满分", "5")]
    public void One_mark_is_the_overall_mark_of_something_solved(string words, string mark)
    {
        var read = ReadWords.Read(words, "Grace Okafor");
        Assert.Equal((true, new Marks(Overall: int.Parse(mark, null))), (read.Solved, read.Marks));
        Assert.False(read.Stop);
    }

    [Theory]
    [InlineData("5 4 5 3 4")]
    [InlineData("5,4,5,3,4")]
    [InlineData("5、4、5、3、4")]
    [InlineData("5/4/5/3/4")]
    [InlineData("5\n4\n5\n3\n4")]
    [InlineData("1. 5\n2. 4\n3. 5\n4. 3\n5. 4")]
    [InlineData("Skill: 5\nAttitude: 4\nTimeliness: 5\nParts and supplies: 3\nOverall: 4")]
    [InlineData("服务技能5分，服务态度4分，服务及时性5分，配件供应3分，服务综合4分。谢谢！")]
    [InlineData("★★★★★\n★★★★\n★★★★★\n★★★\n★★★★")]
    public void Five_marks_stand_in_the_order_of_the_form(string words)
    {
        var read = ReadWords.Read(words);
        Assert.Equal((true, new Marks(5, 4, 5, 3, 4)), (read.Solved, read.Marks));
    }

    [Fact]
    public void The_parts_may_not_apply() => Assert.Equal(new Marks(5, 4, 5, null, 4), ReadWords.Read("5, 4, 5, -, 4").Marks);

    [Theory]
    [InlineData("yes")]
    [InlineData("Yes, thank you!")]
    [InlineData("Thanks")]
    [InlineData("Thank you so much.")]
    [InlineData("Solved")]
    [InlineData("It is solved, thanks")]
    [InlineData("Everything works now. Many thanks, Grace")]
    [InlineData("No problem any more, all good")]
    [InlineData("谢谢")]
    [InlineData("已解决")]
    [InlineData("问题已经解决了，非常感谢！")]
    [InlineData("是的，没问题了")]
    [InlineData("👍")]
    public void Yes_and_thanks_say_it_is_solved(string words)
    {
        var read = ReadWords.Read(words, "Grace Okafor");
        Assert.Equal((true, WordsKind.Thanks), (read.Solved, read.Kind));
    }

    [Theory]
    [InlineData("no")]
    [InlineData("No.")]
    [InlineData("Not yet")]
    [InlineData("Still the same.")]
    [InlineData("still not working")]
    [InlineData("It isn’t solved at all")]
    [InlineData("No, I was charged again last week. My card ends in 4411.")]
    [InlineData("Thanks, but it is still broken.")]
    [InlineData("没有解决")]
    [InlineData("还是不行")]
    [InlineData("没有")]
    [InlineData("谢谢，但是还没解决")]
    [InlineData("不满意，问题依旧")]
    [InlineData("1")]
    [InlineData("2分")]
    [InlineData("Thanks for nothing")]
    public void No_and_still_say_it_is_not(string words) => Assert.False(ReadWords.Read(words, "Grace Okafor").Solved);

    [Theory]
    [InlineData("Yes, but the second charge is still there.")]
    [InlineData("Is it really?")]
    [InlineData("问题解决了吗？")]
    [InlineData("5, but it is still broken")]
    [InlineData("5 4")]
    [InlineData("4.5")]
    [InlineData("8/10")]
    [InlineData("12345")]
    [InlineData("Well, more or less.")]
    [InlineData("差不多吧")]
    [InlineData("Thanks. Now my other card is charged.")]
    [InlineData("You solved one of the two problems")]
    [InlineData("It will be solved when the refund arrives")]
    [InlineData("I waited 5 days")]
    [InlineData("Please get it fixed")]
    [InlineData("请尽快解决")]
    [InlineData("No thanks")]
    [InlineData("")]
    [InlineData("…")]
    public void Mixed_asked_and_unknown_goes_to_a_person(string words)
    {
        var read = ReadWords.Read(words);
        Assert.Null(read.Solved);
        Assert.NotEmpty(read.Why.ToString());
    }

    [Theory]
    [InlineData("Stop")]
    [InlineData("退订")]
    [InlineData("Unsubscribe.")]
    [InlineData("请不要再发了")]
    [InlineData("STOP\n\nGrace")]
    public void Stop_is_a_wish_and_no_answer(string words)
    {
        var read = ReadWords.Read(words, "Grace Okafor");
        Assert.Equal((null, true, WordsKind.OnlyStop), (read.Solved, read.Stop, read.Kind));
    }

    [Fact]
    public void Stop_beside_an_answer_takes_nothing_from_it()
    {
        var read = ReadWords.Read("5. Please stop asking me.");
        Assert.Equal((true, true, 5), (read.Solved, read.Stop, read.Marks.Overall));
        Assert.False(ReadWords.Read("Stop charging my card").Stop);
    }

    [Fact]
    public void Nothing_breaks_it()
    {
        foreach (
            var words in new[] { "\ud800", new string('5', 5000), new string('★', 100_000), string.Join(',', Enumerable.Repeat("no", 600)) }
        )
        {
            Assert.NotNull(ReadWords.Read(words).Why);
        }
    }
}
