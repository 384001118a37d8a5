using Complaints.Casework;

namespace Complaints.Web.Casework;

/// <summary>A remedy with the forms of what can be done with it, on the page of its complaint or on the list of payments.</summary>
/// <param name="Grant">With its payments on the complaint's page.</param>
/// <param name="Reference">Of the complaint.</param>
/// <param name="Today">Where the person is.</param>
/// <param name="Page">The complaint's page, for what was typed; null on the list.</param>
/// <param name="Back">The list's own query; null on the complaint's page.</param>
public sealed record GrantForms(Grant Grant, string Reference, DateOnly Today, CasePage? Page = null, string? Back = null)
{
    /// <summary>Name of the forms.</summary>
    public string Form => RemedyController.Form(Grant.Id);

    /// <summary>Where the forms go.</summary>
    public string Url => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/complaints/{Reference}/remedies/{Grant.Id}");

    /// <summary>Value of a field: what was typed, else <paramref name="otherwise"/>.</summary>
    public string? Value(string field, string? otherwise = null) => Page?.Value(Form, field, otherwise) ?? otherwise;

    /// <summary>True when a form with that field came back.</summary>
    public bool Again(string field) => Page?.Value(Form, field) is not null;
}
