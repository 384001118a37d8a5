using Complaints.Intake;

namespace Complaints.Tests.Intake;

public sealed class DuplicatesTests
{
    [Theory]
    [InlineData("I was charged twice for my hotel room", "Hotel room charged twice, wants the money back")]
    [InlineData("我在上海店被重复扣款两次", "重复扣款，要求退还")]
    [InlineData("The parcel never arrived", "parcel has still not arrived after a week")]
    [InlineData("Charged twice", "CHARGED TWICE!!! 😡")]
    public void The_same_matter_is_noticed(string one, string other) => Assert.True(Duplicates.LooksAlike(one, other));

    [Theory]
    [InlineData("I was charged twice for my hotel room", "The waiter was rude to my mother")]
    [InlineData("空调坏了没人修", "重复扣款，要求退还")]
    [InlineData("The the the it was", "and it was the")]
    [InlineData("", "anything")]
    [InlineData("😡😡😡", "😡😡😡")]
    public void Another_matter_is_not(string one, string other) => Assert.False(Duplicates.LooksAlike(one, other));

    [Fact]
    public void A_megabyte_and_broken_text_take_no_time()
    {
        var long1 = string.Concat(Enumerable.Repeat("the parcel never arrived ", 40_000));
        Assert.True(Duplicates.LooksAlike(long1, "parcel never arrived"));
        Assert.Equal(0, Duplicates.Similarity("\ud83d", "parcel"));
    }
}
