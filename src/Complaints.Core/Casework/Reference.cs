using System.Globalization;

namespace Complaints.Casework;

/// <summary>
/// A complaint's reference, readable on the phone: <c>C-26-00482-7</c>. Two digits of the year in the organisation's
/// zone, a running number of at least five digits, and a check digit: Luhn (ISO/IEC 7812-1, annex B) over the digits of
/// year and number, so that any one wrong digit and nearly any swap of two neighbours is noticed. Pure.
/// </summary>
public static class Reference
{
    /// <summary>The reference of the <paramref name="number"/>th complaint of the year.</summary>
    public static string Of(int year, long number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{year % 100:00}{number:00000}");
        return $"C-{digits[..2]}-{digits[2..]}-{CheckDigit(digits)}";
    }

    /// <summary>
    /// The canonical form of what somebody typed or wrote, with or without dashes, in any case and width; null when it
    /// is no reference or its check digit is wrong.
    /// </summary>
    public static string? Read(string? typed)
    {
        var text = (typed ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim();
        if (text.Length is < 9 or > 40 || (text[0] is not ('C' or 'c')))
        {
            return null;
        }

        var digits = new string([.. text.Skip(1).Where(c => c is not ('-' or ' ' or '–' or '—'))]);
        return digits.Length is >= 8 and <= 20 && digits.All(char.IsAsciiDigit) && CheckDigit(digits[..^1]) == digits[^1]
            ? $"C-{digits[..2]}-{digits[2..^1]}-{digits[^1]}"
            : null;
    }

    private static char CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var doubled = (digits.Length - 1 - i) % 2 == 0 ? (digits[i] - '0') * 2 : digits[i] - '0';
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
