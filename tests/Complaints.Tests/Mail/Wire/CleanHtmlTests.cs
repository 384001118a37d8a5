using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class CleanHtmlTests
{
    [Theory]
    [InlineData("<p onclick=x style='color:red;position:fixed'>a</p>", "<p style=\"color:red\">a</p>")]
    [InlineData("a<script>alert(1)</script><style>*{}</style><svg><a>x</a></svg>b", "ab")]
    [InlineData("<form action=x>Name <input value=y><button>z</button></form>", "Name ")]
    [InlineData("<base href=x><meta http-equiv=refresh content='0;url=x'><link rel=x href=y>a", "a")]
    [InlineData("<iframe src=x>y</iframe><object data=x>z</object><embed src=x>a", "a")]
    [InlineData(
        "<a href='javascript:x'>a</a><a href='jav\tascript:x'>b</a><a href='data:text/html,x'>c</a><a href='/x'>d</a>",
        "<a>a</a><a>b</a><a>c</a><a>d</a>"
    )]
    [InlineData(
        "<a href=' https://shop.example/?a=1&b=\"2 ' target=_top ping=x>a</a>",
        "<a href=\"https://shop.example/?a=1&amp;b=%222\" title=\"https://shop.example/?a=1&amp;b=%222\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">a</a>"
    )]
    [InlineData("<o:p>x</o:p><custom-tag id=y class=z>w</custom-tag>", "xw")]
    [InlineData("<div id=a name=b class=c>x</div>", "<div>x</div>")]
    [InlineData("<p style='background:url(http://x);width:expression(1);color:r\\65 d'>a", "<p>a</p>")]
    [InlineData("<p style='margin-left:-99px;margin-top:3px;color:rgb(1, 2, 3)'>a", "<p style=\"margin-top:3px;color:rgb(1, 2, 3)\">a</p>")]
    [InlineData(
        "<table background=http://x width=100%><tr><td bgcolor=#fff colspan=2>a</table>",
        "<table width=\"100%\"><tbody><tr><td bgcolor=\"#fff\" colspan=\"2\">a</td></tr></tbody></table>"
    )]
    [InlineData("<!--[if mso]><b>x</b><![endif]-->a &lt;b&gt; &amp;", "a &lt;b&gt; &amp;")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=y>", "")]
    [InlineData("<noscript><p title='</noscript><img src=x onerror=y>'>", "<p></p>")]
    [InlineData("<b>a<i>b</b>c", "<b>a<i>b</i></b><i>c</i>")]
    public void Only_what_is_allowed_stays(string html, string expected) => Assert.Equal(expected, CleanHtml.Of(html).Html);

    [Fact]
    public void Inline_pictures_go_where_the_caller_says()
    {
        var clean = CleanHtml.Of(
            "<img src='cid:pic%40home' alt='my \"kettle\"' width=20 onerror=x><img src=cid:none>",
            id => id == "pic@home" ? "/files/7?a&b" : null
        );
        Assert.Equal(
            "<img src=\"/files/7?a&amp;b\" alt=\"my &quot;kettle&quot;\" width=\"20\" referrerpolicy=\"no-referrer\" loading=\"lazy\"><span class=\"picture-left-out\"></span>",
            clean.Html
        );
        Assert.Equal(0, clean.RemoteImages);
    }

    [Fact]
    public void Pictures_on_other_servers_are_left_out_until_somebody_asks()
    {
        const string Html = "<img src='https://track.example/a.gif?id=1' alt=logo><img src='//track.example/b.gif'><img src='ftp://x/y'>";
        var closed = CleanHtml.Of(Html);
        Assert.Equal(2, closed.RemoteImages);
        Assert.DoesNotContain("<img", closed.Html, StringComparison.Ordinal);
        Assert.Contains("title=\"track.example\">logo</span>", closed.Html, StringComparison.Ordinal);
        var open = CleanHtml.Of(Html, remoteImages: true);
        Assert.Contains("<img src=\"https://track.example/a.gif?id=1\" alt=\"logo\"", open.Html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"https://track.example/b.gif\"", open.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", true)]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=", false)]
    [InlineData("data:text/html;base64,PHN2Zz4=", false)]
    [InlineData("data:image/png;base64,x\"onerror=", false)]
    public void Pictures_in_the_html_itself_are_shown_when_they_can_only_be_pictures(string source, bool shown) =>
        Assert.Equal(shown, CleanHtml.Of($"<img src='{source}'>").Html.Contains("<img", StringComparison.Ordinal));

    [Fact]
    public void What_is_cleaned_stays_the_same_when_cleaned_again()
    {
        foreach (
            var html in (string[])
                [
                    "<p><table><p>x<td><b>y</table><i>z",
                    "<ul><li>a<ul><li>b</ul>c<li>d",
                    "<a href=https://x.example><p>1<a href=https://y.example>2",
                ]
        )
        {
            var once = CleanHtml.Of(html).Html;
            Assert.Equal(once, CleanHtml.Of(once).Html);
        }
    }

    [Fact]
    public void Monsters_are_cut() => Assert.True(CleanHtml.Of(string.Concat(Enumerable.Repeat("<div>", 100_000))).Cut);
}
