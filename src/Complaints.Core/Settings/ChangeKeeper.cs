using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Settings;

/// <summary>Who is at it now.</summary>
/// <param name="Id">The member of staff; null for nobody.</param>
/// <param name="Name">Their name; null for nobody.</param>
public sealed record Changer(ChangedBy By, long? Id = null, string? Name = null);

/// <summary>
/// Writes the history of settings in the same save, whoever lets it happen. Stands after <c>WordKeeper</c>, which has
/// looked for changes, and looks for none itself.
/// </summary>
/// <param name="who">Says who is at it.</param>
public sealed class ChangeKeeper(TimeProvider clock, Func<Changer> who) : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (ComplaintsDb)eventData.Context!;
        var byItself = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var touched = db
                .ChangeTracker.Entries()
                .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                .Where(e => e.Entity is Setting || Configuration.Of(e.Entity.GetType()) is not null)
                .ToList();
            if (touched.Count > 0)
            {
                await WriteAsync(db, touched, who(), cancellationToken);
            }
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = byItself;
        }

        return result;
    }

    private async Task WriteAsync(ComplaintsDb db, List<EntityEntry> touched, Changer by, CancellationToken cancel)
    {
        // What the house adds by itself is what it comes with.
        touched.RemoveAll(e => e.State == EntityState.Added && by.By == ChangedBy.House);
        var changes = new List<Change>();
        foreach (var entry in touched)
        {
            if (entry.Entity is Setting setting)
            {
                changes.AddRange(OfNamed(entry, setting) is { } named ? [await RefsAsync(db, named, cancel)] : []);
            }
            else
            {
                changes.AddRange(
                    await OfRowAsync(db, entry, Configuration.Of(entry.Entity.GetType())!, touched, cancel) is { } row ? [row] : []
                );
            }
        }

        var now = clock.GetUtcNow().UtcDateTime;
        db.AddRange(
            Told(changes)
                .Select(c => new SettingsChange
                {
                    At = now,
                    By = by.By,
                    ById = by.Id,
                    ByName = by.Name,
                    Topic = c.Topic,
                    Act = c.Act,
                    What = KeptSentence.Write(c.What),
                    Fields = JsonSerializer.Serialize(c.Fields),
                })
        );
    }

    /// <summary>Without what was taken away and put back as it was, and with one line for all that only changed places.</summary>
    private static IEnumerable<Change> Told(List<Change> changes)
    {
        var gone = changes.Where(c => c.Act == ChangeAct.Removed).ToList();
        foreach (var added in changes.Where(c => c.Act == ChangeAct.Added).ToList())
        {
            var same = gone.Find(g =>
                g.Type == added.Type
                && g.Fields.Select(f => (f.Label, f.Before)).SequenceEqual(added.Fields.Select(f => (f.Label, f.After)))
            );
            if (same is not null)
            {
                gone.Remove(same);
                changes.Remove(same);
                changes.Remove(added);
            }
        }

        foreach (
            var moved in changes.Where(c => c.Act == ChangeAct.Changed && c.Fields.Count == 0).GroupBy(c => (c.Type, c.Topic)).ToList()
        )
        {
            changes.RemoveAll(moved.Contains);
            changes.Add(
                new Change(moved.Key.Topic, moved.Key.Type, ChangeAct.Changed, new Sentence("Order of {0|line|lines}", moved.Count()), [])
            );
        }

        return changes;
    }

    private static Change? OfNamed(EntityEntry entry, Setting setting)
    {
        if (Configuration.Of(setting.Name) is not { } named)
        {
            return null;
        }

        var before = entry.State == EntityState.Added ? null : (string?)entry.Property(nameof(Setting.Value)).OriginalValue;
        var after = entry.State == EntityState.Deleted ? null : setting.Value;
        List<ChangedField> fields =
        [
            .. named.Parts.Count > 0
                ? OfJson(named.Parts, before ?? named.Otherwise, after ?? named.Otherwise)
                : Plain(named, before, after),
        ];
        return fields.Count == 0
            ? null
            : new Change(
                named.Topic,
                typeof(Setting),
                ChangeAct.Changed,
                named.Parts.Count > 0 ? new Sentence("{0}", named.Topic) : named.Label,
                fields
            )
            {
                To = named.To,
            };
    }

    private static IEnumerable<ChangedField> Plain(NamedSetting named, string? before, string? after)
    {
        var (was, set) = (before is "" ? null : before ?? named.Otherwise, after is "" ? null : after ?? named.Otherwise);
        if (was != set)
        {
            yield return new ChangedField(KeptSentence.Write(named.Label), Kept(was), Kept(set));
        }
    }

    /// <summary>A named setting that holds an id tells the name instead.</summary>
    private static async Task<Change> RefsAsync(ComplaintsDb db, Change change, CancellationToken cancel)
    {
        if (change.To is not { } to)
        {
            return change;
        }

        async Task<string?> NameAsync(string? kept) =>
            kept is not null
            && long.TryParse(KeptSentence.Read(kept).ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? Kept(await NameOfAsync(db, to, id, cancel))
                : kept;
        var field = change.Fields[0];
        return change with { Fields = [field with { Before = await NameAsync(field.Before), After = await NameAsync(field.After) }] };
    }

    private static bool IsSameList(object one, object other) =>
        (one, other) switch
        {
            (Questionnaire a, Questionnaire b) => a.UnitId == b.UnitId && a.CategoryId == b.CategoryId,
            (ChecklistVersion a, ChecklistVersion b) => a.CategoryId == b.CategoryId,
            _ => false,
        };

    private static async Task<Change?> OfRowAsync(
        ComplaintsDb db,
        EntityEntry entry,
        Described kind,
        List<EntityEntry> touched,
        CancellationToken cancel
    )
    {
        var row = entry.Entity;
        var (act, earlier) = (Act(entry), (EntityEntry?)null);
        if (row is Questionnaire or ChecklistVersion)
        {
            // A version never changes: what is new is told against the one it takes the place of, which tells nothing itself.
            bool Same(EntityEntry e) => e.Entity != row && IsSameList(e.Entity, row);
            if (entry.State == EntityState.Modified && touched.Exists(e => Same(e) && e.State == EntityState.Added))
            {
                return null;
            }

            earlier = entry.State == EntityState.Added ? touched.Find(e => Same(e) && e.State == EntityState.Modified) : null;
            act = earlier is null ? act : ChangeAct.Changed;
        }

        if (row is Macro && entry.Property(nameof(Macro.UnitId)) is { CurrentValue: null, OriginalValue: null })
        {
            return null; // somebody's own
        }

        var (fields, moved) = (new List<ChangedField>(), false);
        // The end of the earlier version is no news beside the one that takes its place.
        foreach (var field in kind.Fields.Where(f => f.Role != FieldRole.FileOnly && (earlier is null || f.Role != FieldRole.HistoryOnly)))
        {
            var property = entry.Property(field.Name);
            var before = entry.State == EntityState.Added ? earlier?.Property(field.Name).CurrentValue : property.OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (AreSame(before, after))
            {
                continue;
            }

            if (field.Role == FieldRole.Place)
            {
                moved |= act == ChangeAct.Changed;
            }
            else if (field.Role == FieldRole.Secret)
            {
                fields.Add(new ChangedField(KeptSentence.Write(field.Label), null, null, Secret: true));
            }
            else if (field.Role == FieldRole.Json)
            {
                fields.AddRange(OfJson(field.Parts, (string?)before, (string?)after));
            }
            else
            {
                async Task<string?> SaidAsync(object? value) =>
                    field.Say is { } say && value is not null ? FieldValue.Said(say(row, value)) : await SayAsync(db, field, value, cancel);
                var (old, now) = (before, after) is (string a, string b) && field.Say is null ? JsonParts.Short(a, b) : (before, after);
                fields.Add(new ChangedField(KeptSentence.Write(field.Label), await SaidAsync(old), await SaidAsync(now)));
            }
        }

        return fields.Count == 0 && !moved ? null : new Change(kind.Topic, kind.Type, act, kind.Name(row), fields);
    }

    private static IEnumerable<ChangedField> OfJson(IReadOnlyList<Part> parts, string? before, string? after)
    {
        var was = JsonParts.Of(before is null ? null : JsonNode.Parse(before)).ToDictionary(p => p.Path, p => p.Value);
        var set = JsonParts.Of(after is null ? null : JsonNode.Parse(after)).ToDictionary(p => p.Path, p => p.Value);
        foreach (var path in set.Keys.Union(was.Keys))
        {
            var (old, now) = (was.GetValueOrDefault(path), set.GetValueOrDefault(path));
            if (JsonNode.DeepEquals(old, now))
            {
                continue;
            }

            var (part, label) = (JsonParts.Find(parts, path), KeptSentence.Write(JsonParts.LabelOf(parts, path)));
            if (part is { Secret: true })
            {
                yield return new ChangedField(label, null, null, Secret: true);
            }
            else if ((JsonParts.Say(part, old), JsonParts.Say(part, now)) is var (a, b) && (a, b) != (null, null))
            {
                yield return new ChangedField(label, a is null ? null : KeptSentence.Write(a), b is null ? null : KeptSentence.Write(b));
            }
        }
    }

    private static async Task<string?> SayAsync(ComplaintsDb db, Field field, object? value, CancellationToken cancel)
    {
        switch (value)
        {
            case null or "":
                return null;
            case long id when field.To is { } to:
                return Kept(await NameOfAsync(db, to, id, cancel));
            case long[] ids when field.To is { } to:
                var names = new List<string>();
                foreach (var id in ids)
                {
                    names.Add(await NameOfAsync(db, to, id, cancel));
                }

                return names.Count == 0 ? null : Kept(string.Join(", ", names));
            case true:
                return KeptSentence.Write(new Sentence("yes"));
            case false:
                return KeptSentence.Write(new Sentence("no"));
            case string text:
                return Kept(text);
            case decimal n:
                return KeptSentence.Write(new Sentence("{0}", n / 1.0000000000000000000000000000m)); // without zeros after the point
            default:
                return KeptSentence.Write(new Sentence("{0}", value));
        }
    }

    private static async Task<string> NameOfAsync(ComplaintsDb db, Type type, long id, CancellationToken cancel) =>
        await db.FindAsync(type, [id], cancel) is { } there && Configuration.Of(type) is { } kind
            ? kind.Name(there).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"#{id}");

    private static ChangeAct Act(EntityEntry entry) =>
        entry.State switch
        {
            EntityState.Added => ChangeAct.Added,
            EntityState.Deleted => ChangeAct.Removed,
            _ => ChangeAct.Changed,
        };

    private static bool AreSame(object? a, object? b) =>
        a is "" ? b is null or ""
        : b is "" ? a is null
        : a is IEnumerable x and not string && b is IEnumerable y ? x.Cast<object>().SequenceEqual(y.Cast<object>())
        : Equals(a, b);

    private static string? Kept(string? text) => text is null ? null : KeptSentence.Write(new Sentence("{0}", JsonParts.Short(text)));

    private sealed record Change(Topic Topic, Type Type, ChangeAct Act, Sentence What, List<ChangedField> Fields)
    {
        internal Type? To { get; init; }
    }
}
