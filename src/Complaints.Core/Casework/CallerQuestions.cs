using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>What a caller can be asked before anything is told; a setting, a line each.</summary>
public sealed record CallerQuestions
{
    /// <summary>How long a check counts: about as long as a call.</summary>
    public static TimeSpan Holds { get; } = TimeSpan.FromHours(1);

    /// <summary>Name of the setting.</summary>
    public const string Name = "caller.questions";
    private const int Most = 12;
    private const int Longest = 100;

    /// <summary>In English.</summary>
    public IReadOnlyList<string> English { get; init; } =
    ["Full name and address", "Number of the bill, order or booking", "Date of birth", "Called back on a number on file"];

    /// <summary>In Chinese.</summary>
    public IReadOnlyList<string> Chinese { get; init; } = ["姓名和地址", "账单、订单或预订编号", "出生日期", "回拨客户预留号码"];

    /// <summary>In the reader's language; the other one's where there are none.</summary>
    public IReadOnlyList<string> In(string language) =>
        language == Tongue.Chinese && Chinese.Count > 0 ? Chinese
        : English.Count > 0 ? English
        : Chinese;

    /// <summary>As set; the defaults when nothing is.</summary>
    public static async Task<CallerQuestions> ReadAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(Name, cancel) is { } text ? JsonSerializer.Deserialize<CallerQuestions>(text)! : new CallerQuestions();

    /// <summary>From what was typed, a question a line.</summary>
    /// <exception cref="Refusal">None at all, too many, or one too long.</exception>
    public static CallerQuestions Of(string? english, string? chinese)
    {
        var made = new CallerQuestions { English = Lines(english, nameof(English)), Chinese = Lines(chinese, nameof(Chinese)) };
        return made.English.Count + made.Chinese.Count > 0
            ? made
            : throw new Refusal(new Sentence("Write at least one question, a line each."), nameof(English));
    }

    /// <summary>Keeps it; the caller saves.</summary>
    public async Task KeepAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var text = JsonSerializer.Serialize(this);
        await db.KeepSettingAsync(Name, text, cancel);
    }

    private static List<string> Lines(string? typed, string field)
    {
        var lines = (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        return lines.Count > Most || lines.Exists(l => l.Length > Longest)
            ? throw new Refusal(new Sentence("Up to {0} questions of up to {1} characters, a line each.", Most, Longest), field)
            : lines;
    }
}
