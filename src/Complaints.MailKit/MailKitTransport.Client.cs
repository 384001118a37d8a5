using System.Net;
using Complaints.Mail.Wire;
using global::MailKit.Net.Smtp;
using global::MailKit.Security;
using MimeKit;

namespace Complaints.MailKit;

/// <summary>The client this transport talks through.</summary>
public sealed partial class MailKitTransport
{
    /// <summary>MailKit's client, which tells the letter what became of sender and recipients.</summary>
    private sealed class Client(SmtpLetter? letter, string host) : SmtpClient
    {
        private readonly Dictionary<MailboxAddress, int> _places = new(ReferenceEqualityComparer.Instance);

        /// <summary>True when the server is on this machine, judged by the address really connected to.</summary>
        public bool Local { get; private set; }

        /// <summary>The server took the sender (MAIL).</summary>
        public bool SenderAccepted { get; private set; }

        public async Task<string> SendAsync(MimeMessage message, string sender, CancellationToken cancellation)
        {
            foreach (var i in letter!.Open)
            {
                _places[new MailboxAddress("", letter.Address(i))] = i;
            }

            return MailKitTrouble.Line(
                await SendAsync(FormatOptions.Default, message, new MailboxAddress("", sender), [.. _places.Keys], cancellation)
            );
        }

        public async Task<SmtpReply> AskAsync(string command, CancellationToken cancellation) =>
            Said(await SendCommandAsync(command, cancellation));

        public override async Task ConnectAsync(
            string host,
            int port = 0,
            SecureSocketOptions options = SecureSocketOptions.Auto,
            CancellationToken cancellationToken = default
        )
        {
            await base.ConnectAsync(host, port, options, cancellationToken);
            Local = IPAddress.TryParse(host, out var address)
                ? IPAddress.IsLoopback(address)
                : (await Dns.GetHostAddressesAsync(host, cancellationToken)).All(IPAddress.IsLoopback);
        }

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
            letter!.RecipientRefused(_places[mailbox], Said(response));
            if ((int)response.StatusCode == 421)
            {
                throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response);
            }
        }

        private static SmtpReply Said(SmtpResponse response) => new((int)response.StatusCode, MailKitTrouble.Line(response.Response), []);
    }
}
