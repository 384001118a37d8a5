using Complaints.Settings;

namespace Complaints.Web.Settings;

/// <summary>On which page what is changed.</summary>
public static class TopicPages
{
    private static readonly Dictionary<Topic, string> _pages = new()
    {
        [Topic.Organisation] = "/settings/organisation",
        [Topic.Units] = "/settings/units",
        [Topic.Staff] = "/staff",
        [Topic.Calendars] = "/settings/calendars",
        [Topic.Deadlines] = "/settings/policy",
        [Topic.Regulators] = "/settings/regimes",
        [Topic.Escalation] = "/settings/escalation",
        [Topic.FollowUp] = "/settings/follow-up",
        [Topic.Questions] = "/settings/questionnaires",
        [Topic.PublicForm] = "/settings/web-form",
        [Topic.Categories] = "/settings/categories",
        [Topic.Fields] = "/settings/fields",
        [Topic.Causes] = "/settings/causes",
        [Topic.Callers] = "/settings/caller",
        [Topic.Limits] = "/settings/limits",
        [Topic.Mail] = "/settings/mail",
        [Topic.Mailboxes] = "/settings/mailboxes",
        [Topic.Files] = "/settings/files",
        [Topic.Customers] = "/settings/customers",
        [Topic.Receipts] = "/settings/receipts",
        [Topic.Templates] = "/settings/templates",
        [Topic.Phrases] = "/phrases",
        [Topic.Advice] = "/settings/writing-advice",
        [Topic.Work] = "/settings/work",
        [Topic.Tags] = "/tags",
        [Topic.Macros] = "/macros",
        [Topic.Checklists] = "/settings/checklists",
    };

    /// <summary>The page a topic is changed on.</summary>
    public static string Of(Topic topic) => _pages[topic];

    /// <summary>The topic of a page and of those below it; null for a page that sets nothing.</summary>
    public static Topic? At(PathString path)
    {
        foreach (var (topic, page) in _pages)
        {
            if (path.StartsWithSegments(page, StringComparison.Ordinal))
            {
                return topic;
            }
        }

        return null;
    }
}
