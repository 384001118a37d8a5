using Complaints.Settings;
using Complaints.Web.Staff;

namespace Complaints.Web.Settings;

/// <summary>Says who is changing settings at this moment, for their history.</summary>
public sealed class WhoChanges(IHttpContextAccessor http)
{
    /// <summary>True in a process that a command on the machine started.</summary>
    public bool AtTheCommandLine { get; set; }

    /// <summary>Whoever is signed in to the page that saves; else the command line, else the house itself.</summary>
    public Changer Now() =>
        http.HttpContext?.RequestServices.GetService<Me>() is { IsSignedIn: true } me
            ? new Changer(ChangedBy.Person, me.Member.Id, me.Member.Name)
        : AtTheCommandLine ? new Changer(ChangedBy.CommandLine)
        : new Changer(ChangedBy.House);
}
