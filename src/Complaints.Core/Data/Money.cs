using System.Globalization;
using Complaints.Language;

namespace Complaints.Data;

/// <summary>An amount of money in whole minor units (pence, 分), because SQLite cannot compare decimals.</summary>
/// <param name="Minor">Minor units; never a fraction.</param>
/// <param name="Currency">ISO 4217 code, upper case.</param>
public readonly record struct Money(long Minor, string Currency)
{
    private static readonly HashSet<string> _noMinorUnits = ["JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG", "RWF"];
    private static readonly HashSet<string> _thousandths = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>Minor units in one major unit of the currency: 1, 100 or 1000.</summary>
    public static int MinorPerMajor(string currency) =>
        _noMinorUnits.Contains(currency) ? 1
        : _thousandths.Contains(currency) ? 1000
        : 100;

    /// <summary>Reads an amount a person typed, with or without thousands separators.</summary>
    /// <exception cref="Refusal">It is no amount, is negative, or has more decimals than the currency.</exception>
    public static Money Read(string amount, string currency, string? field = null)
    {
        var code = currency.Trim().ToUpperInvariant();
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
        {
            throw new Refusal(new Sentence("“{0}” is not a currency. Use its three letters, such as GBP or CNY.", currency), field);
        }

        var text = amount.Trim().Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (
            !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > 1_000_000_000_000m
        )
        {
            throw new Refusal(new Sentence("“{0}” is not an amount. Write it like 860.00.", amount), field);
        }

        var minor = value * MinorPerMajor(code);
        return minor == decimal.Truncate(minor)
            ? new Money((long)minor, code)
            : throw new Refusal(new Sentence("{0} has fewer decimals than “{1}”. Round the amount.", code, amount), field);
    }

    /// <summary>The amount with its currency, such as <c>1,860.00 CNY</c>.</summary>
    public override string ToString() => Amount + " " + Currency;

    /// <summary>The amount alone as other programs read it: 1860.00.</summary>
    public string Plain => Amount.Replace(",", "", StringComparison.Ordinal);

    /// <summary>The amount alone, with thousands separators and the currency's decimals.</summary>
    public string Amount
    {
        get
        {
            var per = MinorPerMajor(Currency);
            return ((decimal)Minor / per).ToString(
                per == 1 ? "N0"
                    : per == 100 ? "N2"
                    : "N3",
                CultureInfo.InvariantCulture
            );
        }
    }
}
