using System.Text;

namespace Complaints.FollowUp;

/// <summary>What one clause of an answer says.</summary>
internal enum Clause
{
    Unknown,
    Neutral,
    Thanks,
    Yes,
    No,
    Stop,
    But,
}

/// <summary>
/// The words people answer "is it solved?" with, in English and Chinese, and what a clause made of them says. Careful on
/// purpose: a clause it does not know for sure is unknown, and a person reads it. Pure.
/// </summary>
internal static class AnswerWords
{
    private const int MostWords = 14;
    private const int MostHan = 24;

    private static readonly HashSet<string> _stop =
    [
        .. "stop|please stop|stop asking|stop asking me|please stop asking|please stop asking me|stop mailing me|stop emailing me".Split(
            '|'
        ),
        .. "stop sending me mails|stop sending me emails|stop sending surveys|stop these mails|stop these emails|no more mails".Split('|'),
        .. "no more emails|no more surveys|unsubscribe|please unsubscribe|unsubscribe me|please unsubscribe me|remove me".Split('|'),
        .. "do not ask me again|don't ask me again|please do not ask me again|please don't ask me again|opt out".Split('|'),
        .. "do not mail me again|don't mail me again|do not contact me again|don't contact me again".Split('|'),
        .. "退订|请退订|td|t|取消订阅|我要退订|不要再问|不要再问我|别再问了|别再问我|不要再发|不要再发了|别再发了|不要再发邮件".Split('|'),
        .. "不要再发邮件了|别再发邮件了|请不要再发|请不要再发了|请不要再发邮件|不要再打扰|不要再打扰我|别再打扰我|请勿打扰|拒收".Split('|'),
    ];

    private static readonly HashSet<string> _yes =
    [
        .. "yes|yep|yeah|yup|y|ok|okay|correct|right|it is|it has|yes it is|yes it has|yes please close|all good|all fine|all well|done".Split(
            '|'
        ),
        .. "是|是的|对|对的|嗯|好|好的|好了|可以|可以了|行|行了|有|有的|ok了|已解决|解决了|已经好了|👍|👌|😀|🙂|😊".Split('|'),
    ];

    private static readonly HashSet<string> _no =
    [
        .. "no|nope|n|not really|not at all|not yet|still not|no it is not|no it isn't|no it has not|no it hasn't|it is not|it isn't".Split(
            '|'
        ),
        .. "still|no change|nothing|never|没|没有|否|不|不是|还没|还没有|没呢|并没有|没有啊|不行|👎|😡|😠".Split('|'),
    ];

    private static readonly HashSet<string> _neutral =
    [
        .. "hi|hello|hey|dear team|dear all|dear sir or madam|good morning|good afternoon|good evening|regards|best regards|best".Split(
            '|'
        ),
        .. "kind regards|warm regards|best wishes|sincerely|yours sincerely|yours|cheers|bye|sent from my iphone|sent from my phone".Split(
            '|'
        ),
        .. "sent from my ipad|get outlook for ios|get outlook for android|你好|您好|你们好|大家好|祝好|此致|敬礼|再见|顺祝商祺".Split('|'),
        .. "发自我的iphone|发自我的手机|来自我的iphone".Split('|'),
    ];

    // Negative words in them, good news all the same; and the other way about.
    private static readonly (string From, string To)[] _idioms =
    [
        .. "no more problems|no more problem|no problems|no problem|no issues|no issue|no complaints|not a problem|not bad"
            .Split('|')
            .Select(Good),
        .. "couldn't be better|couldn't be happier|could not be better|could not be happier|no longer a problem|can't complain"
            .Split('|')
            .Select(Good),
        .. "没有任何问题|没有问题|没啥问题|没什么问题|没问题|无问题|不错|挺好".Split('|').Select(Good),
        ("thanks for nothing", "unsolved"),
        ("thank you for nothing", "unsolved"),
        ("no thanks", "perhaps"),
        ("no thank you", "perhaps"),
        ("不好意思", ""),
        ("不客气", ""),
        ("不用谢", ""),
    ];

    private static readonly string[] _good =
    [
        .. " solved | resolved | fixed | sorted | settled | works | working | work | satisfied | happy | pleased | great ".Split('|'),
        .. " perfect | excellent | good | fine | brilliant | wonderful |解决了|已解决|已经解决|得到解决|圆满解决|已处理|处理好|处理完".Split(
            '|'
        ),
        .. "搞定|好了|满意|很好|太好|正常了|恢复正常|修好|完美|退款收到|收到退款|已收到|收到了".Split('|'),
    ];

    private static readonly string[] _bad =
    [
        .. " still | unsolved | unresolved | unhappy | dissatisfied | unsatisfied | nothing has changed | nothing changed | broken ".Split(
            '|'
        ),
        .. " nothing happened | nothing has happened | same problem | terrible | awful | useless | worse | worst | disappointed ".Split(
            '|'
        ),
        .. " have not received | haven't received | did not receive | didn't receive | has not arrived | hasn't arrived | no refund ".Split(
            '|'
        ),
        .. "没有解决|没解决|未解决|未能解决|尚未|还没有|还没|还是不|还是没|还是有问题|还是老样子|仍然|仍未|依然|依旧|不行|没用|没好|不好".Split(
            '|'
        ),
        .. "不满意|没收到|未收到|没退|无法|不能用|用不了|没有处理|没处理|没人处理|没人联系|太差|很差|差劲|糟糕|失望|解决不了|没有得到解决".Split(
            '|'
        ),
    ];

    private static readonly string[] _not =
    [
        " not ",
        "n't ",
        " never ",
        " no ",
        " nothing ",
        " nobody ",
        " cannot ",
        "没",
        "未",
        "不",
        "并非",
    ];

    // With one of these nobody but a person can say what is meant.
    private static readonly string[] _perhaps =
    [
        .. " perhaps | maybe | if | when | until | once | unless | hope | hopefully | partly | partially | almost | nearly | mostly ".Split(
            '|'
        ),
        .. " more or less | so far | not sure | don't know | only | one of | except | apart from | should | must | need | needs | want ".Split(
            '|'
        ),
        .. " would | could | expect | get | half | other | another | second | other than | half of | wish | seems | seem | think ".Split(
            '|'
        ),
        .. " get it | please | for now | was | used to |差不多|部分|基本|暂时|好像|似乎|可能|也许|如果|希望|不知道|不确定|不清楚".Split(
            '|'
        ),
        .. "什么时候|何时|除了|只有|只是|一半|另外|应该|尽快|一般|请问|怎么".Split('|'),
    ];

    private static readonly string[] _thanks = [" thank", " thx ", " cheers ", " ty ", "谢谢", "感谢", "多谢", "谢了", "辛苦了", "🙏"];
    private static readonly string[] _but =
    [
        "but ",
        "however ",
        "although ",
        "yet ",
        "except ",
        "但是",
        "但",
        "可是",
        "不过",
        "然而",
        "只是",
    ];

    /// <summary>What the clause says.</summary>
    /// <param name="clause">Lower case, without the marks around it.</param>
    /// <param name="sender">Words of the sender's name, lower case: a signature is not an answer.</param>
    public static Clause Of(string clause, IReadOnlyCollection<string> sender)
    {
        if (clause.Length == 0 || _neutral.Contains(clause) || IsName(clause, sender) || IsGreeting(clause))
        {
            return Clause.Neutral;
        }

        if (_stop.Contains(clause))
        {
            return Clause.Stop;
        }

        if (clause is "but" or "however" || Array.Exists(_but, b => clause.StartsWith(b, StringComparison.Ordinal)))
        {
            return Clause.But;
        }

        var said = $" {clause} ";
        foreach (var (from, to) in _idioms)
        {
            said = said.Replace(from, to, StringComparison.Ordinal);
        }

        var bare = said.Trim();
        return bare.Length == 0 ? Clause.Neutral
            : _yes.Contains(bare) ? Clause.Yes
            : _no.Contains(bare) ? Clause.No
            : Judge(said);
    }

    /// <summary>The clause after the word that turns it: "but it is broken" without "but".</summary>
    public static string AfterBut(string clause) =>
        Array.Find(_but, b => clause.StartsWith(b, StringComparison.Ordinal)) is { } but ? clause[but.Length..].Trim() : "";

    private static Clause Judge(string said)
    {
        var bad = Holds(said, _bad);
        var good = Holds(said, _good);
        var not = Holds(said, _not);
        if (bad || (good && not))
        {
            // "still works" is neither; "still not working" is a no.
            return good && !not && !Holds(said, [" unsolved ", " unresolved "]) ? Clause.Unknown
                : Holds(said, [" if ", "如果"]) ? Clause.Unknown
                : Clause.No;
        }

        var start = said.TrimStart();
        if (start.StartsWith("no ", StringComparison.Ordinal) && Holds(said, [" it "]))
        {
            return Clause.No;
        }

        if (not || Holds(said, _perhaps) || IsLong(said))
        {
            return Clause.Unknown;
        }

        return good ? Clause.Yes
            : Holds(said, _thanks) ? Clause.Thanks
            : Clause.Unknown;
    }

    private static bool Holds(string said, string[] any) =>
        Array.Exists(any, a => a.Length > 0 && said.Contains(a, StringComparison.Ordinal));

    private static bool IsLong(string said) =>
        said.Count(c => c == ' ') > MostWords + 1 || said.EnumerateRunes().Count(r => r.Value is >= 0x4E00 and <= 0x9FFF) > MostHan;

    private static bool IsGreeting(string clause) =>
        clause.Count(c => c == ' ') is 1 or 2 && clause.Split(' ')[0] is "dear" or "hi" or "hello" or "hey";

    private static bool IsName(string clause, IReadOnlyCollection<string> sender) =>
        sender.Count > 0 && clause.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => sender.Contains(w));

    private static (string From, string To) Good(string idiom) => (idiom, idiom[0] < 128 ? "solved" : "已解决");

    /// <summary>The words as they are compared: NFKC, lower case, straight apostrophes.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            plain.Append(
                rune.Value is '’' or '‘' or '´' or '`' ? "'"
                : rune.Value is 0xFE0F or 0x200D ? ""
                : rune.ToString()
            );
        }

        return plain.ToString();
    }

    // Half a surrogate pair cannot be normalised.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
}
