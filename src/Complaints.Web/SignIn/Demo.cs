using System.Net;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>
/// The demo: switched on only by <c>Demo:Enabled</c>. Everybody may come in as anybody, so it serves this machine alone,
/// sends nothing, and never touches a database that was not made as a demo; nor does a demo database ever go live.
/// </summary>
/// <param name="Enabled">True when this start is a demo.</param>
public sealed record Demo(bool Enabled)
{
    /// <summary>As the settings say.</summary>
    public static Demo From(IConfiguration settings) => new(settings.GetValue("Demo:Enabled", false));

    /// <summary>Refuses settings that do not go with the demo; called before anything is opened.</summary>
    /// <exception cref="Refusal">It would listen beyond this machine, or a real mail server is set.</exception>
    public void Check(IConfiguration settings)
    {
        if (!Enabled)
        {
            return;
        }

        if (Addresses(settings).FirstOrDefault(a => !IsLoopback(a)) is { } open)
        {
            throw new Refusal(
                "The demo lets everybody in without a password, so it listens on this machine only; “{0}” is open to others. Use --urls http://localhost:5080, or start without Demo:Enabled.",
                open
            );
        }

        string[] mail = ["Mail:Smtp:Host", "Mail:Imap:Host", "Smtp:Host", "Imap:Host"];
        if (Array.Find(mail, name => settings[name] is { Length: > 0 }) is { } set)
        {
            throw new Refusal(
                "The demo sends and fetches no real mail, but {0} names a mail server. Remove it, or start without Demo:Enabled.",
                set
            );
        }
    }

    /// <summary>Loads the demo's people into an empty database; keeps demo and real databases apart.</summary>
    /// <exception cref="Refusal">A real database under a demo, or a demo's database without one.</exception>
    public async Task PrepareAsync(ComplaintsDb db, DemoWorld world, DateTime now)
    {
        var made = await db.Settings.AnyAsync(s => s.Name == DemoWorld.Marker);
        if (made && !Enabled)
        {
            throw new Refusal(
                "This database was made for the demo and holds invented people who sign in without a password; it cannot go live. Start with an empty Data:Folder or database, or set Demo:Enabled to look at the demo again."
            );
        }

        if (!made && Enabled)
        {
            if (await db.Staff.AnyAsync())
            {
                throw new Refusal(
                    "This database was not made for the demo; with Demo:Enabled everybody could come in without a password. Start without Demo:Enabled, or give the demo a Data:Folder of its own."
                );
            }

            await world.LoadPeopleAsync(now);
        }
    }

    private static IEnumerable<string> Addresses(IConfiguration settings) =>
        [
            .. (settings["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            .. Ports(settings["http_ports"], "http"),
            .. Ports(settings["https_ports"], "https"),
            .. settings.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>(),
        ];

    private static IEnumerable<string> Ports(string? ports, string scheme) =>
        (ports ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => $"{scheme}://*:{p}");

    private static bool IsLoopback(string address)
    {
        var parsed = Microsoft.AspNetCore.Http.BindingAddress.Parse(address);
        return parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
