namespace Complaints.Casework;

/// <summary>One text to everybody under a common cause, sent in the background; each gets it as a mail of their own complaint.</summary>
public sealed class CommonAnswer
{
    public long Id { get; private set; }

    /// <summary>The complaint that stands for the common cause.</summary>
    public long ParentId { get; init; }

    /// <summary>With <c>{{customer}}</c> and <c>{{reference}}</c> for each.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it.</summary>
    public long ById { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Complaints under it when it was asked for, and how many of them have been seen to.</summary>
    public int Total { get; init; }
    public int Done { get; set; }

    /// <summary>How many were written to.</summary>
    public int Written { get; set; }

    /// <summary>Id of the last complaint seen to; raised together with what was written.</summary>
    public long After { get; set; }

    /// <summary>References and kept sentences of those that were refused, JSON.</summary>
    public string Refused { get; set; } = "[]";

    /// <summary>UTC; null while it runs.</summary>
    public DateTime? EndedAt { get; set; }
}
