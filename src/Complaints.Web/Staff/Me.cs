using System.Globalization;
using System.Security.Claims;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Operation;
using Complaints.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>Whoever makes this request. <see cref="Presence"/> fills it once a request.</summary>
public sealed class Me(IHttpContextAccessor http)
{
    private StaffMember? _member;
    private Actor? _actor;
    private Reader? _reader;

    /// <summary>The signed-in person.</summary>
    /// <exception cref="NotHere">Nobody is signed in.</exception>
    public StaffMember Member => _member ?? throw new NotHere();

    /// <summary>The signed-in person as an actor.</summary>
    public Actor Actor => _actor ?? throw new NotHere();

    /// <summary>True when somebody is signed in.</summary>
    public bool IsSignedIn => _member is not null;

    /// <summary>Language and zone of the page: the person's, else the one chosen on the page, else the browser's.</summary>
    public Reader Reader => _reader ?? _actor?.Reader ?? new Reader(PageLanguage(), TimeZoneInfo.Utc);

    /// <summary>The page is for a customer: from here on it speaks as they read, whoever is signed in beside it.</summary>
    public void ReadAs(Reader reader) => _reader = reader;

    /// <summary>The page is for nobody in particular from here on, yet speaks as it did.</summary>
    public void Leave() => (_reader, _member, _actor) = (Reader, null, null);

    /// <summary>May the signed-in person do this at all?</summary>
    public bool May(Right right) => _actor is { } actor && Rights.Has(actor, right);

    internal async Task LoadAsync(ComplaintsDb db, ClaimsPrincipal principal)
    {
        if (
            !long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        )
        {
            return;
        }

        var calendars = db.Calendars;
        var found = await db
            .Staff.AsNoTracking()
            .Include(s => s.Unit)
            .Where(s => s.Id == id && s.Active)
            .Select(s => new { Member = s, Zone = calendars.Where(c => c.Id == s.Unit!.CalendarId).Select(c => c.Zone).First() })
            .FirstOrDefaultAsync();
        if (found is { Member: { } member })
        {
            _member = member;
            _actor = Actor.Of(member, TimeZoneInfo.FindSystemTimeZoneById(member.TimeZone ?? found.Zone));
        }
    }

    private string PageLanguage()
    {
        var request = http.HttpContext?.Request;
        return Tongue.Nearest(
            request?.Query["lang"].FirstOrDefault()
                ?? request?.Cookies["lang"]
                ?? request?.Cookies["__Host-lang"]
                ?? request?.Headers.AcceptLanguage.FirstOrDefault()
        );
    }
}

/// <summary>Learns who is asking, notes that they were seen, and turns away whoever was deactivated.</summary>
public sealed class Presence(RequestDelegate next)
{
    /// <summary>Once a request.</summary>
    public async Task InvokeAsync(HttpContext context, Me me, ComplaintsDb db, TimeProvider clock)
    {
        if (context.User.Identity is { IsAuthenticated: true })
        {
            await me.LoadAsync(db, context.User);
            if (!me.IsSignedIn)
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity()); // deactivated: as if never signed in
            }
            else if (
                clock.GetUtcNow().UtcDateTime is var now
                && (me.Member.LastSeenAt is null || now - me.Member.LastSeenAt > TimeSpan.FromMinutes(1))
            )
            {
                await NoteAsync(db, me.Member.Id, now, context.RequestAborted);
            }
        }

        await next(context);
    }

    private static async Task NoteAsync(ComplaintsDb db, long id, DateTime now, CancellationToken cancel)
    {
        try
        {
            using var turn = await db.Gate.EnterAsync(cancel);
            await db.Staff.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.LastSeenAt, now), cancel);
        }
        catch (System.Data.Common.DbException full) when (Faults.StatusOf(full) == StatusCodes.Status507InsufficientStorage)
        {
            // On a full disk pages can still be read; that somebody was here is not worth an error.
        }
    }
}
