using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Collects text as HTML shows it: blanks run together, line ends where blocks begin and end.</summary>
internal sealed class TextLines(int longest)
{
    private const int DeepestQuote = 10;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private bool _blank;
    private bool _gap;
    private int _before; // quotations the last line stood in

    /// <summary>In how many quotations we stand.</summary>
    public int Quote { get; set; }

    /// <summary>Something was left out because it got too long.</summary>
    public bool Cut { get; private set; }

    public void Words(string words, bool kept)
    {
        foreach (var c in words)
        {
            if (kept && c == '\n')
            {
                Break();
            }
            else if (!kept && c is ' ' or '\t' or '\r' or '\n' or '\u00a0' or '\u200b')
            {
                _blank = true;
            }
            else if (c != '\r')
            {
                if (_blank && _line.Length > 0)
                {
                    _line.Append(' ');
                }

                _blank = false;
                _line.Append(c);
            }
        }
    }

    /// <summary>Ends the line, even an empty one.</summary>
    public void Break() => End(always: true);

    /// <summary>Ends the line if anything stands on it.</summary>
    /// <param name="gap">An empty line follows.</param>
    public void Line(bool gap)
    {
        End(always: false);
        _gap |= gap;
    }

    public override string ToString()
    {
        End(always: false);
        return _text.ToString().Trim('\n', ' ');
    }

    private void End(bool always)
    {
        _blank = false;
        if (_line.Length == 0 && !always)
        {
            return;
        }

        if (_text.Length + _line.Length > longest)
        {
            Cut = true;
            _line.Clear();
            return;
        }

        var mark = Quote <= 0 ? "" : string.Concat(Enumerable.Repeat("> ", Math.Min(Quote, DeepestQuote)));
        if (_gap && _text.Length > 0 && _line.Length > 0)
        {
            _text.Append(mark[..(Math.Clamp(Math.Min(Quote, _before), 0, DeepestQuote) * 2)].TrimEnd()).Append('\n');
        }

        _text.Append(_line.Length == 0 ? mark.TrimEnd() : mark).Append(_line.ToString().TrimEnd()).Append('\n');
        _gap &= _line.Length == 0;
        _before = Quote;
        _line.Clear();
    }
}
