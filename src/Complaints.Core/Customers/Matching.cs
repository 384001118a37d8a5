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
}
