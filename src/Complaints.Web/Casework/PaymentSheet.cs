using System.Globalization;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Language;

namespace Complaints.Web.Casework;

/// <summary>Payments as a CSV sheet for bookkeeping: one line each, reversals with a minus; amounts with a point and no separators.</summary>
public static class PaymentSheet
{
    /// <summary>The text, without the byte order mark.</summary>
    /// <param name="payments">With grant, complaint, customer and unit.</param>
    public static string Write(IEnumerable<Payment> payments, Spoken t)
    {
        string[] head =
        [
            t["Payment"],
            t["Paid on"],
            t["Amount"],
            t["Currency"],
            t["How|paid"],
            t["Payment reference"],
            t["Remedy"],
            t["Complaint"],
            t["Customer"],
            t["Unit"],
            t["Offered by"],
            t["Approved by"],
            t["Entered by"],
            t["Entered at (UTC)"],
            t["Reverses payment"],
            t["Why"],
        ];
        var text = new StringBuilder().AppendJoin(',', head.Select(Words)).Append("\r\n");
        foreach (var p in payments)
        {
            string[] line =
            [
                Number(p.Id),
                p.PaidOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Decimal(p.Amount),
                Words(p.Currency),
                Words(t[p.Way]),
                Words(p.Reference),
                Words(t[p.Grant.Remedy]),
                Words(p.Grant.Complaint.Reference),
                Words(p.Grant.Complaint.Customer.Name),
                Words(p.Grant.Complaint.Unit.NameIn(t.Reader.Language)),
                Words(p.Grant.OfferedByName),
                Words(p.Grant.ApprovedByName),
                Words(p.EnteredByName),
                p.EnteredAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                p.ReversesId is { } of ? Number(of) : "",
                Words(p.Reason),
            ];
            text.AppendJoin(',', line).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// A quoted field. What a spreadsheet would take for a formula gets an apostrophe before it: people type references
    /// and names, and the sheet is opened by somebody who trusts it.
    /// </summary>
    internal static string Words(string? text)
    {
        var safe = text ?? "";
        var first = safe.TrimStart(' ', '\u00A0', '\u3000').FirstOrDefault();
        if (first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
        {
            safe = "'" + safe;
        }

        return "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Decimal(Money money)
    {
        var per = Money.MinorPerMajor(money.Currency);
        return ((decimal)money.Minor / per).ToString(
            per == 1 ? "0"
                : per == 100 ? "0.00"
                : "0.000",
            CultureInfo.InvariantCulture
        );
    }
}
