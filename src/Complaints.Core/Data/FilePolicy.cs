using Complaints.Language;

namespace Complaints.Data;

/// <summary>By which door a file comes in; each has a limit of its own.</summary>
public enum FileDoor
{
    /// <summary>A form of staff.</summary>
    Staff,

    /// <summary>The public form.</summary>
    Public,

    /// <summary>The customer's page behind a signed link.</summary>
    Status,

    /// <summary>Received mail, where the mailbox has no limit of its own.</summary>
    Mail,
}

/// <summary>
/// Which files are taken, kept by <see cref="FilePolicies"/>. The one place that judges a file: forms ask <see cref="Check"/> before
/// they store it, mail asks <see cref="Blocked(string, ReadOnlySpan{byte}, string)"/>. Pure.
/// </summary>
/// <param name="Classes">Kinds that are blocked whatever they are called.</param>
/// <param name="Endings">Endings of names that are blocked whatever is inside: lower case, without the dot.</param>
/// <param name="StaffMb">Largest file in a form of staff; this and the others in MB of 1,048,576 bytes.</param>
/// <param name="PublicMb">Largest file in the public form.</param>
/// <param name="StatusMb">Largest file on the customer's page.</param>
/// <param name="MailMb">Largest attachment that is taken out of a received mail.</param>
public sealed record FilePolicy(
    IReadOnlyList<FileClass> Classes,
    IReadOnlyList<string> Endings,
    int StaffMb,
    int PublicMb,
    int StatusMb,
    int MailMb
)
{
    /// <summary>The most that a limit can be set to, in MB: what <see cref="FileStore"/> takes at all.</summary>
    public const int Highest = (int)(FileStore.Limit / Mb);

    private const long Mb = 1024 * 1024;
    private const int MostEndings = 200;

    /// <summary>Until somebody decides otherwise: programs, scripts and what a browser would run are blocked.</summary>
    public static FilePolicy Seeded { get; } =
        new(
            [FileClass.Program, FileClass.Shortcut, FileClass.Java, FileClass.Android, FileClass.Script, FileClass.WebPage, FileClass.Svg],
            [.. FileSigns.ProgramEndings],
            20,
            10,
            10,
            20
        );

    /// <summary>The largest file by that door, in bytes.</summary>
    public long Largest(FileDoor door) =>
        door switch
        {
            FileDoor.Staff => StaffMb,
            FileDoor.Public => PublicMb,
            FileDoor.Status => StatusMb,
            _ => MailMb,
        } * Mb;

    /// <summary>How many files fit into one form.</summary>
    public static int Most(FileDoor door) => door is FileDoor.Staff ? 5 : 3;

    /// <summary>What is blocked about the file, such as "program (exe)"; null when it may come in.</summary>
    /// <param name="name">Its name; only the ending counts.</param>
    /// <param name="start">The first <see cref="FileKind.Looked"/> bytes.</param>
    /// <param name="declared">The type whoever sent it declared; never believed against the content.</param>
    public Sentence? Blocked(string name, ReadOnlySpan<byte> start, string declared) => Blocked(name, FileKind.Shown(start, declared));

    /// <summary>The same for a file that was looked at before.</summary>
    /// <param name="type">The type its content showed; null when it showed none.</param>
    public Sentence? Blocked(string name, string? type)
    {
        var ending = EndingOf(name);
        var kind = FileClasses.Of(type);
        if (kind is null || !Classes.Contains(kind.Value))
        {
            if (!Endings.Contains(ending))
            {
                return null;
            }

            kind = FileClasses.Of(FileSigns.ScriptByName("x." + ending));
        }

        return kind is null ? new Sentence("a file ending in “{0}”", ending)
            : ending.Length is 0 or > 10 ? new Sentence("{0}", kind)
            : new Sentence("{0} ({1})", kind, ending);
    }

    /// <summary>Refuses a file that is not taken by a form.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="field">Name of the field it was chosen in.</param>
    /// <exception cref="Refusal">It is blocked or too large; the sentence names the file, why, and what to do.</exception>
    public void Check(string name, ReadOnlySpan<byte> start, string declared, long bytes, FileDoor door, string field)
    {
        if (Blocked(name, start, declared) is { } what)
        {
            throw new Refusal(
                new Sentence(
                    "“{0}” was not taken: files of this kind are blocked here ({1}). Send it as a PDF or a picture instead. What you typed is still here; choose your other files again.",
                    name,
                    what
                ),
                field
            );
        }

        if (bytes > Largest(door))
        {
            throw new Refusal(
                new Sentence(
                    "“{0}” is larger than {1} MB, the most one file may have here. Make it smaller, or send it in parts. What you typed is still here; choose your other files again.",
                    name,
                    Largest(door) / Mb
                ),
                field
            );
        }
    }

    /// <summary>Refuses what cannot be kept.</summary>
    /// <exception cref="Refusal">A limit is out of range, or an ending is none.</exception>
    public void CheckItself()
    {
        CheckLimit(StaffMb, nameof(StaffMb));
        CheckLimit(PublicMb, nameof(PublicMb));
        CheckLimit(StatusMb, nameof(StatusMb));
        CheckLimit(MailMb, nameof(MailMb));
        if (Endings.FirstOrDefault(e => e.Length > 10 || !e.All(char.IsAsciiLetterOrDigit)) is { } wrong)
        {
            throw new Refusal(new Sentence("“{0}” is no ending. Write them like exe or bat, with blanks between.", wrong), nameof(Endings));
        }

        if (Endings.Count > MostEndings)
        {
            throw new Refusal(new Sentence("{0} endings are too many; {1} fit.", Endings.Count, MostEndings), nameof(Endings));
        }
    }

    /// <summary>Refuses a limit nobody can keep.</summary>
    /// <exception cref="Refusal">Less than 1 MB or more than <see cref="Highest"/>.</exception>
    public static void CheckLimit(int mb, string field)
    {
        if (mb is < 1 or > Highest)
        {
            throw new Refusal(new Sentence("Give a limit from 1 to {0} MB.", Highest), field);
        }
    }

    /// <summary>What was typed as a list of endings: by blanks or commas, with or without dots, each once.</summary>
    public static IReadOnlyList<string> ReadEndings(string? typed) =>
        [
            .. (typed ?? "")
                .Split([' ', ',', ';', '\r', '\n', '\t', '，', '、', '；'], StringSplitOptions.RemoveEmptyEntries)
                .Select(e => e.TrimStart('*').Trim('.').ToLowerInvariant())
                .Where(e => e.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    // Windows drops dots and blanks at the end of a name, so "x.exe. " is a program.
    private static string EndingOf(string name)
    {
        var bare = name.TrimEnd('.', ' ', '\t');
        var dot = bare.LastIndexOf('.');
        return dot < 0 ? "" : bare[(dot + 1)..].Trim().ToLowerInvariant();
    }
}
