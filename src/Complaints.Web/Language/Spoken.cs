using Complaints.Language;
using Complaints.Web.Staff;

namespace Complaints.Web.Language;

/// <summary>Says sentences in the language of whoever reads the page. In views: <c>@T["Home"]</c>.</summary>
public sealed class Spoken(Me me)
{
    /// <summary>Language and zone of the page.</summary>
    public Reader Reader => me.Reader;

    /// <summary>The English text in the reader's language, with its places filled.</summary>
    public string this[string text, params object?[] args] => Tongue.Say(Reader, new Sentence(text, args));

    /// <summary>The sentence in the reader's language.</summary>
    public string this[Sentence sentence] => Tongue.Say(Reader, sentence);

    /// <summary>The name of an enum value.</summary>
    public string this[Enum value] => Tongue.Name(Reader.Language, value);
}
