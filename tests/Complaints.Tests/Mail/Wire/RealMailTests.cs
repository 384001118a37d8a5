using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

/// <summary>The collection of real mails, where somebody has put it beside the repository.</summary>
public sealed class RealMailTests
{
    private static string Folder => RealMailFactAttribute.Folder!;

    [RealMailFact]
    public void Every_file_is_read_or_says_why_not()
    {
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);
        Assert.True(files.Length > 100);
        foreach (var file in files)
        {
            var mail = MailReader.Read(File.ReadAllBytes(file));
            Assert.DoesNotContain(mail.Problems, p => p.Text.StartsWith("The message could not be read", StringComparison.Ordinal));
            Assert.True(!mail.Unreadable || mail.Problems.Count > 0, file);

            // Nothing is lost: a message with something in it shows words, or files, or a report, or says what is wrong.
            if (file.EndsWith(".eml", StringComparison.Ordinal))
            {
                Assert.False(mail.Unreadable, $"{file}: {string.Join(' ', mail.Problems)}");
                Assert.True(
                    mail.Text.Trim().Length > 0
                        || mail.Attachments.Count > 0
                        || mail.Problems.Count > 0
                        || mail.Parts.All(p => p.Length == 0),
                    file
                );
            }
        }
    }

    [RealMailFact]
    public void Bounces_are_told_with_recipient_and_status()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "messages", "multipart_report_emails")))
        {
            var kind = MailKind.Of(MailReader.Read(File.ReadAllBytes(file)));
            Assert.Equal(MailSort.Bounce, kind.Sort);
            Assert.Equal(!file.Contains("422", StringComparison.Ordinal), kind.Worst!.Permanent);
            Assert.NotNull(kind.Worst.OriginalMessageId);
        }
    }

    /// <summary>Where the collection counts the signature to the answer, answer and signature together are compared.</summary>
    [RealMailFact]
    public void Plain_replies_show_what_their_sender_wrote()
    {
        var files = Directory.GetFiles(Path.Combine(Folder, "replies", "talon"), "*.eml");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var answer = VisibleAnswer.Read(MailReader.Read(File.ReadAllBytes(file)));
            Assert.Equal("Hello", answer.Words);
            var whole = Path.ChangeExtension(file, null) + "_reply_text";
            if (File.Exists(whole))
            {
                Assert.Equal(One(File.ReadAllText(whole)), One(answer.Words + "\n" + answer.Signature));
            }
        }
    }

    [RealMailFact]
    public void Html_replies_show_what_their_sender_wrote()
    {
        var files = Directory.GetFiles(Path.Combine(Folder, "replies_html", "talon"));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var html = File.ReadAllText(file);
            Assert.True(
                One(VisibleAnswer.OfHtml(html).Words) == "Hi. I am fine. Thanks, Alex",
                $"{file}: {VisibleAnswer.OfHtml(html).Words}"
            );
            var clean = CleanHtml.Of(html).Html;
            Assert.Contains("Hi. I am fine.", clean, StringComparison.Ordinal);
            Assert.Equal(clean.Trim(), CleanHtml.Of(clean).Html.Trim());
        }
    }

    [RealMailFact]
    public void Bodies_with_quotes_and_signatures_show_what_their_sender_wrote()
    {
        foreach (var (file, first, last, not) in Bodies)
        {
            var words = VisibleAnswer.Of(File.ReadAllText(Path.Combine(Folder, "replies", "email_reply_parser", file + ".txt")));
            Assert.True(
                words.StartsWith(first, StringComparison.Ordinal) && words.EndsWith(last, StringComparison.Ordinal),
                $"{file}: {words}"
            );
            Assert.True(not.Length == 0 || !words.Contains(not, StringComparison.Ordinal), $"{file}: {words}");
            Assert.DoesNotContain("\n>", words, StringComparison.Ordinal);
        }

        Assert.Equal(Directory.GetFiles(Path.Combine(Folder, "replies", "email_reply_parser")).Length, Bodies.Length);
    }

    // file, how the answer begins, how it ends, what must not be in it
    private static readonly (string File, string First, string Last, string Not)[] Bodies =
    [
        ("correct_sig", "this is an email", "signature.", "rick"),
        ("email_1_1", "Hi folks", "HTTP API.", "mailing list"),
        ("email_1_2", "Hi,\n", "individually.\"", "Hi folks"),
        ("email_1_3", "Oh thanks.", "would be great.", "Russell"),
        ("email_1_4", "Awesome!", "problem with it.", "defunkt"),
        ("email_1_5", "One: Here's", "for a while.", ""),
        ("email_1_6", "I get proper", "as well.", "torch"),
        ("email_1_7", ":+1:", ":+1:", "Chris"),
        ("email_1_8", "I will reply", "and under this.", "signature"),
        ("email_2_1", "Outlook with", "a reply", "Google"),
        ("email_2_2", "Outlook with", "above line", "CRM"),
        ("email_2_3", "Outlook with", "above line", "CRM"),
        ("email_BlackBerry", "Here is another email", "another email", "Sent"),
        ("email_bullets", "test 2", "and another", "Joe Smith"),
        ("email_iPhone", "Here is another email", "another email", "Sent"),
        ("email_long_quote", "Hi folks", "Java HTTP API.", "mailing list"),
        ("email_multi_word_sent_from_my_mobile_device", "Here is another email", "another email", "Sent"),
        ("email_one_is_not_on", "Thank, this", "when I run...", "Dave Tapley"),
        ("email_sent_from_my_not_signature", "Here is another email", "mobile phone.", ""),
        ("email_sig_delimiter_in_middle_of_line", "Hi there!", "kthxbai", ""),
        ("greedy_on", "On your remote host", "is not working.", "George"),
        ("pathological", "I think you're onto", "to a computer.", "John Sullivan"),
    ];

    private static string One(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
