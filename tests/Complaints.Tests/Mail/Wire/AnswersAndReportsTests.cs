using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class AnswersAndReportsTests
{
    [Theory]
    [InlineData(
        "Yes, solved.\n\nOn Mon, 9 Mar 2026 at 09:05, Desk <desk@shop.example> wrote:\n> Is it solved?\n> Tell us.",
        "Yes, solved."
    )]
    [InlineData(
        "Yes.\n\nOn Monday, 9 March 2026 at 09:05, the Customer Desk of the Shop\n<desk@shop.example>\nwrote:\n\nIs it solved?",
        "Yes."
    )]
    [InlineData("On 9 Mar 2026, at 09:05, Desk wrote:\n> Solved?\nYes.\n> Happy?\nNo.", "Yes.\nNo.")]
    [InlineData("已经解决了，谢谢。\n\n在 2026年3月9日，09:05，客服中心 <desk@shop.example> 写道：\n> 是否解决？", "已经解决了，谢谢。")]
    [InlineData("没有解决！\n\n客服中心 <desk@shop.example> 于2026年3月9日周一 09:05写道：\n\n> 是否解决？", "没有解决！")]
    [InlineData(
        "没有\n\n\n发自我的iPhone\n\n\n------------------ 原始邮件 ------------------\n发件人: \"客服\" <desk@shop.example>;\n发送时间: 2026年3月9日\n收件人: \"张三\"\n主题: 投诉",
        "没有"
    )]
    [InlineData(
        "解决了\n\n发件人： 客服 <desk@shop.example>\n发送时间： 2026年3月9日 9:05\n收件人： 张三\n主题： 投诉\n\n是否解决？",
        "解决了"
    )]
    [InlineData("解决了\n---- 回复的原邮件 ----\n| 发件人 | 客服 |", "解决了")]
    [InlineData("解决了\nAt 2026-03-09 09:05:00, \"客服\" <desk@shop.example> wrote:\n>是否解决？", "解决了")]
    [InlineData("Solved\n\n-----Original Message-----\nFrom: Desk\nSent: Monday\nTo: me\n\nIs it?", "Solved")]
    [InlineData(
        "Solved\n\n________________________________\nFrom: Desk <desk@shop.example>\nSent: Monday\nTo: Me\nSubject: x\n\nIs it?",
        "Solved"
    )]
    [InlineData("Solved\n\nSent from my iPhone", "Solved")]
    [InlineData("Sent from my desk, is much easier.", "Sent from my desk, is much easier.")]
    [InlineData("Solved\n\n-- \nAnna Meier\n+44 20 7946 0000", "Solved")]
    [InlineData("The parts --\nall of them -- are missing.", "The parts --\nall of them -- are missing.")]
    [InlineData("On reflection I wrote:\nit is broken.", "On reflection I wrote:\nit is broken.")]
    [InlineData("From: the shop I expected more.\nTo: be honest.", "From: the shop I expected more.\nTo: be honest.")]
    [InlineData("> all\n> quoted", "")]
    [InlineData("", "")]
    public void The_senders_own_words_are_found(string text, string expected) =>
        Assert.Equal(expected, VisibleAnswer.Of(text.Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Subject: x", null)]
    [InlineData("Auto-Submitted: no", null)]
    [InlineData("X-Auto-Response-Suppress: None", null)]
    [InlineData("Precedence: first-class", null)]
    [InlineData("Return-Path: <anna@home.example>", null)]
    [InlineData("Auto-Submitted: Auto-Replied; owner-email=\"x\"", "auto-replied")]
    [InlineData("Auto-Submitted: auto-generated (rfc3834)", "auto-generated")]
    [InlineData("X-Auto-Response-Suppress: All", "no automatic answers")]
    [InlineData("Precedence: Bulk", "bulk")]
    [InlineData("List-Id: <x.example>", "List-Id")]
    [InlineData("X-Loop: x", "X-Loop")]
    [InlineData("X-Autoreply: yes", "X-Autoreply")]
    [InlineData("Return-Path: <>", "return address")]
    [InlineData("Content-Type: multipart/report; boundary=x", "report")]
    public void Automatic_mail_is_told_by_its_headers(string header, string? expected)
    {
        var why = AutomaticMail.Why(
            MailReader.Read(Encoding.ASCII.GetBytes($"From: Anna <anna@home.example>\r\n{header}\r\n\r\nI am out of office"))
        );
        Assert.Equal(expected is null, why is null);
        Assert.Contains(expected ?? "", why?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_of_a_mail_server_is_automatic() =>
        Assert.NotNull(AutomaticMail.Why(MailReader.Read("From: Mail Delivery System <MAILER-DAEMON@home.example>\r\n\r\nx"u8.ToArray())));

    [Fact]
    public void A_delivery_report_says_whose_mail_came_back_and_why()
    {
        var report = MailReader.Read(
            Encoding.ASCII.GetBytes(
                """
                From: MAILER-DAEMON@home.example
                Subject: Undelivered
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b

                It did not work.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.home.example
                Arrival-Date: Mon, 9 Mar 2026 09:05:07 +0100

                Original-Recipient: rfc822;anna+2Bcase@home.example
                Final-Recipient: rfc822; anna2@home.example
                Action: failed
                Status: 5.1.1 (no such user)
                Diagnostic-Code: smtp; 550 5.1.1
                 no such user

                Final-Recipient: rfc822;bo@home.example
                Action: delayed
                Status: 4.4.1

                Final-Recipient: rfc822;cy@home.example
                Action: delivered
                Status: 2.0.0

                Final-Recipient: rfc822;di@home.example
                Action: failed
                Status: 4.4.7
                --b
                Content-Type: message/rfc822

                Subject: Your complaint
                Message-ID: <42@shop.example>

                x
                --b--
                """
            )
        );

        Assert.Equal(
            [
                new Bounce("anna+case@home.example", "5.1.1", true, true, "42@shop.example", "smtp; 550 5.1.1 no such user"),
                new Bounce("bo@home.example", "4.4.1", false, false, "42@shop.example", ""),
                new Bounce("di@home.example", "4.4.7", true, false, "42@shop.example", ""),
            ],
            Bounce.Of(report)
        );
        Assert.Contains("report", AutomaticMail.Why(report)!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Bounce.Of(MailReader.Read("From: a@b.example\r\n\r\nAction: failed"u8.ToArray())));
    }
}
