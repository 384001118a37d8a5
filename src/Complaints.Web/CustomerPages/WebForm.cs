using System.Threading.RateLimiting;

namespace Complaints.Web.CustomerPages;

/// <summary>
/// What the public form is allowed: settings <c>WebForm:Enabled</c> (default true) and <c>WebForm:PerHour</c>, complaints
/// from one address in an hour (default 10).
/// </summary>
public sealed class WebForm : IDisposable
{
    /// <summary>Setting that holds the id of the unit that gets complaints from the form.</summary>
    public const string UnitSetting = "intake.webUnit";

    private readonly PartitionedRateLimiter<string> _perAddress;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be read.</exception>
    public WebForm(IConfiguration settings)
    {
        Enabled = settings.GetValue("WebForm:Enabled", defaultValue: true);
        var perHour = Math.Max(1, settings.GetValue("WebForm:PerHour", defaultValue: 10));
        _perAddress = PartitionedRateLimiter.Create<string, string>(address =>
            RateLimitPartition.GetSlidingWindowLimiter(
                address,
                _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = perHour,
                    Window = TimeSpan.FromHours(1),
                    SegmentsPerWindow = 6,
                    QueueLimit = 0,
                }
            )
        );
    }

    /// <summary>False when the house wants no public form: its address is then not there.</summary>
    public bool Enabled { get; }

    /// <summary>True when one more complaint may come from that address now; counts it.</summary>
    public bool Allows(string address)
    {
        using var lease = _perAddress.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    /// <inheritdoc />
    public void Dispose() => _perAddress.Dispose();
}
