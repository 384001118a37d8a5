using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Complaints.Tests.Mail;

/// <summary>
/// A mail comes in and another goes out, ended at each point between storing, marking, deciding and sending, and begun anew:
/// the first time at the first point, then at the second, until one time it runs through.
/// </summary>
public sealed class BrokenOffTests(ITestOutputHelper output)
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Ended_at_any_point_no_mail_is_lost_and_none_doubled_but_in_the_one_window_there_is(string database)
    {
        var fuse = new Fuse();
        var folder = new SortedDictionary<long, byte[]>();
        var server = new FusedTransport(fuse);
        await using var house = await TestHouse.OpenAsync(
            database,
            _ => ["--Smtp:Host", "mail.example", "--Smtp:SenderAddress", "complaints@desk.example", "--Logging:LogLevel:Default", "None"],
            services =>
            {
                services.ConfigureDbContext<ComplaintsDb>(o => o.AddInterceptors(fuse));
                services.AddSingleton<SmtpMaker>(_ => server);
                services.AddSingleton<MailSourceMaker>(_ => new FusedSource(fuse, folder));
            }
        );
        var box = await AddMailboxAsync(house);
        var acknowledged = new List<long>();
        var windows = new List<string>();
        var points = 0;
        for (var over = false; !over; points++)
        {
            Assert.True(points < 200, fuse.At);
            await PrepareAsync(house, folder, points, acknowledged);
            var before = server.Taken.Count;
            fuse.Burn(points);
            await TryAsync(() => RoundAsync(house, box));
            over = !fuse.Burnt;
            output.WriteLine(over ? "Through" : $"{points}: {fuse.At.ReplaceLineEndings(" ")}");
            if (!over && server.Taken.Count > before)
            {
                windows.Add(fuse.At);
            }

            fuse.Mend();
            await LeasesRunOutAsync(house);
            await RoundAsync(house, box);
        }

        Assert.InRange(points, 15, 199);
        Assert.NotEmpty(windows);
        await CheckAsync(house, server, folder, points, acknowledged);
    }

    private async Task CheckAsync(
        TestHouse house,
        FusedTransport server,
        SortedDictionary<long, byte[]> folder,
        int points,
        List<long> acknowledged
    )
    {
        // Each mail of a customer: one complaint, with its file; each answer: once on its complaint.
        Assert.Empty(folder);
        var complaints = await house.WithAsync(db => db.Complaints.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
        Assert.Equal(Enumerable.Range(0, points).Select(n => $"Number {n}").Order(), complaints.Select(c => c.Summary).Order());
        Assert.Equal(points, await house.WithAsync(db => db.Attachments.CountAsync()));
        var answers = await house.WithAsync(db =>
            db.Timeline.Where(e => e.Kind == EntryKind.ContactIn)
                .GroupBy(e => e.ComplaintId)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToListAsync()
        );
        Assert.Equal(points - 1, answers.Count);
        Assert.All(answers, a => Assert.Equal(1, a.Count));
        Assert.All(
            await house.WithAsync(db => db.InMessages.AsNoTracking().ToListAsync()),
            m => Assert.Equal((InState.Read, 0), (m.State, m.Tries))
        );

        // Each receipt left, always as the same bytes; most of them once.
        var sent = server.Taken.Select(t => (t.Recipient, Mail: MailReader.Read(t.Bytes), t.Bytes)).ToList();
        var receipts = sent.Where(s => s.Mail.Header("Auto-Submitted") is not null).GroupBy(s => s.Recipient).ToList();
        Assert.Equal(points, receipts.Count);
        Assert.All(receipts, g => Assert.All(g, s => Assert.Equal(g.First().Bytes, s.Bytes)));
        Assert.InRange(receipts.Count(g => g.Count() > 1), 1, 3); // after the server took it, and until that is written down
        Assert.All(receipts, g => Assert.InRange(g.Count(), 1, 2));

        // What a person wrote never leaves twice: where nobody knows, somebody is asked.
        var letters = sent.Where(s => s.Mail.Header("Auto-Submitted") is null).GroupBy(s => s.Mail.MessageId).ToList();
        Assert.All(letters, g => Assert.Single(g));
        var states = await house.WithAsync(db =>
            db.OutDeliveries.AsNoTracking().Include(d => d.Message).Where(d => d.Message!.PersonWrote).ToListAsync()
        );
        Assert.Equal(acknowledged.Count, states.Count);
        Assert.All(states, d => Assert.True(d.State is DeliveryState.Sent or DeliveryState.Asked));
        Assert.All(states.Where(d => d.State == DeliveryState.Sent), d => Assert.Contains(letters, l => l.Key == d.Message!.MessageId));
        output.WriteLine(
            $"{points} points, {receipts.Count(g => g.Count() > 1)} receipts twice, {states.Count(d => d.State == DeliveryState.Asked)} asked"
        );
        Assert.InRange(states.Count(d => d.State == DeliveryState.Asked), 1, 6);
        foreach (var complaint in complaints)
        {
            Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(v => v.VerifyAsync(complaint.Id)));
        }
    }

    /// <summary>Before a round: a new mail and an answer lie in the folder, and an agent's words wait to be sent.</summary>
    private static async Task PrepareAsync(TestHouse house, SortedDictionary<long, byte[]> folder, int n, List<long> acknowledged)
    {
        folder[(n * 2) + 1] = Mail($"c{n}@home.example", $"Number {n}", null);
        if (n == 0)
        {
            return;
        }

        var (id, receipt) = await house.WithAsync(async db =>
        {
            var summary = $"Number {n - 1}";
            var complaint = await db.Complaints.Where(c => c.Summary == summary).Select(c => c.Id).SingleAsync();
            return (
                complaint,
                await db.OutMessages.Where(m => m.ComplaintId == complaint).OrderBy(m => m.Id).Select(m => m.MessageId).FirstAsync()
            );
        });
        folder[(n * 2) + 2] = Mail($"c{n - 1}@home.example", "Re: it", receipt);
        await Outbox.AcknowledgeAsync(house, id);
        acknowledged.Add(id);
        house.Clock.Pass(TimeSpan.FromSeconds(20));
    }

    private static async Task RoundAsync(TestHouse house, long box)
    {
        await house.AskAsync((MailboxRun run) => run.LookAsync(box));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        await house.AskAsync((OutboxRun run) => run.RunAsync());
        await house.AskAsync((DeliveryNews news) => news.RunAsync());
    }

    private static async Task TryAsync(Func<Task> round)
    {
        try
        {
            await round();
        }
        catch (Exception dead) when (dead is DeadException or DbUpdateException { InnerException: DeadException }) { }
    }

    /// <summary>Time passes, also for a PostgreSQL, whose own clock counts there.</summary>
    private static Task LeasesRunOutAsync(TestHouse house)
    {
        house.Clock.Pass(TimeSpan.FromMinutes(5));
        var before = house.Now.AddYears(-1);
        return house.WithAsync(db =>
            db.OutDeliveries.Where(d => d.State == DeliveryState.Claimed).ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseUntil, before))
        );
    }

    private static async Task<long> AddMailboxAsync(TestHouse house) =>
        await house.WithAsync(async db =>
        {
            var box = new Mailbox
            {
                Name = "desk",
                Kind = MailboxKind.Imap,
                Address = "complaints@desk.example",
                UnitId = await db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                Host = "imap.example",
                UserName = "desk",
                MoveTo = "Done",
            };
            db.Mailboxes.Add(box);
            await db.SaveChangesAsync();
            return box.Id;
        });

    private static byte[] Mail(string from, string subject, string? answers)
    {
        var attached = answers is null
            ? "--b\r\nContent-Type: text/plain; name=bill.txt\r\nContent-Disposition: attachment; filename=bill.txt\r\n\r\nTwo rooms.\r\n"
            : "";
        return System.Text.Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From: {from}\r\nTo: complaints@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{Guid.NewGuid():N}@home.example>\r\n"
            )
                + (answers is null ? "" : $"In-Reply-To: <{answers}>\r\n")
                + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
                + $"It is about {subject}.\r\n{attached}--b--\r\n"
        );
    }
}
