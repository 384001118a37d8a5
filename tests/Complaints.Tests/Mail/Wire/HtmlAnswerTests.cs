using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class HtmlAnswerTests
{
    [Theory]
    [InlineData(
        "Gmail",
        "<div>Solved</div><div class=gmail_quote><div class=gmail_attr>Den mån skrev Desk:</div><blockquote class=gmail_quote>Is it?</blockquote></div>"
    )]
    [InlineData(
        "Outlook on the web",
        "<div>Solved</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Od:</b> Desk</div><div>Is it?</div>"
    )]
    [InlineData("Outlook quoted again", "<div>Solved</div><div id=x_divRplyFwdMsg><b>Od:</b> Desk</div><div>Is it?</div>")]
    [InlineData(
        "Outlook",
        "<p>Solved</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Lähettäjä:</b> Desk<br><b>Lähetetty:</b> ma<br><b>Aihe:</b> x</p></div><p>Is it?</p>"
    )]
    [InlineData(
        "Apple",
        "<div>Solved</div><blockquote type=cite><div>On 9 Mar 2026, at 09:05, Desk wrote:</div><div>Is it?</div></blockquote>"
    )]
    [InlineData("Thunderbird", "Solved<br><div class=moz-cite-prefix>Il 09/03/26 ...</div><blockquote type=cite>Is it?</blockquote>")]
    [InlineData("Yahoo", "<div>Solved</div><div id=ydp1yahoo_quoted class=ydp1yahoo_quoted>On Monday, Desk wrote: Is it?</div>")]
    [InlineData(
        "QQ",
        "<div>Solved</div><div><includetail><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>Is it?</div></includetail></div>"
    )]
    [InlineData(
        "QQ by its line",
        "<div>Solved</div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> Desk</div><div>Is it?</div>"
    )]
    [InlineData(
        "Foxmail",
        "<div>Solved</div><div style='border-top:solid #B5C4DF 1.0pt'><div><b>发件人：</b>Desk</div><div><b>发送时间：</b>2026-03-09</div><div><b>主题：</b>x</div></div><div>Is it?</div>"
    )]
    [InlineData("NetEase", "<div>Solved</div><div id=isReplyContent>At 2026-03-09 09:05:00, Desk wrote:<br>Is it?</div>")]
    [InlineData("Feishu", "<div>Solved</div><div class='history-quote-wrapper x'>Desk:<br>Is it?</div>")]
    [InlineData("Signature", "<div>Solved</div><div class=gmail_signature>Anna<br>Director</div>")]
    [InlineData("Proton", "<div>Solved</div><div class=protonmail_quote>On Monday ... <blockquote>Is it?</blockquote></div>")]
    [InlineData("Hidden", "<div style='display:none'>preview</div><div>Solved</div>")]
    public void Quotations_are_told_by_structure(string program, string html)
    {
        Assert.Equal("Solved", VisibleAnswer.OfHtml(html).Words);
        Assert.NotEmpty(program);
    }

    [Fact]
    public void Answers_between_quotations_stay()
    {
        const string Html =
            "<div class=gmail_quote><div class=gmail_attr>On Monday Desk wrote:</div><blockquote class=gmail_quote>Is it?</blockquote>Yes.<blockquote class=gmail_quote>Happy?</blockquote>No.</div>";
        Assert.Equal("Yes.\nNo.", VisibleAnswer.OfHtml(Html).Words.Replace("\n\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void The_html_form_helps_where_the_plain_one_marks_nothing()
    {
        var mail = MailReader.Read(
            OwnMails.Raw(
                "From: a@b.example\nIn-Reply-To: <1@c.example>\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nSolved\nLähettäjä: Desk\nIs it?\n--b\nContent-Type: text/html\n\n<div>Solved</div><div id=divRplyFwdMsg>Lähettäjä: Desk</div>Is it?\n--b--"
            )
        );
        Assert.Equal("Solved", VisibleAnswer.Of(mail));
    }

    [Theory]
    [InlineData("Gelöst\n\nAm 09.03.26 um 09:05 schrieb Desk:\n> Ist es?", "Gelöst", "")]
    [InlineData("Réglé\n\nLe lun. 9 mars 2026 à 09:05, Desk <desk@shop.example> a écrit :\n\n> Alors ?", "Réglé", "")]
    [InlineData("Réglé\n\nDe : Desk\nEnvoyé : lundi\nÀ : moi\nObjet : x\n\nAlors ?", "Réglé", "")]
    [InlineData("Resuelto\n\nEl lun, 9 mar 2026 a las 9:05, Desk (<desk@shop.example>) escribió:\n\n> ¿Ya?", "Resuelto", "")]
    [InlineData("Gelöst\n\nVon: Desk\nGesendet: Montag\nAn: mich\nBetreff: x\n\nIst es?", "Gelöst", "")]
    [InlineData(
        "Gelöst\n\nVon meinem iPhone gesendet\n\n> Am 09.03.2026 um 09:05 schrieb Desk:\n> Ist es?",
        "Gelöst",
        "Von meinem iPhone gesendet"
    )]
    [InlineData("Am 3. März schrieb ich Ihnen:\nEr ist kaputt.", "Am 3. März schrieb ich Ihnen:\nEr ist kaputt.", "")]
    [InlineData("解決しました\n\n2026年3月9日(月) 9:05 Desk <desk@shop.example>:\n\n> どうですか", "解決しました", "")]
    [InlineData("已解决\n\n| |\n\n---- Replied Message ----\n| From | Desk |", "已解决\n\n| |", "")]
    [InlineData(
        "Solved\n\nGet Outlook for iOS<https://x.example/a>\n________________________________\nFrom: Desk\nSent: Monday\nTo: me\nSubject: x",
        "Solved",
        "Get Outlook for iOS<https://x.example/a>"
    )]
    [InlineData("Solved\n\n-- \nAnna\n\nOn Mon, 9 Mar 2026, Desk wrote:\n> Is it?", "Solved", "--\nAnna")]
    [InlineData("Solved\n\n--\nAnna\n\n> Is it?\n> 1\n> 2\n> 3\n> 4\n> 5\n> 6\n> 7\n> 8", "Solved", "--\nAnna")]
    [InlineData("Solved\n\nBegin forwarded message:\n\nFrom: x", "Solved", "")]
    [InlineData("The order:\n==========\none kettle", "The order:\n==========\none kettle", "")]
    public void Answer_and_signature_are_told_apart(string text, string words, string signature)
    {
        var answer = VisibleAnswer.Read(text);
        Assert.Equal((words, signature), (answer.Words, answer.Signature));
    }
}
