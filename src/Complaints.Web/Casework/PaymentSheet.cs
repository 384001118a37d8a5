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
        var text = new StringBuilder().AppendJoin(',', head.Select(SheetField.Of)).Append("\r\n");
        foreach (var p in payments)
        {
            string[] line =
            [
                Number(p.Id),
                p.PaidOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Decimal(p.Amount),
                SheetField.Of(p.Currency),
                SheetField.Of(t[p.Way]),
                SheetField.Of(p.Reference),
                SheetField.Of(t[p.Grant.Remedy]),
                SheetField.Of(p.Grant.Complaint.Reference),
                SheetField.Of(p.Grant.Complaint.Customer.Name),
                SheetField.Of(p.Grant.Complaint.Unit.NameIn(t.Reader.Language)),
                SheetField.Of(p.Grant.OfferedByName),
                SheetField.Of(p.Grant.ApprovedByName),
                SheetField.Of(p.EnteredByName),
                p.EnteredAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                p.ReversesId is { } of ? Number(of) : "",
                SheetField.Of(p.Reason),
            ];
            text.AppendJoin(',', line).Append("\r\n");
        }

        return text.ToString();
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
