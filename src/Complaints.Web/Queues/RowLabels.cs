using Complaints.Casework;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>Tags and fields of the rows of a page: one read by key each, and only when they are shown.</summary>
public sealed class RowLabels
{
    /// <summary>Of a list that shows neither.</summary>
    public static RowLabels None { get; } = new();

    private ILookup<long, string> _tags = Array.Empty<string>().ToLookup(_ => 0L);
    private Dictionary<long, Dictionary<long, string>> _values = [];
    private Dictionary<long, string> _names = [];

    /// <summary>Names of its tags.</summary>
    public IEnumerable<string> Tags(long id) => _tags[id];

    /// <summary>Its fields by id.</summary>
    public IReadOnlyDictionary<long, string> Values(long id) =>
        _values.TryGetValue(id, out var values) ? values : new Dictionary<long, string>();

    /// <summary>Its fields as one text, such as "Room: 12 · Floor: 3".</summary>
    public string Text(long id) =>
        string.Join(" · ", Values(id).Where(v => _names.ContainsKey(v.Key)).Select(v => $"{_names[v.Key]}: {v.Value}"));

    /// <summary>Reads what is asked for.</summary>
    public static async Task<RowLabels> ReadAsync(
        ComplaintsDb db,
        IReadOnlyList<QueueRow> rows,
        bool tags,
        bool fields,
        string language = "en"
    )
    {
        var ids = rows.Select(r => r.Id).ToList();
        var labels = new RowLabels();
        if (tags && ids.Count > 0)
        {
            labels._tags = (
                await db
                    .CaseTags.AsNoTracking()
                    .Where(t => ids.Contains(t.ComplaintId))
                    .OrderBy(t => t.Tag.Name)
                    .Select(t => new { t.ComplaintId, t.Tag.Name })
                    .ToListAsync()
            ).ToLookup(t => t.ComplaintId, t => t.Name);
        }

        if (fields && ids.Count > 0)
        {
            labels._values = (await db.CaseFieldValues.AsNoTracking().Where(v => ids.Contains(v.ComplaintId)).ToListAsync())
                .GroupBy(v => v.ComplaintId)
                .ToDictionary(g => g.Key, g => g.ToDictionary(v => v.FieldId, v => v.Value));
            labels._names = (await db.CaseFields.AsNoTracking().Where(f => f.Active).ToListAsync()).ToDictionary(
                f => f.Id,
                f => f.NameIn(language)
            );
        }

        return labels;
    }
}
