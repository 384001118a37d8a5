namespace Complaints.Web.Operation;

/// <summary>Tells the words of a command line from its options: <c>--name value</c>, <c>--name=value</c> and flags.</summary>
public static class CommandLine
{
    private static readonly string[] _flags = ["--help", "-h", "--dry-run", "--json"];

    /// <summary>The first word that is neither an option nor an option's value, and the arguments before and after it.</summary>
    /// <returns>No word (null) when there are options alone; all of them then stand before it.</returns>
    public static (string? Word, string[] Before, string[] After) Split(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                return (args[i], args[..i], args[(i + 1)..]);
            }

            if (!args[i].Contains('=', StringComparison.Ordinal) && !_flags.Contains(args[i], StringComparer.Ordinal))
            {
                i++; // its value
            }
        }

        return (null, args, []);
    }
}
