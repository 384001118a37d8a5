using System.Text;
using Complaints.Mail.Wire;
using static Complaints.Tests.Mail.Wire.ImapScripts;

namespace Complaints.Tests.Mail.Wire;

/// <summary>What an IMAP server may say and do once the folder is open, each as a transcript.</summary>
public sealed class ImapSourceTests
{
    [Fact]
    public async Task New_messages_come_byte_for_byte_oldest_first_whatever_the_server_tells_in_between()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 5:* (UID)
                S: * 2 FETCH (UID 9)\n* 1 FETCH (UID 7)\n* 3 FETCH (UID 11)\n* OK [ALERT] Full soon\n% OK
                T: UID FETCH 7,9,11 (UID RFC822.SIZE)
                S: * 1 FETCH (UID 7 RFC822.SIZE 8)\n* 2 FETCH (UID 9 RFC822.SIZE 4)\n* 3 FETCH (RFC822.SIZE 3 UID 11)\n% OK
                T: UID FETCH 7 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[])
                S: * 3 EXPUNGE\n* 1 FETCH (FLAGS (\Seen) UID 7)\n* 1 FETCH (UID 7 INTERNALDATE " 3-Nov-2026 10:00:00 +0800" RFC822.SIZE 8 BODY[] {8}\na(b\nc ")\n* 4 EXISTS\n% OK
                T: UID FETCH 9 (UID
                S: * 1 FETCH (UID 7 BODY[] {4}\nXXXX)\n* 2 FETCH (BODY[] {4}\nab\n UID 9)\n% OK
                T: UID FETCH 11 (UID
                S: % OK gone
                T: UID FETCH 11 (UID)
                S: % OK

                """
                + Bye
        );

        var messages = await Read(server, 4);

        Assert.Null(server.Surprise);
        Assert.Equal(["a(b\r\nc \"", "ab\r\n"], messages.Select(m => Encoding.ASCII.GetString(m.Raw.Span)));
        Assert.Equal([7, 9], messages.Select(m => m.Uid));
        Assert.Equal(new DateTime(2026, 11, 3, 2, 0, 0, DateTimeKind.Utc), messages[0].Received);
        Assert.All(messages, m => Assert.False(m.TooLarge));
    }

    [Fact]
    public async Task The_last_message_which_always_answers_is_not_new_twice()
    {
        await using var server = new ScriptedMailServer(Hello + "T: UID FETCH 100:* (UID)\nS: * 3 FETCH (UID 99)\\n% OK\n" + Bye);
        Assert.Empty(await Read(server, 99));
        Assert.Null(server.Surprise);
    }

    [Fact]
    public async Task A_new_uidvalidity_is_told_so_that_reading_starts_again()
    {
        await using var first = new ScriptedMailServer(Hello + Bye);
        await using var source = Source(first);
        Assert.Equal(new SourceFolder(7, 3), await source.OpenAsync(default));

        await using var second = new ScriptedMailServer(
            (Hello + "T: UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 1)\\n% OK\n").Replace(
                "UIDVALIDITY 7",
                "UIDVALIDITY 8",
                StringComparison.Ordinal
            )
                + "T: UID FETCH 1 (UID RFC822.SIZE)\nS: % OK\nT: UID FETCH 1 (UID\nS: * 1 FETCH (UID 1 BODY[] \"x\")\\n% OK\n"
                + Bye
        );
        await using var again = Source(second);
        var folder = await again.OpenAsync(default);
        Assert.Equal(8, folder.UidValidity);
        Assert.Equal(1, Assert.Single(await Read(again, 0)).Uid);
    }

    [Fact]
    public async Task A_connection_that_dies_within_a_message_gives_the_whole_ones_before_and_a_failure()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 1:* (UID)
                S: * 1 FETCH (UID 1)\n* 2 FETCH (UID 2)\n% OK
                T: UID FETCH 1:2 (UID RFC822.SIZE)
                S: % NO not today
                T: UID FETCH 1 (
                S: * 1 FETCH (UID 1 BODY[] {3}\none)\n% OK
                T: UID FETCH 2 (
                W: * 2 FETCH (UID 2 BODY[] {3000}\nonly the begin
                DROP
                """
        );
        var seen = new List<long>();
        await using var source = Source(server);
        await source.OpenAsync(default);

        var failure = await Assert.ThrowsAsync<MailSourceFailure>(async () =>
        {
            await foreach (var m in source.NewAsync(0, default))
            {
                seen.Add(m.Uid);
            }
        });

        Assert.Equal([1], seen);
        Assert.Contains("broke off the connection", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_comes_with_its_headers_only()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 1:* (UID)
                S: * 1 FETCH (UID 1)\n* 2 FETCH (UID 2)\n% OK
                T: UID FETCH 1:2 (UID RFC822.SIZE)
                S: * 1 FETCH (UID 1 RFC822.SIZE 41943041)\n* 2 FETCH (UID 2 RFC822.SIZE 5)\n% OK
                T: UID FETCH 1 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.262144>)
                S: * 1 FETCH (UID 1 RFC822.SIZE 41943041 BODY[HEADER]<0> {14}\nSubject: big\n)\n% OK
                T: UID FETCH 2 (
                S: * 2 FETCH (UID 2 BODY[] "Hello")\n% OK

                """
                + Bye
        );

        var messages = await Read(server, 0);

        Assert.Null(server.Surprise);
        Assert.True(messages[0].TooLarge);
        Assert.Equal(41943041, messages[0].Bytes);
        Assert.Equal("Subject: big\r\n", Encoding.ASCII.GetString(messages[0].Raw.Span));
        Assert.Contains("no more than 40.0 MB", messages[0].Why!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, messages[1].Uid);
    }

    [Fact]
    public async Task A_size_that_was_a_lie_is_noticed_and_one_beyond_all_reason_ends_the_conversation()
    {
        const string Asked =
            "T: UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 1)\\n% OK\nT: UID FETCH 1 (UID RFC822.SIZE)\nS: * 1 FETCH (UID 1 RFC822.SIZE 5)\\n% OK\nT: UID FETCH 1 (\n";
        await using var larger = new ScriptedMailServer(
            Hello
                + Asked
                + $"S: * 1 FETCH (UID 1 BODY[] {{5000}}\\n{new string('x', 5000)})\\n% OK\n"
                + "T: UID FETCH 1 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]\nS: * 1 FETCH (UID 1 RFC822.SIZE 5 BODY[HEADER] \"h\")\\n% OK\n"
                + Bye
        );
        await using var source = Source(larger, s => s with { LargestMessage = 1000 });
        await source.OpenAsync(default);
        Assert.True(Assert.Single(await Read(source, 0)).TooLarge);

        await using var absurd = new ScriptedMailServer(Hello + Asked + "W: * 1 FETCH (UID 1 BODY[] {4294967296}\\nxxx\nHANG");
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(absurd, 0));
        Assert.Contains("does not speak like a mail server", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_the_server_cannot_hand_over_does_not_stop_those_behind_it()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 1:* (UID)
                S: * 1 FETCH (UID 1)\n* 2 FETCH (UID 2)\n% OK
                T: UID FETCH 1:2 (UID RFC822.SIZE)
                S: % OK
                T: UID FETCH 1 (
                S: % NO The message is damaged
                T: UID FETCH 1 (UID)
                S: * 1 FETCH (UID 1)\n% OK
                T: UID FETCH 1 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]
                S: * 1 FETCH (UID 1 RFC822.SIZE 77 BODY[HEADER]<0> "Subject: x")\n% OK
                T: UID FETCH 2 (
                S: * 2 FETCH (UID 2 BODY[] "Hello")\n% OK

                """
                + Bye
        );

        var messages = await Read(server, 0);

        Assert.Equal([1, 2], messages.Select(m => m.Uid));
        Assert.Contains("The message is damaged", messages[0].Why!.ToString(), StringComparison.Ordinal);
        Assert.Null(messages[1].Why);
    }

    [Theory]
    [InlineData("((((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))))")]
    [InlineData("(UID 1 FLAGS (")]
    [InlineData("(UID 1")]
    [InlineData("(UID 1))")]
    [InlineData("(UID \"1)")]
    [InlineData("(UID {x})")]
    [InlineData("(UID {-1}")]
    [InlineData("(UID {99999999999999999999}")]
    [InlineData("(UID {5} x)")]
    [InlineData("UID  1")]
    public async Task Hostile_data_ends_the_conversation(string data)
    {
        await using var server = new ScriptedMailServer(Hello + $"T: UID FETCH 1:* (UID)\nS: * 1 FETCH {data}\\n% OK\nHANG");
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0));
        Assert.Contains("does not speak like a mail server", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: * OK ", 3_000_000)]
    [InlineData("S: * 1 FETCH (UID 1 FLAGS (", 3_000_000)]
    [InlineData("S: * LIST () {60000}\\n", 300)]
    public async Task An_answer_without_end_does_not_fill_the_memory(string start, int length)
    {
        var endless =
            length > 1000
                ? start + new string('x', length)
                : string.Concat(Enumerable.Repeat(start[3..] + new string('x', 60_000), length));
        await using var server = new ScriptedMailServer(
            Hello + "T: UID FETCH 1:* (UID)\nW: " + endless.Replace("S: ", "", StringComparison.Ordinal) + "\nHANG"
        );
        await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0));
    }

    [Fact]
    public async Task Done_marks_and_moves_with_move_and_without()
    {
        const string There = "T: STATUS \"Done \\\"1\\\"\"\nS: * STATUS x (UIDVALIDITY 1)\\n% OK\n";
        await using var modern = new ScriptedMailServer(
            Hello.Replace("T: SELECT", There + "T: SELECT", StringComparison.Ordinal)
                + "T: UID STORE 3:5,9 +FLAGS.SILENT (\\Seen)\nS: % OK\nT: UID MOVE 3:5,9 \"Done \\\"1\\\"\"\nS: * OK [COPYUID 1 3 4] x\\n* 1 EXPUNGE\\n% OK\n"
                + Bye
        );
        await using (var source = Source(modern, s => s with { MoveTo = "Done \"1\"" }))
        {
            await source.OpenAsync(default);
            await source.DoneAsync([9, 4, 5, 3, 4], default);
        }

        Assert.Null(modern.Surprise);

        await using var old = new ScriptedMailServer(
            Hello.Replace(" MOVE", "", StringComparison.Ordinal).Replace("T: SELECT", There + "T: SELECT", StringComparison.Ordinal)
                + """
                T: UID STORE 3:4 +FLAGS.SILENT (\Seen)
                S: % OK
                T: UID FETCH 3:4 (UID FLAGS)
                S: * 1 FETCH (UID 3 FLAGS (\Seen))\n* 2 FETCH (FLAGS (\Seen \Deleted) UID 4)\n% OK
                T: UID COPY 3 "Done \"1\""
                S: % OK
                T: UID STORE 3 +FLAGS.SILENT (\Deleted)
                S: % OK
                T: UID EXPUNGE 3:4
                S: * 2 EXPUNGE\n* 1 EXPUNGE\n% OK

                """
                + Bye
        );
        await using (var source = Source(old, s => s with { MoveTo = "Done \"1\"" }))
        {
            await source.OpenAsync(default);
            await source.DoneAsync([3, 4], default);
        }

        Assert.Null(old.Surprise);
    }

    [Fact]
    public async Task Waiting_ends_with_news_and_is_renewed_and_a_server_without_idle_is_asked()
    {
        await using var idle = new ScriptedMailServer(
            Hello + "T: IDLE\nS: + idling\\n* OK Still here\\n* 2 EXPUNGE\\n* 2 EXISTS\\n* 3 EXISTS\nC: DONE\nS: % OK\n" + Bye
        );
        Assert.True(await Waited(idle, TimeSpan.FromMinutes(5)) < TimeSpan.FromSeconds(20));
        Assert.Null(idle.Surprise);

        await using var quiet = new ScriptedMailServer(Hello + "T: IDLE\nS: + idling\nC: DONE\nS: % OK\n" + Bye);
        Assert.True(await Waited(quiet, TimeSpan.FromMilliseconds(300)) < TimeSpan.FromSeconds(20));
        Assert.Null(quiet.Surprise);

        await using var renewed = new ScriptedMailServer(
            Hello + "T: IDLE\nS: + idling\nC: DONE\nS: % OK\nT: IDLE\nS: + idling\\n* 4 EXISTS\nC: DONE\nS: % OK\n" + Bye
        );
        Assert.True(await Waited(renewed, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)) < TimeSpan.FromSeconds(20));
        Assert.Null(renewed.Surprise);

        await using var unwilling = new ScriptedMailServer(
            Hello + "T: IDLE\nS: % NO not now\nT: NOOP\nS: % OK\nT: NOOP\nS: * 4 EXISTS\\n% OK\n" + Bye
        );
        Assert.True(await Waited(unwilling, TimeSpan.FromMinutes(5)) < TimeSpan.FromSeconds(20));
        Assert.Null(unwilling.Surprise);

        await using var old = new ScriptedMailServer(
            Hello.Replace(" IDLE", "", StringComparison.Ordinal) + "T: NOOP\nS: % OK\nT: NOOP\nS: * 4 EXISTS\\n% OK\n" + Bye
        );
        Assert.True(await Waited(old, TimeSpan.FromMinutes(5)) < TimeSpan.FromSeconds(20));
        Assert.Null(old.Surprise);
    }

    private static async Task<TimeSpan> Waited(ScriptedMailServer server, TimeSpan longest, TimeSpan? renew = null)
    {
        await using var source = Source(
            server,
            s => s with { AskEvery = TimeSpan.FromMilliseconds(50), RenewEvery = renew ?? TimeSpan.FromMinutes(9) }
        );
        await source.OpenAsync(default);
        var began = TimeProvider.System.GetTimestamp();
        await source.WaitAsync(longest, default);
        return TimeProvider.System.GetElapsedTime(began);
    }
}
