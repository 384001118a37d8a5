using System.Globalization;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Writes the mails of notices into the outbox: one for each that comes at once, one for the day's digest. What a mail holds
/// is the reference, what kind of thing happened and a link; the words of a complaint stay in the house. Their keys are unique,
/// so that no number of servers tells anybody twice.
/// </summary>
public sealed class NoticeMails(ComplaintsDb db, Letters letters, Words.House house, TimeProvider clock)
{
    private const int Batch = 200;
    private const int MostLines = 100;

    /// <summary>Writes what is due.</summary>
    /// <returns>How many mails.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var (now, written) = (clock.GetUtcNow().UtcDateTime, 0);
        var people = await db
            .Notices.Where(n => n.MailAt != null && n.MailAt <= now)
            .OrderBy(n => n.MailAt)
            .Select(n => n.StaffId)
            .Take(Batch)
            .ToListAsync(cancel);
        foreach (var id in people.Distinct())
        {
            db.ChangeTracker.Clear();
            try
            {
                written += await db.InTransactionAsync(() => WriteAsync(id, now, cancel), cancel);
            }
            catch (DbUpdateException other) when (other is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(other))
            {
                continue; // another server told them
            }
        }

        return written;
    }

    private async Task<int> WriteAsync(long staffId, DateTime now, CancellationToken cancel)
    {
        var due = await db
            .Notices.Include(n => n.Complaint.Unit)
            .Where(n => n.StaffId == staffId && n.MailAt != null && n.MailAt <= now)
            .OrderBy(n => n.Id)
            .Take(Batch)
            .ToListAsync(cancel);
        var person = await db.Staff.AsNoTracking().Include(s => s.Unit).FirstAsync(s => s.Id == staffId, cancel);
        var listener = (await Telling.ListenersAsync(db, [staffId], cancel)).GetValueOrDefault(staffId);
        var written = 0;
        if (listener is not null && person.Email is not null)
        {
            var actor = Actor.Of(person, listener.Zone);
            var owed = due.Where(n =>
                    n.SeenAt is null
                    && (n.Kind == NoticeKind.Statutory || !listener.IsAway(now))
                    && listener.Choice.Of(n.Kind).Mail != MailWhen.Never // not the one chosen when it happened
                    && Rights.MaySee(actor, n.Complaint.Unit.Path, n.Complaint.OwnerId, n.Complaint.KeptFrom)
                )
                .ToList();
            foreach (var notice in owed.Where(n => !n.InDigest))
            {
                written += await OneAsync(notice, person, actor, cancel) ? 1 : 0;
            }

            var digest = owed.Where(n => n.InDigest).ToList();
            if (digest.Count > 0 && !await DigestAsync(digest, person, actor, now, cancel))
            {
                // The day has had its digest, because the person chose another hour since.
                var next = listener.Choice.NextDigest(now, listener.Zone);
                digest.ForEach(n => n.MailAt = next);
                due.RemoveAll(digest.Contains);
            }
            else
            {
                written += digest.Count > 0 ? 1 : 0;
            }
        }

        due.ForEach(n => n.MailAt = null);
        await db.SaveChangesAsync(cancel);
        return written;
    }

    private async Task<bool> OneAsync(Notice notice, StaffMember person, Actor actor, CancellationToken cancel) =>
        await letters.WriteAsync(
            new Letter
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"notice:{notice.Id}:{notice.Seq}"),
                Purpose = MailPurpose.Notice,
                To = person.Email!,
                Language = person.Language,
                ComplaintId = notice.ComplaintId,
                Reference = notice.Complaint.Reference,
                Fields = new()
                {
                    ["person"] = person.Name,
                    ["why"] = Why(actor.Reader, notice),
                    ["agent"] = By(actor.Reader, notice.By),
                    ["link"] = house.StaffLink(notice.Complaint.Reference),
                },
            },
            cancel
        )
            is not null;

    private async Task<bool> DigestAsync(List<Notice> digest, StaffMember person, Actor actor, DateTime now, CancellationToken cancel)
    {
        var day = TimeZoneInfo.ConvertTimeFromUtc(now, actor.Reader.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var lines = digest
            .GroupBy(n => n.Complaint.Reference)
            .Take(MostLines)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(n => Why(actor.Reader, n)).Distinct())}\n{house.StaffLink(g.Key)}");
        return await letters.WriteAsync(
            new Letter
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"digest:{person.Id}:{day}"),
                Purpose = MailPurpose.Digest,
                To = person.Email!,
                Language = person.Language,
                Fields = new()
                {
                    ["person"] = person.Name,
                    ["number"] = digest.Count.ToString(CultureInfo.InvariantCulture),
                    ["words"] = string.Join("\n\n", lines),
                    ["link"] = house.StaffPage("notices"),
                },
            },
            cancel
        )
            is not null;
    }

    private static string Why(Reader reader, Notice notice) =>
        Tongue.Say(
            reader,
            notice.Number > 1 ? new Sentence("{0}, on {1} complaints", notice.Kind, notice.Number) : new Sentence("{0}", notice.Kind)
        );

    private static string By(Reader reader, string name) =>
        name switch
        {
            "system" => Tongue.Say(reader, new Sentence("the system")),
            "customer" => Tongue.Say(reader, new Sentence("the customer")),
            _ => name,
        };
}
