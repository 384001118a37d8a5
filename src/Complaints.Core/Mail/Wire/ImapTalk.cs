using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// The conversation with an IMAP server: one command after the other, each with its tag, and whatever the server tells in
/// between. Keeps what it offers, how many messages there are, and its warnings.
/// </summary>
internal sealed class ImapTalk(ImapSettings settings, ImapWire wire)
{
    private const int Small = 64 * 1024;
    private const int MostResponses = 5_000_000;

    private readonly List<string> _secrets = [];
    private HashSet<string> _offers = new(StringComparer.OrdinalIgnoreCase);
    private string _alert = "";
    private int _tag;

    /// <summary>Messages in the folder, by the last the server told.</summary>
    public long Exists { get; private set; }

    /// <summary>More messages have come since <see cref="Forget"/>.</summary>
    public bool News { get; private set; }

    /// <summary>No command is under way, so that the next one would be understood.</summary>
    public bool Idle { get; private set; }

    public IEnumerable<string> Ways => _offers.Where(o => o.StartsWith("AUTH=", StringComparison.OrdinalIgnoreCase)).Select(o => o[5..]);

    public bool Offers(string extension) => _offers.Contains(extension);

    /// <summary>From here on, only messages that come later are news.</summary>
    public void Forget() => News = false;

    /// <summary>This is never repeated in a failure, whatever the server says; some quote what they do not understand.</summary>
    public void Hide(string secret) => _secrets.Add(secret);

    /// <summary>The server's words to a person, with its last warning.</summary>
    public string Words(ImapResponse response)
    {
        var code = response.Code.Count > 0 ? $"[{response.Code[0]}] " : "";
        var said = code + response.Text + (_alert.Length == 0 || response.Text == _alert ? "" : $" – {_alert}");
        return _secrets
            .Where(s => s.Length > 0)
            .OrderByDescending(s => s.Length)
            .Aggregate(said, (text, secret) => text.Replace(secret, "•••", StringComparison.Ordinal))
            .Trim();
    }

    /// <summary>Hears the greeting; true when the server has let us in already.</summary>
    public async Task<bool> GreetedAsync(CancellationToken cancel)
    {
        var greeting = await wire.HearAsync(Small, cancel);
        if (greeting is { Untagged: true, Kind: "BYE" or "NO" or "BAD" })
        {
            throw new MailSourceFailure(new Sentence("The mail server {0} turned us away: {1}", settings.Host, Words(greeting)));
        }

        if (greeting is not { Untagged: true, Kind: "OK" or "PREAUTH" })
        {
            throw Strange();
        }

        Idle = true;
        return greeting.Kind == "PREAUTH";
    }

    /// <summary>Asks what the server offers now; before and after TLS and signing in that is never the same.</summary>
    public async Task AskOffersAsync(CancellationToken cancel)
    {
        var offers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var answer = await AskAsync(
            "CAPABILITY",
            cancel,
            r => offers.UnionWith(r.Kind == "CAPABILITY" ? r.Values.Where(v => v.Items is null).Select(v => v.Text) : [])
        );
        _offers = answer.Good ? offers : throw Refused(answer);
    }

    /// <summary>Sends a command and hears it out.</summary>
    /// <param name="command">The command without its tag; nothing from outside may stand in it unquoted.</param>
    /// <param name="cancel">Stops; the connection is of no more use then.</param>
    /// <param name="heard">Is told each untagged response.</param>
    /// <param name="more">What to send when the server waits for more; null answers everything with "*", which gives up.</param>
    /// <param name="keep">Longest block that is wanted, in bytes.</param>
    /// <returns>OK, NO or BAD.</returns>
    public async Task<ImapResponse> AskAsync(
        string command,
        CancellationToken cancel,
        Action<ImapResponse>? heard = null,
        Func<ImapResponse, string>? more = null,
        int keep = Small
    )
    {
        var tag = await BeginAsync(command, cancel);
        for (var i = 0; i < MostResponses; i++)
        {
            var response = await HearAsync(keep, cancel);
            if (response.Tag == tag)
            {
                return Ended(response);
            }

            if (response.More)
            {
                await SayAsync(more?.Invoke(response) ?? "*", cancel);
            }
            else if (response.Untagged)
            {
                heard?.Invoke(response);
            }
            else
            {
                throw Strange();
            }
        }

        throw Strange();
    }

    /// <summary>Sends a command and gives its tag; the caller hears it out.</summary>
    public async Task<string> BeginAsync(string command, CancellationToken cancel)
    {
        Idle = false;
        var tag = $"C{++_tag}";
        await SayAsync($"{tag} {command}", cancel);
        return tag;
    }

    /// <summary>Takes note that the command begun has come to its end.</summary>
    public ImapResponse Ended(ImapResponse response)
    {
        Idle = response.Kind is "OK" or "NO" or "BAD" ? true : throw Strange();
        return response;
    }

    public Task SayAsync(string line, CancellationToken cancel) => wire.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);

    /// <summary>Hears one response and takes note of what it tells.</summary>
    public async Task<ImapResponse> HearAsync(int keep, CancellationToken cancel)
    {
        var response = await wire.HearAsync(keep, cancel);
        if (response.HasCode("ALERT"))
        {
            _alert = response.Text;
        }

        if (!response.Untagged)
        {
            return response;
        }

        switch (response.Kind)
        {
            case "EXISTS":
                News |= response.Number > Exists;
                Exists = response.Number;
                break;
            case "EXPUNGE":
                Exists = Math.Max(0, Exists - 1);
                break;
            case "BYE":
                throw new MailSourceFailure(new Sentence("The mail server {0} ended the connection: {1}", settings.Host, Words(response)));
            default:
                break;
        }

        return response;
    }

    /// <summary>The server says no to something that should have worked.</summary>
    public MailSourceFailure Refused(ImapResponse response) =>
        new(new Sentence("The mail server {0} could not do what was asked: {1}", settings.Host, Words(response)));

    /// <summary>The server says what no mail server would.</summary>
    public MailSourceFailure Strange() =>
        new(
            new Sentence(
                "What answers at {0} on port {1} does not speak like a mail server. Check the address and the port.",
                settings.Host,
                UidSet.Number(settings.Port)
            )
        );
}
