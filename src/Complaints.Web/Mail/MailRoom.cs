using Complaints.Casework;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Web.Mail;

/// <summary>Registers the outbox, the inbox and the way out.</summary>
public static class MailRoom
{
    /// <summary>Registers them.</summary>
    /// <exception cref="Refusal">A setting cannot be read.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration settings, Uri publicUrl)
    {
        services.AddSingleton(Fixed(settings, publicUrl));
        services.TryAddSingleton<SmtpMaker>(s => smtp => new SmtpTransport(smtp, s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<MailSourceMaker>(s => imap => new ImapSource(imap, s.GetRequiredService<TimeProvider>()));
        services.AddHttpClient<MailboxDoor>(c => c.Timeout = TimeSpan.FromSeconds(30));
        services.AddScoped<MailboxRun>();
        if (settings.GetValue("Node:Work", true))
        {
            services.AddHostedService<MailboxWatch>();
        }

        services.AddScoped<MailDoor>();
        services.AddScoped<OutboxRun>();
        services.AddScoped<OutboxBytes>();
        services.AddScoped<InboxStore>();
        services.AddScoped<DeliveryNews>();
        services.AddScoped<MailUndo>();
        services.AddScoped<MailQuestions>();
        services.AddScoped<InboundFiles>();
        services.AddScoped<ReceivedFiles>();
        services.AddScoped<NewByMail>();
        services.AddScoped<InboundReports>();
        services.AddScoped<StaffReplies>();
        services.AddScoped<InboundMail>();
        services.AddScoped<InboundRun>();
        services.AddSingleton<OwedCheck>(StillOwed.AskAsync);
        return services;
    }

    private static FixedMail Fixed(IConfiguration settings, Uri publicUrl)
    {
        var smtp = settings.GetSection("Smtp");
        var demo = settings.GetValue<bool>("Demo:Enabled");
        if (Text("Security") is { } named && !Enum.TryParse<SmtpSecurity>(named, ignoreCase: true, out _))
        {
            throw new Refusal("Smtp:Security is “{0}”; it may be None, StartTls or ImplicitTls.", named);
        }

        var domain =
            publicUrl.Host.Contains('.', StringComparison.Ordinal) && publicUrl.HostNameType == UriHostNameType.Dns
                ? publicUrl.Host
                : "desk.example";
        return new FixedMail(demo, domain)
        {
            Host = Text("Host"),
            Port = smtp.GetValue<int?>("Port"),
            Security = Text("Security") is { } s ? Enum.Parse<SmtpSecurity>(s, ignoreCase: true) : null,
            UserName = Text("User"),
            Password = Text("Password"),
            SenderName = Text("SenderName"),
            SenderAddress = Text("SenderAddress"),
            TokenCommands = settings
                .GetSection("Mailboxes")
                .GetChildren()
                .Where(m => m["TokenCommand"] is { Length: > 0 })
                .ToDictionary(m => m.Key, m => m["TokenCommand"]!, StringComparer.OrdinalIgnoreCase),
            AllowUntrustedCertificate = smtp.GetValue<bool>("AllowUntrustedCertificate"),
        };

        string? Text(string name) => smtp[name] is { Length: > 0 } value ? value : null;
    }
}
