using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>The one text for everybody under a common cause, and who gets it. Pure.</summary>
public static class CommonWords
{
    /// <summary>Checks it.</summary>
    /// <exception cref="Refusal">It is empty, or has a field that nobody fills in.</exception>
    public static string Checked(string? text)
    {
        var words = text?.Trim() ?? "";
        if (words.Length == 0)
        {
            throw new Refusal(new Sentence("Write what everybody is to read."), "text");
        }

        var rest = For(words, "", "");
        return rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)
            ? throw new Refusal(
                new Sentence("Only {0} and {1} are filled in for each. Take the other braces out.", "{{customer}}", "{{reference}}"),
                "text"
            )
            : words;
    }

    /// <summary>As one of them reads it.</summary>
    public static string For(string text, string customer, string reference) =>
        text.Replace("{{customer}}", customer, StringComparison.Ordinal).Replace("{{reference}}", reference, StringComparison.Ordinal);

    /// <summary>Why that complaint is not written to; null when it is. Customer with contact points loaded.</summary>
    public static Sentence? WhyNot(Complaint complaint) =>
        complaint.Historic ? new Sentence("it comes from an import and is not worked on yet")
        : complaint.UsableMail is null ? new Sentence("the customer has no mail address that works: call or write a letter")
        : null;

    /// <summary>True when that person may write on that complaint. Unit loaded.</summary>
    public static bool Reaches(Actor actor, Complaint complaint) =>
        Rights.Has(actor, Right.Work) && Rights.MaySee(actor, complaint.Unit.Path, complaint.OwnerId, complaint.KeptFrom);
}
