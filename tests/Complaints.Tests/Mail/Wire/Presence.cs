using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Complaints.Tests.Mail.Wire;

/// <summary>A test that needs an address of this machine other than loopback, standing for another machine; skipped visibly without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherAddressFactAttribute : FactAttribute
{
    public OtherAddressFactAttribute() => Skip = Find() is null ? "This machine has no address other than loopback." : null;

    public static IPAddress? Find() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus == OperationalStatus.Up)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}

/// <summary>A test over a collection of real mails that stands beside the repository or where COMPLAINTS_TEST_MAIL says;
/// skipped visibly where it does not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealMailFactAttribute : FactAttribute
{
    public RealMailFactAttribute() =>
        Skip = Folder is null
            ? "The collection of real mails (../shared/data/mail beside the repository, or where COMPLAINTS_TEST_MAIL says) is not here."
            : null;

    /// <summary>The folder of the collection; null when absent.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("COMPLAINTS_TEST_MAIL") is { Length: > 0 } named && Directory.Exists(named))
        {
            return named;
        }

        // Upwards from where the tests were built to the repository, which is the folder beside "shared".
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "..", "shared", "data", "mail");
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")) && Directory.Exists(beside))
            {
                return Path.GetFullPath(beside);
            }
        }

        return null;
    }
}
