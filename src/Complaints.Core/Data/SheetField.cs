namespace Complaints.Data;

/// <summary>
/// A field of a file that somebody opens in a spreadsheet. People type names and references; what begins like a formula
/// gets an apostrophe before it, so that the spreadsheet shows it and runs nothing (OWASP, CSV injection). The one place
/// for this rule: every file the house writes goes through here.
/// </summary>
public static class SheetField
{
    /// <summary>Quoted, and harmless.</summary>
    public static string Of(string? text) => Quoted(Harmless(text ?? ""));

    /// <summary>Quoted as it stands; for what the house itself wrote, such as a number with its sign.</summary>
    public static string Quoted(string text) => "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>With an apostrophe before it where a spreadsheet would take it for a formula.</summary>
    public static string Harmless(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>The field as it was before <see cref="Harmless"/>.</summary>
    public static string Plain(string field) => field.Length > 1 && field[0] == '\'' && IsFormula(field[1..]) ? field[1..] : field;

    // Spreadsheets skip blanks before a formula, and some read the full-width signs too.
    private static bool IsFormula(string text) =>
        text.TrimStart(' ', '\u00A0', '\u3000').FirstOrDefault()
            is '='
                or '+'
                or '-'
                or '@'
                or '\t'
                or '\r'
                or '\n'
                or '＝'
                or '＋'
                or '－'
                or '＠';
}
