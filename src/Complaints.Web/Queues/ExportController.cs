using System.Globalization;
using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>
/// The list as a file for spreadsheets: what the person sees with these filters and no more, written page by page while it
/// is read, so that its length costs no memory.
/// </summary>
[Needs(Right.Read)]
public sealed class ExportController(QueueReader queues, Offered offered, ComplaintsDb db) : DeskController
{
    /// <summary>Rows of one file at most.</summary>
    public const int Most = 10_000;

    private const int Batch = 500;
    private const int MostBatches = 200;

    /// <summary>The file: UTF-8 with a mark, so that spreadsheets read it; times in the reader's zone.</summary>
    [HttpGet("/queues/{list}/export.csv")]
    public async Task Show(string list, QueueFilter filter)
    {
        var queue = Queue.Find(list) ?? throw new NotHere();
        if (queue.Name == "mine" && !Me.May(Right.Work))
        {
            throw new NotHere();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"complaints-{queue.Name}.csv\"";
        HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await Response.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray(), HttpContext.RequestAborted);
        var fields = await db.CaseFields.AsNoTracking().Where(f => f.Active).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync();
        var categories = (await offered.CategoriesAsync()).ToDictionary(c => c.Id, c => c.Name.Trim());
        await LineAsync([.. Heads(), .. fields.Select(f => f.NameIn(Me.Reader.Language))]);
        string? after = null;
        for (var (rows, batch) = (0, 0); batch < MostBatches; batch++)
        {
            var page = await queues.ReadAsync(queue, filter, after, size: Math.Min(Batch, Most - rows));
            var labels = await RowLabels.ReadAsync(db, page.Rows, tags: true, fields: true);
            foreach (var row in page.Rows)
            {
                var values = labels.Values(row.Id);
                await LineAsync([.. Cells(row, categories, labels), .. fields.Select(f => values.GetValueOrDefault(f.Id))]);
            }

            rows += page.Rows.Count;
            if (page.Older is null)
            {
                return;
            }

            if (rows >= Most || batch == MostBatches - 1)
            {
                await LineAsync([T["Cut off here after {0} rows. Filter the list to have the rest in another file.", rows]]);
                return;
            }

            after = page.Older;
        }
    }

    private string[] Heads() =>
        [
            T["Reference"],
            T["Summary"],
            T["Customer"],
            T["Tier"],
            T["Severity"],
            T["State"],
            T["Channel"],
            T["Category"],
            T["Unit"],
            T["Held by"],
            T["Received|column"],
            T["Due|list"],
            T["Resolved|column"],
            T["Closed"],
            T["Level"],
            T["Amount in dispute"],
            T["Currency"],
            T["Tags"],
        ];

    private IEnumerable<string?> Cells(QueueRow row, Dictionary<long, string> categories, RowLabels labels) =>
        [
            row.Reference,
            row.Summary,
            row.Customer,
            T[row.Tier],
            T[row.Weight],
            T[row.State],
            T[row.Channel],
            row.CategoryId is { } category ? categories.GetValueOrDefault(category) : null,
            row.Unit,
            row.Owner,
            Time(row.ReceivedAt),
            Time(row.NextDueAt),
            Time(row.ResolvedAt),
            Time(row.ClosedAt),
            row.Level.ToString(CultureInfo.InvariantCulture),
            row.Dispute?.Plain,
            row.DisputeCurrency,
            string.Join(", ", labels.Tags(row.Id)),
        ];

    private string? Time(DateTime? utc) =>
        utc is { } at ? Me.Reader.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null;

    private Task LineAsync(IEnumerable<string?> cells) =>
        Response.WriteAsync(string.Join(',', cells.Select(Cell)) + "\r\n", HttpContext.RequestAborted);

    /// <summary>A cell; a plain number stays one, sign and all.</summary>
    public static string Cell(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? SheetField.Quoted(text)
            : SheetField.Of(text);
}
