using System.Text.Json;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>A complaint that is not written to, and why, as a kept sentence.</summary>
public sealed record NotWritten(string Reference, string Why);

/// <summary>Who would get the text, and who would not.</summary>
public sealed record CommonPlan(int Total, int Acknowledged, int Replied, IReadOnlyList<NotWritten> Refused)
{
    /// <summary>How many are written to.</summary>
    public int Written => Acknowledged + Replied;
}

/// <summary>
/// Writes one text to everybody under a common cause, in the background and batch by batch. Each batch is committed together
/// with the note of how far it came, so that a stopped node, or two at once, leave nobody out and write to nobody twice.
/// </summary>
public sealed class CommonAnswers(ComplaintsDb db, DeadlineBooks books, CaseMail mails, TimeProvider clock, WorkReport report)
{
    /// <summary>Complaints in one commit.</summary>
    public const int BatchSize = 25;

    private const int Tries = 20;

    /// <summary>The open complaints under that cause and itself.</summary>
    public static IQueryable<Complaint> Of(ComplaintsDb db, long parentId) =>
        db.Complaints.Where(c => (c.ParentId == parentId || c.Id == parentId) && c.IsOpen);

    /// <summary>What would happen, without doing it. Those the person may not see do not exist for them.</summary>
    public static async Task<CommonPlan> PlanAsync(ComplaintsDb db, long parentId, Actor actor, CancellationToken cancel = default)
    {
        var all = await Whole(Of(db, parentId)).AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancel);
        var seen = all.Where(c => CommonWords.Reaches(actor, c)).ToList();
        var refused = seen.Select(c => (c, Why: CommonWords.WhyNot(c))).Where(x => x.Why is not null).ToList();
        var written = seen.Where(c => CommonWords.WhyNot(c) is null).ToList();
        var first = written.Count(c => c.State == State.Received);
        return new CommonPlan(
            seen.Count,
            first,
            written.Count - first,
            [.. refused.Select(x => new NotWritten(x.c.Reference, KeptSentence.Write(x.Why!)))]
        );
    }

    /// <summary>Asks for it; the timetable does it. The caller saves.</summary>
    /// <exception cref="Refusal">The text cannot be sent, nobody would get it, or one to them is being sent.</exception>
    public static async Task<CommonAnswer> AskAsync(
        ComplaintsDb db,
        long parentId,
        Actor actor,
        string? text,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var words = CommonWords.Checked(text);
        if (await db.CommonAnswers.AnyAsync(a => a.ParentId == parentId && a.EndedAt == null, cancel))
        {
            throw new Refusal("An answer to everybody is being sent already. Wait until that is done.");
        }

        var plan = await PlanAsync(db, parentId, actor, cancel);
        if (plan.Written == 0)
        {
            throw new Refusal("Nobody would get it. See below why.");
        }

        var answer = new CommonAnswer
        {
            ParentId = parentId,
            Text = words,
            ById = actor.StaffId!.Value,
            At = now,
            Total = plan.Total,
        };
        db.CommonAnswers.Add(answer);
        return answer;
    }

    /// <summary>Does what was asked for; nothing when nothing was.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        for (var tries = 0; tries < Tries; )
        {
            cancel.ThrowIfCancellationRequested();
            var next = await db.CommonAnswers.AsNoTracking().Where(a => a.EndedAt == null).OrderBy(a => a.Id).FirstOrDefaultAsync(cancel);
            if (next is null)
            {
                return;
            }

            try
            {
                tries = await NextAsync(next, cancel) ? 0 : tries + 1;
            }
            catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(lost))
            {
                tries++; // somebody works on one of them at this moment: the same ones again, as they are now
            }

            db.ChangeTracker.Clear();
        }
    }

    private async Task<bool> NextAsync(CommonAnswer at, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var was = at.After;
        var member = await db.Staff.Include(s => s.Unit).SingleAsync(s => s.Id == at.ById, cancel);
        var actor = Actor.Of(member, TimeZoneInfo.Utc);
        var batch = await Whole(Of(db, at.ParentId)).Where(c => c.Id > was).OrderBy(c => c.Id).Take(BatchSize).ToListAsync(cancel);
        var book = await books.OpenAsync(db, cancel);
        var refused = JsonSerializer.Deserialize<List<NotWritten>>(at.Refused)!;
        foreach (var complaint in batch.Where(c => member.Active && CommonWords.Reaches(actor, c)))
        {
            at.Done++;
            if (CommonWords.WhyNot(complaint) is { } why)
            {
                refused.Add(new NotWritten(complaint.Reference, KeptSentence.Write(why)));
                continue;
            }

            await WriteAsync(complaint, at, member, actor, now, book, cancel);
            at.Written++;
        }

        var (after, ended) = batch.Count > 0 ? (batch[^1].Id, (DateTime?)null) : (was, now);
        report.Say("{0} of {1} complaints of a common cause, {2} written to", at.Done, at.Total, at.Written);
        return await db.InTransactionAsync(
            async () =>
            {
                var mine = await db
                    .CommonAnswers.Where(a => a.Id == at.Id && a.After == was && a.EndedAt == null)
                    .ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(a => a.After, after)
                                .SetProperty(a => a.Done, at.Done)
                                .SetProperty(a => a.Written, at.Written)
                                .SetProperty(a => a.Refused, JsonSerializer.Serialize(refused))
                                .SetProperty(a => a.EndedAt, ended),
                        cancel
                    );
                if (mine == 1)
                {
                    await db.SaveChangesAsync(cancel);
                }

                return mine == 1;
            },
            cancel
        );
    }

    private async Task WriteAsync(
        Complaint complaint,
        CommonAnswer answer,
        StaffMember member,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel
    )
    {
        var text = CommonWords.For(answer.Text, complaint.Addressee, complaint.Reference);
        var first = complaint.State == State.Received;
        var purpose = first ? MailPurpose.Acknowledgement : MailPurpose.Reply;
        var key = await mails.KeyAsync(purpose, complaint, cancel);
        var said = new Statement(Channel.Email, text);
        if (first)
        {
            complaint.Acknowledge(actor, now, said, book, key);
        }
        else
        {
            complaint.SpeakTo(actor, now, said, key);
        }

        var words = new CaseWords
        {
            Text = text,
            AuthorId = member.Id,
            AuthorName = member.Name,
            Step = first ? Verb.Acknowledge : null,
        };
        await mails.WriteAsync(complaint, purpose, key, words, book, cancel);
    }

    private static IQueryable<Complaint> Whole(IQueryable<Complaint> complaints) =>
        complaints
            .Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .AsSplitQuery();
}
