using Complaints.Web.Intake;

namespace Complaints.Web.CustomerPages;

/// <summary>What a customer types into the public form.</summary>
public sealed class ComplainForm
{
    public string? Name { get; set; }

    /// <summary>Mail address or phone number.</summary>
    public string? Reach { get; set; }
    public string? WhatHappened { get; set; }
    public string? Wants { get; set; }
    public long? UnitId { get; set; }
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>People leave it empty because they do not see it; programs fill it in.</summary>
    public string? Website { get; set; }
    public string? SubmissionKey { get; set; }
}

/// <summary>The public form.</summary>
/// <param name="LargestFile">In bytes.</param>
public sealed record ComplainPage(ComplainForm Form, IReadOnlyList<Choice> Units, string House, long LargestFile);

/// <summary>After sending.</summary>
public sealed record ComplainedPage(string House, string? Reference, string? Link, string? Mail);
