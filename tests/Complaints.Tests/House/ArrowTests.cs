using Complaints.Tests.World;

namespace Complaints.Tests.House;

/// <summary>Left never knows right: the rooms of Core in their order, and what Core may know at all.</summary>
public sealed class ArrowTests
{
    private static readonly string[][] _order =
    [
        ["Language", "Time", "Data"],
        ["Staff"],
        ["Customers"],
        ["Mail"],
        ["Words"],
        ["Deadlines"],
        ["Casework"],
        ["Escalation"],
        ["FollowUp"],
        ["Intake"],
        ["Settings"],
        ["Insight"],
    ];

    [Fact]
    public void No_room_uses_one_to_its_right()
    {
        var wrong = new List<string>();
        for (var i = 0; i < _order.Length; i++)
        {
            var right = _order[(i + 1)..].SelectMany(r => r).ToList();
            foreach (var room in _order[i].Where(r => Directory.Exists(Path.Combine(Repository.Root, "src/Complaints.Core", r))))
            {
                wrong.AddRange(Usings($"src/Complaints.Core/{room}").Where(u => right.Exists(r => IsRoom(u.Name, r))).Select(u => u.Where));
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_knows_no_pages_and_no_provider()
    {
        string[] barred =
        [
            "Microsoft.AspNetCore.Mvc",
            "Microsoft.AspNetCore.Http",
            "Microsoft.AspNetCore.Builder",
            "Quartz",
            "Npgsql",
            "Microsoft.Data.Sqlite",
            "Complaints.Web",
            "Complaints.Migrations",
        ];
        Assert.Empty(
            Usings("src/Complaints.Core")
                .Where(u => Array.Exists(barred, b => u.Name.StartsWith(b, StringComparison.Ordinal)))
                .Select(u => u.Where)
        );
    }

    /// <summary>Not by a using line alone: a type written with its whole name is known as well.</summary>
    [Fact]
    public void Quartz_stays_in_the_timetable_and_sockets_in_the_wires()
    {
        var kinds = new (string[] Names, string[] Homes)[]
        {
            (["Quartz"], ["src/Complaints.Web/Timetable/"]),
            (
                ["System.Net.Sockets", "System.Net.Security", "SocketException", "SocketError", "TcpClient", "TcpListener", "SslStream"],
                [
                    "src/Complaints.Core/Mail/Wire/",
                    "src/Complaints.Core/Data/Clamd.cs", // the virus scanner's wire, no mail
                    "src/Complaints.MailKit/", // the other side of that seam
                ]
            ),
        };
        Assert.Empty(
            from file in Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.cshtml"))
            let path = Path.GetRelativePath(Repository.Root, file)
            from kind in kinds
            where !Array.Exists(kind.Homes, h => path.StartsWith(h, StringComparison.Ordinal))
            from line in File.ReadLines(file)
            where
                Array.Exists(kind.Names, n => line.Contains(n, StringComparison.Ordinal))
                && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{path}: {line.Trim()}"
        );
    }

    /// <summary>Behind a seam stands one side or the other; whoever is in front of it knows neither by name.</summary>
    [Fact]
    public void Nobody_in_front_of_a_seam_names_a_side_of_it()
    {
        var sides = new (string Name, string[] Homes)[]
        {
            ("Quartz", ["/Timetable/QuartzClock.cs", "/Timetable/TimetableRoom.cs"]),
            ("SmtpTransport", ["/Mail/Wire/", "Complaints.Web/Mail/MailRoom.cs"]),
            ("ImapSource", ["/Mail/Wire/", "Complaints.Web/Mail/MailRoom.cs"]),
            ("TcpClient", ["/Mail/Wire/", "/Data/Clamd.cs"]),
            ("SslStream", ["/Mail/Wire/", "/Data/Clamd.cs"]),
            ("Hangfire.", ["src/Complaints.Hangfire/"]),
            ("MailKit.", ["src/Complaints.MailKit/"]),
            ("MimeKit", ["src/Complaints.MailKit/"]),
        };
        Assert.Empty(
            from file in Repository.Files("src", "*.cs")
            from side in sides
            where !Array.Exists(side.Homes, h => file.Contains(h, StringComparison.Ordinal))
            from line in File.ReadLines(file)
            where line.Contains(side.Name, StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}"
        );
    }

    [Fact]
    public void Nobody_reads_the_clock_of_the_machine()
    {
        string[] barred =
        [
            "DateTime.UtcNow",
            "DateTime.Now",
            "DateTime.Today",
            "DateTimeOffset.UtcNow",
            "DateTimeOffset.Now",
            "Thread.Sleep",
            "Task.Delay(",
        ];
        var wrong =
            from file in Repository.Files("src", "*.cs")
            from line in File.ReadLines(file)
            where
                Array.Exists(barred, b => line.Contains(b, StringComparison.Ordinal))
                && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";
        Assert.DoesNotContain(
            wrong,
            w => !w.Contains("Task.Delay(", StringComparison.Ordinal) || !w.Contains("clock", StringComparison.Ordinal)
        ); // Task.Delay on a TimeProvider is a timer that tests can move
    }

    private static bool IsRoom(string used, string room) =>
        used == $"Complaints.{room}" || used.StartsWith($"Complaints.{room}.", StringComparison.Ordinal);

    private static IEnumerable<(string Name, string Where)> Usings(string folder) =>
        from file in Repository.Files(folder, "*.cs")
        from line in File.ReadLines(file)
        where line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')
        let name = line["using ".Length..^1].Split('=').Last().Trim()
        select (name, $"{Path.GetRelativePath(Repository.Root, file)}: {line}");
}
