using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>The mails of the follow-up, written into the outbox in the caller's transaction. No person wrote them.</summary>
public sealed class SurveyMails(ComplaintsDb db, Letters letters, House house, TimeProvider clock)
{
    /// <summary>What the key of every survey mail of that plan begins with.</summary>
    public static string KeysOf(PlannedFollowUp plan) =>
        plan.Touch == 1 ? $"survey:{plan.ComplaintId}:{plan.Cycle}:" : $"survey{plan.Touch}:{plan.ComplaintId}:{plan.Cycle}:";

    /// <summary>The survey, or a reminder of it, to the customer's usable address. The first takes its step back when it bounces.</summary>
    public Task<OutMessage?> AskAsync(Complaint complaint, PlannedFollowUp plan, bool reminder, CancellationToken cancel) =>
        AskAsync(complaint, plan, reminder ? MailPurpose.SurveyReminder : MailPurpose.Survey, reminder ? null : Verb.FollowUp, cancel);

    /// <summary>The question whether it still holds, weeks after closing.</summary>
    public Task<OutMessage?> AskAgainAsync(Complaint complaint, PlannedFollowUp plan, CancellationToken cancel) =>
        AskAsync(complaint, plan, MailPurpose.SecondTouch, null, cancel);

    private Task<OutMessage?> AskAsync(Complaint complaint, PlannedFollowUp plan, MailPurpose purpose, Verb? step, CancellationToken cancel)
    {
        var language = complaint.Customer.Language;
        var link = house.SurveyLink(plan.Id, plan.LinkExpiresAt!.Value);
        var marks = Enum.GetValues<Dimension>().Select(d => $"{Tongue.Name(language, d)}\t{link}?{d.ToString().ToLowerInvariant()}=");
        return letters.WriteAsync(
            new Letter
            {
                Key = KeysOf(plan) + plan.Mails++,
                Purpose = purpose,
                To = complaint.UsableMail!,
                Language = language,
                ComplaintId = complaint.Id,
                Reference = complaint.Reference,
                CustomerId = complaint.CustomerId,
                Step = (int?)step,
                UnsubscribeUrl = house.UnsubscribeLink(complaint.CustomerId, clock.GetUtcNow().UtcDateTime),
                Fields = new()
                {
                    ["customer"] = complaint.Customer.Name,
                    ["summary"] = complaint.Summary,
                    ["unit"] = complaint.Unit.NameIn(language),
                    ["link"] = link,
                    ["marks"] = string.Join('\n', marks),
                },
            },
            cancel
        );
    }

    /// <summary>Tells the customer whose answer reopened the complaint that we are at it again; nothing without an address.</summary>
    public async Task TellReopenedAsync(Complaint complaint, DateTime now, TimeZoneInfo zone, DateTime? due)
    {
        if (complaint.UsableMail is not { } to)
        {
            return;
        }

        var reader = new Reader(complaint.Customer.Language, zone);
        await letters.WriteAsync(
            new Letter
            {
                Key = $"reopened:{complaint.Id}:{complaint.Cycle}:0",
                Purpose = MailPurpose.ReopenedNotice,
                To = to,
                Language = reader.Language,
                ComplaintId = complaint.Id,
                Reference = complaint.Reference,
                CustomerId = complaint.CustomerId,
                Fields = new()
                {
                    ["customer"] = complaint.Customer.Name,
                    ["summary"] = complaint.Summary,
                    ["unit"] = complaint.Unit.NameIn(reader.Language),
                    ["link"] = house.StatusLink(complaint.Id, now),
                    ["next"] = Tongue.Say(
                        reader,
                        due is { } by
                            ? new Sentence("somebody else will look at it and answer you by {0}.", by)
                            : new Sentence("somebody else will look at it and be in touch.")
                    ),
                },
            }
        );
    }

    /// <summary>
    /// A new link for one whose time is over, sent to the address we have and nowhere else; at most one a day.
    /// </summary>
    /// <returns>False when there is no address to send it to.</returns>
    public async Task<bool> SendFreshLinkAsync(Complaint complaint, string kind, string link, DateTime now)
    {
        if (complaint.UsableMail is not { } to)
        {
            return false;
        }

        var language = complaint.Customer.Language;
        await letters.WriteAsync(
            new Letter
            {
                Key = $"link:{complaint.Id}:{kind}:{now:yyyyMMdd}",
                Purpose = MailPurpose.FreshLink,
                To = to,
                Language = language,
                ComplaintId = complaint.Id,
                Reference = complaint.Reference,
                CustomerId = complaint.CustomerId,
                Fields = new()
                {
                    ["customer"] = complaint.Customer.Name,
                    ["summary"] = complaint.Summary,
                    ["unit"] = complaint.Unit.NameIn(language),
                    ["link"] = link,
                },
            }
        );
        return true;
    }

    /// <summary>Stops what is written and not yet sent: nobody is reminded of what they have answered.</summary>
    public async Task DropWaitingAsync(PlannedFollowUp plan, DateTime now)
    {
        var keys = KeysOf(plan);
        var waiting = await db.OutDeliveries.Where(d => d.State == DeliveryState.Waiting && d.Message!.Key.StartsWith(keys)).ToListAsync();
        foreach (var delivery in waiting)
        {
            (delivery.State, delivery.NextTryAt, delivery.SettledAt, delivery.ToldAt) = (DeliveryState.Dropped, null, now, now);
        }
    }
}
