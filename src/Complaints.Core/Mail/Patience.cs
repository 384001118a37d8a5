using Complaints.Mail.Wire;

namespace Complaints.Mail;

/// <summary>How long the outbox goes on trying, and what a refusal says about the address. Pure.</summary>
public static class Patience
{
    // Greylisting lets a second try through after minutes; a server that is down for the night is found in the morning.
    private static readonly int[] _minutes = [1, 2, 5, 10, 20, 40, 60, 120, 240];

    /// <summary>Time from the first try to giving up (RFC 5321, 4.5.4.1 asks for at least four to five days).</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(5);

    /// <summary>When to try again after the <paramref name="attempt"/>th failure for now; null when it is time to give up.</summary>
    public static DateTime? Next(int attempt, DateTime firstTriedAt, DateTime now)
    {
        var next = now.AddMinutes(_minutes[Math.Clamp(attempt - 1, 0, _minutes.Length - 1)]);
        var end = firstTriedAt + Longest;
        return now >= end ? null
            : next <= end ? next
            : end; // a last try at the very end
    }

    /// <summary>
    /// True when the refusal is about the address itself, so that nothing should be sent there again: 5.1.x or 5.2.1
    /// (RFC 3463), or a bare 550, 551 or 553. A full mailbox, a spam filter or our own settings say nothing about it.
    /// </summary>
    public static bool AddressIsBad(RecipientOutcome outcome) =>
        outcome.Result == DeliveryResult.PermanentFailure && outcome.Why is null && AddressIsBad(outcome.Reply);

    /// <summary>As <see cref="AddressIsBad(RecipientOutcome)"/>, from a reply or status code alone.</summary>
    public static bool AddressIsBad(string reply)
    {
        var words = reply.Split([' ', '-', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var status = words.Take(2).FirstOrDefault(w => w.Length >= 5 && w[0] == '5' && w[1] == '.');
        return status is not null
            ? status.StartsWith("5.1.", StringComparison.Ordinal) || status is "5.2.1" or "5.0.0"
            : words.FirstOrDefault() is "550" or "551" or "553";
    }
}
