using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Complaints.Casework;
using Complaints.Language;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Settings;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Settings;

/// <summary>Files of settings that somebody wrote by hand, badly or with ill will: taken in as they say, or refused in a sentence.</summary>
public sealed class HostileFileTests
{
    private const string Half = "@half@";

    private static readonly string[] _values =
    [
        "null",
        "\"\"",
        "\"   \"",
        "-1",
        "1.5",
        "1e30",
        "true",
        "[]",
        "{}",
        "[null]",
        "[1]",
        "{\"a\":{\"b\":1}}",
        "\"a\\u0000b\"",
        "\"a / b\"",
        "\"+1\"",
        "\"99\"",
        $"\"{Half}\"",
        $"\"{new string('x', 5000)}\"",
    ];

    /// <summary>Every place of the file in turn holds something it should not; nothing but a refusal may come of it, or a house that says the same.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Whatever_stands_at_any_place_is_taken_in_or_refused_and_never_breaks(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await WholeFileTests.EditAsync(house);
        var ada = await house.ActorAsync("Ada");
        var good = await WholeFileTests.ExportAsync(house);
        var tries = Places(JsonNode.Parse(good)!)
            .SelectMany(p => _values.Append("case").Append("twice").Select(v => (Path: p, Value: v)))
            .ToList();
        var most = int.TryParse(Environment.GetEnvironmentVariable("COMPLAINTS_TEST_FUZZ"), CultureInfo.InvariantCulture, out var n)
            ? n
            : 60;
        var random = new Random(4711);
        var wrong = new List<string>();
        foreach (var (path, value) in tries.OrderBy(_ => random.Next()).Take(most))
        {
            var text = Spoil(good, path, value);
            try
            {
                var done = await house.AskAsync<Importing, Difference>(i => i.ApplyAsync(ConfigurationFile.Read(text), ada));
                if (done.All.Count > 0)
                {
                    ConfigurationFile.Read(await WholeFileTests.ExportAsync(house)); // what is here now can be taken out and read again
                }
            }
            catch (Refusal refused)
            {
                Assert.NotEmpty(refused.Message);
            }
            catch (Exception broken) when (broken is not Xunit.Sdk.XunitException)
            {
                wrong.Add(
                    $"{string.Join('/', path)} = {(value.Length > 40 ? "long" : value)}: {broken.GetType().Name} {(broken.InnerException ?? broken).Message}"
                );
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory, OnSqlite]
    public async Task A_shared_macro_of_a_file_gives_work_to_nobody_in_particular(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await WholeFileTests.EditAsync(house);
        using var ada = await house.SignInAsync("Ada");
        var good = await WholeFileTests.ExportAsync(house);
        foreach (
            var part in new[]
            {
                "{\"OwnerId\":1}",
                "{\"Owners\":{\"1\":2}}",
                "{\"Note\":\"x\",\"ownerid\":1}",
                "{\"Note\":\"x\",\"Surprise\":1}",
            }
        )
        {
            var file = JsonNode.Parse(good)!;
            file["macros"]![0]!["changes"] = JsonNode.Parse(part);
            var page = await LookAsync(ada, file.ToJsonString());
            Assert.True(ada.Status == HttpStatusCode.UnprocessableEntity, $"{part}: {ada.Status}");
            Assert.Contains("macros, number 1", page);
        }
    }

    [Theory, OnSqlite]
    public async Task A_checklist_of_a_file_is_as_the_page_would_have_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await WholeFileTests.EditAsync(house);
        using var ada = await house.SignInAsync("Ada");
        var good = await WholeFileTests.ExportAsync(house);
        foreach (
            var (points, status) in new (string, HttpStatusCode)[]
            {
                ("[]", HttpStatusCode.UnprocessableEntity),
                ("[{\"key\":\"a\",\"text\":\"One\",\"step\":\"Log\"}]", HttpStatusCode.UnprocessableEntity),
                ("[{\"key\":\"a\",\"text\":\"One\",\"step\":99}]", HttpStatusCode.UnprocessableEntity),
                ("[{\"key\":\"a\",\"text\":\"  \"}]", HttpStatusCode.UnprocessableEntity),
                ("[{\"key\":\"a\",\"text\":\"One\",\"surprise\":1}]", HttpStatusCode.UnprocessableEntity),
                ("[null]", HttpStatusCode.UnprocessableEntity),
                ("\"[]\"", HttpStatusCode.UnprocessableEntity),
                ("[{\"key\":\"a\",\"text\":\"One\"},{\"key\":\"a\",\"text\":\"Two\"}]", HttpStatusCode.UnprocessableEntity),
                ("[{\"key\":\"a\",\"text\":\" One \",\"textZh\":\"\",\"required\":true}]", HttpStatusCode.OK),
            }
        )
        {
            var file = JsonNode.Parse(good)!;
            file["checklists"]![0]!["points"] = JsonNode.Parse(points);
            var page = await LookAsync(ada, file.ToJsonString());
            Assert.True(ada.Status == status, $"{points}: {ada.Status}");
            if (status == HttpStatusCode.OK)
            {
                Assert.DoesNotContain("\"Key\"", page); // said as people read it, not as it is kept
                await ada.SubmitAsync();
                Assert.Equal(HttpStatusCode.OK, ada.Status);
                Assert.Equal("/settings/file", ada.Path);
            }
        }

        var list = await house.WithAsync(async db => (await db.ChecklistVersions.OrderBy(v => v.Id).LastAsync()).Points.Single());
        Assert.Equal(new ChecklistPoint("a", "One", null, null, true), list);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_that_cannot_be_beside_each_other_are_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await WholeFileTests.EditAsync(house);
        using var ada = await house.SignInAsync("Ada");
        var good = await WholeFileTests.ExportAsync(house);
        async Task RefusedAsync(string says, Action<JsonNode> spoil)
        {
            var file = JsonNode.Parse(good)!;
            spoil(file);
            var page = await LookAsync(ada, file.ToJsonString());
            Assert.True(ada.Status == HttpStatusCode.UnprocessableEntity, $"{says}: {ada.Status}");
            Assert.Contains(says, page);
        }

        await RefusedAsync("stands there twice", f => f["calendars"]![1]!["key"] = (string)f["calendars"]![0]!["key"]!);
        await RefusedAsync(
            "stands there twice",
            f => f["categories"]![1]!["key"] = f["categories"]!.AsArray().Select(c => c!["key"]).First(k => k is not null)!.DeepClone()
        );
        await RefusedAsync("ROOF", f => f["tags"]!.AsArray().Add(new JsonObject { ["name"] = "ROOF" })); // “Roof” is there
        await RefusedAsync("none of", f => f["templates"]![0]!["purpose"] = "+1");
    }

    [Theory, OnSqlite]
    public async Task Names_that_look_like_numbered_ones_take_nothing_apart(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(async db =>
        {
            db.AddRange(new[] { "Room", "Room", "Room (2)", "Room (2)" }.Select((n, i) => new CaseField { Name = n, Position = i }));
            await db.SaveChangesAsync();
        });
        var text = await WholeFileTests.ExportAsync(house);
        var ada = await house.ActorAsync("Ada");
        Assert.Empty((await house.AskAsync<Importing, Difference>(i => i.ApplyAsync(ConfigurationFile.Read(text), ada))).All);
    }

    [Theory, OnSqlite]
    public async Task A_very_long_list_is_read_in_reasonable_time(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var file = JsonNode.Parse(await WholeFileTests.ExportAsync(house))!;
        var tags = file["tags"]!.AsArray();
        for (var i = 0; i < 60_000; i++)
        {
            tags.Add(new JsonObject { ["name"] = FormattableString.Invariant($"tag-{i}") });
        }

        var text = file.ToJsonString();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(60_000, ConfigurationFile.Read(text).Sections["tags"].Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Theory, OnSqlite]
    public async Task A_change_far_inside_a_long_text_is_seen_before_and_after(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var body = string.Concat(Enumerable.Repeat("Dear customer, we are sorry. ", 100));
        await house.WithAsync(async db =>
        {
            (await db.Templates.FirstAsync(t => t.Purpose == Complaints.Mail.MailPurpose.Receipt && t.Language == "en")).Body =
                body + "Goodbye.";
            await db.SaveChangesAsync();
        });
        var file = JsonNode.Parse(await WholeFileTests.ExportAsync(house))!;
        var mine = file["templates"]!.AsArray().First(t => (string)t!["purpose"]! == "Receipt" && (string)t["language"]! == "en")!;
        mine["body"] = body + "Farewell.";
        var page = await LookAsync(ada, file.ToJsonString());
        Assert.Contains("Goodbye.", Differences(page));
        Assert.Contains("Farewell.", Differences(page));
        await ada.SubmitAsync();
        var history = await ada.GetAsync("/settings/history?about=Templates");
        Assert.Contains("Goodbye.", history);
        Assert.Contains("Farewell.", history);
    }

    [Theory, OnSqlite]
    public async Task What_was_shown_can_be_brought_in_however_long_the_file_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var file = JsonNode.Parse(await WholeFileTests.ExportAsync(house))!;
        var tags = file["tags"]!.AsArray();
        for (var i = 0; i < 2000; i++)
        {
            tags.Add(new JsonObject { ["name"] = FormattableString.Invariant($"tag-{i}") });
        }

        var text = file.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, IndentSize = 100 });
        await LookAsync(ada, text);
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        await ada.SubmitAsync();
        Assert.Equal("/settings/file", ada.Path);
        Assert.Equal(2000, await house.WithAsync(db => db.Tags.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task Whoever_does_not_administer_neither_takes_it_out_nor_brings_it_in(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var text = await WholeFileTests.ExportAsync(house);
        foreach (var name in new[] { "Mia", "Lena", "Max", "Otto" })
        {
            using var who = await house.SignInAsync(name);
            await who.GetAsync("/settings/file/export");
            Assert.Equal(HttpStatusCode.NotFound, who.Status);
            await who.PostFileAsync("/settings/file", [], "file", "a.json", Encoding.UTF8.GetBytes(text), "/profile");
            Assert.Equal(HttpStatusCode.NotFound, who.Status);
            await who.PostAsync("/settings/file/application", new() { ["content"] = text, ["seen"] = "" }, "/profile");
            Assert.Equal(HttpStatusCode.NotFound, who.Status);
        }
    }

    private static string Differences(string page) => page[page.IndexOf("<del", StringComparison.Ordinal)..];

    private static Task<string> LookAsync(Browser ada, string text) =>
        ada.PostFileAsync("/settings/file", [], "file", "a.json", Encoding.UTF8.GetBytes(text));

    /// <summary>Every leaf of the named settings, and of the first two and the last row of each section.</summary>
    private static IEnumerable<string[]> Places(JsonNode file) =>
        Leaves(file, [])
            .Where(p => p is not ["format" or "version"])
            .Where(p =>
                p is ["settings", ..]
                || !int.TryParse(p[1], CultureInfo.InvariantCulture, out var row)
                || row < 2
                || row == file[p[0]]!.AsArray().Count - 1
            );

    private static IEnumerable<string[]> Leaves(JsonNode? node, string[] at) =>
        node switch
        {
            JsonObject o => o.SelectMany(p => Leaves(p.Value, [.. at, p.Key])).Concat(at.Length > 1 ? [at] : []),
            JsonArray a => a.SelectMany((v, i) => Leaves(v, [.. at, i.ToString(CultureInfo.InvariantCulture)]))
                .Concat(at.Length > 1 ? [at] : []),
            _ => [at],
        };

    private static string Spoil(string good, string[] path, string value)
    {
        var node = JsonNode.Parse(good)!;
        var file = node;
        foreach (var step in path[..^1])
        {
            node = node is JsonArray ? node[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
        }

        JsonNode? Now() => node is JsonArray a ? a[int.Parse(path[^1], CultureInfo.InvariantCulture)] : node[path[^1]];
        var put =
            value == "case"
                ? Now() is JsonValue v && v.TryGetValue<string>(out var text)
                    ? JsonValue.Create(Swapped(text))
                    : JsonValue.Create("x")
                : value == "twice"
                    ? new JsonArray(Now()?.DeepClone(), Now()?.DeepClone())
                    : JsonNode.Parse(value);
        if (node is JsonArray list)
        {
            list[int.Parse(path[^1], CultureInfo.InvariantCulture)] = put;
        }
        else
        {
            node[path[^1]] = put;
        }

        return file.ToJsonString().Replace(Half, "\\ud800", StringComparison.Ordinal);
    }

    private static string Swapped(string text) =>
        string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
