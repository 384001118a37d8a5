using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Benchmarks;

/// <summary>The slowest statement since it was last asked, so that a figure that grows says why.</summary>
public sealed class SlowSql : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly Lock _lock = new();
    private (double Milliseconds, string Text, IReadOnlyList<(string Name, object? Value)> With) _worst;
    private double _sum;

    /// <summary>Milliseconds of all statements and of the slowest one, with its text and parameters; begins anew.</summary>
    public (double Sum, double Worst, string Text, IReadOnlyList<(string Name, object? Value)> With) Take()
    {
        lock (_lock)
        {
            var (sum, worst) = (_sum, _worst);
            (_sum, _worst) = (0, default);
            return (sum, worst.Milliseconds, worst.Text, worst.With);
        }
    }

    /// <inheritdoc />
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            value.Subscribe(this);
        }
    }

    /// <inheritdoc />
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData done)
        {
            lock (_lock)
            {
                _sum += done.Duration.TotalMilliseconds;
                if (done.Duration.TotalMilliseconds > _worst.Milliseconds)
                {
                    var with = done.Command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value)).ToList();
                    _worst = (done.Duration.TotalMilliseconds, done.Command.CommandText, with);
                }
            }
        }
    }

    /// <inheritdoc />
    public void OnCompleted() { }

    /// <inheritdoc />
    public void OnError(Exception error) { }
}
