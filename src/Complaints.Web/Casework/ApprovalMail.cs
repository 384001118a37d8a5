using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;

namespace Complaints.Web.Casework;

/// <summary>Tells the first person up the chain whose limit covers a remedy that it waits for them.</summary>
internal static class ApprovalMail
{
    /// <summary>Adds the mail; the caller saves. Who was asked; null when nobody's limit covers it.</summary>
    /// <param name="solution">What is to be done, or why it is offered.</param>
    public static async Task<StaffMember?> WriteAsync(
        IServiceProvider services,
        Complaint complaint,
        Grant grant,
        string solution,
        StaffMember asker,
        DateTime now
    )
    {
        var db = services.GetRequiredService<ComplaintsDb>();
        var approver = await Limits.ApproverAsync(db, complaint, grant, now);
        var from = approver is null
            ? [null]
            : await Telling.TellAsync(
                db,
                [
                    new Told(
                        approver.Id,
                        NoticeKind.ApprovalAsked,
                        complaint,
                        complaint.TimelineCount,
                        asker.Name,
                        new Sentence("{0} waits for your approval.", CaseMail.RemedyPhrase(grant.Remedy, grant.Amount))
                    )
                    {
                        OwnMail = true,
                    },
                ],
                now
            );
        if (approver?.Email is { } address && from[0] is { } notBefore)
        {
            var reader = new Reader(approver.Language, TimeZoneInfo.Utc);
            await services
                .GetRequiredService<Letters>()
                .WriteAsync(
                    new Letter
                    {
                        Key = string.Create(
                            CultureInfo.InvariantCulture,
                            $"approvalrequest:{complaint.Id}:{complaint.Cycle}:{complaint.TimelineCount}"
                        ),
                        Purpose = MailPurpose.ApprovalRequest,
                        To = address,
                        Language = approver.Language,
                        ComplaintId = complaint.Id,
                        Reference = complaint.Reference,
                        NotBefore = notBefore,
                        Fields = new()
                        {
                            ["person"] = approver.Name,
                            ["agent"] = asker.Name,
                            ["customer"] = complaint.Customer.Name,
                            ["summary"] = complaint.Summary,
                            ["unit"] = complaint.Unit.NameIn(approver.Language),
                            ["remedy"] = Tongue.Say(reader, CaseMail.RemedyPhrase(grant.Remedy, grant.Amount)),
                            ["solution"] = solution,
                            ["due"] = complaint.NextDueAt is { } due ? Tongue.Say(reader, new Sentence("{0} UTC", due)) : "",
                            ["why"] = Tongue.Say(reader, new Sentence("It is above what {0} may grant alone.", asker.Name)),
                            ["link"] = services.GetRequiredService<Complaints.Words.House>().StaffLink(complaint.Reference),
                        },
                    }
                );
        }

        return approver;
    }
}
