using System.Globalization;
using System.Text.Json.Nodes;
using Complaints.Data;
using Complaints.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Settings;

/// <summary>A row as the file holds it.</summary>
/// <param name="Key">What names it in its section.</param>
/// <param name="Values">Its fields.</param>
/// <param name="Row">The row; null while there is none.</param>
public sealed record Item(string Key, JsonObject Values, object? Row);

/// <summary>The whole configuration of this house at one moment, without secrets and people.</summary>
public sealed class Snapshot
{
    private readonly Dictionary<Type, Dictionary<long, string>> _keys = [];

    private Snapshot() { }

    /// <summary>By section, in the order of the file.</summary>
    public Dictionary<string, List<Item>> Sections { get; } = new(StringComparer.Ordinal);

    /// <summary>Named settings as kept; null where nothing is set.</summary>
    public Dictionary<string, string?> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Named settings as the file holds them, with what holds while nothing is set.</summary>
    public Dictionary<string, JsonNode?> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>The tables that are in the file.</summary>
    public static IEnumerable<Described> Carried => Configuration.Tables.Where(t => t.Section is not null);

    /// <summary>Reads it; rows are tracked, so that they can be changed.</summary>
    public static async Task<Snapshot> ReadAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var made = new Snapshot();
        foreach (var kind in Carried)
        {
            made.Sections[kind.Section!] = made.Items(kind, db, await RowsAsync(db, kind, cancel));
        }

        var names = Configuration.Named.Select(n => n.Name).ToList();
        var kept = await db.Settings.AsNoTracking().Where(s => names.Contains(s.Name)).ToDictionaryAsync(s => s.Name, s => s.Value, cancel);
        foreach (var named in Configuration.Named)
        {
            var text = made.Kept[named.Name] = kept.GetValueOrDefault(named.Name);
            var holds =
                text is null or "" ? named.Otherwise
                : named.Parts.Count > 0 ? named.Read(text)
                : text;
            made.Named[named.Name] = named.To is { } to
                ? long.TryParse(holds, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    ? JsonValue.Create(made.KeyOf(to, id))
                    : null
                : named.Node(holds);
        }

        return made;
    }

    /// <summary>Key of a row by its id; null for one that is not in the file.</summary>
    public string? KeyOf(Type type, long id) => _keys.GetValueOrDefault(type)?.GetValueOrDefault(id);

    /// <summary>Id of a row by its key; null when there is none.</summary>
    public long? IdOf(Type type, string key) =>
        _keys.GetValueOrDefault(type)?.Where(k => k.Value == key).Select(k => (long?)k.Key).FirstOrDefault();

    /// <summary>A row that came to be.</summary>
    internal void Learn(Type type, long id, string key) => (_keys.TryGetValue(type, out var there) ? there : _keys[type] = [])[id] = key;

    private static async Task<List<object>> RowsAsync(ComplaintsDb db, Described kind, CancellationToken cancel)
    {
        if (kind.Type == typeof(Policy))
        {
            return [await db.Policies.Include(p => p.Lines).OrderByDescending(p => p.Id).FirstAsync(cancel)];
        }

        if (kind.Type == typeof(PolicyLine))
        {
            return [.. (await db.Policies.Include(p => p.Lines).OrderByDescending(p => p.Id).FirstAsync(cancel)).Lines];
        }

        var set = typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(kind.Type);
        return [.. (await ((IQueryable<object>)set.Invoke(db, null)!).ToListAsync(cancel)).Where(kind.Counts)];
    }

    private List<Item> Items(Described kind, ComplaintsDb db, List<object> rows)
    {
        var model = db.Model.FindEntityType(kind.Type)!;
        var id = model.FindProperty("Id")!.PropertyInfo!;
        var parent = kind.Fields.FirstOrDefault(f => f.To == kind.Type);
        var items = new List<Item>();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        void Add(long? above)
        {
            var here = rows.Where(r => parent is null || (long?)model.FindProperty(parent.Name)!.PropertyInfo!.GetValue(r) == above)
                .Select(r => (Row: r, Values: Values(kind, model, r)))
                .OrderBy(r => ConfigurationFile.SortOf(kind, r.Values), StringComparer.Ordinal)
                .ThenBy(r => r.Values.ToJsonString(), StringComparer.Ordinal)
                .ToList();
            foreach (var (row, values) in here)
            {
                var key = ConfigurationFile.KeyOf(kind, values, taken);
                items.Add(new Item(key, values, row));
                var own = (long)id.GetValue(row)!;
                Learn(kind.Type, own, key);
                if (parent is not null)
                {
                    Add(own);
                }
            }
        }

        Add(null);
        return items;
    }

    private JsonObject Values(Described kind, Microsoft.EntityFrameworkCore.Metadata.IEntityType model, object row)
    {
        var values = new JsonObject();
        foreach (var field in kind.Fields.Where(Described.IsCarried))
        {
            values[field.InFile] = FieldValue.Write(field, model.FindProperty(field.Name)!.PropertyInfo!.GetValue(row), KeyOf);
        }

        return values;
    }
}
