using Complaints.Language;
using Complaints.Web.Language;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Complaints.Web.Shared;

/// <summary>What is said of a field that holds nothing or something else than asked, in the reader's language; the summary links to it.</summary>
public static class UnreadFields
{
    private const int Shown = 60;

    /// <summary>Puts our sentences in the place of the framework's English ones, which name properties.</summary>
    public static void Say(DefaultModelBindingMessageProvider says, IHttpContextAccessor http)
    {
        var empty = new Sentence("This cannot stay empty.");
        says.SetValueMustNotBeNullAccessor(value => string.IsNullOrWhiteSpace(value) ? In(empty) : Odd(value));
        says.SetMissingBindRequiredValueAccessor(_ => In(empty));
        says.SetMissingKeyOrValueAccessor(() => In(empty));
        says.SetMissingRequestBodyRequiredValueAccessor(() => In(empty));
        says.SetValueIsInvalidAccessor(Odd);
        says.SetNonPropertyAttemptedValueIsInvalidAccessor(Odd);
        says.SetAttemptedValueIsInvalidAccessor((value, _) => Odd(value));
        says.SetUnknownValueIsInvalidAccessor(_ => In(empty));
        says.SetNonPropertyUnknownValueIsInvalidAccessor(() => In(empty));

        string Odd(string value) =>
            In(new Sentence("“{0}” does not fit here. Correct it.", value.Length <= Shown ? value : value[..Shown] + "…"));
        string In(Sentence sentence) =>
            http.HttpContext is { } context ? context.RequestServices.GetRequiredService<Spoken>()[sentence] : sentence.ToString();
    }
}
