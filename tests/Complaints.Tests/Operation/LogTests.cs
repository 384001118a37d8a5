using System.Collections.Concurrent;
using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Complaints.Tests.Operation;

/// <summary>What the log never holds, at the level it comes with and at the next one.</summary>
public sealed class LogTests
{
    private static readonly string[] _secrets =
    [
        "Charged twice",
        "velvet elephant",
        "grace@customer.example",
        "Grace Okafor",
        LittleWorld.Password,
        "wrong-horse",
        "pass-of-the-mail-server",
        "/s/",
        "/c/",
    ];

    [Theory, OnSqlite, OnPostgres]
    public async Task The_log_holds_no_words_no_customers_and_no_secrets(string database)
    {
        await using var house = await TestHouse.OpenAsync(
            database,
            "--Logging:LogLevel:Default",
            "Information",
            "--Logging:LogLevel:Complaints",
            "Debug",
            "--Smtp:Host",
            "127.0.0.1",
            "--Smtp:Port",
            "9",
            "--Smtp:Security",
            "None",
            "--Smtp:UserName",
            "desk",
            "--Smtp:Password",
            "pass-of-the-mail-server",
            "--Smtp:SenderAddress",
            "desk@shop.example"
        );
        using var heard = new Listening();
        house.Services.GetRequiredService<ILoggerFactory>().AddProvider(heard);
        using var stranger = house.NewBrowser();
        await stranger.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Jun"), ["Password"] = "wrong-horse" });
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var here = "/complaints/" + reference;
        await mia.PostAsync(here + "/notes", new() { ["words"] = "a velvet elephant" }, here);
        await mia.PostAsync(here + "/acknowledgement", new() { ["Channel"] = "Email", ["Words"] = "the velvet elephant" }, here);
        Assert.Equal(1, await house.WithAsync(db => db.OutMessages.CountAsync()));
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        var id = await house.WithAsync(db => db.Complaints.Select(c => c.Id).SingleAsync());
        using var customer = house.NewBrowser();
        var links = house.Services.GetRequiredService<SignedLinks>();
        await customer.GetAsync("/c/" + links.Make(LinkPurpose.Status, id, house.Now.AddDays(1)));
        Assert.Equal(HttpStatusCode.OK, customer.Status);

        // And what breaks in the middle of it: the table of the notes' words is gone.
        await house.WithAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"TimelineContents\" RENAME TO \"Gone\""));
        await mia.SendAsync(here + "/notes", new() { ["words"] = "a velvet elephant" });
        await mia.GetAsync(here);
        Assert.Equal(HttpStatusCode.InternalServerError, mia.Status);

        Assert.NotEmpty(heard.Lines);
        Assert.Contains(heard.Lines, l => l.Contains("unhandled exception", StringComparison.Ordinal));
        foreach (var secret in _secrets)
        {
            Assert.DoesNotContain(heard.Lines, l => l.Contains(secret, StringComparison.Ordinal));
        }
    }

    private sealed class Listening : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
