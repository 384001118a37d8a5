using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Words;

namespace Complaints.Settings;

/// <summary>Refuses what a page of the settings would refuse, in rows that come in by a file. Pure.</summary>
internal static partial class Checks
{
    internal static string Line(string text, int most) =>
        text.Length <= most ? text.Trim() : throw new Refusal("That is longer than {0} characters. Shorten it.", most);

    internal static string Zone(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId
            ? zone.Id
            : throw new Refusal("“{0}” is not a time zone. Write it like Europe/London or Asia/Shanghai.", text);

    internal static void Policy(Policy p)
    {
        _ = (new Target(p.Acknowledge, p.AcknowledgeUnit), new Target(p.Apologize, p.ApologizeUnit), new Target(p.Resolve, p.ResolveUnit));
        Between(p.FollowUpDays, 365);
        foreach (var factor in new[] { p.Diamond, p.Gold, p.Brass, p.Lead, p.Critical })
        {
            Between(factor, 10);
        }

        Between(p.MinimumMinutes, 1_000_000);
    }

    internal static void Line(PolicyLine line)
    {
        if (line.Specificity == 0)
        {
            throw new Refusal("Choose at least one of tier, severity, channel and category for the special line.");
        }

        if (line is { Acknowledge: null, Apologize: null, Resolve: null })
        {
            throw new Refusal("Give at least one target in the special line.");
        }

        foreach (var target in new[] { line.Acknowledge, line.Apologize, line.Resolve })
        {
            Between(target ?? 0, 1_000_000);
        }
    }

    internal static void Regime(Regime regime)
    {
        if (
            regime.EffectiveFrom is { } day
            && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        )
        {
            throw new Refusal("“{0}” is not a day. Write it as 2026-06-01.", day);
        }
    }

    internal static void Clock(RegimeClock clock) => _ = new Target(clock.Amount, clock.Unit);

    internal static void Attachment(RegimeAttachment a)
    {
        if (a.UnitId is null == a.CategoryId is null)
        {
            throw new Refusal("A regime applies to a unit or to a category: name one of the two.");
        }
    }

    internal static void Rule(EscalationRule r) => r.Set(r.Clock, r.Moment, r.Amount, r.Level, r.Action, r.Active);

    internal static void Word(TriggerWord w)
    {
        Known(w.Language);
        w.Set(w.Word, w.Exceptions, w.Active);
    }

    internal static void Limit(RemedyLimit limit)
    {
        Money.Read("0", limit.Currency);
        if (limit.Minor < 0 || limit.Role == Role.Agent != limit.Seat is not null)
        {
            throw new Refusal("A limit is an amount of zero or more; an agent's names the seat, and nobody else's does.");
        }
    }

    internal static void Field(CaseField field)
    {
        if (field.Kind == FieldKind.Choice && (field.Offered.Count < 2 || field.Offered.Any(c => c.Length > CaseField.LongestValue)))
        {
            throw new Refusal("Give at least two choices, one a line, each up to {0} characters.", CaseField.LongestValue);
        }

        if (field.RequiredAt is { } at && !CaseField.Steps.Contains(at))
        {
            throw new Refusal("“{0}” is no step a field can be needed before.", at);
        }
    }

    internal static void Tag(Tag tag)
    {
        if (Casework.Tag.Read(tag.Name) is not [var one] || one != tag.Name)
        {
            throw new Refusal("“{0}” is not one tag.", tag.Name);
        }

        tag.Folded = Casework.Tag.Fold(tag.Name);
    }

    internal static void Template(Template t)
    {
        Known(t.Language);
        if ((t.HasSubject && t.Subject.Length == 0) || t.Body.Length == 0)
        {
            throw new Refusal("Write the mail's text."); // and its subject
        }

        TemplateText.Check(t.Subject, "Subject");
        TemplateText.Check(t.Body, "Body");
    }

    internal static void Phrase(Phrase p)
    {
        Known(p.Language);
        Words.PhraseBook.Check(p.Text, "Text");
    }

    internal static void Advice(AdviceRule rule) => Known(rule.Language);

    internal static void Questions(Questionnaire q)
    {
        foreach (var language in new[] { Tongue.English, Tongue.Chinese })
        {
            foreach (var line in q.In(language).Lines)
            {
                TemplateText.Check(line, Questionnaires.Fields, "Script");
            }
        }
    }

    internal static void Mailbox(Mailbox box)
    {
        if (!MailboxName().IsMatch(box.Name) || box.Name == InboxStore.Sandbox)
        {
            throw new Refusal("Give a short name of lower-case letters, digits and dashes, such as complaints-north.");
        }

        if (!Correspondent.IsAddress(box.Address))
        {
            throw new Refusal("Give the mail address customers write to.");
        }

        Port(box.Port);
        if (
            box.TokenUrl is { } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == "https" || parsed.IsLoopback))
        )
        {
            throw new Refusal("The address tokens come from must begin with https.");
        }

        if (box.Kind == MailboxKind.Imap && (string.IsNullOrEmpty(box.Host) || string.IsNullOrEmpty(box.UserName)))
        {
            throw new Refusal("Name the mail server, such as imap.example.com.");
        }

        if (box.Kind == MailboxKind.Maildir && !Path.IsPathFullyQualified(box.Folder))
        {
            throw new Refusal("Give the whole path of the folder, such as /var/mail/complaints.");
        }

        if (box.LargestFileMb is { } mb)
        {
            FilePolicy.CheckLimit(mb, "LargestFileMb");
        }
    }

    internal static MailSettings Mail(MailSettings mail)
    {
        if (mail.Host.Any(c => char.IsWhiteSpace(c) || c is '/'))
        {
            throw new Refusal("Give the server's name alone, such as mail.example.com, without port or slashes.");
        }

        Port(mail.Port);
        return mail.Host.Length > 0 && !Correspondent.IsAddress(mail.SenderAddress)
            ? throw new Refusal("Give the address mail is sent from; answers come back to it.")
            : mail;
    }

    /// <summary>What the file does not carry stays, unless it belonged to another server or another address.</summary>
    internal static string KeepMail(string text, string? before)
    {
        var (mail, was) = (MailSettings.Read(text), before is null ? new MailSettings() : MailSettings.Read(before));
        return (
            mail with
            {
                SealedPassword = mail.Host == was.Host && mail.UserName == was.UserName ? was.SealedPassword : null,
                PlusAddresses = was.PlusAddresses && mail.SenderAddress == was.SenderAddress,
            }
        ).Write();
    }

    private static void Port(int port)
    {
        if (port is < 1 or > 65535)
        {
            throw new Refusal("A port is a number from 1 to 65535; mail usually goes to 587 or 465.");
        }
    }

    private static void Known(string language)
    {
        if (language is not (Tongue.English or Tongue.Chinese))
        {
            throw new Refusal("“{0}” is no language of this program. Write {1} or {2}.", language, Tongue.English, Tongue.Chinese);
        }
    }

    private static void Between(decimal n, decimal most)
    {
        if (n < 0 || n > most)
        {
            throw new Refusal("“{0}” is not a number from 0 to {1}.", n, most);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,58}$", RegexOptions.None, 1000)]
    private static partial Regex MailboxName();
}
