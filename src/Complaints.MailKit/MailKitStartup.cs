using Complaints.Mail;
using Complaints.Mail.Wire;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Complaints.MailKit.MailKitStartup))]

namespace Complaints.MailKit;

/// <summary>
/// Mail by MailKit instead of by our own wires. Runs before the house registers its own, which then gives way; named in
/// <c>HostingStartupAssemblies</c>.
/// </summary>
public sealed class MailKitStartup : IHostingStartup
{
    /// <inheritdoc />
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<SmtpMaker>(s => smtp => new MailKitTransport(smtp, s.GetRequiredService<TimeProvider>()));
            services.AddSingleton<MailSourceMaker>(s => imap => new MailKitSource(imap, s.GetRequiredService<TimeProvider>()));
        });
}
