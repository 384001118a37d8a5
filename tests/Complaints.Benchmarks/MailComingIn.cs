using System.Diagnostics;
using System.Globalization;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Benchmarks;

/// <summary>
/// How many messages a second become complaints: stored as they come by any door, and then read by the real run with all
/// that follows, customer, deadlines, routing, timeline, search words and receipt; and then an answer to each receipt.
/// </summary>
internal static class MailComingIn
{
    private const int Count = 2_000;
    private const int Warm = 100;

    /// <summary>Measures and prints.</summary>
    /// <param name="database"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task MeasureAsync(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await StoreAsync(house, 1_000_000, Warm, n => Mail(n, $"Number {n}", null));
        await ReadAsync(house); // warm

        await Print(database, "messages stored", () => StoreAsync(house, 0, Count, n => Mail(n, $"Number {n}", null)));
        await Print(database, "… read into complaints, receipted", () => ReadAsync(house));
        var receipts = await house.WithAsync(db =>
            db.OutMessages.Where(m => m.Purpose == MailPurpose.Receipt).OrderBy(m => m.Id).Skip(Warm).Select(m => m.MessageId).ToListAsync()
        );
        await StoreAsync(house, 2_000_000, Count, n => Mail(n, "Re: it", receipts[n - 2_000_000]));
        await Print(database, "answers read onto their complaints", () => ReadAsync(house));

        var (complaints, answers) = await house.WithAsync(async db =>
            (await db.Complaints.CountAsync(), await db.Timeline.CountAsync(e => e.Kind == EntryKind.ContactIn))
        );
        if ((complaints, answers) != (Count + Warm, Count))
        {
            throw new InvalidOperationException($"{complaints} complaints and {answers} answers came of it.");
        }
    }

    private static async Task Print(string database, string name, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine($"{database + ": " + name, -48}{Count / seconds, 9:0} a second{seconds * 1000 / Count, 9:0.00} ms each");
    }

    private static async Task StoreAsync(TestHouse house, int first, int count, Func<int, byte[]> mail)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<InboxStore>();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        for (var n = first; n < first + count; n++)
        {
            await store.StoreAsync("desk", 1, n + 1, mail(n));
            db.ChangeTracker.Clear();
        }
    }

    private static Task<int> ReadAsync(TestHouse house) => house.AskAsync((InboundRun run) => run.RunAsync());

    private static byte[] Mail(int n, string subject, string? answers) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From: Customer {n % 1_000_000} <c{n % 1_000_000}@home{n % 1_000_000 % 97}.example>\r\nTo: complaints@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{n}@home.example>\r\n"
            )
                + (answers is null ? "" : $"In-Reply-To: <{answers}>\r\n")
                + "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + $"The porridge was cold again on day {n} and nobody came. 早餐是凉的，要求退款，没有人处理。\r\n\r\n> On Monday you wrote:\r\n> We are sorry.\r\n"
                + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                + $"<p>The porridge was cold again on day {n} and nobody came. 早餐是凉的，要求退款，没有人处理。</p><blockquote>We are sorry.</blockquote>\r\n--b--\r\n"
        );
}
