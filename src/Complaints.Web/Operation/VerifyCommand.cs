using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>Verifies all timelines, or one; reads only, so it may run beside the server.</summary>
public sealed record VerifyCommand()
    : Command(
        "verify",
        "checks that no timeline was tampered with",
        "complaints verify [REFERENCE] [--Setting:Name value …]\nPrints the first tampered entry of every complaint that has one, and compares the file of daily heads. Exit code 0: all whole; 1: something was tampered with."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        await using var app = RunCommand.Build(args);
        await using var scope = app.Services.CreateAsyncScope();
        var verifier = scope.ServiceProvider.GetRequiredService<TimelineVerifier>();
        var (found, count) = (0, 0);
        if (CommandLine.Split(args).Word is { } typed)
        {
            var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
            var known = Reference.Read(typed);
            var id =
                await db.Complaints.Where(c => c.Reference == known).Select(c => (long?)c.Id).FirstOrDefaultAsync()
                ?? throw new Complaints.Language.Refusal("There is no complaint {0}.", typed);
            count = 1;
            found += Print(await verifier.VerifyAsync(id));
        }
        else
        {
            await foreach (var tampering in verifier.VerifyAllAsync(n => count = n))
            {
                found += Print(tampering);
            }

            if (await scope.ServiceProvider.GetRequiredService<HeadOfHeads>().FirstMismatchAsync() is { } day)
            {
                found++;
                Console.WriteLine(
                    $"The heads written on {day} no longer fit: complaints or entries were removed, or the file was changed."
                );
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"checked {count}, tampered with {found}"));
        return found == 0 ? 0 : 1;
    }

    private static int Print(Tampering? tampering)
    {
        if (tampering is not null)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{tampering.Reference}, entry {tampering.Seq}: {tampering.How}.")
            );
        }

        return tampering is null ? 0 : 1;
    }
}
