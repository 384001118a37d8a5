using System.Text.Json;
using System.Text.Json.Serialization;

namespace Complaints.Data;

/// <summary>Reads the <c>….seed.json</c> files that stand in the rooms and are embedded in this assembly.</summary>
public static class SeedFile
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The content of <c>{room}/{name}.seed.json</c>.</summary>
    public static T Read<T>(string room, string name)
    {
        using var stream =
            typeof(SeedFile).Assembly.GetManifestResourceStream($"Complaints.{room}.{name}.seed.json")
            ?? throw new FileNotFoundException($"No seed {room}/{name}.seed.json is embedded.");
        return JsonSerializer.Deserialize<T>(stream, _json)!;
    }
}
