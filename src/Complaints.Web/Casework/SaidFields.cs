using Complaints.Language;

namespace Complaints.Web.Casework;

/// <summary>The part of a form that asks how something was said, and what.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Form">Name of the form.</param>
/// <param name="First">Words to start from.</param>
/// <param name="Document">Key of the regime's document chosen at first; null for none.</param>
/// <param name="Label">What the words are called.</param>
public sealed record SaidFields(CasePage Page, string Form, string First, string? Document, string Label);
