using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Insight;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Language;
using Complaints.Web.Live;
using Complaints.Web.Settings;
using Complaints.Web.Shared;
using Complaints.Web.SignIn;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Web.Operation;

/// <summary>Puts the house together: what each room registers, and the order a request passes.</summary>
public static class House
{
    /// <summary>Longest field of a form in bytes as sent: a million Chinese characters, each as nine in a plain form.</summary>
    public const int LongestField = 16 * 1024 * 1024;

    /// <summary>Registers everything.</summary>
    public static void AddHouse(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = builder.Configuration;
        Complaints.Language.Tongue.Learn(typeof(House).Assembly);
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "O"));
        }

        services.TryAddSingleton(TimeProvider.System);
        var folder = DataFolder.From(settings);
        services.AddSingleton(folder);
        services.AddSingleton(new Keys(folder.Of("keys")));
        services.AddSingleton(new FileStore(folder.Of("files")));
        services.AddDatabase(settings, folder);
        services.AddSingleton<ServerLock>();
        services.AddSingleton<DeadlineBooks>();
        services.AddSingleton<SignedLinks>();
        services.AddSignIn(settings);
        services.AddRooms(settings);
        services.AddScoped<Me>();
        services.AddScoped<Spoken>();
        services.AddHttpContextAccessor();
        services.Configure<ForwardedHeadersOptions>(o => Proxies.Trust(o, settings["KnownProxies"]));
        services.Configure<FormOptions>(o => o.ValueLengthLimit = LongestField);
        services.AddAntiforgery(o => o.HeaderName = "RequestVerificationToken");
        services.AddControllersWithViews(o =>
        {
            o.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()); // as an instance it keeps its order: after the limits of a request, before its form is read
            o.Filters.Add<NotHereFilter>();
        });
        services
            .AddOptions<MvcOptions>()
            .Configure<IHttpContextAccessor>((o, http) => UnreadFields.Say(o.ModelBindingMessageProvider, http));
        services.Configure<RazorViewEngineOptions>(o => o.ViewLocationExpanders.Add(new RoomViews()));
    }

    /// <summary>The order a request passes.</summary>
    public static void UseHouse(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler(oops => oops.UseMiddleware<SafeHeaders>().Run(Problem.AnswerAsync));
        if (!app.Configuration.GetValue("Node:Pages", true))
        {
            app.UseWhen(r => !r.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal), closed => closed.Run(NoPages));
        }

        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.UseMiddleware<SafeHeaders>();
        app.MapStaticAssets();
        app.UseRouting();
        app.UseMiddleware<FormAddress>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<Presence>();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<DemoArrival>().LetInAsync);
        app.MapControllers();
    }

    /// <summary>Opens the door, to a plug-in's own pages as well: those may look into the database at once.</summary>
    public static Task ServeAsync(this WebApplication app)
    {
        foreach (var pages in app.Services.GetServices<Action<IEndpointRouteBuilder>>())
        {
            pages(app);
        }

        return app.StartAsync();
    }

    /// <summary>
    /// Does while the database is made ready what the first request and the first change would otherwise wait for: finds
    /// pages and views, and has the way of a question and of a change to the database compiled. Does not touch the database.
    /// </summary>
    /// <param name="first">True when the database is new: much is saved in it before the door opens.</param>
    public static async Task WarmUpAsync(this WebApplication app, bool first)
    {
        if (first)
        {
            await Practice.RunAsync(app.Services.GetRequiredService<IDatabase>());
        }

        app.UseHouse();
        _ = ((IEndpointRouteBuilder)app).DataSources.Sum(d => d.Endpoints.Count);
        _ = app.Services.GetRequiredService<IViewCompilerProvider>().GetCompiler();
        _ = app.Services.GetRequiredService<ICompositeViewEngine>().GetView(null, "/SignIn/Faces.cshtml", isMainPage: true);
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        db.Add(new Setting { Name = "", Value = "" }); // and never saved
        db.ChangeTracker.DetectChanges();
        _ = db.Staff.Where(s => s.DemoFace != null).OrderBy(s => s.Id).Select(s => new { s.Id, s.Unit!.Name }).ToQueryString();
    }

    /// <summary>A node for background work alone says nothing but how it is.</summary>
    private static Task NoPages(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void AddDatabase(this IServiceCollection services, IConfiguration settings, DataFolder folder)
    {
        var address = DatabaseAddress.From(settings, folder);
        services.AddSingleton(address);
        services.AddSingleton(address.Provider);
        services.AddSingleton(new WriteGate(address.Provider.OneWriter));
        services.AddSingleton<OwedKeeper>();
        services.AddSingleton<TimelineSeal>();
        services.AddSingleton<CustomerKeeper>();
        services.AddSingleton<LineKeeper>();
        services.AddSingleton<ChangeWatch>();
        services.AddSingleton<WordKeeper>();
        services.AddSingleton<TallyMarker>();
        services.AddSingleton<WatchKeeper>();
        services.AddSingleton(s => new ChangeKeeper(s.GetRequiredService<TimeProvider>(), s.GetRequiredService<WhoChanges>().Now));
        services.AddSingleton<WhoChanges>();
        services.AddDbContext<ComplaintsDb>(
            (s, options) =>
            {
                address.Provider.Use(options, address.Connection);
                options.ConfigureWarnings(w => w.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)); // counts stop at a cap; what is counted first is all the same
                options.AddInterceptors(
                    s.GetRequiredService<OwedKeeper>(),
                    s.GetRequiredService<TimelineSeal>(),
                    s.GetRequiredService<CustomerKeeper>(),
                    s.GetRequiredService<LineKeeper>(),
                    s.GetRequiredService<ChangeWatch>(),
                    s.GetRequiredService<WordKeeper>(),
                    s.GetRequiredService<TallyMarker>(),
                    s.GetRequiredService<WatchKeeper>(),
                    s.GetRequiredService<ChangeKeeper>()
                );
            }
        );
    }
}
