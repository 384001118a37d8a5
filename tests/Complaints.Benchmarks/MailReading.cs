using System.Diagnostics;
using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Benchmarks;

/// <summary>What a message with a 25 MB attachment costs: taking it apart, and streaming the attachment out of it.</summary>
internal static class MailReading
{
    private const int Runs = 11;

    /// <summary>Measures and prints.</summary>
    public static void Measure()
    {
        var content = new byte[25 * 1024 * 1024];
        new Random(1).NextBytes(content);
        var raw = Encoding.ASCII.GetBytes(
            "From: anna@home.example\r\nSubject: Photos\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the photos.\r\n"
                + "--b\r\nContent-Type: application/zip; name=photos.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)
                + "\r\n--b--\r\n"
        );
        Print($"mail of {raw.Length / 1024 / 1024} MB: read", () => MailReader.Read(raw));
        var mail = MailReader.Read(raw);
        Print("… its attachment streamed", () => mail.Attachments[0].Open().CopyTo(Stream.Null));
        Print("… its attachment as one array", () => _ = mail.Attachments[0].Bytes);
    }

    private static void Print(string name, Action work)
    {
        work();
        var times = new List<double>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++)
        {
            var watch = Stopwatch.StartNew();
            work();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Runs / 1024.0 / 1024.0;
        Console.WriteLine($"{name, -36}{times.Order().ElementAt(Runs / 2), 9:0.0} ms{allocated, 10:0.00} MB allocated");
    }
}
