using System.Text.Json;
using Complaints.Web.Language;

namespace Complaints.Web.Shared;

/// <summary>The words the scripts of a page need, in the reader's language.</summary>
public static class PageWords
{
    /// <summary>As JSON for <c>body[data-words]</c>.</summary>
    public static string Json(Spoken t)
    {
        var chinese = t.Reader.Language == Complaints.Language.Tongue.Chinese;
        return JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["days"] = chinese ? "{0}天" : "{0} d",
                ["hours"] = chinese ? "{0}小时" : "{0} h",
                ["minutes"] = chinese ? "{0}分钟" : "{0} min",
                ["seconds"] = chinese ? "{0}秒" : "{0} s",
                ["underMinute"] = chinese ? "不到1分钟" : "under 1 min",
                ["left"] = t["{0} left", "{0}"],
                ["late"] = t["{0} late", "{0}"],
                ["ago"] = t["{0} ago", "{0}"],
                ["in"] = t["in {0}", "{0}"],
                ["justNow"] = t["just now"],
                ["draftKept"] = t["Draft kept {0}", "{0}"],
                ["keptSince"] = t["Kept since {0}", "{0}"],
                ["throwAway"] = t["Throw away"],
                ["keptHere"] = t["Kept in this browser only since {0}", "{0}"],
                ["tooLong"] = t["Too long to be kept on the server: kept in this browser only"],
                ["otherDraft"] = t["Another page of yours kept a different draft of this at {0}. Nothing was overwritten.", "{0}"],
                ["otherGone"] = t["This was sent or thrown away on another page of yours. Nothing was overwritten."],
                ["takeThat"] = t["Take that one"],
                ["keepThis"] = t["Keep this one"],
                ["discard"] = t["Discard"],
                ["newOnes"] = t["{0} new · show", "{0}"],
                ["selected"] = t["{0} selected", "{0}"],
                ["phrases"] = t["{0} phrases: arrow keys choose, Enter puts one in, Escape closes", "{0}"],
                ["close"] = t["Close|dialog"],
            }
        );
    }
}
