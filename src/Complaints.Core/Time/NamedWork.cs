using Complaints.Language;

namespace Complaints.Time;

/// <summary>
/// One piece of background work. It is an alarm clock only: truth lives in the tables, so a tick that is lost, late or
/// doubled changes nothing, and each node may run it.
/// </summary>
/// <param name="Name">Short and stable, such as <c>sweep</c>: its key on the background-work page and in logs.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Why">What it is for, in one sentence for an administrator.</param>
/// <param name="Every">Time from one start to the next; more than zero.</param>
/// <param name="Run">Does it once, with services of a scope made for this run; throws when it failed, and stops soon
/// when the token is cancelled.</param>
public sealed record NamedWork(
    string Name,
    Sentence Title,
    Sentence Why,
    TimeSpan Every,
    Func<IServiceProvider, CancellationToken, Task> Run
);
