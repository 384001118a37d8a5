using System.Diagnostics;
using Complaints.Language;
using Complaints.Time;
using Complaints.Words;

namespace Complaints.Benchmarks;

/// <summary>What the writing adviser costs on 10,000 characters, in both languages: it reads along, so less than 5 ms.</summary>
internal static class AdviserReading
{
    private const int Length = 10_000;
    private const int Runs = 201;

    // Much to mark, much that only looks like it: the dear case.
    private const string English =
        "Dear Grace, thank you for your patience. We cannot refund the fee, but we will call you by Tuesday 10:00. I am sorry that you had to ask twice. Your ticket C-26-00482-7 is with Ms Reed; you should have received the invoice of 23 November. ";
    private const string Chinese =
        "王女士，您好，感谢您的耐心等待。这笔费用我们无法退还，不过可以为您换房，我会在周二上午10点前给您回电。让您反映了三次，非常抱歉。您的工单 C-26-00482-7 由李女士处理，您应该收到账单。";

    /// <summary>Measures and prints.</summary>
    public static void Measure()
    {
        var calendar = WorkingCalendar.Parse("Always", "Etc/UTC", "Mon-Sun 00:00-24:00", "", "");
        var rules = WordSeeds.AdviceRules().ToList();
        foreach (var (name, language, text) in new[] { ("English", Tongue.English, English), ("Chinese", Tongue.Chinese, Chinese) })
        {
            var letter = string.Concat(Enumerable.Repeat(text, (Length / text.Length) + 1))[..Length];
            var facts = new AdviceFacts
            {
                Customer = language == Tongue.Chinese ? "王芳" : "Grace Okafor",
                NamesATime = Complaints.Casework.Advising.TimeIn(TimeZoneInfo.Utc, calendar),
                SomebodyElses = Mentioned.In(letter).References,
                Demanded = ["This letter is our final response to your complaint."],
            };
            Print($"advice on {Length} characters, {name}", () => new WritingAdviser(rules).Read(letter, language, facts));
        }
    }

    private static void Print(string name, Func<IReadOnlyList<Advice>> work)
    {
        for (var i = 0; i < 50; i++)
        {
            work();
        }

        var times = new List<double>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++)
        {
            var watch = Stopwatch.StartNew();
            work();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Runs / 1024.0;
        Console.WriteLine(
            $"{name, -42}{times[Runs / 2], 7:0.00} ms, 95 in 100 under {times[Runs * 95 / 100]:0.00} ms, {allocated:0} KB allocated"
        );
    }
}
