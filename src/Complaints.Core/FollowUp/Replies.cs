using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>A mail of the customer on a complaint that was resolved.</summary>
/// <param name="Words">What they wrote now.</param>
/// <param name="Sender">Their name as it may stand under the words.</param>
/// <param name="ToSurvey">It answers a follow-up mail of ours.</param>
/// <param name="Message">Its key on the timeline.</param>
public sealed record Reply(string Words, string? Sender, bool ToSurvey, string Message);

/// <summary>
/// Takes what customers answer by mail: read for sure it is the survey's answer, with the effects of the form; a wish to
/// be left alone is granted; everything else is put before a person with what was made of it.
/// </summary>
public sealed class Replies(ComplaintsDb db, Answers answers, StopAsking stop)
{
    // Somebody reads within half a working day; the follow-up's own clock starts with the sweep.
    private static readonly TimeSpan _toLook = TimeSpan.FromHours(4);

    /// <summary>Takes it; the mail itself stands on the timeline already. The caller saves.</summary>
    /// <param name="complaint">Resolved or later, with customer, contact points and clocks.</param>
    public async Task TakeAsync(Complaint complaint, Reply reply, DateTime now, DeadlineBook book, CancellationToken cancel)
    {
        var plan = await PlanAsync(complaint, cancel);
        if (plan is null || !(reply.ToSurvey || complaint.State is State.InFollowUp or State.Closed))
        {
            await AskAsync(complaint, now, new Sentence("The customer wrote although the complaint is {0}.", complaint.State), cancel);
            return;
        }

        var read = ReadWords.Read(reply.Words, $"{reply.Sender} {complaint.Customer.Name} {complaint.Customer.ContactPerson}");
        if (read.Stop)
        {
            await stop.DoAsync(complaint.Customer, new Sentence("No more questions about satisfaction: {0}", read.Why), now, cancel);
            if (read.Kind == WordsKind.OnlyStop)
            {
                await EndAsync(complaint, plan, now, cancel);
                return;
            }
        }

        if (IsAnswer(complaint, plan, reply, read))
        {
            var given = new GivenAnswer(read.Solved, read.Marks, reply.Words.Length <= 20_000 ? reply.Words : reply.Words[..20_000], null);
            var mail = new ReadFromMail(new Sentence("Read from the mail: {0}", read.Why), reply.Message);
            await answers.RecordAsync(plan, given, Actor.Customer, now, book, mail);
            return;
        }

        await AskAsync(
            complaint,
            now,
            complaint.State != State.Closed ? new Sentence("Read what the customer answered and record it. {0}", read.Why)
                : read.Solved == true
                    ? new Sentence("The customer wrote to a closed complaint. {0} Record it as a satisfied answer, or leave it.", read.Why)
                : new Sentence("The customer wrote to a closed complaint. {0} Reopen it, or answer.", read.Why),
            cancel
        );
    }

    // A bare "thanks" replaces no answer and moves nothing that is closed; who answers the survey itself may, as by the form.
    private static bool IsAnswer(Complaint complaint, PlannedFollowUp plan, Reply reply, WordsRead read) =>
        read.Solved is not null
        && (
            complaint.State == State.Closed
                ? reply.ToSurvey && read.Kind != WordsKind.Thanks
                : plan.State != FollowUpState.Answered || read.Kind != WordsKind.Thanks
        );

    private static async Task<bool> IsAskedAsync(ComplaintsDb db, Complaint complaint, CancellationToken cancel) =>
        complaint.Tasks.Exists(t => t.Kind == TaskKind.ReadAnswer && t.DoneAt is null)
        || await db.DeskTasks.AnyAsync(t => t.ComplaintId == complaint.Id && t.Kind == TaskKind.ReadAnswer && t.DoneAt == null, cancel);

    private async Task AskAsync(Complaint complaint, DateTime now, Sentence why, CancellationToken cancel)
    {
        if (await IsAskedAsync(db, complaint, cancel))
        {
            complaint.Record(EntryKind.Task, Actor.System, now, new Sentence("Task: {0} ({1})", TaskKind.ReadAnswer, why));
        }
        else
        {
            complaint.Ask(TaskKind.ReadAnswer, now, now + _toLook, complaint.OwnerId, why);
        }
    }

    private async Task EndAsync(Complaint complaint, PlannedFollowUp plan, DateTime now, CancellationToken cancel)
    {
        if (complaint.State == State.InFollowUp && plan.IsLive)
        {
            var why = new Sentence("The customer asked not to be asked");
            await FollowUpDuty.EndTasksAsync(db, complaint, TaskKind.FollowUpCall, now, why, cancel);
            FollowUpDuty.Close(
                complaint,
                plan,
                FollowUpState.Cancelled,
                why,
                now,
                notAsked: plan.AskedAt is null ? NotAsked.OptedOut : null
            );
        }
    }

    private async Task<PlannedFollowUp?> PlanAsync(Complaint complaint, CancellationToken cancel) =>
        complaint.State is not (State.Resolved or State.InFollowUp or State.Closed) ? null
        : await db.FollowUpOf(complaint).Select(f => (long?)f.Id).FirstOrDefaultAsync(cancel) is { } id ? await answers.FindAsync(id)
        : null;
}
