using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Smtp;
using MimeKit;

namespace Complaints.MailKit;

/// <summary>The client this transport talks through.</summary>
public sealed partial class MailKitTransport
{
    /// <summary>MailKit's client, which tells the letter what became of sender and recipients.</summary>
    private sealed class Conversation(SmtpLetter? letter, string host, MailKitTrouble trouble) : SmtpClient(trouble.Ear)
    {
        // The library asks once for an address that is there twice.
        private readonly Dictionary<string, List<int>> _places = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Says what went wrong.</summary>
        public MailKitTrouble Trouble => trouble;

        /// <summary>The server took the sender (MAIL).</summary>
        public bool SenderAccepted { get; private set; }

        public async Task<string> SendAsync(MimeMessage message, string sender, CancellationToken cancellation)
        {
            var from = sender.Length == 0 ? new MailboxAddress("", "") : Address(sender);
            if (from is null)
            {
                letter!.Rest(DeliveryResult.PermanentFailure, null, NoAddress(sender));
                return "";
            }

            var recipients = new List<MailboxAddress>();
            foreach (var i in letter!.Open)
            {
                if (Address(letter.Address(i)) is not { } recipient)
                {
                    letter.Settle(i, DeliveryResult.PermanentFailure, null, NoAddress(letter.Address(i)));
                }
                else if (_places.TryGetValue(recipient.Address, out var same))
                {
                    same.Add(i);
                }
                else
                {
                    _places[recipient.Address] = [i];
                    recipients.Add(recipient);
                }
            }

            if (recipients.Count == 0)
            {
                return "";
            }

            var format = FormatOptions.Default.Clone();
            format.International = letter.NeedsUtf8 && Capabilities.HasFlag(SmtpCapabilities.EightBitMime);
            return trouble.Line(await SendAsync(format, message, from, recipients, cancellation));
        }

        public async Task<SmtpReply> AskAsync(string command, CancellationToken cancellation) =>
            Said(await SendCommandAsync(command, cancellation));

        /// <summary>
        /// The address as the library has it; null when that does not mean the same any more. What the library takes for no
        /// address, such as two dots in a row (common in Japan), it takes in quotes, which mean the same (RFC 5321, 4.1.2).
        /// </summary>
        private static MailboxAddress? Address(string address)
        {
            var at = address.LastIndexOf('@');
            return Read(address) ?? (address.Contains('"', StringComparison.Ordinal) ? null : Read($"\"{address[..at]}\"{address[at..]}"));

            static MailboxAddress? Read(string text)
            {
                try
                {
                    var read = new MailboxAddress("", text);
                    return read.GetAddress(idnEncode: true) == text ? read : null;
                }
                catch (ParseException)
                {
                    return null;
                }
            }
        }

        private static Sentence NoAddress(string text) => new("“{0}” is not a mail address that can be sent to. Correct it.", text);

        // Nothing is encoded anew: the bytes are fixed.
        protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength) { }

        protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
            Task.FromResult((long)letter!.Body.Length);

        protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            SenderAccepted = true;

        protected override void OnSenderNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            letter!.SenderRefused(host, Said(response));
            base.OnSenderNotAccepted(message, mailbox, response);
        }

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            letter!.Welcomed();

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            foreach (var i in _places[mailbox.Address])
            {
                letter!.RecipientRefused(i, Said(response));
            }

            if ((int)response.StatusCode == 421)
            {
                throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response);
            }
        }

        private SmtpReply Said(SmtpResponse response) => trouble.Reply((int)response.StatusCode, response.Response);
    }
}
