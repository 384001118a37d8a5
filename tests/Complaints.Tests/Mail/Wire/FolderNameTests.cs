using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class FolderNameTests
{
    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("投诉/已处理", "&YpWLyQ-/&XfJZBHQG-")]
    [InlineData("A & B", "A &- B")]
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("😀", "&2D3eAA-")]
    [InlineData("a\r\nC1 LOGOUT", "a&AA0ACg-C1 LOGOUT")]
    public void Folder_names_travel_in_their_own_alphabet(string name, string travelling)
    {
        Assert.Equal(travelling, FolderName.Encode(name));
        Assert.Equal(name, FolderName.Decode(travelling));
    }

    [Theory]
    [InlineData("&", "&")]
    [InlineData("&!!!-x", "&!!!-x")]
    [InlineData("R&D-x", "R&D-x")]
    public void A_badly_written_folder_name_stays_as_it_is(string travelling, string name) =>
        Assert.Equal(name, FolderName.Decode(travelling));

    [Fact]
    public void Many_numbers_become_short_sets()
    {
        var sets = UidSet.Of(Enumerable.Range(1, 5000).Select(i => i * 2L).Append(7).Append(uint.MaxValue)).ToList();
        Assert.All(sets, s => Assert.InRange(s.Length, 1, 1000));
        Assert.StartsWith("2,4,6:8,10,", sets[0], StringComparison.Ordinal);
        Assert.Equal("1:50000", Assert.Single(UidSet.Of(Enumerable.Range(1, 50_000).Select(i => (long)i))));
    }
}
