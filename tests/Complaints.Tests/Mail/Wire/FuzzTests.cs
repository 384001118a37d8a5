using System.Globalization;
using System.Text;
using System.Text.Json;
using Complaints.Mail.Wire;
using Complaints.Web.Operation;

namespace Complaints.Tests.Mail.Wire;

/// <summary>
/// Mutations of our own messages and, where present, of the collection of real ones: seeded, so that a failure can be
/// had again. 2,000 of them, or as many as COMPLAINTS_TEST_FUZZ says (100,000 at night).
/// </summary>
public sealed class FuzzTests
{
    private const int Seed = 20260309;
    private static readonly TimeSpan _most = TimeSpan.FromSeconds(2);

    private static readonly byte[][] _pieces =
    [
        .. new[]
        {
            "\r\n",
            "\n\n",
            "--b",
            "--b--",
            "--outer\r\n",
            "\r\n ",
            "\t",
            "\0",
            "\"",
            "<",
            ">",
            "(",
            "=",
            "=?utf-8?Q?",
            "=?gb2312?B?",
            "?=",
            ";",
            ":",
            "%",
            "*0*=",
            "@",
            "boundary=b",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
            "Content-Type: text/html\r\n\r\n",
            "Content-Type: message/rfc822\r\n\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "charset=utf-7",
            "charset=gb18030",
            "charset=iso-2022-jp",
            "\u001b$B",
            "~{",
            "<div>",
            "<blockquote>",
            "<table><tr><td>",
            "</div>",
            "<b><i><p>",
            "<svg><style>",
            "<!--",
            "<img src=cid:",
            "> ",
            "On 1 May 2026 at 9:05, a <a@b.example> wrote:\n",
            "-- \n",
            "begin 644 x\n",
            "end\n",
            "From: ",
            "发件人：",
            "Action: failed\r\n",
            "\u009f>\"x",
            "ÿÿÿÿ",
            "😀",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public async Task Mutated_mails_are_read_in_bounded_time_and_memory()
    {
        var count = int.TryParse(
            Environment.GetEnvironmentVariable("COMPLAINTS_TEST_FUZZ"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
            : 2000;
        var seeds = Seeds();
        var at = -1;
        var work = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < count; i++)
                {
                    Volatile.Write(ref at, i);
                    One(i, Mutated(seeds, i));
                }
            },
            TaskCreationOptions.LongRunning
        );

        // A reading that never ends is found too, and named.
        for (var seen = -1; !work.IsCompleted; )
        {
            seen = Volatile.Read(ref at);
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(30)));
            Assert.True(work.IsCompleted || Volatile.Read(ref at) != seen, $"Mutation {seen} of seed {Seed} takes for ever.");
        }

        await work;
    }

    private static void One(int i, byte[] raw)
    {
        for (var tries = 3; ; )
        {
            var start = TimeProvider.System.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var mail = MailReader.Read(raw);
            var line = MailCommand.Line("x", raw);
            var html = mail.Html is null ? null : CleanHtml.Of(mail.Html, id => "/files/" + id.Length);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var took = TimeProvider.System.GetElapsedTime(start);
            Assert.False(
                mail.Problems.Any(p => p.Text.StartsWith("The message could not be read", StringComparison.Ordinal)),
                Named(i, $"threw: {string.Join(' ', mail.Problems)}")
            );
            Assert.True(!mail.Unreadable || mail.Problems.Count > 0, Named(i, "is unreadable without a reason"));
            Assert.True(allocated < 8_000_000 + (500L * raw.Length), Named(i, $"took {allocated} bytes of memory for {raw.Length}"));
            Assert.DoesNotContain("<script", html?.Html ?? "", StringComparison.OrdinalIgnoreCase);
            Assert.NotNull(JsonSerializer.Serialize(line));
            if (took < _most)
            {
                return;
            }

            Assert.True(--tries > 0, Named(i, $"took {took}")); // a busy machine may be slow once, not three times
        }
    }

    private static string Named(int i, string what) => $"Mutation {i} of seed {Seed} {what}.";

    private static List<byte[]> Seeds()
    {
        List<byte[]> seeds = [.. OwnMails.All.Values];
        if (RealMailFactAttribute.Folder is { } folder)
        {
            seeds.AddRange(
                Directory
                    .GetFiles(folder, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(File.ReadAllBytes)
                    .Where(b => b.Length is > 0 and < 200_000)
            );
        }

        return seeds;
    }

    // Each mutation has a generator of its own, so that one can be had again without the ones before it.
    private static byte[] Mutated(List<byte[]> seeds, int i)
    {
        var random = new Random(Seed + i);
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var changes = 1 << random.Next(5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(bytes.Count - at, 1 << random.Next(10));
            switch (random.Next(7))
            {
                case 0 when bytes.Count > at:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, _pieces[random.Next(_pieces.Length)]);
                    break;
                case 4:
                    var piece = _pieces[random.Next(_pieces.Length)];
                    bytes.InsertRange(at, Enumerable.Repeat(piece, random.Next(200)).SelectMany(p => p));
                    break;
                case 5:
                    var other = seeds[random.Next(seeds.Count)];
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 2000)]);
                    break;
                default:
                    bytes.RemoveRange(at, changes == 1 ? bytes.Count - at : length); // cut off in the middle
                    break;
            }
        }

        return [.. bytes];
    }
}
