using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>The faces of the demo: one click, and you are somebody. Not there at all without the demo.</summary>
public sealed class DemoController(
    Demo demo,
    DemoArrival arrival,
    ComplaintsDb db,
    SignInManager<StaffMember> manager,
    Complaints.Words.House house,
    Spoken t,
    TimeProvider clock
) : Controller
{
    /// <summary>The faces.</summary>
    [HttpGet("welcome")]
    public async Task<IActionResult> Index(string? to, bool signedOut = false)
    {
        Only();
        if (arrival.IsUnderWay)
        {
            Response.Headers["Refresh"] = "2";
        }

        var faces = await db
            .Staff.AsNoTracking()
            .Where(s => s.DemoFace != null)
            .OrderBy(s => s.Id)
            .Select(s => new Face(s.Id, s.Name, s.Role, s.Seat, s.Unit!.Name, s.Unit.NameZh))
            .ToListAsync();
        var overdue = await db
            .Complaints.AsNoTracking()
            .Where(c => c.State == State.Received)
            .OrderByDescending(c => c.ReceivedAt)
            .Select(c => c.Clocks.First(k => k.Name == ClockName.Acknowledge).DueAt)
            .Where(due => due > clock.GetUtcNow().UtcDateTime)
            .OrderBy(due => due)
            .FirstOrDefaultAsync();
        return View(
            "Faces",
            new Faces(
                faces,
                await house.NameAsync(t.Reader.Language),
                await CustomerNameAsync(),
                Url.IsLocalUrl(to) ? to : null,
                signedOut,
                overdue == default ? null : overdue,
                arrival.IsUnderWay
            )
        );
    }

    /// <summary>Comes in as one of the staff.</summary>
    [HttpPost("welcome/{id:long}")]
    public async Task<IActionResult> Create(long id, string? to)
    {
        Only();
        var member = await db.Staff.FirstOrDefaultAsync(s => s.Id == id && s.DemoFace != null && s.Active) ?? throw new NotHere();
        await manager.SignInAsync(member, isPersistent: false);
        return LocalRedirect(Url.IsLocalUrl(to) ? to! : "/");
    }

    /// <summary>Comes in as the customer: the survey that waits for an answer, as the link in the mail opens it.</summary>
    [HttpPost("welcome/customer")]
    public async Task<IActionResult> Customer()
    {
        Only();
        var complaint = await Asked().FirstOrDefaultAsync() ?? throw new NotHere();
        return Redirect(new Uri(house.StatusLink(complaint.Id, clock.GetUtcNow().UtcDateTime)).PathAndQuery);
    }

    private async Task<string?> CustomerNameAsync() => await Asked().Select(c => c.Customer.Name).FirstOrDefaultAsync();

    private IQueryable<Complaint> Asked()
    {
        var language = t.Reader.Language;
        return db
            .Complaints.AsNoTracking()
            .Where(c => c.State >= State.Received && c.Customer.ContactPerson == null && c.ResolvedAt != null)
            .OrderByDescending(c => c.Customer.Language == language)
            .ThenByDescending(c => c.State == State.InFollowUp)
            .ThenBy(c => c.Id);
    }

    private void Only()
    {
        if (!demo.Enabled)
        {
            throw new NotHere();
        }
    }
}

/// <summary>What the page of faces shows.</summary>
/// <param name="People">Staff to come in as.</param>
/// <param name="House">The organisation.</param>
/// <param name="Customer">The customer to come in as; null when nobody was asked yet.</param>
/// <param name="To">Address to go to afterwards; null for home.</param>
/// <param name="Forget">True when drafts kept in this browser must go.</param>
/// <param name="OverdueAt">UTC time the next complaint goes overdue; null when none is about to.</param>
/// <param name="Arriving">True while the complaints are still coming in.</param>
public sealed record Faces(
    IReadOnlyList<Face> People,
    string House,
    string? Customer,
    string? To,
    bool Forget,
    DateTime? OverdueAt,
    bool Arriving
);

/// <summary>One face.</summary>
public sealed record Face(long Id, string Name, Role Role, Seat Seat, string Unit, string? UnitZh)
{
    /// <summary>The unit in the reader's language.</summary>
    public string UnitIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(UnitZh) ? UnitZh : Unit;

    /// <summary>A line on what to try.</summary>
    public Sentence Try =>
        (Role, Seat) switch
        {
            (Role.Agent, Seat.Junior) => new Sentence("Try: log a complaint, and watch one go overdue"),
            (Role.Agent, _) => new Sentence("Try: acknowledge, apologize, resolve, and send the letter"),
            (Role.TeamLead, _) => new Sentence("Try: take an escalation, approve a remedy, hand over work"),
            (Role.Auditor, _) => new Sentence("Try: read everything, verify a timeline, change nothing"),
            (Role.Administrator, _) => new Sentence("Try: change a deadline, a calendar, a template; invite somebody"),
            _ => new Sentence("Try: the figures, and what waits longest"),
        };
}
