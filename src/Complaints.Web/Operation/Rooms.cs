namespace Complaints.Web.Operation;

/// <summary>What each room registers; one line a room.</summary>
public static class Rooms
{
    /// <summary>Registers all rooms, in the order of the arrows.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, IConfiguration settings) => services.AddSingleton(settings);
}
