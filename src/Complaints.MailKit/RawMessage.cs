using MimeKit;

namespace Complaints.MailKit;

/// <summary>
/// Finished bytes in the shape MailKit asks for. The bytes of a mail are fixed before the first try and never change, so
/// nothing is taken apart and written anew: headers keep their raw form and the body is handed through.
/// </summary>
internal static class RawMessage
{
    /// <summary>A message that is written exactly as <paramref name="bytes"/>.</summary>
    /// <param name="bytes">With CRLF line ends.</param>
    /// <param name="eightBit">Bytes above 127 anywhere in it.</param>
    /// <param name="written">Called when the last byte has been handed to the connection.</param>
    public static MimeMessage Of(ReadOnlyMemory<byte> bytes, bool eightBit, Action written)
    {
        var end = bytes.Span.IndexOf("\r\n\r\n"u8);
        var (head, body) = end < 0 ? (bytes, default) : (bytes[..(end + 2)], bytes[(end + 4)..]);
        using var stream = new MemoryStream(head.ToArray());
        var headers = HeaderList.Load(stream);
        foreach (var header in headers.Where(h => h.RawValue is [.., (byte)'\n']))
        {
            header.SetRawValue(header.RawValue); // or some would be written anew where the server takes letters beyond ASCII
        }

        return new MimeMessage(headers) { Body = new RawBody(body, eightBit, written) };
    }

    private sealed class RawBody : MimePart
    {
        private readonly ReadOnlyMemory<byte> _bytes;
        private readonly Action _written;

        public RawBody(ReadOnlyMemory<byte> bytes, bool eightBit, Action written)
        {
            (_bytes, _written) = (bytes, written);
            ContentTransferEncoding = eightBit ? ContentEncoding.EightBit : ContentEncoding.SevenBit;
            Headers.Clear(); // they stand in the message's own
        }

        // Emptying the headers would make the library forget the encoding, and with it to ask the server for eight bits.
        protected override void OnHeadersChanged(HeaderListChangedAction action, Header? header)
        {
            if (action != HeaderListChangedAction.Cleared)
            {
                base.OnHeadersChanged(action, header);
            }
        }

        public override async Task WriteToAsync(
            FormatOptions options,
            Stream stream,
            bool contentOnly,
            CancellationToken cancellationToken = default
        )
        {
            await stream.WriteAsync(_bytes, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _written();
        }
    }
}
