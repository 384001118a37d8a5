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

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}
