using Complaints.Casework;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <content>The silence clock: first the holder is warned and asked for a holding letter, then it escalates.</content>
public sealed partial class EscalationDuty
{
    private async Task<DateTime?> SilentAsync(Occasion at)
    {
        if (SilencePolicy.Of(at.Complaint, at.Book, at.Options) is not { } silence)
        {
            return null;
        }

        if (
            silence.WarnAt <= at.Now
            && silence.RaiseAt > at.Now
            && !at.Raised.Exists(e => e.Key == SilencePolicy.KeyOf(silence, late: false))
        )
        {
            var why = new Sentence("The customer has not heard from a person since {0}.", silence.Since);
            await raising.RaiseAsync(at, new Reason(SilencePolicy.KeyOf(silence, late: false), 0, why) { Trigger = Trigger.Silence });
            at.Complaint.Ask(TaskKind.HoldingLetter, at.Now, silence.RaiseAt, at.Complaint.OwnerId, why);
        }

        if (silence.RaiseAt <= at.Now)
        {
            var why = new Sentence(
                "The customer has not heard from a person since {0}, more than {1} working hours.",
                silence.Since,
                at.Options.SilenceRaise
            );
            var reason = new Reason(SilencePolicy.KeyOf(silence, late: true), at.Options.LevelOf(Trigger.Silence), why)
            {
                Trigger = Trigger.Silence,
            };
            await raising.RaiseAsync(at, reason);
            return null;
        }

        return silence.WarnAt > at.Now ? silence.WarnAt : silence.RaiseAt;
    }

    private async Task EndHoldingLettersAsync(Occasion at)
    {
        var open = await db
            .DeskTasks.Where(t => t.ComplaintId == at.Complaint.Id && t.Kind == TaskKind.HoldingLetter && t.DoneAt == null)
            .ToListAsync(at.Cancel);
        foreach (var task in open)
        {
            (task.DoneAt, task.Result) = (at.Now, KeptSentence.Write(new Sentence("The customer heard from a person.")));
        }
    }
}
