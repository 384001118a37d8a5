using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Queues;

/// <summary>Who of the team holds how much, and spreading it evenly. For those who hand work to others.</summary>
[Needs(Right.Assign)]
public sealed class LoadController(ComplaintsDb db, LoadReader load) : DeskController
{
    /// <summary>The team and its work.</summary>
    [HttpGet("/load")]
    public async Task<IActionResult> Index() => View("Load", await load.ReadAsync());

    /// <summary>Proposes how it would be spread evenly; nothing is done before the lead has looked at it.</summary>
    [HttpPost("/load/spread")]
    public async Task<IActionResult> Create(SpreadForm form)
    {
        if (form.Person.Count == 0)
        {
            Flash("Pick the people it is spread over.");
            return LocalRedirect("/load");
        }

        var moves = await load.SpreadAsync(form.Person, form.Free, form.Away);
        if (moves.Count == 0)
        {
            Flash("It is spread as evenly as units, seats, languages and recusal allow.");
            return LocalRedirect("/load");
        }

        var run = new BulkRun
        {
            ById = Me.Member.Id,
            At = Now,
            Back = "/load",
            Picked = BulkRun.Pick(moves.Select(m => m.Id)),
            What = "spread",
            Changes = new CaseChanges { Owners = moves.ToDictionary(m => m.Id, m => m.To) }.Write(),
        };
        db.BulkRuns.Add(run);
        await db.SaveChangesAsync();
        return LocalRedirect($"/bulk/{run.Id}");
    }
}

/// <summary>Whom work is spread over, and what of it.</summary>
public sealed class SpreadForm
{
    /// <summary>Ids of staff.</summary>
    public List<long> Person { get; set; } = [];

    /// <summary>What nobody holds is given out too.</summary>
    public bool Free { get; set; }

    /// <summary>What people who are away hold is given out too.</summary>
    public bool Away { get; set; }
}
