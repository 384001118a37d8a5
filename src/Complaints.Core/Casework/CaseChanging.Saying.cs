using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;

namespace Complaints.Casework;

/// <content>Words to the customer: by the verbs a person's own words go by, and refused where those would be.</content>
public sealed partial class CaseChanging
{
    private async Task SayAsync(
        Complaint complaint,
        MailPurpose purpose,
        string text,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        bool really,
        CancellationToken cancel,
        string? shortfall = null,
        string? document = null
    )
    {
        Writable(complaint);
        var step = StepOf(purpose);
        var letter = new CaseWords
        {
            Text = text,
            AuthorId = actor.StaffId,
            AuthorName = actor.Name,
            Step = step,
            Shortfall = shortfall,
            NoFaultFound = shortfall is null,
            Document = CaseMail.Demanded(complaint).Contains(document ?? "") ? document : null,
        };
        await DemandAsync(complaint, purpose, letter, book, cancel);
        var key = really ? await mails.KeyAsync(purpose, complaint, cancel) : "-";
        var said = new Statement(Channel.Email, text);
        _ = step switch
        {
            Verb.Acknowledge => complaint.Acknowledge(actor, now, said, book, key),
            Verb.Apologize => complaint.Apologize(actor, now, new Apology(shortfall is null, shortfall), said, key),
            _ => complaint.SpeakTo(actor, now, said, key),
        };
        if (really)
        {
            await PhraseBook.CountAsync(db, text, complaint.Unit.Path, complaint.Id, actor.StaffId, now, key, cancel);
            await mails.WriteAsync(complaint, purpose, key, letter, book, cancel);
        }
    }

    private static Verb? StepOf(MailPurpose purpose) =>
        purpose switch
        {
            MailPurpose.Acknowledgement => Verb.Acknowledge,
            MailPurpose.Apology or MailPurpose.ApologyNoFault => Verb.Apologize,
            _ => null,
        };

    private static void Writable(Complaint complaint)
    {
        if (CommonWords.WhyNot(complaint) is { } why)
        {
            throw new Refusal(why);
        }
    }

    /// <summary>A regulator's final answer that lacks what the regulator demands of it does not leave by this way either.</summary>
    private async Task DemandAsync(Complaint complaint, MailPurpose purpose, CaseWords words, DeadlineBook book, CancellationToken cancel)
    {
        if (await advising.LackingAsync(complaint, purpose, words, book, byMail: true, cancel) is { Count: > 0 } lacking)
        {
            throw new Refusal(
                new Sentence(
                    "it would be the regulator's final answer and lacks “{0}”: put it into the reply, or answer by hand.",
                    lacking[0]
                )
            );
        }
    }
}
