using System.Text;

namespace Complaints.Tests.Mail.Wire;

/// <summary>Messages of our own invention, one of each sort; also what the fuzz test begins with.</summary>
internal static class OwnMails
{
    public static IReadOnlyDictionary<string, byte[]> All { get; } = Make();

    public static byte[] Raw(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    private static Dictionary<string, byte[]> Make()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gbk = Encoding.GetEncoding("gbk");
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["new"] = Raw(
                """
                From: Anna Meier <anna@home.example>
                To: desk@shop.example
                Subject: The kettle leaks
                Date: Mon, 9 Mar 2026 09:05:07 +0100
                Message-ID: <k1@home.example>

                It leaks. Please help.

                --
                Anna Meier
                """
            ),
            ["chinese reply"] =
            [
                .. Raw(
                    $"""
                    From: =?GB2312?B?{Convert.ToBase64String(gbk.GetBytes("张三"))}?= <zhang@home.example>
                    To: desk@shop.example
                    Subject: =?gbk?Q?{string.Concat(gbk.GetBytes("回复").Select(b => $"={b:X2}"))}?= C-26-000001-7
                    In-Reply-To: <42@shop.example>
                    Content-Type: text/plain; charset=gb2312
                    Content-Transfer-Encoding: 8bit


                    """
                ),
                .. gbk.GetBytes(
                    "没有解决！\r\n\r\n发自我的iPhone\r\n\r\n------------------ 原始邮件 ------------------\r\n发件人: \"客服\" <desk@shop.example>;\r\n发送时间: 2026年3月9日\r\n收件人: \"张三\"\r\n"
                ),
            ],
            ["mixed"] = Raw(
                """
                From: Bo <bo@home.example>
                Subject: =?utf-8?q?Fotos_f=C3=BCr_Sie?=
                References: <1@shop.example> <2@shop.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="outer"

                --outer
                Content-Type: multipart/related; boundary="mid"

                --mid
                Content-Type: multipart/alternative; boundary="inner"

                --inner
                Content-Type: text/plain; charset=utf-8; format=flowed; delsp=no

                The kettle leaks at the 
                bottom.

                Am 09.03.26 um 09:05 schrieb Desk:
                > Where does
                > it leak?
                --inner
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p style=3D"color:red">The kettle leaks at the bottom. <img src=3D"cid:pic@home" alt=3D"kettle"></p>=
                <div class=3D"moz-cite-prefix">Am 09.03.26 um 09:05 schrieb Desk:</div><blockquote type=3D"cite">Where does it leak?</blockquote>
                --inner--
                --mid
                Content-Type: image/png; name*0*=utf-8''K%C3%BC; name*1="che.png"
                Content-ID: <pic@home>
                Content-Transfer-Encoding: base64

                iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
                --mid--
                --outer
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename=two words.txt
                Content-Transfer-Encoding: x-uuencode

                begin 644 two words.txt
                #0V%T
                `
                end
                --outer--
                """
            ),
            ["bounce"] = Raw(
                """
                From: MAILER-DAEMON@home.example
                Subject: Undelivered
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b

                It did not work.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.home.example

                Final-Recipient: rfc822; anna@home.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user
                --b
                Content-Type: message/rfc822

                Subject: Your complaint
                Message-ID: <42@shop.example>

                x
                --b--
                """
            ),
            ["qmail"] = Raw(
                """
                Return-Path: <>
                From: MAILER-DAEMON@home.example
                To: desk@shop.example
                Subject: failure notice

                Hi. This is the mail program at home.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.

                <anna@home.example>:
                Sorry, no mailbox here by that name. (#5.1.1)

                --- Below this line is a copy of the message.

                Return-Path: <desk@shop.example>
                Message-ID: <42@shop.example>
                Subject: Your complaint

                Hello
                """
            ),
            ["provider"] = Raw(
                """
                From: Postmaster@post.example
                To: desk@shop.example
                Subject: 系统退信/Systems bounce
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                很抱歉，您的邮件没有送达。
                收件人（zhang@post.example）的邮箱已满，请稍后再试。
                host mx.post.example said: 552 mailbox full
                """
            ),
            ["delivered"] = Raw(
                """
                From: postmaster@home.example
                Subject: Delivered
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.home.example

                Final-Recipient: rfc822; anna@home.example
                Action: delivered
                Status: 2.0.0
                --b--
                """
            ),
            ["receipt"] = Raw(
                """
                From: anna@home.example
                Subject: Read: Your complaint
                Content-Type: multipart/report; report-type=disposition-notification; boundary=b

                --b

                It was displayed.
                --b
                Content-Type: message/disposition-notification

                Final-Recipient: rfc822; anna@home.example
                Original-Message-ID: <42@shop.example>
                Disposition: manual-action/MDN-sent-manually; displayed
                --b--
                """
            ),
            ["feedback"] = Raw(
                """
                From: feedback@provider.example
                Subject: FW: Your complaint
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b

                This is an abuse report.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Loop/1
                Version: 1
                Original-Rcpt-To: anna@home.example
                --b
                Content-Type: message/rfc822

                Message-ID: <42@shop.example>
                Subject: Your complaint

                x
                --b--
                """
            ),
            ["calendar"] = Raw(
                """
                From: Anna <anna@home.example>
                Subject: Accepted: Visit
                Content-Type: text/calendar; charset=utf-8; method=REPLY

                BEGIN:VCALENDAR
                METHOD:REPLY
                BEGIN:VEVENT
                ATTENDEE;PARTSTAT=ACCEPTED;CN="Anna: Meier":mailto:anna@home.example
                SUMMARY:Visit\, at
                  home
                DTSTART:20260310T090000Z
                END:VEVENT
                END:VCALENDAR
                """
            ),
            ["winmail"] =
            [
                .. Raw(
                    $"""
                    From: Anna <anna@home.example>
                    Subject: Files
                    Content-Type: application/ms-tnef; name="winmail.dat"
                    Content-Transfer-Encoding: base64

                    {Convert.ToBase64String(TnefMaker.Mail(), Base64FormattingOptions.InsertLineBreaks)}
                    """
                ),
            ],
            ["html"] = Raw(
                """
                From: Anna <anna@home.example>
                Subject: html
                Content-Type: text/html; charset=utf-8

                <html><head><style>p{color:red}</style></head><body><div dir="ltr">It works now.<div>Thanks,</div><div>Anna</div></div><br>
                <div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op ma 9 mrt 2026 om 09:05 schreef Desk &lt;<a href="mailto:desk@shop.example">desk@shop.example</a>&gt;:<br></div>
                <blockquote class="gmail_quote"><p>Does it?</p><table><tr><td>a<td>b</table></blockquote></div></body></html>
                """
            ),
            ["japanese"] =
            [
                .. Raw(
                    "From: a@home.example\nSubject: =?ISO-2022-JP?B?GyRCNmw+cBsoQg==?=\nContent-Type: text/plain; charset=ISO-2022-JP\n\n"
                ),
                .. Encoding
                    .GetEncoding("iso-2022-jp")
                    .GetBytes("苦情です。\r\n\r\n2026年3月9日(月) 9:05 Desk <desk@shop.example>:\r\n\r\n> 解決しましたか。\r\n"),
            ],
        };
    }
}
