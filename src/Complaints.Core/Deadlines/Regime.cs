using Complaints.Data;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Deadlines;

/// <summary>Where a regulator's clock starts.</summary>
public enum RegimeStart
{
    [Words("from receipt", "自收到之日起")]
    Received = 0,

    [Words("from acknowledgement", "自响应之日起")]
    Acknowledged = 1,

    [Words("from acceptance by the authority", "自受理之日起")]
    Accepted = 2,
}

/// <summary>A regulator's rules on complaints: its own clocks and the documents it demands. Editable data with its source.</summary>
public sealed class Regime : IVersioned
{
    public long Id { get; private set; }

    /// <summary>Stable key, such as <c>fca-disp</c>.</summary>
    public required string Key { get; init; }

    /// <summary>English name.</summary>
    public required string Name { get; set; }

    /// <summary>Chinese name.</summary>
    public string? NameZh { get; set; }

    /// <summary>Only active regimes start clocks.</summary>
    public bool Active { get; set; }

    /// <summary>The clocks bind the authority; the firm only watches them.</summary>
    public bool BindsAuthority { get; set; }

    /// <summary>The publication it was taken from.</summary>
    public string Source { get; set; } = "";

    /// <summary>First day it applies, ISO date; null when always.</summary>
    public string? EffectiveFrom { get; set; }

    /// <summary>Remark in English; why it is off, what is unsure.</summary>
    public string? Remark { get; set; }

    /// <summary>Remark in Chinese.</summary>
    public string? RemarkZh { get; set; }

    /// <summary>The calendar its days are counted on.</summary>
    public long CalendarId { get; set; }

    /// <summary>True when waiting for the customer pauses its clocks too.</summary>
    public bool Pauses { get; set; }

    /// <summary>Its clocks.</summary>
    public List<RegimeClock> Clocks { get; init; } = [];

    /// <summary>The documents it demands.</summary>
    public List<RegimeDocument> Documents { get; init; } = [];

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}

/// <summary>One clock of a regime.</summary>
public sealed class RegimeClock
{
    public long Id { get; private set; }
    public long RegimeId { get; private set; }

    /// <summary>Key within the regime, such as <c>final</c>.</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }
    public string? NameZh { get; set; }
    public decimal Amount { get; set; }
    public TargetUnit Unit { get; set; }
    public RegimeStart From { get; set; }

    /// <summary>Applies only when somebody says the case is exceptional; never started by itself.</summary>
    public bool Exceptional { get; set; }

    /// <summary>The date stands in the authority's notice and is typed in.</summary>
    public bool DateFromNotice { get; set; }

    /// <summary>Key of the document whose leaving stops it; null when the step of the same name does.</summary>
    public string? Document { get; set; }

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}

/// <summary>A document a regime demands.</summary>
public sealed class RegimeDocument
{
    public long Id { get; private set; }
    public long RegimeId { get; private set; }

    /// <summary>Key within the regime, such as <c>final-response</c>.</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }
    public string? NameZh { get; set; }

    /// <summary>Sentences it must hold, one a line, English.</summary>
    public string MustSay { get; set; } = "";

    /// <summary>Sentences it must hold, one a line, Chinese.</summary>
    public string MustSayZh { get; set; } = "";

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}

/// <summary>Where a regime applies: to a unit and what is below it, or to a category and what is below it.</summary>
public sealed class RegimeAttachment
{
    public long Id { get; private set; }
    public long RegimeId { get; init; }
    public long? UnitId { get; init; }
    public long? CategoryId { get; init; }
}
