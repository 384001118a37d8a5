using System.Text.Encodings.Web;
using System.Text.Json;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>
/// What a mail that a person put off says, kept until it has left. Acknowledging means that the customer knows, and
/// apologizing that they were told: of a mail that lies here until tomorrow neither is true today. So the step, its clock
/// and the silence since a person was in touch count from the moment the mail server takes it, and until then the step
/// stays owed. (The fifteen seconds of undo are another matter: there the step is done at once and taken back, because
/// nobody can be told of it in between.)
/// </summary>
/// <param name="Step">The step it does; null for a reply.</param>
/// <param name="Words">The words.</param>
/// <param name="NoFaultFound">See <see cref="Apology"/>.</param>
/// <param name="Shortfall">See <see cref="Apology"/>.</param>
public sealed record SaidLater(Verb? Step, string Words, bool NoFaultFound, string? Shortfall)
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of these words.</summary>
    public static SaidLater Of(CaseWords words) => new(words.Step, words.Text, words.NoFaultFound, words.Shortfall);

    /// <summary>As it is kept with the mail.</summary>
    public string Write() => JsonSerializer.Serialize(this, _json);

    /// <summary>Refuses what could not be done when its time comes, such as an apology before the acknowledgement.</summary>
    /// <exception cref="Refusal">The step is not open, or words are missing.</exception>
    public static void Check(Complaint complaint, Actor actor, CaseWords words)
    {
        if (string.IsNullOrWhiteSpace(words.Text))
        {
            throw new Refusal(new Sentence("Write down what was said or sent."), nameof(Statement.Words));
        }

        if (words is { Step: Verb.Apologize, NoFaultFound: false } && string.IsNullOrWhiteSpace(words.Shortfall))
        {
            throw new Refusal(new Sentence("Name the shortfall we own up to, or mark “no fault found so far”."), nameof(Apology.Shortfall));
        }

        if (words.Step is { } step)
        {
            _ = Lifecycle.Row(complaint.State, step, actor);
        }
    }

    /// <summary>The mail has left: what it says counts from then on.</summary>
    /// <param name="at">UTC time it left.</param>
    public static void Count(Complaint complaint, OutMessage message, Actor author, DateTime at, DeadlineBook book)
    {
        if (message.SaidWhenSent is not { } kept)
        {
            return;
        }

        var said = JsonSerializer.Deserialize<SaidLater>(kept, _json)!;
        var words = new Statement(Channel.Email, said.Words);
        message.SaidWhenSent = null;
        try
        {
            switch (said.Step)
            {
                case Verb.Acknowledge:
                    complaint.Acknowledge(author, at, words, book, message.Key);
                    return;
                case Verb.Apologize:
                    complaint.Apologize(author, at, new Apology(said.NoFaultFound, said.Shortfall), words, message.Key);
                    return;
            }
        }
        catch (Refusal)
        {
            message.Step = null; // somebody did the step in another way meanwhile; should this mail come back, theirs stands
        }

        complaint.SpeakTo(author, at, words, message.Key);
    }
}
