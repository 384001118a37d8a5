using Complaints.Data;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>Lets somebody choose a password: by mail, or by a link that the console prints.</summary>
public sealed class Invitations(ComplaintsDb db, OneTimeCodes codes, Letters letters, PublicUrl publicUrl)
{
    /// <summary>Writes the mail with the link; the caller saves. Their unit is read when it is not loaded.</summary>
    /// <param name="member">Who is to choose a password; saved before.</param>
    /// <param name="purpose"><see cref="OneTimeCodes.Invitation"/> or <see cref="OneTimeCodes.Reset"/>.</param>
    public async Task WriteAsync(StaffMember member, string purpose)
    {
        var unit = await db.Units.AsNoTracking().FirstAsync(u => u.Id == member.UnitId);
        var link = await LinkAsync(member, purpose);
        await letters.WriteAsync(
            new Letter
            {
                Key = $"{purpose}:{member.Id}:{Guid.NewGuid():N}",
                Purpose = purpose == OneTimeCodes.Reset ? MailPurpose.PasswordReset : MailPurpose.Invitation,
                To = member.Email!,
                Language = member.Language,
                Fields = new()
                {
                    ["person"] = member.Name,
                    ["unit"] = unit.NameIn(member.Language),
                    ["link"] = link,
                },
            }
        );
    }

    /// <summary>The link itself; the caller saves.</summary>
    public async Task<string> LinkAsync(StaffMember member, string purpose) =>
        $"{publicUrl}/password/{await codes.MakeAsync(purpose, member.Id)}";
}
