using System.Text.Json;
using Complaints.Tests.Mail.Wire;
using Complaints.Web.Operation;

namespace Complaints.Tests.Operation;

public sealed class MailCommandTests
{
    [Fact]
    public async Task Each_message_of_a_folder_is_one_line_of_json()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-mail-");
        try
        {
            foreach (var (name, raw) in OwnMails.All)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name + ".eml"), raw);
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "z.txt"), "no mail");
            using var output = new StringWriter { NewLine = "\n" };
            using var errors = new StringWriter();
            Assert.Equal(0, await MailCommand.ReadAsync([folder.FullName], json: true, output, errors));
            var lines = output.ToString().TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
            Assert.Equal("", errors.ToString());
            Assert.Equal(OwnMails.All.Count + 1, lines.Count);

            var bounce = Named("bounce");
            Assert.Equal("bounce", bounce.GetProperty("kind").GetString());
            Assert.Equal(
                """{"recipient":"anna@home.example","status":"5.1.1","permanent":true}""",
                bounce.GetProperty("bounce").GetRawText()
            );
            var mixed = Named("mixed");
            Assert.Equal("The kettle leaks at the bottom.", mixed.GetProperty("visibleText").GetString());
            Assert.Equal(
                """[{"name":"Küche.png","type":"image/png","bytes":70},{"name":"two words.txt","type":"application/octet-stream","bytes":3}]""",
                mixed.GetProperty("attachments").GetRawText()
            );
            var plain = Named("new");
            Assert.Equal("2026-03-09T08:05:07Z", plain.GetProperty("date").GetString());
            Assert.Equal("k1@home.example", plain.GetProperty("messageId").GetString());
            Assert.Equal("Anna Meier <anna@home.example>", plain.GetProperty("from").GetString());
            Assert.Equal(JsonValueKind.Null, plain.GetProperty("bounce").ValueKind);
            Assert.Equal("没有解决！", Named("chinese reply").GetProperty("visibleText").GetString());
            Assert.Equal("unreadable", lines[^1].GetProperty("kind").GetString());

            JsonElement Named(string name) =>
                lines.Single(l =>
                    l.GetProperty("file").GetString()!.EndsWith(Path.DirectorySeparatorChar + name + ".eml", StringComparison.Ordinal)
                );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_wrong_path_is_said_on_the_side()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(2, await MailCommand.ReadAsync(["no/such/file"], json: true, output, errors));
        Assert.Equal("", output.ToString());
        Assert.Contains("no/such/file", errors.ToString(), StringComparison.Ordinal);
    }
}
