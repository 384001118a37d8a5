using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Migrations.Postgres;
using Complaints.Migrations.Sqlite;
using Complaints.Web.Language;
using Complaints.Web.Shared;
using Complaints.Web.SignIn;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Web.Operation;

/// <summary>Puts the house together: what each room registers, and the order a request passes.</summary>
public static class House
{
    /// <summary>Registers everything.</summary>
    public static void AddHouse(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = builder.Configuration;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(DataFolder.From(settings));
        services.AddSingleton(s => new Keys(s.GetRequiredService<DataFolder>().Of("keys")));
        services.AddDatabase(settings);
        services.AddSingleton<ServerLock>();
        services.AddSingleton<DeadlineBooks>();
        services.AddSingleton<SignedLinks>();
        services.AddSignIn(settings);
        services.AddRooms(settings);
        services.AddScoped<Me>();
        services.AddScoped<Spoken>();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(o => o.HeaderName = "RequestVerificationToken");
        services.AddControllersWithViews(o =>
        {
            o.Filters.Add<AutoValidateAntiforgeryTokenAttribute>();
            o.Filters.Add<NotHereFilter>();
        });
        services.Configure<RazorViewEngineOptions>(o => o.ViewLocationExpanders.Add(new RoomViews()));
    }

    /// <summary>The order a request passes.</summary>
    public static void UseHouse(this WebApplication app)
    {
        app.UseExceptionHandler("/problem");
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.UseMiddleware<SafeHeaders>();
        app.MapStaticAssets();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<Presence>();
        app.UseAuthorization();
        app.MapControllers();
    }

    private static void AddDatabase(this IServiceCollection services, IConfiguration settings)
    {
        var provider = settings["Database:Provider"] ?? "sqlite";
        IDatabase database = provider.ToLowerInvariant() switch
        {
            "sqlite" => new SqliteDatabase(),
            "postgres" or "postgresql" => new PostgresDatabase(),
            _ => throw new Complaints.Language.Refusal("Database:Provider is “{0}”; it may be sqlite or postgres.", provider),
        };
        services.AddSingleton(database);
        services.AddSingleton(new WriteGate(database.OneWriter));
        services.AddSingleton<TimelineSeal>();
        services.AddDbContext<ComplaintsDb>(
            (s, options) =>
            {
                var connection = settings.GetConnectionString("Complaints");
                if (string.IsNullOrEmpty(connection))
                {
                    connection = database.OneWriter
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"Data Source={s.GetRequiredService<DataFolder>().Of("complaints.db")}"
                        )
                        : throw new Complaints.Language.Refusal("ConnectionStrings:Complaints is empty; PostgreSQL needs it.");
                }

                database.Use(options, connection);
                options.AddInterceptors(s.GetRequiredService<TimelineSeal>());
            }
        );
    }
}
