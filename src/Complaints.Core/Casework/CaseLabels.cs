using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Puts tags on complaints and fills their fields, and says what a step still lacks. The caller saves.</summary>
public sealed class CaseLabels(ComplaintsDb db, Checklists lists)
{
    /// <summary>Puts tags on and takes them off; a name nobody used yet becomes a tag.</summary>
    /// <param name="on">Names to put on; those it has already change nothing.</param>
    /// <param name="off">Names to take off.</param>
    /// <param name="really">False to see what would stand on the timeline only.</param>
    /// <exception cref="Refusal">It would have too many.</exception>
    public async Task TagAsync(
        Complaint complaint,
        IReadOnlyList<string> on,
        IReadOnlyList<string> off,
        Actor actor,
        DateTime now,
        bool really = true,
        CancellationToken cancel = default
    )
    {
        var has = await TagsOf(complaint.Id).ToListAsync(cancel);
        var known = has.ToDictionary(t => t.Folded, StringComparer.Ordinal);
        var added = on.Where(n => !known.ContainsKey(Tag.Fold(n))).ToList();
        var gone = off.Select(n => known.GetValueOrDefault(Tag.Fold(n))).OfType<Tag>().ToList();
        if (has.Count - gone.Count + added.Count > Tag.MostOnOne)
        {
            throw new Refusal(new Sentence("A complaint has up to {0} tags. Take some off first.", Tag.MostOnOne), "Tags");
        }

        if (really)
        {
            var folded = added.ConvertAll(Tag.Fold);
            var there = await db.Tags.Where(t => folded.Contains(t.Folded)).ToListAsync(cancel);
            foreach (var name in added)
            {
                var tag = there.Find(t => t.Folded == Tag.Fold(name)) ?? new Tag { Name = name, Folded = Tag.Fold(name) };
                db.Add(new CaseTag { ComplaintId = complaint.Id, Tag = tag });
            }

            foreach (var tag in gone)
            {
                db.Remove(await db.CaseTags.SingleAsync(t => t.ComplaintId == complaint.Id && t.TagId == tag.Id, cancel));
            }
        }

        complaint.Tagged(actor, now, added, [.. gone.Select(t => t.Name)]);
    }

    /// <summary>The tags of a complaint by name.</summary>
    public IQueryable<Tag> TagsOf(long complaintId) =>
        db.CaseTags.AsNoTracking().Where(t => t.ComplaintId == complaintId).Select(t => t.Tag).OrderBy(t => t.Name);

    /// <summary>The fields a complaint of that category has, in order.</summary>
    public async Task<IReadOnlyList<CaseField>> FieldsAsync(long? categoryId, CancellationToken cancel = default)
    {
        var fields = await db.CaseFields.AsNoTracking().Where(f => f.Active).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(cancel);
        if (fields.TrueForAll(f => f.CategoryId is null))
        {
            return fields;
        }

        var parents = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.ParentId, cancel);
        var line = new HashSet<long>();
        for (var at = categoryId; at is { } id && line.Add(id); at = parents.GetValueOrDefault(id)) { }

        return [.. fields.Where(f => f.CategoryId is not { } of || line.Contains(of))];
    }

    /// <summary>What stands in the fields of a complaint, by field.</summary>
    public Task<Dictionary<long, string>> ValuesAsync(long complaintId, CancellationToken cancel = default) =>
        db.CaseFieldValues.AsNoTracking().Where(v => v.ComplaintId == complaintId).ToDictionaryAsync(v => v.FieldId, v => v.Value, cancel);

    /// <summary>Fills fields; those not named stay as they are.</summary>
    /// <param name="typed">What was typed, by field.</param>
    /// <exception cref="Refusal">Something typed does not fit its field, which is named.</exception>
    public async Task FillAsync(
        Complaint complaint,
        IReadOnlyDictionary<long, string?> typed,
        Actor actor,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var kept = await db.CaseFieldValues.Where(v => v.ComplaintId == complaint.Id).ToListAsync(cancel);
        foreach (var field in await FieldsAsync(complaint.CategoryId, cancel))
        {
            if (!typed.TryGetValue(field.Id, out var text))
            {
                continue;
            }

            var row = kept.Find(v => v.FieldId == field.Id);
            var value = text?.Trim() == row?.Value ? row?.Value : field.Read(text); // a choice taken off the list since stays where it was
            if (value == row?.Value)
            {
                continue;
            }

            complaint.Filled(actor, now, field, row?.Value, value);
            if (value is null)
            {
                db.Remove(row!);
            }
            else if (row is null)
            {
                db.Add(
                    new CaseFieldValue
                    {
                        ComplaintId = complaint.Id,
                        FieldId = field.Id,
                        Value = value,
                    }
                );
            }
            else
            {
                row.Value = value;
            }
        }
    }

    /// <summary>Refuses the step that a person just took while a field it asks for is empty; nothing was saved yet.</summary>
    /// <param name="before">Where the complaint stood before.</param>
    /// <exception cref="Refusal">Names the first field that is empty.</exception>
    public async Task NeedAsync(Complaint complaint, State before, CancellationToken cancel = default)
    {
        Verb? step = (before, complaint.State) switch
        {
            (State.Received, State.Acknowledged) => Verb.Acknowledge,
            (State.Acknowledged, State.Apologized) => Verb.Apologize,
            (State.Apologized, State.Resolved) => Verb.Resolve,
            (State.Apologized, State.Apologized) when complaint.AwaitingApproval => Verb.Resolve,
            (not State.Closed, State.Closed) => Verb.Close,
            _ => null,
        };
        if (step is { } taken)
        {
            await NeedAsync(complaint, [taken], cancel);
        }
    }

    /// <summary>Refuses those steps while a field they ask for is empty, or a point of the checklist they wait for is not done.</summary>
    /// <exception cref="Refusal">Names the first one.</exception>
    public async Task NeedAsync(Complaint complaint, IReadOnlyList<Verb> steps, CancellationToken cancel = default)
    {
        await lists.NeedAsync(complaint, steps, cancel);
        if (!await db.CaseFields.AnyAsync(f => f.Active && f.RequiredAt != null, cancel))
        {
            return;
        }

        var values = complaint.Id == 0 ? [] : await ValuesAsync(complaint.Id, cancel);
        var typed = db
            .ChangeTracker.Entries<CaseFieldValue>()
            .Where(e => e.State == EntityState.Added && e.Entity.ComplaintId == complaint.Id);
        var filled = values.Keys.Concat(typed.Select(e => e.Entity.FieldId)).ToHashSet();
        var missing = (await FieldsAsync(complaint.CategoryId, cancel)).FirstOrDefault(f =>
            f.RequiredAt is { } at && steps.Contains(at) && !filled.Contains(f.Id)
        );
        if (missing is not null)
        {
            throw new Refusal(
                complaint.Id == 0
                    ? new Sentence(
                        "“{0}” must be filled in before “{1}”. Log it without “settled on the spot”, fill it in there, and go on.",
                        missing.Name,
                        missing.RequiredAt!
                    )
                    : new Sentence("Fill in “{0}” first: this kind of complaint needs it before “{1}”.", missing.Name, missing.RequiredAt!)
            );
        }
    }

    /// <summary>
    /// Gives a tag another name. Where a tag of that name is there already the two become one, and every complaint keeps it
    /// once. Saves.
    /// </summary>
    public Task RenameAsync(long id, string name, CancellationToken cancel = default) =>
        db.InTransactionAsync(
            async () =>
            {
                var tag = await db.Tags.SingleAsync(t => t.Id == id, cancel);
                var folded = Tag.Fold(name);
                var other = await db.Tags.FirstOrDefaultAsync(t => t.Folded == folded && t.Id != id, cancel);
                if (other is null)
                {
                    (tag.Name, tag.Folded) = (name, folded);
                    await db.SaveChangesAsync(cancel);
                    return;
                }

                await db
                    .CaseTags.Where(t => t.TagId == id && db.Set<CaseTag>().Any(o => o.TagId == other.Id && o.ComplaintId == t.ComplaintId))
                    .ExecuteDeleteAsync(cancel);
                await db.CaseTags.Where(t => t.TagId == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.TagId, other.Id), cancel);
                db.Remove(tag);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
}
