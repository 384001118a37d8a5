using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

public static partial class AccessTokens
{
    /// <summary>
    /// The first line that a command prints, for tokens that another program keeps fresh. The command gets no shell: the
    /// first word is the program, the others its arguments; words with blanks stand in double quotes.
    /// </summary>
    /// <param name="command">Program and arguments; set by an administrator.</param>
    /// <param name="limit">Longest time it may take.</param>
    /// <param name="time">The clock of <paramref name="limit"/>.</param>
    public static Func<CancellationToken, Task<string>> ByCommand(string command, TimeSpan limit, TimeProvider time) =>
        async cancel =>
        {
            var words = Words(command);
            if (words.Count == 0)
            {
                throw new MailSourceFailure(new Sentence("The command for the access token is empty. Enter one."));
            }

            using var process = new Process
            {
                StartInfo = new(words[0], words.Skip(1))
                {
                    RedirectStandardOutput = true,
                    RedirectStandardInput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                },
            };
            using var timer = new CancellationTokenSource(limit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
            try
            {
                process.Start();
                process.StandardInput.Close();
                process.ErrorDataReceived += (_, _) => { }; // read and forgotten, or a talkative command would block
                process.BeginErrorReadLine();
                var said = await FirstAsync(process.StandardOutput, both.Token);
                await process.WaitForExitAsync(both.Token);
                var token = said.Split('\n')[0].Trim();
                return process.ExitCode == 0 && Sound(token)
                    ? token
                    : throw new MailSourceFailure(
                        new Sentence(
                            "The command for the access token, {0}, gave none (exit code {1}). Run it by hand to see why.",
                            words[0],
                            process.ExitCode.ToString(CultureInfo.InvariantCulture)
                        )
                    );
            }
            catch (Win32Exception)
            {
                throw new MailSourceFailure(
                    new Sentence(
                        "The command for the access token, {0}, cannot be started. Check its path and that it may be run.",
                        words[0]
                    )
                );
            }
            catch (OperationCanceledException)
            {
                Kill(process);
                cancel.ThrowIfCancellationRequested();
                throw new MailSourceFailure(
                    new Sentence(
                        "The command for the access token, {0}, did not end within {1|second|seconds}. Run it by hand to see why.",
                        words[0],
                        Math.Max(1, (int)limit.TotalSeconds)
                    )
                );
            }
        };

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was never started or has just ended.
        }
    }

    private static List<string> Words(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        var begun = false;
        foreach (var c in command)
        {
            if (c == '"')
            {
                quoted = !quoted;
                begun = true;
            }
            else if (!quoted && char.IsWhiteSpace(c))
            {
                if (begun)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                begun = false;
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        if (begun)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
