using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>Prints a link to choose a first password, for a house whose mail does not work yet.</summary>
public sealed record InviteCommand()
    : Command(
        "invite",
        "prints a one-time link to choose a first password",
        "complaints invite MAIL-ADDRESS [--Setting:Name value …]\nFor somebody on the staff list whose invitation did not arrive. The link works once, for 7 days; it runs beside the server."
    )
{
    /// <inheritdoc />
    public override Task<int> RunAsync(string[] args) => CodeCommands.PrintAsync(args, OneTimeCodes.Invitation);
}

/// <summary>Prints a link to choose a new password, for an administrator who is locked out.</summary>
public sealed record ResetCommand()
    : Command(
        "reset",
        "prints a one-time link to choose a new password",
        "complaints reset MAIL-ADDRESS [--Setting:Name value …]\nThe link works once, for two hours; the old password works until it is used. It runs beside the server."
    )
{
    /// <inheritdoc />
    public override Task<int> RunAsync(string[] args) => CodeCommands.PrintAsync(args, OneTimeCodes.Reset);
}

/// <summary>What both do.</summary>
public static class CodeCommands
{
    /// <summary>Prints the link for the address that is the first argument; 2 when there is none.</summary>
    /// <exception cref="Refusal">Nobody has that address, or they left.</exception>
    public static async Task<int> PrintAsync(string[] args, string purpose)
    {
        if (args is not [var email, ..] || email.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync("Give the mail address of somebody on the staff list.");
            return 2;
        }

        await using var app = RunCommand.Build(args[1..]);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var known = email.Trim().ToUpperInvariant();
        var member =
            await db.Staff.FirstOrDefaultAsync(s => s.NormalizedEmail == known && s.Active)
            ?? throw new Refusal("Nobody who works here has the address {0}. The staff list is under /staff.", email);
        var link = await scope.ServiceProvider.GetRequiredService<Invitations>().LinkAsync(member, purpose);
        await db.SaveChangesAsync();
        Console.WriteLine(link);
        return 0;
    }
}
