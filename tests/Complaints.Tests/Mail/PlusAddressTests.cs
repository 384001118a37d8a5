using System.Security.Cryptography;
using System.Text;
using Complaints.Mail;

namespace Complaints.Tests.Mail;

public sealed class PlusAddressTests
{
    private static readonly PlusKey _old = new(1, RandomNumberGenerator.GetBytes(32));
    private static readonly PlusKey _new = new(2, RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData(1)]
    [InlineData(482)]
    [InlineData(long.MaxValue)]
    public void What_is_written_is_read_in_any_case(long id)
    {
        var plus = new PlusAddress(_new);
        var address = plus.Write("desk@shop.example", id)!;
        Assert.Equal(address.ToLowerInvariant(), address);
        Assert.True(Encoding.UTF8.GetByteCount(address.Split('@')[0]) <= 64);
        Assert.True(Complaints.Mail.Wire.Correspondent.IsAddress(address));
        Assert.Equal(id, plus.Read(address));
        Assert.Equal(id, plus.Read(address.ToUpperInvariant()));
    }

    [Fact]
    public void Not_one_letter_can_be_changed()
    {
        var plus = new PlusAddress(_new);
        var address = plus.Write("desk@shop.example", 482)!;
        for (var i = "desk+".Length; i < address.IndexOf('@'); i++)
        {
            foreach (var letter in "ab7")
            {
                var forged = address[..i] + letter + address[(i + 1)..];
                Assert.True(forged == address || plus.Read(forged) is null, forged);
            }
        }
    }

    [Fact]
    public void A_key_that_is_no_longer_held_opens_nothing_and_an_older_one_that_is_does()
    {
        var address = new PlusAddress(_old).Write("desk@shop.example", 482)!;
        Assert.Equal(482, new PlusAddress(_new, _old).Read(address));
        Assert.Null(new PlusAddress(_new).Read(address));
        Assert.Null(new PlusAddress(new PlusKey(1, RandomNumberGenerator.GetBytes(32))).Read(address));
    }

    [Fact]
    public void A_mailbox_whose_name_is_too_long_gets_none()
    {
        var plus = new PlusAddress(_new);
        var (fits, longer) = (new string('x', 32), new string('x', 33));
        Assert.Equal(64, plus.Write(fits + "@shop.example", 1)!.IndexOf('@'));
        Assert.Null(plus.Write(longer + "@shop.example", 1));
        Assert.Null(plus.Write(string.Concat(Enumerable.Repeat("投", 12)) + "@shop.example", 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("desk@shop.example")]
    [InlineData("desk+news@shop.example")]
    [InlineData("desk+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@shop.example")]
    [InlineData("desk+1111111111111111111111111111111@shop.example")]
    public void Other_addresses_are_nobodys(string address) => Assert.Null(new PlusAddress(_new).Read(address));
}
