using System.Globalization;
using System.Text.Json.Nodes;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Complaints.Settings;

/// <summary>Brings the whole configuration in from a file: looks first, then puts all of it into place or nothing.</summary>
public sealed class Importing(ComplaintsDb db, Questionnaires questionnaires, Checklists checklists, TimeProvider clock)
{
    /// <summary>What the file would change. Changes nothing.</summary>
    /// <exception cref="Refusal">The file cannot be, or a unit in use would be closed.</exception>
    public async Task<Difference> CompareAsync(ConfigurationFile file, CancellationToken cancel = default)
    {
        db.ChangeTracker.Clear();
        var house = await Snapshot.ReadAsync(db, cancel);
        var difference = new Difference(db.Model, house, file, await UsedAsync(house, file, cancel)).Find();
        await RefuseToCloseAsync(difference, cancel);
        RefuseTwins(house, difference);
        return difference;
    }

    /// <summary>Puts it into place, in one transaction.</summary>
    /// <param name="by">Who does; owns the shared macros that come with it.</param>
    /// <exception cref="Refusal">As <see cref="CompareAsync"/>; nothing was changed then.</exception>
    public Task<Difference> ApplyAsync(ConfigurationFile file, Actor by, CancellationToken cancel = default) =>
        db.InTransactionAsync(
            async () =>
            {
                var difference = await CompareAsync(file, cancel);
                if (difference.All.Count == 0)
                {
                    return difference;
                }

                var house = await Snapshot.ReadAsync(db, cancel);
                foreach (var kind in Snapshot.Carried)
                {
                    await PutAsync(kind, [.. difference.All.Where(d => d.Section == kind.Section)], house, by, cancel);
                }

                await PutNamedAsync([.. difference.All.Where(d => d.Section == "settings")], house, cancel);
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync(cancel);
                await EscalationRule.LookAgainAsync(db, clock.GetUtcNow().UtcDateTime);
                var rest = await CompareAsync(file, cancel);
                return rest.All.Count == 0
                    ? difference
                    : throw new InvalidOperationException($"Not all came into place: {rest.All[0].Section}, {rest.All[0].Key}");
            },
            cancel
        );

    private async Task PutAsync(Described kind, IReadOnlyList<Differing> changes, Snapshot house, Actor by, CancellationToken cancel)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var type = db.Model.FindEntityType(kind.Type)!;
        var made = new List<(object Row, string Key)>();
        foreach (var change in changes)
        {
            // Rows of the comparison are those of this context: it was read in the same transaction.
            if (change.Act == ChangeAct.Removed)
            {
                db.Remove(change.Row!);
            }
            else if (kind.Type == typeof(Questionnaire))
            {
                await AskAsync(change, house, by);
            }
            else if (kind.Type == typeof(ChecklistVersion))
            {
                var category = Text(change.Values!["category"]) is { } of ? house.IdOf(typeof(Category), of) : null;
                var points = ChecklistVersion.Read(ChecklistRows.Read((JsonArray)change.Values["points"]!));
                await checklists.KeepAsync(category, points, by.StaffId, clock.GetUtcNow().UtcDateTime, cancel);
            }
            else
            {
                var row = change.Row ?? Activator.CreateInstance(kind.Type, nonPublic: true)!;
                var moves =
                    change.Row is Mailbox box
                    && (
                        Text(change.Values!["host"]) != box.Host
                        || Text(change.Values["tokenUrl"]) != box.TokenUrl
                        || Text(change.Values["userName"]) != box.UserName
                    );
                Fill(kind, type, row, change.Values!, house);
                kind.Check(row);
                await BesideAsync(kind, row, moves, by, cancel);
                if (change.Row is null)
                {
                    made.Add((row, change.Key));
                    if (kind.Fields.Any(f => f.To == kind.Type))
                    {
                        await db.SaveChangesAsync(cancel); // those below it need its id
                        house.Learn(kind.Type, (long)type.FindProperty("Id")!.PropertyInfo!.GetValue(row)!, change.Key);
                    }
                }

                if (row is Unit unit)
                {
                    var above = unit.ParentId is { } id ? (await db.Units.FirstAsync(u => u.Id == id, cancel)).Path : "/";
                    unit.Path = string.Create(CultureInfo.InvariantCulture, $"{above}{unit.Id}/");
                }
            }
        }

        await db.SaveChangesAsync(cancel);
        made.ForEach(m => house.Learn(kind.Type, (long)type.FindProperty("Id")!.PropertyInfo!.GetValue(m.Row)!, m.Key));
    }

    private static void Fill(Described kind, IEntityType type, object row, JsonObject values, Snapshot house)
    {
        foreach (var field in kind.Fields.Where(Described.IsCarried))
        {
            var property = type.FindProperty(field.Name)!;
            var value = FieldValue.Read(field with { Needed = false }, property, values[field.InFile]);
            value =
                field.To is { } to && value is string key
                    ? house.IdOf(to, key) ?? throw new InvalidOperationException($"{kind.Section}: {key}")
                    : value;
            if (!Equals(property.PropertyInfo!.GetValue(row), value))
            {
                FieldValue.Set(row, property, value);
            }
        }
    }

    /// <summary>What a new or changed row needs beside what the file says.</summary>
    private async Task BesideAsync(Described kind, object row, bool moves, Actor by, CancellationToken cancel)
    {
        var isNew = db.Entry(row).State == EntityState.Detached;
        switch (row)
        {
            case Template template:
                (template.ChangedAt, template.ChangedById) = (clock.GetUtcNow().UtcDateTime, by.StaffId);
                break;
            case Mailbox box when moves:
                // Another server must not be told the old one's secret, nor be read from where the old one stood.
                (box.SealedPassword, box.UidValidity, box.LastUid) = (null, 0, 0);
                break;
            case PolicyLine line when isNew:
                var policy = await db.Policies.Include(p => p.Lines).OrderByDescending(p => p.Id).FirstAsync(cancel);
                policy.Lines.Add(line);
                return;
            case Macro macro when isNew:
                var owner =
                    by.StaffId
                    ?? await db
                        .Staff.Where(s => s.Active && s.Role == Role.Administrator)
                        .OrderBy(s => s.Id)
                        .Select(s => (long?)s.Id)
                        .FirstOrDefaultAsync(cancel);
                FieldValue.Set(
                    macro,
                    db.Model.FindEntityType(kind.Type)!.FindProperty(nameof(Macro.OwnerId))!,
                    owner
                        ?? throw new Refusal(
                            "Shared macros need an owner, and nobody is here yet. Make the first administrator, then import again."
                        )
                );
                break;
        }

        if (isNew)
        {
            db.Add(row);
        }
    }

    private async Task AskAsync(Differing change, Snapshot house, Actor by)
    {
        long? Id(Type type, string name) => Text(change.Values![name]) is { } key ? house.IdOf(type, key) : null;
        var kind = Configuration.Of(typeof(Questionnaire))!;
        var texts = JsonParts.Kept((JsonObject)change.Values!["texts"]!, kind.InFile("texts")!.Parts).ToJsonString();
        await questionnaires.KeepAsync(
            Id(typeof(Unit), "unit"),
            Id(typeof(Category), "category"),
            change.Values["asksParts"]!.GetValue<bool>(),
            System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, Questions>>(texts)!,
            by,
            clock.GetUtcNow().UtcDateTime
        );
    }

    private async Task PutNamedAsync(IReadOnlyList<Differing> changes, Snapshot house, CancellationToken cancel)
    {
        foreach (var change in changes)
        {
            var named = Configuration.Named.Single(n => n.Name == change.Key);
            var text = change.Text ?? house.IdOf(named.To!, (string)change.Values!["value"]!)!.Value.ToString(CultureInfo.InvariantCulture);
            text = named.Keep(text, await db.SettingAsync(named.Name, cancel));
            await db.KeepSettingAsync(named.Name, text, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What is used of the calendars and phrases that are not in the file, as it will be afterwards.</summary>
    private async Task<Func<Described, Item, bool>> UsedAsync(Snapshot house, ConfigurationFile file, CancellationToken cancel)
    {
        var used = new HashSet<(Type, string)>();
        foreach (var calendar in Missing(house, file, "calendars"))
        {
            bool After(string section) =>
                file.Sections[section].Exists(i => Text(i.Values["calendar"]) == calendar.Key)
                || Missing(house, file, section).Any(i => Text(i.Values["calendar"]) == calendar.Key);
            var id = ((CalendarSetting)calendar.Row!).Id;
            if (After("units") || After("regimes") || await db.Clocks.AnyAsync(c => c.CalendarId == id, cancel))
            {
                used.Add((typeof(CalendarSetting), calendar.Key));
            }
        }

        foreach (var phrase in Missing(house, file, "phrases"))
        {
            var id = ((Phrase)phrase.Row!).Id;
            if (await db.PhraseUses.AnyAsync(u => u.PhraseId == id, cancel))
            {
                used.Add((typeof(Phrase), phrase.Key));
            }
        }

        return (kind, item) => used.Contains((kind.Type, item.Key));
    }

    private static IEnumerable<Item> Missing(Snapshot house, ConfigurationFile file, string section)
    {
        var there = file.Sections[section].Select(i => i.Key).ToHashSet(StringComparer.Ordinal);
        return house.Sections[section].Where(i => !there.Contains(i.Key));
    }

    private async Task RefuseToCloseAsync(Difference difference, CancellationToken cancel)
    {
        foreach (var closed in difference.All.Where(d => d.Row is Unit { Active: true } && !d.Values!["active"]!.GetValue<bool>()))
        {
            var path = ((Unit)closed.Row!).Path;
            var open = await db.Complaints.CountAsync(c => c.IsOpen && c.Unit.Path.StartsWith(path), cancel);
            var people = await db.Staff.CountAsync(s => s.Active && s.Unit!.Path.StartsWith(path), cancel);
            if (open + people > 0)
            {
                throw new Refusal(
                    "units ({0}): it would be closed, and it still has {1|open complaint|open complaints} and {2|person|people} in it or below. Move them first.",
                    closed.Key,
                    open,
                    people
                );
            }
        }
    }

    /// <summary>Tags that differ in capital letters or width alone are one tag.</summary>
    private static void RefuseTwins(Snapshot house, Difference difference)
    {
        var there = house.Sections["tags"].Select(i => i.Key).ToLookup(Tag.Fold, StringComparer.Ordinal);
        var added = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in difference.All.Where(d => d is { Section: "tags", Act: ChangeAct.Added }))
        {
            var folded = Tag.Fold(tag.Key);
            if (there[folded].FirstOrDefault() is { } twin)
            {
                throw new Refusal("tags: “{0}” is “{1}” here. Write it in the same way in the file.", tag.Key, twin);
            }

            if (!added.Add(folded))
            {
                throw new Refusal("tags: “{0}” stands there twice, written in two ways. Take one out.", tag.Key);
            }
        }
    }

    private static string? Text(JsonNode? node) => node?.ToString();
}
