using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>Takes a message apart into its parts (RFC 2046), to a bounded depth and number.</summary>
internal sealed class MimeTree(List<Sentence> problems)
{
    private const int Deepest = 30;
    private const int MostParts = 1000;
    private int _parts;
    private bool _cut;

    /// <summary>Parts that hold no further parts, in their order.</summary>
    public List<MimeLeaf> Leaves { get; } = [];

    /// <summary>Adds what <paramref name="body"/> holds.</summary>
    /// <param name="headers">The headers that stand over it.</param>
    /// <param name="body">Everything below them.</param>
    /// <param name="depth">How many multiparts it stands in.</param>
    /// <param name="within">The type of the multipart it stands in; empty at the top.</param>
    public void Add(List<MailHeader> headers, ReadOnlyMemory<byte> body, int depth = 0, string within = "")
    {
        var type = HeaderParameters.Of(Raw(headers, "Content-Type"));
        var boundary = type["boundary"];
        if (!type.Value.StartsWith("multipart/", StringComparison.Ordinal))
        {
            Leaves.Add(new MimeLeaf(headers, type, body, within, depth));
            return;
        }

        if (depth >= Deepest)
        {
            Note(new Sentence("The message is nested too deeply; its innermost parts are kept whole."));
            Leaves.Add(new MimeLeaf(headers, type, body, within, depth));
            return;
        }

        if (!Stands(body, boundary))
        {
            // Named wrongly or not at all: the parts often say themselves where they begin.
            var guessed = BoundaryGuess.In(body.Span);
            if (guessed is null)
            {
                Note(
                    string.IsNullOrEmpty(boundary)
                        ? new Sentence("The message does not say where its parts begin; it is shown whole.")
                        : new Sentence("The parts the message speaks of are not there; it is shown whole.")
                );
                Leaves.Add(new MimeLeaf(headers, type, body, within, depth));
                return;
            }

            Note(new Sentence("The message says wrongly where its parts begin; they were found by their looks."));
            boundary = guessed;
        }

        foreach (var part in Split(body, Mark(boundary!)))
        {
            if (++_parts > MostParts)
            {
                if (!_cut)
                {
                    _cut = true;
                    Note(new Sentence("The message has more than {0} parts; the rest is left out.", MostParts));
                }

                return;
            }

            var (inner, content) = HeaderReader.Read(part, out _);
            Add(inner, content, depth + 1, type.Value);
        }
    }

    internal static string? Raw(List<MailHeader> headers, string name) =>
        headers.Find(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Raw;

    private static byte[] Mark(string boundary) => Encoding.UTF8.GetBytes("--" + boundary.TrimEnd());

    private static bool Stands(ReadOnlyMemory<byte> body, string? boundary) =>
        !string.IsNullOrWhiteSpace(boundary) && Split(body, Mark(boundary)).Any();

    // Between lines that are the boundary; a missing last one ends with the message. Parts behind the last one are
    // against the rules and still somebody's words.
    private static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, byte[] boundary)
    {
        var start = -1;
        for (var at = 0; at < body.Length; )
        {
            var feed = body.Span[at..].IndexOf((byte)'\n');
            var next = feed < 0 ? body.Length : at + feed + 1;
            if (Mark(body.Span[at..next], boundary) is var mark and > 0)
            {
                if (start >= 0)
                {
                    yield return body[start..BeforeLineEnd(body.Span, start, at)];
                }

                start = mark == 2 ? -1 : next;
            }

            at = next;
        }

        if (start >= 0 && start < body.Length)
        {
            yield return body[start..];
        }
    }

    // 1: a part begins; 2: the last one has ended; 0: an ordinary line.
    private static int Mark(ReadOnlySpan<byte> line, byte[] boundary)
    {
        if (!line.StartsWith(boundary))
        {
            return 0;
        }

        var rest = line[boundary.Length..].TrimEnd(" \t\r\n"u8);
        return rest.Length == 0 ? 1
            : rest.SequenceEqual("--"u8) ? 2
            : 0;
    }

    // The line end before a boundary belongs to the boundary.
    private static int BeforeLineEnd(ReadOnlySpan<byte> body, int start, int at)
    {
        at -= at > start && body[at - 1] == '\n' ? 1 : 0;
        return at - (at > start && body[at - 1] == '\r' ? 1 : 0);
    }

    private void Note(Sentence sentence) => problems.Add(sentence);
}

/// <summary>A part without further parts, not decoded yet.</summary>
internal sealed record MimeLeaf(List<MailHeader> Headers, HeaderParameters Type, ReadOnlyMemory<byte> Body, string Within, int Depth);
