namespace Complaints.Intake;

/// <summary>Mail providers anybody can have an address at: sharing such a domain says nothing about working together.</summary>
internal static class FreeMail
{
    private static readonly HashSet<string> _domains =
    [
        .. "gmail.com|googlemail.com|outlook.com|hotmail.com|hotmail.co.uk|live.com|msn.com|icloud.com|me.com|mac.com|aol.com".Split('|'),
        .. "gmx.de|gmx.net|gmx.com|gmx.at|gmx.ch|web.de|t-online.de|freenet.de|proton.me|protonmail.com|mail.com|zoho.com".Split('|'),
        .. "qq.com|vip.qq.com|foxmail.com|163.com|vip.163.com|126.com|yeah.net|sina.com|sina.cn|sohu.com|aliyun.com|139.com".Split('|'),
        .. "189.cn|wo.cn|21cn.com|tom.com|mail.ru|orange.fr|free.fr|laposte.net|wanadoo.fr|libero.it|btinternet.com|sky.com".Split('|'),
        .. "comcast.net|verizon.net|att.net|fastmail.com|hey.com|naver.com|daum.net|rediffmail.com|bigpond.com|ziggo.nl".Split('|'),
    ];

    private static readonly string[] _everywhere = ["yahoo.", "ymail.", "yandex.", "hotmail.", "outlook.", "live."];

    /// <summary>True for such a domain, lower case.</summary>
    public static bool Is(string domain) =>
        _domains.Contains(domain) || Array.Exists(_everywhere, e => domain.StartsWith(e, StringComparison.Ordinal));
}
