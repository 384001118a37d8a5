using Complaints.Customers;
using Complaints.Deadlines;

namespace Complaints.Tests.Deadlines;

public sealed class PolicyTests
{
    [Theory]
    [InlineData(Tier.Brass, Severity.Normal, 240)]
    [InlineData(Tier.Lead, Severity.Normal, 240)]
    [InlineData(Tier.Gold, Severity.Normal, 120)]
    [InlineData(Tier.Diamond, Severity.High, 60)]
    [InlineData(Tier.Diamond, Severity.Critical, 30)]
    [InlineData(Tier.Brass, Severity.Critical, 120)]
    public void Tier_and_severity_scale_the_target(Tier tier, Severity severity, int minutes) =>
        Assert.Equal(minutes, Plain().For(tier, severity, Channel.Phone, [], equalTreatment: false).Acknowledge.Amount);

    [Fact]
    public void Equal_treatment_lets_tiers_weigh_nothing() =>
        Assert.Equal(240, Plain().For(Tier.Diamond, Severity.Normal, Channel.Phone, [], equalTreatment: true).Acknowledge.Amount);

    [Fact]
    public void No_target_falls_below_the_minimum() =>
        Assert.Equal(
            15,
            new Policy { Name = "P", Acknowledge = 40 }
                .For(Tier.Diamond, Severity.Critical, Channel.Phone, [], equalTreatment: false)
                .Acknowledge.Amount
        );

    [Theory]
    [InlineData(Tier.Brass, Channel.Phone, 0, 240)] // no line fits
    [InlineData(Tier.Brass, Channel.Social, 0, 60)] // the channel's line
    [InlineData(Tier.Gold, Channel.Social, 0, 50)] // tier and channel beat channel; the tier's factor is not applied again
    [InlineData(Tier.Brass, Channel.Phone, 7, 90)] // the category's line
    [InlineData(Tier.Brass, Channel.Phone, 8, 80)] // a nearer category beats the one above it
    public void The_most_specific_line_wins(Tier tier, Channel channel, long category, int minutes)
    {
        var policy = Plain();
        policy.Lines.Add(new PolicyLine { Channel = Channel.Social, Acknowledge = 60 });
        policy.Lines.Add(
            new PolicyLine
            {
                Tier = Tier.Gold,
                Channel = Channel.Social,
                Acknowledge = 50,
            }
        );
        policy.Lines.Add(new PolicyLine { CategoryId = 7, Acknowledge = 90 });
        policy.Lines.Add(new PolicyLine { CategoryId = 8, Acknowledge = 80 });
        long[] path =
            category == 8 ? [8, 7]
            : category == 7 ? [7]
            : [];
        Assert.Equal(minutes, policy.For(tier, Severity.Normal, channel, path, equalTreatment: false).Acknowledge.Amount);
    }

    private static Policy Plain() => new() { Name = "Standard" };
}
