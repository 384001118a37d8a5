using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Complaints.Tests.World;

/// <summary>The built program as a process of its own, as an operator starts it.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ProgramRun(Process process) => _process = process;

    /// <summary>Starts it; background work is off unless the arguments say otherwise.</summary>
    public static ProgramRun Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "complaints.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment.Remove("Demo__Enabled");
        var run = new ProgramRun(new Process { StartInfo = start });
        run._process.OutputDataReceived += (_, line) => run.Hear(line.Data);
        run._process.ErrorDataReceived += (_, line) => run.Hear(line.Data);
        run._process.Start();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Runs it to its end: exit code and all it said, on either output.</summary>
    public static async Task<(int Code, string Text)> ToEndAsync(params string[] args)
    {
        using var run = Start(args);
        return (await run.EndAsync(), run.Said);
    }

    /// <summary>What it said so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until it said that.</summary>
    public async Task HearAsync(string words)
    {
        for (var i = 0; i < 2400 && !Said.Contains(words, StringComparison.Ordinal); i++)
        {
            Assert.False(_process.HasExited && i % 20 == 19, Said);
            await Task.Delay(50);
        }

        Assert.Contains(words, Said);
    }

    /// <summary>The address it says it serves.</summary>
    public async Task<Uri> AddressAsync()
    {
        await HearAsync("Stop with Ctrl+C");
        return new Uri(Said.Split("Complaints is ready: ")[1].Split('\n')[0].Split("  ")[0].Trim());
    }

    /// <summary>SIGTERM, as a service manager asks a program to end.</summary>
    public void Stop() => Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
