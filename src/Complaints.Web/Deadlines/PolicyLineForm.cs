using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Web.Deadlines;

/// <summary>A special line as typed.</summary>
public sealed class PolicyLineForm
{
    public Tier? Tier { get; set; }
    public Severity? Severity { get; set; }
    public Channel? Channel { get; set; }
    public long? CategoryId { get; set; }
    public string? LineAcknowledge { get; set; }
    public string? LineApologize { get; set; }
    public string? LineResolve { get; set; }

    /// <summary>The line.</summary>
    /// <exception cref="Refusal">It names nothing, or sets nothing.</exception>
    public PolicyLine Build()
    {
        var line = new PolicyLine
        {
            Tier = Tier,
            Severity = Severity,
            Channel = Channel,
            CategoryId = CategoryId,
            Acknowledge = Number(LineAcknowledge, nameof(LineAcknowledge)),
            Apologize = Number(LineApologize, nameof(LineApologize)),
            Resolve = Number(LineResolve, nameof(LineResolve)),
        };
        return line.Specificity == 0
                ? throw new Refusal("Choose at least one of tier, severity, channel and category for the special line.")
            : line is { Acknowledge: null, Apologize: null, Resolve: null }
                ? throw new Refusal("Give at least one target in the special line.")
            : line;
    }

    private static decimal? Number(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null : PolicyForm.Number(text, field);
}
