using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Intake;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>What is typed about a customer.</summary>
public sealed class ProfileForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? ContactPerson { get; set; }
    public CustomerKind Kind { get; set; }
    public Channel PreferredChannel { get; set; }
    public string? Language { get; set; }
    public string? TimeZone { get; set; }
    public string? PostalCode { get; set; }
    public string? Notes { get; set; }
    public bool NoSurveys { get; set; }

    /// <summary>What stands in the database.</summary>
    public static ProfileForm Of(Customer c) =>
        new()
        {
            Version = c.Version,
            Name = c.Name,
            ContactPerson = c.ContactPerson,
            Kind = c.Kind,
            PreferredChannel = c.PreferredChannel,
            Language = c.Language,
            TimeZone = c.TimeZone,
            PostalCode = c.PostalCode,
            Notes = c.Notes,
            NoSurveys = c.NoSurveysSince is not null,
        };
}

/// <summary>A complaint in the profile's list.</summary>
public sealed record ProfileCase(string Reference, string Summary, DateTime ReceivedAt, State State, Outcome? Outcome);

/// <summary>The profile.</summary>
public sealed record ProfilePage(
    Customer Customer,
    ProfileForm Form,
    IReadOnlyList<ProfileCase> Complaints,
    bool Edit,
    string? Reason,
    string? Point
);

/// <summary>A customer's profile (客户档案).</summary>
[Route("customers/{id:long}")]
public sealed class ProfileController(ComplaintsDb db, Cases cases, DeadlineBooks books) : DeskController
{
    /// <summary>The profile. Who looked goes to the access log.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(long id)
    {
        var customer = await FindAsync(id, Right.Read);
        await AccessLog.NoteAsync(db, Me.Member.Id, id, null, Now);
        return View("Profile", await PageAsync(customer, ProfileForm.Of(customer)));
    }

    /// <summary>Saves what was typed.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Update(long id, ProfileForm form)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                Expect(customer, form.Version);
                customer.Name = Fitting(form.Name, 300, "Name") ?? throw new Refusal(new Sentence("A customer needs a name."), "Name");
                customer.ContactPerson = Fitting(form.ContactPerson, 300, "ContactPerson");
                customer.Kind = form.Kind;
                customer.PreferredChannel = form.PreferredChannel;
                customer.Language = Tongue.Nearest(form.Language);
                customer.TimeZone = Zone(form.TimeZone);
                customer.PostalCode = Fitting(form.PostalCode, 20, "PostalCode");
                customer.Notes = Fitting(form.Notes, 20_000, "Notes");
                customer.NoSurveysSince = form.NoSurveys ? customer.NoSurveysSince ?? Now : null;
                return await SavedAsync(id);
            },
            async () => View("Profile", await PageAsync(customer, form, edit: true))
        );
    }

    /// <summary>Another tier, with the reason. Open complaints get tighter deadlines, never looser ones.</summary>
    [HttpPost("tier")]
    public async Task<IActionResult> ChangeTier(long id, Tier tier, string? reason, long version)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                Expect(customer, version);
                var why = Fitting(reason, 1000, "reason") ?? throw new Refusal(new Sentence("Say why the tier changes."), "reason");
                if (customer.Tier == tier)
                {
                    throw new Refusal(new Sentence("The tier is {0} already.", tier), "tier");
                }

                (customer.Tier, customer.TierReason, customer.TierChangedAt, customer.TierChangedBy) = (tier, why, Now, Me.Member.Name);
                var book = await books.OpenAsync(db);
                var open = await db
                    .Complaints.Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .AsSplitQuery()
                    .Where(c => c.CustomerId == id && c.IsOpen && !c.Historic)
                    .ToListAsync();
                open.ForEach(c => c.ChangeTier(Me.Actor, Now, tier, book));
                return await SavedAsync(id);
            },
            async () => View("Profile", await PageAsync(customer, ProfileForm.Of(customer), reason: reason))
        );
    }

    /// <summary>One more way to reach them.</summary>
    [HttpPost("contact-points")]
    public async Task<IActionResult> AddPoint(long id, string? value)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                var point = LogReading.Point(
                    Fitting(value, 200, "value")
                        ?? throw new Refusal(new Sentence("Write a phone number, mail address or handle."), "value"),
                    "value"
                );
                if (customer.ContactPoints.Exists(p => p.Kind == point.Kind && p.Normalised == point.Normalised))
                {
                    throw new Refusal(new Sentence("“{0}” is there already.", point.Value), "value");
                }

                customer.ContactPoints.Add(point);
                return await SavedAsync(id);
            },
            async () => View("Profile", await PageAsync(customer, ProfileForm.Of(customer), point: value))
        );
    }

    /// <summary>No longer a way to reach them.</summary>
    [HttpPost("contact-points/{pointId:long}/removal")]
    public async Task<IActionResult> RemovePoint(long id, long pointId)
    {
        var customer = await FindAsync(id, Right.Work);
        customer.ContactPoints.RemoveAll(p => p.Id == pointId);
        return await SavedAsync(id);
    }

    /// <summary>An address that had bounced works again, or its owner wants our mail after all.</summary>
    [HttpPost("contact-points/{pointId:long}/repair")]
    public async Task<IActionResult> RepairPoint(long id, long pointId)
    {
        var customer = await FindAsync(id, Right.Work);
        var point = customer.ContactPoints.Find(p => p.Id == pointId) ?? throw new NotHere();
        (point.BouncedAt, point.UnwantedAt) = (null, null);
        return await SavedAsync(id);
    }

    private async Task<Customer> FindAsync(long id, Right right) =>
        Me.May(right) && await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == id) is { } customer
            ? customer
            : throw new NotHere();

    private async Task<IActionResult> SavedAsync(long id)
    {
        await db.SaveChangesAsync();
        Flash("Saved.");
        return Redirect("/customers/" + id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<ProfilePage> PageAsync(
        Customer customer,
        ProfileForm form,
        bool edit = false,
        string? reason = null,
        string? point = null
    )
    {
        if (!ModelState.IsValid)
        {
            // Show what is saved beside what was typed: the refused change must not look done.
            await db.Entry(customer).ReloadAsync();
            form.Version = customer.Version;
        }

        return new ProfilePage(
            customer,
            form,
            await cases
                .Visible(db.Complaints.AsNoTracking().Where(c => c.CustomerId == customer.Id))
                .OrderByDescending(c => c.ReceivedAt)
                .ThenByDescending(c => c.Id)
                .Take(200)
                .Select(c => new ProfileCase(c.Reference, c.Summary, c.ReceivedAt, c.State, c.Outcome))
                .ToListAsync(),
            edit,
            reason,
            point
        );
    }

    private static void Expect(Customer customer, long version)
    {
        if (customer.Version != version)
        {
            throw new Refusal("Somebody changed this profile while you were editing. Look at it again, then save: your words are kept.");
        }
    }

    private static string? Fitting(string? text, int most, string field)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null
            : trimmed.Length <= most ? trimmed
            : throw new Refusal(new Sentence("That text has {0} characters; {1} fit.", trimmed.Length, most), field);
    }

    private static string? Zone(string? typed)
    {
        var zone = typed?.Trim();
        return string.IsNullOrEmpty(zone) ? null
            : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone
            : throw new Refusal(new Sentence("“{0}” is no time zone. Write it like Europe/London, or leave it empty.", zone), "TimeZone");
    }
}
