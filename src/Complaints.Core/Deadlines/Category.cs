using Complaints.Language;

namespace Complaints.Deadlines;

/// <summary>A category in the editable tree: what a complaint is about. Policies and regimes apply along it.</summary>
public sealed class Category
{
    public long Id { get; private set; }
    public long? ParentId { get; set; }
    public string? Key { get; init; }
    public required string Name { get; set; }
    public string? NameZh { get; set; }
    public bool Active { get; set; } = true;

    /// <summary>Place among those with the same parent, from 0; one nobody placed comes last, in the order of being added.</summary>
    public int Position { get; set; } = 10_000;

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}
