using System.Globalization;
using System.Text;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using static Complaints.Tests.Mail.Wire.ImapScripts;

namespace Complaints.Tests.PlugIns;

/// <summary>What the inbox asks of whatever reads its mailboxes: against a real server, and a scripted one for what none does on request.</summary>
public abstract partial class MailSourceContract(Dovecot dovecot) : IClassFixture<Dovecot>
{
    private const string SignIn =
        "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\\n% OK\nT: AUTHENTICATE PLAIN\nS: ";

    /// <summary>A source; nothing is connected yet.</summary>
    protected abstract IMailSource Make(ImapSettings settings);

    [OnDovecot]
    public async Task A_message_comes_byte_for_byte_over_each_kind_of_connection_and_is_marked_when_done()
    {
        foreach (var security in new[] { ImapSecurity.None, ImapSecurity.StartTls, ImapSecurity.ImplicitTls })
        {
            var user = Name("kind" + (int)security);
            var message = "Subject: Café\nX-Odd:no blank\n\n" + string.Concat(Enumerable.Repeat("Line (with) \"all\" {5}\n", 5000));
            dovecot.Deliver(user, message);
            await using var source = Source(user, s => s with { Security = security });

            var folder = await source.OpenAsync(default);
            Assert.Equal(1, folder.Exists);
            Assert.True(folder.UidValidity > 0);
            var got = Assert.Single(await ReadAsync(source, 0));
            Assert.DoesNotContain(dovecot.Seen(user), f => f.EndsWith('S'));
            await source.DoneAsync([got.Uid], default);
            await source.DoneAsync([got.Uid, got.Uid + 7], default);

            Assert.Equal(message.Replace("\n", "\r\n", StringComparison.Ordinal), Encoding.UTF8.GetString(got.Raw.Span));
            Assert.Equal(got.Raw.Length, got.Bytes);
            Assert.NotNull(got.Received);
            Assert.Equal(DateTimeKind.Utc, got.Received.Value.Kind);
            Assert.EndsWith(":2,S", Assert.Single(dovecot.Seen(user)), StringComparison.Ordinal);
            Assert.Empty(await ReadAsync(source, got.Uid));
        }
    }

    [OnDovecot]
    public async Task Waiting_ends_when_a_message_comes_also_after_others_were_moved_away()
    {
        var user = Name("idler");
        dovecot.MakeFolder(user, "Done");
        dovecot.Deliver(user, "Subject: 1\n\nx\n");
        dovecot.Deliver(user, "Subject: 2\n\nx\n");
        await using var source = Source(user, s => s with { MoveTo = "Done" });
        await source.OpenAsync(default);
        var first = await ReadAsync(source, 0);
        await source.DoneAsync([.. first.Select(m => m.Uid)], default);
        Assert.Equal(2, dovecot.Seen(user, "Done").Count(f => f.EndsWith(":2,S", StringComparison.Ordinal)));

        var began = TimeProvider.System.GetTimestamp();
        await source.WaitAsync(TimeSpan.FromMilliseconds(500), default);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(15));
        Assert.Empty(await ReadAsync(source, first[^1].Uid));

        var waiting = source.WaitAsync(TimeSpan.FromMinutes(5), default);
        await Task.Delay(300);
        Assert.False(waiting.IsCompleted, "It did not wait.");
        dovecot.Deliver(user, "Subject: 3\n\nx\n");
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        var third = Assert.Single(await ReadAsync(source, first[^1].Uid));
        Assert.Contains("Subject: 3", Encoding.ASCII.GetString(third.Raw.Span), StringComparison.Ordinal);

        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.WaitAsync(TimeSpan.FromMinutes(5), stop.Token));
    }

    [OnDovecot]
    public async Task Waiting_is_renewed_and_a_mail_after_that_is_still_told()
    {
        var user = Name("renewed");
        dovecot.Deliver(user, "Subject: 1\n\nx\n");
        await using var source = Source(user, s => s with { RenewEvery = TimeSpan.FromMilliseconds(400) });
        await source.OpenAsync(default);
        Assert.Single(await ReadAsync(source, 0));
        var waiting = source.WaitAsync(TimeSpan.FromMinutes(5), default);
        await Task.Delay(1500);
        Assert.False(waiting.IsCompleted, "It did not wait.");
        dovecot.Deliver(user, "Subject: 2\n\nx\n");
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [OnDovecot]
    public async Task Messages_move_to_their_folder_while_others_are_read()
    {
        var user = Name("mover");
        dovecot.MakeFolder(user, "Done");
        for (var i = 0; i < 20; i++)
        {
            dovecot.Deliver(user, $"Subject: {i}\n\nx\n");
        }

        await using var source = Source(user, s => s with { MoveTo = "Done" });
        await source.OpenAsync(default);
        var uids = new List<long>();
        await foreach (var message in source.NewAsync(0, default))
        {
            uids.Add(message.Uid);
            await source.DoneAsync([message.Uid], default);
        }

        Assert.Equal(20, uids.Count);
        Assert.Equal(uids.Order(), uids);
        Assert.Empty(dovecot.Seen(user));
        Assert.Equal(20, dovecot.Seen(user, "Done").Count(f => f.EndsWith(":2,S", StringComparison.Ordinal)));
        dovecot.Deliver(user, "Subject: later\n\nx\n");
        Assert.Equal(uids[^1] + 1, Assert.Single(await ReadAsync(source, uids[^1])).Uid);
    }

    [OnDovecot]
    public async Task Several_mailboxes_are_read_at_once_each_with_numbers_of_its_own()
    {
        string[] users = [Name("one"), Name("two"), Name("three")];
        foreach (var (user, i) in users.Select((u, i) => (u, i)))
        {
            dovecot.Deliver(user, $"Subject: to {i}\n\nx\n");
        }

        var read = await Task.WhenAll(
            users.Select(async user =>
            {
                await using var source = Source(user);
                var folder = await source.OpenAsync(default);
                return (folder.UidValidity, Subject: Encoding.ASCII.GetString(Assert.Single(await ReadAsync(source, 0)).Raw.Span));
            })
        );
        Assert.All(read, (r, i) => Assert.StartsWith($"Subject: to {i}\r\n", r.Subject, StringComparison.Ordinal));
    }

    [OnDovecot]
    public async Task A_new_numbering_shows_as_another_uidvalidity_and_the_same_one_stays()
    {
        var user = Name("validity");
        dovecot.MakeFolder(user, "Box");
        dovecot.Deliver(user, "Subject: 1\n\nx\n", "Box");
        var first = await ValidityAsync();
        Assert.Equal(first, await ValidityAsync());
        Directory.Delete(dovecot.At(user, "Box"), recursive: true);
        await Task.Delay(1100); // the server takes the second for the new number
        dovecot.MakeFolder(user, "Box");
        dovecot.Deliver(user, "Subject: 1\n\nx\n", "Box");
        Assert.NotEqual(first, await ValidityAsync());

        async Task<long> ValidityAsync()
        {
            await using var source = Source(user, s => s with { Folder = "Box" });
            var folder = await source.OpenAsync(default);
            Assert.Equal(1, Assert.Single(await ReadAsync(source, 0)).Uid);
            return folder.UidValidity;
        }
    }

    [OnDovecot]
    public async Task One_over_the_limit_comes_with_its_headers_and_those_behind_it_come_whole()
    {
        var user = Name("large");
        dovecot.Deliver(user, "Subject: large\n\n" + new string('x', 300_000) + "\n");
        dovecot.Deliver(user, "Subject: small\n\nx\n");
        await using var source = Source(user, s => s with { LargestMessage = 200_000 });
        await source.OpenAsync(default);
        var messages = await ReadAsync(source, 0);
        Assert.Equal([true, false], messages.Select(m => m.TooLarge));
        Assert.Equal("Subject: large\r\n\r\n", Encoding.ASCII.GetString(messages[0].Raw.Span));
        Assert.True(messages[0].Bytes > 300_000, messages[0].Bytes.ToString(CultureInfo.InvariantCulture));
        Assert.Contains("are fetched", messages[0].Why!.ToString(), StringComparison.Ordinal);
    }

    [OnDovecot]
    public async Task A_wrong_password_a_missing_folder_and_a_strange_certificate_are_told()
    {
        var user = Name("doors");
        var failure = await FailureAsync(Source(user, s => s with { Password = "wrong" }));
        Assert.Contains("does not accept this user name and password", failure, StringComparison.Ordinal);
        Assert.Contains("Authentication failed", failure, StringComparison.Ordinal);

        dovecot.MakeFolder(user, "&YpWLyQ-");
        failure = await FailureAsync(Source(user, s => s with { Folder = "Complaints" }));
        Assert.Contains("no folder “Complaints” on 127.0.0.1. These are there: INBOX, 投诉.", failure, StringComparison.Ordinal);
        failure = await FailureAsync(Source(user, s => s with { MoveTo = "Gone" }));
        Assert.Contains("no folder “Gone”", failure, StringComparison.Ordinal);

        failure = await FailureAsync(Source(user, s => s with { Security = ImapSecurity.ImplicitTls, AllowUntrustedCertificate = false }));
        Assert.Contains("not trusted here", failure, StringComparison.Ordinal);

        await using var chinese = Source(user, s => s with { Folder = "投诉" });
        await chinese.OpenAsync(default);
    }

    [OnDovecot]
    public async Task After_a_kill_in_the_middle_what_came_is_whole_and_reading_goes_on()
    {
        var mortal = new Dovecot();
        await mortal.InitializeAsync();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                mortal.Deliver("anna", $"Subject: {i}\n\n{new string('x', 20_000)}\n");
            }

            var stored = new List<SourceMessage>();
            await using (var source = Make(At(mortal, "anna")))
            {
                await source.OpenAsync(default);
                await Assert.ThrowsAsync<MailSourceFailure>(async () =>
                {
                    await foreach (var message in source.NewAsync(0, default))
                    {
                        stored.Add(message);
                        if (stored.Count == 50)
                        {
                            mortal.Kill();
                        }
                    }
                });
            }

            Assert.Contains("Nothing answers", await FailureAsync(Make(At(mortal, "anna"))), StringComparison.Ordinal);
            await mortal.StartAsync();
            await using var again = Make(At(mortal, "anna"));
            await again.OpenAsync(default);
            stored.AddRange(await ReadAsync(again, stored[^1].Uid));
            Assert.Equal(100, stored.Select(m => Encoding.ASCII.GetString(m.Raw.Span)).Distinct().Count());
            Assert.All(stored, m => Assert.EndsWith("xx\r\n", Encoding.ASCII.GetString(m.Raw.Span), StringComparison.Ordinal));
        }
        finally
        {
            await mortal.DisposeAsync();
        }
    }

    [OnDovecot]
    public async Task A_server_without_idle_is_asked_every_so_often_and_one_without_move_moves_all_the_same()
    {
        await WithServerAsync(
            new Dovecot { Capability = "IMAP4rev1 LITERAL+ NAMESPACE UIDPLUS" },
            async simple =>
            {
                simple.MakeFolder("anna", "Done");
                simple.Deliver("anna", "Subject: 1\n\nx\n");
                await using var source = Make(At(simple, "anna") with { MoveTo = "Done", AskEvery = TimeSpan.FromMilliseconds(200) });
                await source.OpenAsync(default);
                var first = Assert.Single(await ReadAsync(source, 0));
                await source.DoneAsync([first.Uid], default);
                Assert.Single(simple.Seen("anna", "Done"), f => f.EndsWith(":2,S", StringComparison.Ordinal));
                Assert.DoesNotContain(simple.Seen("anna"), f => !f.Contains('T', StringComparison.Ordinal)); // gone, or marked as deleted

                var waiting = source.WaitAsync(TimeSpan.FromMinutes(5), default);
                await Task.Delay(700);
                Assert.False(waiting.IsCompleted, "It did not wait.");
                simple.Deliver("anna", "Subject: 2\n\nx\n");
                await waiting.WaitAsync(TimeSpan.FromSeconds(30));
                Assert.Single(await ReadAsync(source, first.Uid));
            }
        );
    }

    [OnDovecot]
    public async Task A_server_that_falls_silent_in_the_middle_is_given_up_after_the_time_set()
    {
        await WithServerAsync(
            new Dovecot(),
            async mortal =>
            {
                mortal.Deliver("anna", "Subject: 1\n\nx\n");
                await using var source = Make(At(mortal, "anna") with { Timeout = TimeSpan.FromSeconds(2) });
                await source.OpenAsync(default);
                mortal.Freeze();
                var began = TimeProvider.System.GetTimestamp();
                var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => ReadAsync(source, 0));
                Assert.Contains("did not answer on port", failure.Why.ToString(), StringComparison.Ordinal);
                Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "It took too long.");
            }
        );
    }

    [OnDovecot]
    public async Task A_server_that_falls_silent_while_news_is_waited_for_is_given_up_when_that_is_renewed()
    {
        await WithServerAsync(
            new Dovecot(),
            async mortal =>
            {
                mortal.Deliver("anna", "Subject: 1\n\nx\n");
                await using var source = Make(
                    At(mortal, "anna") with
                    {
                        Timeout = TimeSpan.FromSeconds(2),
                        RenewEvery = TimeSpan.FromMilliseconds(400),
                    }
                );
                await source.OpenAsync(default);
                var waiting = source.WaitAsync(TimeSpan.FromMinutes(5), default);
                await Task.Delay(100);
                mortal.Freeze();
                var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
                Assert.Contains("did not answer on port", failure.Why.ToString(), StringComparison.Ordinal);
            }
        );
    }

    [OnDovecot]
    public async Task A_folder_to_move_to_that_goes_away_meanwhile_is_told()
    {
        var user = Name("gone");
        dovecot.MakeFolder(user, "Done");
        dovecot.Deliver(user, "Subject: 1\n\nx\n");
        await using var source = Source(user, s => s with { MoveTo = "Done" });
        await source.OpenAsync(default);
        var uid = Assert.Single(await ReadAsync(source, 0)).Uid;
        Directory.Delete(dovecot.At(user, "Done"), recursive: true);
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => source.DoneAsync([uid], default));
        Assert.Contains("no folder “Done” on 127.0.0.1. These are there: INBOX.", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [OnDovecot]
    public async Task The_inbox_is_not_moved_into_itself_however_it_is_written()
    {
        var failure = await FailureAsync(Source(Name("itself"), s => s with { MoveTo = "Inbox" }));
        Assert.Contains("cannot be moved to “Inbox”, the folder they are read from", failure, StringComparison.Ordinal);
    }

    private static async Task WithServerAsync(Dovecot server, Func<Dovecot, Task> doing)
    {
        await server.InitializeAsync();
        try
        {
            await doing(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<string> FailureAsync(IMailSource source)
    {
        await using (source)
        {
            return (await Assert.ThrowsAsync<MailSourceFailure>(() => source.OpenAsync(default))).Why.ToString();
        }
    }

    private static async Task<List<SourceMessage>> ReadAsync(IMailSource source, long after)
    {
        var messages = new List<SourceMessage>();
        await foreach (var message in source.NewAsync(after, default))
        {
            messages.Add(message);
        }

        return messages;
    }

    // Both sides may run on servers of their own at once, but never on one mailbox.
    private static string Name(string user) => user + Guid.NewGuid().ToString("N")[..6];

    private IMailSource Source(string user, Func<ImapSettings, ImapSettings>? but = null) =>
        Make(
            (but ?? (s => s))(At(dovecot, user)) is var s && s.Security == ImapSecurity.ImplicitTls ? s with { Port = dovecot.TlsPort } : s
        );

    private static ImapSettings At(Dovecot server, string user) =>
        new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = ImapSecurity.None,
            UserName = user,
            Password = Dovecot.Password,
            Timeout = TimeSpan.FromSeconds(20),
            AllowUntrustedCertificate = true,
        };
}
