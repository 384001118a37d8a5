using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Web.Casework;

/// <summary>What is typed to answer one point; all empty means that it is not answered here.</summary>
public sealed class PointAnswerForm
{
    public long Id { get; set; }
    public string? Finding { get; set; }
    public Outcome? Outcome { get; set; }
    public long? RootCauseId { get; set; }
    public Remedy Remedy { get; set; }
    public string? Amount { get; set; }
    public string? Currency { get; set; }
    public string? CorrectiveAction { get; set; }
}

/// <summary>Puts the answers of a form to the points of a complaint; what was not touched stays.</summary>
public static class PointAnswers
{
    /// <summary>Answers what is answered; how many answers were new.</summary>
    /// <exception cref="Refusal">A finding without an outcome or the other way round, or an amount that cannot be read.</exception>
    public static int Put(Complaint complaint, List<PointAnswerForm> forms, Actor actor, DateTime now, string currency)
    {
        var answered = 0;
        foreach (var form in forms)
        {
            if (complaint.Points.Find(p => p.Id == form.Id) is { } point && Read(form, point, currency) is { } answer)
            {
                answered += complaint.AnswerPoint(point, actor, now, answer) is null ? 0 : 1;
            }
        }

        return answered;
    }

    private static PointAnswer? Read(PointAnswerForm form, Point point, string currency)
    {
        var finding = form.Finding?.Trim() ?? "";
        if (form.Outcome is null && finding.Length == 0 && point.AnsweredAt is null)
        {
            return null;
        }

        return new PointAnswer(
            finding,
            form.Outcome
                ?? throw new Refusal(
                    new Sentence("Say for “{0}” what was found: upheld, partly upheld or not upheld.", point.What),
                    Complaint.FieldOf(point, "Outcome")
                ),
            form.RootCauseId,
            form.Remedy,
            string.IsNullOrWhiteSpace(form.Amount)
                ? null
                : Money.Read(
                    form.Amount,
                    string.IsNullOrWhiteSpace(form.Currency) ? currency : form.Currency,
                    Complaint.FieldOf(point, "Amount")
                ),
            form.CorrectiveAction
        );
    }
}

/// <summary>The part of a form that answers the points.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Form">Name of the form.</param>
public sealed record PointFields(CasePage Page, string Form)
{
    /// <summary>Name of a field of a point, as the form posts it.</summary>
    public static string Name(long id, string field) => string.Create(CultureInfo.InvariantCulture, $"Points[{id}].{field}");

    /// <summary>What was typed to points that somebody else withdrew meanwhile: nothing typed is lost.</summary>
    public IEnumerable<string> Orphans =>
        Page.Typed is { } typed && typed.Form == Form
            ? typed
                .Values.Where(v =>
                    v.Key.StartsWith("Points[", StringComparison.OrdinalIgnoreCase)
                    && v.Key.EndsWith("].Finding", StringComparison.OrdinalIgnoreCase)
                    && !string.IsNullOrWhiteSpace(v.Value)
                    && Page.Points.All(p => !Name(p.Id, "Finding").Equals(v.Key, StringComparison.OrdinalIgnoreCase))
                )
                .Select(v => v.Value!)
            : [];
}
