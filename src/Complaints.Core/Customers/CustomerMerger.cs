namespace Complaints.Customers;

/// <summary>Two customers were found to be one; what was the one's went to the other. Can be undone for <see cref="UndoTime"/>.</summary>
public sealed class CustomerMerger
{
    /// <summary>How long it can be undone: afterwards nobody remembers what would come apart.</summary>
    public static TimeSpan UndoTime { get; } = TimeSpan.FromDays(30);

    public long Id { get; private set; }

    /// <summary>Who was merged; the row stays as a sign to the survivor.</summary>
    public long CustomerId { get; init; }

    /// <summary>Who goes on.</summary>
    public long SurvivorId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Name of who merged them, as it was then.</summary>
    public required string By { get; init; }

    /// <summary>UTC; null while it stands.</summary>
    public DateTime? UndoneAt { get; set; }

    /// <summary>Name of who undid it.</summary>
    public string? UndoneBy { get; set; }

    /// <summary>What undoing needs to know, JSON.</summary>
    public required string Kept { get; init; }

    /// <summary>UTC; from then on it stays as it is.</summary>
    public DateTime UndoUntil => At + UndoTime;
}

/// <summary>Two customers that look alike and are two: they are proposed no more.</summary>
public sealed class CustomersApart
{
    /// <summary>The smaller id.</summary>
    public required long LowId { get; init; }

    /// <summary>The larger id.</summary>
    public required long HighId { get; init; }

    /// <summary>Name of who said so.</summary>
    public required string By { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Somebody took the list of customers out of the house.</summary>
public sealed class CustomerExport
{
    public long Id { get; private set; }
    public required long StaffId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>How many customers there were to take.</summary>
    public required int Rows { get; init; }
}
