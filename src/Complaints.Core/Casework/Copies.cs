using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Who is to get a copy of a mail to the customer, checked before it is written.</summary>
/// <param name="Addresses">Each once, without the customer's own.</param>
/// <param name="Warnings">What a person should know before sending; they may send all the same.</param>
public sealed record Copies(IReadOnlyList<string> Addresses, IReadOnlyList<(string Address, Sentence Say)> Warnings)
{
    /// <summary>More are a mailing list, which a complaint is not for.</summary>
    public const int Most = 10;

    /// <summary>The field of the form.</summary>
    public const string Field = "Cc";

    /// <summary>Reads what was typed and looks each address up.</summary>
    /// <param name="typed">Addresses, with or without names, separated by commas, semicolons or lines.</param>
    /// <param name="complaint">With its customer's contact points.</param>
    /// <param name="isOurs">Is this an address that we ourselves read?</param>
    /// <exception cref="Refusal">One is no address, is ours, or wants no mail of ours; or there are too many.</exception>
    public static async Task<Copies> ReadAsync(
        ComplaintsDb db,
        Complaint complaint,
        string? typed,
        Func<string, bool> isOurs,
        CancellationToken cancel = default
    )
    {
        var own = complaint.UsableMail is { } mail ? Matching.Normalise(ContactKind.Mail, mail) : "";
        var all = Split(typed)
            .DistinctBy(a => Matching.Normalise(ContactKind.Mail, a))
            .Where(a => Matching.Normalise(ContactKind.Mail, a) != own)
            .ToList();
        if (all.Count > Most)
        {
            throw new Refusal(new Sentence("A mail may be copied to {0} people at most. Take some out.", Most), Field);
        }

        var warnings = new List<(string, Sentence)>();
        foreach (var address in all)
        {
            if (isOurs(Matching.Normalise(ContactKind.Mail, address)))
            {
                throw new Refusal(
                    new Sentence("{0} is our own address; the copy would come back as an answer. Take it out.", address),
                    Field
                );
            }

            warnings.AddRange((await WarningsAsync(db, complaint, address, cancel)).Select(w => (address, w)));
        }

        return new Copies(all, warnings);
    }

    private static IEnumerable<string> Split(string? typed)
    {
        var text = (typed ?? "").Normalize(System.Text.NormalizationForm.FormKC).Replace('、', ',').ReplaceLineEndings(",");
        foreach (var piece in text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (open, close) = (piece.LastIndexOf('<'), piece.LastIndexOf('>'));
            var address = open >= 0 && close > open ? piece[(open + 1)..close].Trim() : piece;

            // Letters beyond ASCII before the at-sign would ask of every server on the way that it can carry them.
            yield return Correspondent.IsAddress(address)
            && address.Contains('.', StringComparison.Ordinal)
            && address[..address.LastIndexOf('@')].All(char.IsAscii)
                ? address
                : throw new Refusal(new Sentence("“{0}” is not a mail address. Write it like name@example.com.", piece), Field);
        }
    }

    private static async Task<List<Sentence>> WarningsAsync(ComplaintsDb db, Complaint complaint, string address, CancellationToken cancel)
    {
        var same = Matching.Normalise(ContactKind.Mail, address);
        var points = await db
            .ContactPoints.AsNoTracking()
            .Where(p => p.Kind == ContactKind.Mail && p.Normalised == same)
            .ToListAsync(cancel);
        var known = await db.Participants.AsNoTracking().Where(p => p.Normalised == same).ToListAsync(cancel);
        if (points.Exists(p => p.UnwantedAt is not null) || known.Exists(p => p.UnwantedAt is not null))
        {
            throw new Refusal(
                new Sentence("The owner of {0} reported a mail of ours as unwanted; nothing is sent there any more. Take it out.", address),
                Field
            );
        }

        if (points.Exists(p => p.CustomerId == complaint.CustomerId && p.BouncedAt is not null))
        {
            throw new Refusal(
                new Sentence("A mail to {0} came back, and it is marked so with the customer. Correct it there, or take it out.", address),
                Field
            );
        }

        var warnings = new List<Sentence>();
        if (points.Exists(p => p.BouncedAt is not null) || known.Exists(p => p.BouncedAt is not null))
        {
            warnings.Add(new Sentence("An earlier mail to {0} came back.", address));
        }

        var upper = address.ToUpperInvariant();
        if (await db.Staff.Where(s => s.NormalizedEmail == upper).Select(s => s.Name).FirstOrDefaultAsync(cancel) is { } colleague)
        {
            warnings.Add(
                new Sentence(
                    "{0} is {1}, who works here. The customer will see that address, and colleagues read the complaint here anyway.",
                    address,
                    colleague
                )
            );
        }

        return warnings;
    }
}
