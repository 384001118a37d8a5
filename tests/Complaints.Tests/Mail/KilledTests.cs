using System.Diagnostics;
using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Complaints.Tests.Mail;

/// <summary>
/// The real program as a process of its own, with real mail servers, killed (-9) at random moments while mail comes in, is
/// read and is answered.
/// </summary>
public sealed class KilledTests(Postfix post, ITestOutputHelper output) : IClassFixture<Postfix>
{
    private const int AtOnce = 6;

    // Five, one at each moment, or as many as COMPLAINTS_TEST_KILLS says (more at night).
    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("COMPLAINTS_TEST_KILLS"),
        CultureInfo.InvariantCulture,
        out var set
    )
        ? set
        : 5;
    private readonly List<string> _senders = [];

    [OnMailServers, OnSqlite, OnPostgres]
    public async Task Killed_again_and_again_it_loses_no_mail_and_doubles_none(string database)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-killed-").FullName;
        var args = await TestDatabases.CopyAsync(database, folder);
        try
        {
            await using (var desk = RunCommand.Build([.. args, .. TestHouse.Quiet])) // never opened: for looking at the database
            {
                await AddMailboxAsync(desk);
                await KillAsync(desk, args);
                await SettleAsync(desk, args);
                await CheckAsync(desk);
            }

            var (code, text) = await ProgramRun.ToEndAsync(["verify", .. args]);
            Assert.True(code == 0, text);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await TestDatabases.DropAsync(args);
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task KillAsync(WebApplication desk, string[] args)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            await SendAsync(AtOnce);
            var moment = (Moment)(round % 5);
            var before = await WithAsync(desk, db => CountAsync(db, moment));
            using var run = Start(args);
            await run.HearAsync("Stop with Ctrl+C");
            await SendAsync(AtOnce);
            var after = before + random.Next(1, AtOnce);
            for (var wait = Stopwatch.StartNew(); wait.Elapsed < TimeSpan.FromSeconds(11); )
            {
                if (moment != Moment.Any ? await WithAsync(desk, db => CountAsync(db, moment)) >= after : random.Next(300) == 0)
                {
                    break;
                }
            }

            run.Kill();
            await run.EndAsync();
            output.WriteLine($"{moment}: {await StandAsync(desk)}");
            await LeasesRunOutAsync(desk);
        }
    }

    /// <summary>When it is killed: in the middle of its fetching, reading or sending, while a server has not answered yet, or whenever.</summary>
    private enum Moment
    {
        Fetching,
        Reading,
        Sending,
        OnItsWay,
        Any,
    }

    /// <summary>How far that is, seen from outside.</summary>
    private static async Task<int> CountAsync(ComplaintsDb db, Moment moment) =>
        moment switch
        {
            Moment.Fetching => await db.InMessages.CountAsync(),
            Moment.Reading => await db.Complaints.CountAsync(),
            Moment.Sending => await db.OutDeliveries.CountAsync(d => d.State == DeliveryState.Sent),
            Moment.OnItsWay => await db.OutDeliveries.AnyAsync(d => d.InFlight) ? AtOnce : 0,
            _ => 0,
        };

    /// <summary>Left alone at last, it does all that is owed.</summary>
    private async Task SettleAsync(WebApplication desk, string[] args)
    {
        using var run = Start(args);
        await run.HearAsync("Stop with Ctrl+C");
        var done = false;
        for (var i = 0; i < 240 && !done; i++)
        {
            await Task.Delay(250);
            done = await WithAsync(
                desk,
                async db =>
                    await db.InMessages.CountAsync(m => m.State == InState.Read) >= _senders.Count
                    && !await db.OutDeliveries.AnyAsync(d => d.State == DeliveryState.Waiting || d.State == DeliveryState.Claimed)
            );
        }

        run.Stop();
        await run.EndAsync();
        await post.IdleAsync();
        output.WriteLine(await StandAsync(desk));
        Assert.True(done, $"{await StandAsync(desk)}\n{run.Said}");
    }

    private async Task CheckAsync(WebApplication desk)
    {
        Assert.Empty(post.Delivered("complaints"));
        var complaints = await WithAsync(desk, db => db.Complaints.AsNoTracking().Select(c => new { c.Id, c.Summary }).ToListAsync());
        Assert.Equal(_senders.Order(), complaints.Select(c => c.Summary).Order());
        var read = await WithAsync(desk, db => db.InMessages.AsNoTracking().Select(m => new { m.State, m.ComplaintId }).ToListAsync());
        Assert.Equal(complaints.Select(c => (InState.Read, (long?)c.Id)).Order(), read.Select(m => (m.State, m.ComplaintId)).Order());

        var receipts = await WithAsync(
            desk,
            db =>
                db.OutMessages.AsNoTracking()
                    .Where(m => m.Purpose == MailPurpose.Receipt)
                    .Select(m => new
                    {
                        m.ComplaintId,
                        m.MessageId,
                        m.Deliveries[0].State,
                    })
                    .ToListAsync()
        );
        Assert.Equal(complaints.Select(c => (long?)c.Id).Order(), receipts.Select(r => r.ComplaintId).Order());
        Assert.All(receipts, r => Assert.Equal(DeliveryState.Sent, r.State));

        // In the customers' mailboxes: one receipt each; a second copy, of the one window there is, carries the same id.
        var arrived = post.Delivered("many").Select(m => MailReader.Read(m)).ToList();
        output.WriteLine($"{_senders.Count} mails, {arrived.Count} receipts arrived");
        var ids = arrived.Select(m => (m.To[0].Address, m.MessageId!)).Distinct().ToList();
        Assert.Equal(_senders.Order(), ids.Select(m => m.Address.Split('@')[0]).Order());
        Assert.Equal(receipts.Select(r => r.MessageId).Order(), ids.Select(m => m.Item2).Order());
    }

    private ProgramRun Start(string[] args) => ProgramRun.Start(["run", .. args, .. post.Smtp, "--urls", "http://127.0.0.1:0"]);

    private async Task SendAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"c{_senders.Count + 1}");
            var from = $"{name}@{Postfix.Many}";
            await post.SendAsync(
                from,
                Postfix.Desk,
                MailWriter.Write(
                    new MailToWrite
                    {
                        From = new Correspondent(from),
                        To = new Correspondent(Postfix.Desk),
                        Subject = name,
                        Text = "The lift stood still for three days.",
                        MessageId = MessageIds.For(Guid.NewGuid(), Postfix.Many),
                        Date = LittleWorld.Monday,
                    }
                )
            );
            _senders.Add(name);
        }
    }

    private async Task AddMailboxAsync(WebApplication desk)
    {
        post.Empty("complaints");
        post.Empty("many");
        post.Dovecot.MakeFolder("complaints", "Done");
        await WithAsync(
            desk,
            async db =>
            {
                db.Mailboxes.Add(
                    new Mailbox
                    {
                        Name = "desk",
                        Kind = MailboxKind.Imap,
                        Address = Postfix.Desk,
                        UnitId = await db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                        Host = "127.0.0.1",
                        Port = post.Dovecot.Port,
                        Security = ImapSecurity.None,
                        UserName = "complaints",
                        SealedPassword = SealedSecret.Seal(desk.Services.GetRequiredService<Keys>(), Dovecot.Password),
                        MoveTo = "Done",
                    }
                );
                return await db.SaveChangesAsync();
            }
        );
    }

    /// <summary>As if the minutes had passed for which a claim holds.</summary>
    private static Task LeasesRunOutAsync(WebApplication desk) =>
        WithAsync(
            desk,
            async db =>
            {
                var before = DateTime.SpecifyKind(new DateTime(2020, 1, 1), DateTimeKind.Utc);
                await db.Mailboxes.ExecuteUpdateAsync(s =>
                    s.SetProperty(m => m.LeaseUntil, (DateTime?)null).SetProperty(m => m.NotBefore, (DateTime?)null)
                );
                return await db
                    .OutDeliveries.Where(d => d.State == DeliveryState.Claimed)
                    .ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseUntil, before).SetProperty(d => d.NextTryAt, before));
            }
        );

    /// <summary>Where everything stands, to be read after a failure.</summary>
    private async Task<string> StandAsync(WebApplication desk)
    {
        var (left, waiting, complaints) = (
            post.Delivered("complaints").Count,
            await WithAsync(desk, db => db.InMessages.CountAsync(m => m.State == InState.Waiting)),
            await WithAsync(desk, db => db.Complaints.CountAsync())
        );
        var receipts = await WithAsync(
            desk,
            db =>
                db.OutDeliveries.GroupBy(d => new { d.State, d.InFlight })
                    .Select(g => $"{g.Key.State} {g.Key.InFlight}: {g.Count()}")
                    .ToListAsync()
        );
        return $"{_senders.Count} mails, {left} not fetched, {waiting} not read, {complaints} complaints, receipts {string.Join(", ", receipts)}";
    }

    private static async Task<T> WithAsync<T>(WebApplication desk, Func<ComplaintsDb, Task<T>> work)
    {
        await using var scope = desk.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ComplaintsDb>());
    }
}
