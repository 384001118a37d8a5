using System.Text.RegularExpressions;
using Complaints.Tests.World;

namespace Complaints.Tests.Operation;

/// <summary>The command line as operators type it, as a process of its own.</summary>
public sealed partial class CommandTests
{
    private static readonly string[] _all =
    [
        "run",
        "migrate",
        "import",
        "verify",
        "reindex",
        "due",
        "elapsed",
        "mail",
        "settings",
        "backup",
        "restore",
        "invite",
        "reset",
    ];

    [Fact]
    public async Task Every_command_is_listed_and_has_help_of_its_own()
    {
        var (code, list) = await ProgramRun.ToEndAsync("help");
        Assert.Equal(0, code);
        Assert.Equal(_all, Listed().Matches(list).Select(m => m.Groups[1].Value));
        foreach (var name in _all)
        {
            Assert.StartsWith($"complaints {name}", await SaidAsync(0, "help", name), StringComparison.Ordinal);
        }

        Assert.StartsWith("complaints backup", await SaidAsync(0, "backup", "--help"), StringComparison.Ordinal);
        Assert.StartsWith("complaints backup", await SaidAsync(0, "backup", "-h"), StringComparison.Ordinal);
        Assert.Contains("There is no command “bakcup”", await SaidAsync(2, "help", "bakcup"), StringComparison.Ordinal);
        Assert.Contains("There is no command “bakcup”", await SaidAsync(2, "bakcup"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task Settings_may_stand_before_a_command_and_before_its_words(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (
            var typed in (string[][])
                [
                    ["backup", "--Data:Folder", house.Folder, "FILE"],
                    ["--Data:Folder", house.Folder, "backup", "FILE"],
                    ["--Data:Folder=" + house.Folder, "backup", "--Node:Work", "false", "FILE"],
                ]
        )
        {
            var zip = Path.Combine(house.Folder, Guid.NewGuid().ToString("N") + ".zip");
            var said = await SaidAsync(0, [.. typed.Select(a => a == "FILE" ? zip : a)]);
            Assert.True(File.Exists(zip), said);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_is_locked_out_gets_a_link_on_the_console_that_works_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        house.Clock.Now = TimeProvider.System.GetUtcNow().UtcDateTime; // the command is a program of its own, with the machine's clock
        foreach (var command in new[] { "invite", "reset" })
        {
            var said = await SaidAsync(0, [command, LittleWorld.Mail("Ada"), .. house.Arguments]);
            var link = Link().Match(said).Value;
            using var ada = house.NewBrowser();
            await ada.PostAsync(link, new() { ["password"] = "a new long one", ["again"] = "a new long one" }, from: link);
            Assert.Equal("/", ada.Path);
            using var again = house.NewBrowser();
            await again.GetAsync(link);
            Assert.Equal(System.Net.HttpStatusCode.Gone, again.Status);
        }

        var refused = await SaidAsync(1, ["reset", "nobody@desk.example", .. house.Arguments]);
        Assert.Contains("Nobody who works here has the address", refused, StringComparison.Ordinal);
        await SaidAsync(2, ["reset", .. house.Arguments]);
    }

    private static async Task<string> SaidAsync(int expected, params string[] args)
    {
        var (code, said) = await ProgramRun.ToEndAsync(args);
        Assert.True(code == expected, $"{string.Join(' ', args)}: {code}, {said}");
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        return said;
    }

    [GeneratedRegex(@"^  (\w+) ", RegexOptions.Multiline, 1000)]
    private static partial Regex Listed();

    [GeneratedRegex("/password/[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
