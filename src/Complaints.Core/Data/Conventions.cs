using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Complaints.Data;

/// <summary>
/// Carries a row version that the application raises with every change; the concurrency token on both providers.
/// </summary>
public interface IVersioned
{
    /// <summary>How often the row was changed. A form that was opened at another version is stale.</summary>
    long Version { get; }
}

/// <summary>
/// On a property of an <see cref="IVersioned"/> row: a change of nothing else is no change to people, so the version
/// stays and open forms do not go stale. Make it a concurrency token of its own, or such a change could be overwritten.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class QuietAttribute : Attribute;

/// <summary>
/// Times are UTC and cut to milliseconds before saving: PostgreSQL keeps microseconds and .NET's ticks are finer, so
/// that a time read back would differ from the one that was hashed.
/// </summary>
public sealed class UtcMilliseconds() : ValueConverter<DateTime, DateTime>(v => Cut(v), v => DateTime.SpecifyKind(v, DateTimeKind.Utc))
{
    /// <summary>The time in UTC without anything below a millisecond.</summary>
    /// <exception cref="ArgumentException">The time is not UTC.</exception>
    public static DateTime Cut(DateTime utc) =>
        utc.Kind == DateTimeKind.Utc
            ? new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc)
            : throw new ArgumentException($"A {utc.Kind} time reached the database; only UTC may.", nameof(utc));
}
