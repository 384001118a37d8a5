using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;

namespace Complaints.Web.Casework;

/// <summary>What approving one remedy and approving many share: the verb, and the letter of the resolution that waited for it.</summary>
public abstract class ApprovingController(Enclosures enclosures) : CaseController
{
    /// <summary>What the person may grant alone on that complaint, minor units; null when no limit is set.</summary>
    protected Task<long?> LimitAsync(Complaint complaint, string? currency) =>
        currency is null
            ? Task.FromResult<long?>(null)
            : Limits.OfAsync(Db, Me.Member.Role, Me.Member.EffectiveSeat, complaint.Tier, currency);

    /// <summary>Approves a remedy that waits, with the resolution it waits with; the caller saves.</summary>
    protected async Task<Sentence> ApproveAsync(Complaint complaint, DeadlineBook book, Grant grant)
    {
        var limit = await LimitAsync(complaint, grant.Currency);
        if (grant.Request is { DecidedAt: null } approval)
        {
            return await ApproveAsync(complaint, book, approval, limit);
        }

        complaint.ApproveOffer(grant, Me.Actor, Now, limit, book);
        return new Sentence("Approved. The customer can be told.");
    }

    /// <summary>Approves the remedy that waits with a resolution, which is then done as it was asked for.</summary>
    protected async Task<Sentence> ApproveAsync(Complaint complaint, DeadlineBook book, Approval approval, long? limit)
    {
        var said = approval.Statement;
        var resolution = approval.Resolution;
        var key = await KeyAsync(complaint, MailPurpose.Resolution, said.Channel);
        var document = CaseMail.DocumentFor(complaint, MailPurpose.Resolution);
        complaint.Approve(Me.Actor, Now, limit, book, key);
        var form = new SaidForm
        {
            Channel = said.Channel,
            Words = said.Words,
            Document = document,
        };
        var words = ResolutionController.WordsOf(resolution, said.Words) with
        {
            AuthorId = approval.AskedById,
            AuthorName = approval.AskedByName,
            Typed = TypedAgain(resolution, said),
        };
        var with = await enclosures.ReopenAsync(complaint, approval.Enclosure, key is not null);
        if (key is not null)
        {
            await Participants.JoinAsync(Db, complaint, with.Copies, key, Me.Actor, Now);
            words = words with { Copies = with.Copies, Files = [.. with.Files.Select(f => f.Out)], Quoted = with.Quoted };
        }

        await LeaveAsync(complaint, book, key, MailPurpose.Resolution, form, words, "resolution");
        return new Sentence("Approved, and resolved as {0} asked.", approval.AskedByName);
    }

    private static string TypedAgain(Resolution resolution, Statement said) =>
        CasePages.Keep(
            "resolution",
            new Dictionary<string, string?>
            {
                ["Channel"] = said.Channel.ToString(),
                ["Words"] = said.Words,
                ["Solution"] = resolution.Solution,
                ["Remedy"] = resolution.Remedy.ToString(),
                ["Amount"] = resolution.Amount?.Amount,
                ["Currency"] = resolution.Amount?.Currency,
                ["RootCauseId"] = resolution.RootCauseId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["CorrectiveAction"] = resolution.CorrectiveAction,
                ["CustomerAgreed"] = resolution.CustomerAgreed?.ToString(),
                ["Outcome"] = resolution.Outcome.ToString(),
            }
        );
}
