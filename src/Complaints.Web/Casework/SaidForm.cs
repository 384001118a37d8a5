using Complaints.Casework;
using Complaints.Customers;

namespace Complaints.Web.Casework;

/// <summary>How something was said to the customer, and what goes with it when it goes by mail.</summary>
public class SaidForm
{
    /// <summary>How.</summary>
    public Channel Channel { get; set; }

    /// <summary>What.</summary>
    public string? Words { get; set; }

    /// <summary>Key of the regime's document it is; empty for none.</summary>
    public string? Document { get; set; }

    /// <summary>What is promised with it, and by when, in one line; empty for nothing.</summary>
    public string? Promise { get; set; }

    /// <summary>Addresses typed for a copy.</summary>
    public string? Cc { get; set; }

    /// <summary>Addresses chosen for a copy.</summary>
    public string[] CopyTo { get; set; } = [];

    /// <summary>Addresses one was warned of, when one wants to send all the same.</summary>
    public string? Sure { get; set; }

    /// <summary>Quote what the customer wrote last.</summary>
    public bool Quote { get; set; }

    /// <summary>Files picked to be attached.</summary>
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Pictures picked to be shown below the words.</summary>
    public List<IFormFile> Pictures { get; set; } = [];

    /// <summary>Files picked before the form came back, as <see cref="Enclosures"/> keeps them.</summary>
    public string[] Kept { get; set; } = [];

    /// <summary>SHA-256 of files of the complaint to be attached.</summary>
    public string[] Attached { get; set; } = [];

    /// <summary>SHA-256 of pictures of the complaint to be shown below the words.</summary>
    public string[] Shown { get; set; } = [];

    /// <summary>When to send it, local to the person; empty for now.</summary>
    public string? SendAt { get; set; }

    /// <summary>As the verbs want it. A letter counts as posted when it is entered.</summary>
    internal Statement Statement => new(Channel, Words ?? "", Channel == Channel.Letter);
}
