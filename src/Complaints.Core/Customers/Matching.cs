using System.Text;

namespace Complaints.Customers;

/// <summary>How two ways of writing the same contact point are recognised as one. Pure.</summary>
public static class Matching
{
    /// <summary>
    /// The form that is compared. Mail and handles: NFKC, trimmed, lower case. Phones: digits only, an international
    /// prefix (00 or +) dropped, so that the last digits of two ways of writing one number are equal.
    /// </summary>
    public static string Normalise(ContactKind kind, string value)
    {
        var text = value.Normalize(NormalizationForm.FormKC).Trim();
        if (kind != ContactKind.Phone)
        {
            return text.ToLowerInvariant();
        }

        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    /// <summary>What kind of contact point a person typed: an address with @, five or more digits, or a handle.</summary>
    public static ContactKind KindOf(string typed) =>
        typed.Contains('@', StringComparison.Ordinal) && typed.IndexOf('@', StringComparison.Ordinal) > 0 ? ContactKind.Mail
        : typed.Count(char.IsAsciiDigit) >= 5 && !typed.Any(char.IsLetter) ? ContactKind.Phone
        : ContactKind.Social;

    /// <summary>
    /// True when two contact points of one kind are the same: for phones also when one has a country code and the other
    /// its leading zero, as long as eight digits or more agree.
    /// </summary>
    public static bool Same(ContactKind kind, string normalised, string other)
    {
        if (kind != ContactKind.Phone)
        {
            return normalised == other;
        }

        var (a, b) = (normalised.TrimStart('0'), other.TrimStart('0'));
        var (few, many) = a.Length <= b.Length ? (a, b) : (b, a);
        return a == b || (few.Length >= 8 && many.Length - few.Length <= 3 && many.EndsWith(few, StringComparison.Ordinal));
    }

    /// <summary>
    /// True when one name fits the other: the same words, or all of the shorter one's, in any order and case. "G Okafor"
    /// does not fit "Grace Okafor": whoever shares a phone or a mail address must not get somebody else's complaints.
    /// </summary>
    public static bool NameFits(string one, string other)
    {
        var (a, b) = (Words(one), Words(other));
        var (few, many) = a.Count <= b.Count ? (a, b) : (b, a);
        return few.Count > 0 && few.All(many.Contains) && (few.Count > 1 || many.Count == 1);
    }

    private static HashSet<string> Words(string name) =>
        [
            .. name.Normalize(NormalizationForm.FormKC)
                .ToLowerInvariant()
                .Split([' ', '.', ',', '-', '·', '　'], StringSplitOptions.RemoveEmptyEntries),
        ];
}
