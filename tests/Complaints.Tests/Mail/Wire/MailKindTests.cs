using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class MailKindTests
{
    [Theory]
    [InlineData("new", MailSort.New)]
    [InlineData("chinese reply", MailSort.Reply)]
    [InlineData("mixed", MailSort.Reply)]
    [InlineData("bounce", MailSort.Bounce)]
    [InlineData("qmail", MailSort.Bounce)]
    [InlineData("provider", MailSort.Bounce)]
    [InlineData("delivered", MailSort.Delivered)]
    [InlineData("receipt", MailSort.Receipt)]
    [InlineData("feedback", MailSort.Feedback)]
    [InlineData("calendar", MailSort.Automatic)]
    [InlineData("winmail", MailSort.New)]
    public void Every_sort_of_mail_is_told(string which, MailSort expected)
    {
        var kind = MailKind.Of(MailReader.Read(OwnMails.All[which]));
        Assert.Equal(expected, kind.Sort);
        Assert.NotEmpty(kind.Why.ToString());
    }

    [Fact]
    public void A_reference_of_ours_makes_a_reply_and_nothing_makes_unreadable()
    {
        Assert.Equal(MailSort.Reply, MailKind.Of(MailReader.Read(OwnMails.All["new"]), namesOurs: true).Sort);
        Assert.Equal(MailSort.Unreadable, MailKind.Of(MailReader.Read(Array.Empty<byte>())).Sort);
    }

    [Fact]
    public void Reports_in_words_alone_name_recipient_status_and_mail()
    {
        Assert.Equal(
            new Bounce("anna@home.example", "5.1.1", true, true, "42@shop.example", "Sorry, no mailbox here by that name. (#5.1.1)"),
            Assert.Single(Bounce.Of(MailReader.Read(OwnMails.All["qmail"])))
        );
        var full = Assert.Single(Bounce.Of(MailReader.Read(OwnMails.All["provider"])));
        Assert.Equal(("zhang@post.example", "5.2.2", true), (full.Recipient, full.Status, full.Permanent));
    }

    [Theory]
    [InlineData("X-Failed-Recipients: anna@home.example", "Mail delivery failed", "550 User unknown", "5.1.1", true)]
    [InlineData("X: y", "Warning: could not send message for past 4 hours", "anna@home.example: will keep trying", "", false)]
    [InlineData("X: y", "Undeliverable: Your complaint", "anna@home.example\nmailbox is full", "4.2.2", true)]
    [InlineData("X: y", "Unzustellbar: Beschwerde", "anna@home.example (#5.4.4)", "5.4.4", true)]
    public void Other_forms_of_bounces_are_read(string header, string subject, string words, string status, bool failed)
    {
        var mail = MailReader.Read(
            OwnMails.Raw($"From: postmaster@home.example\nTo: desk@shop.example\nSubject: {subject}\n{header}\n\n{words}")
        );
        var bounce = Assert.Single(Bounce.Of(mail));
        Assert.Equal(("anna@home.example", status, failed), (bounce.Recipient, bounce.Status, bounce.Failed));
    }

    [Theory]
    [InlineData("Undeliverable parcel", "My parcel to anna@home.example was undeliverable. 5.1.1")]
    [InlineData("Delivery failure again", "You failed to deliver to bo@home.example")]
    public void A_person_who_writes_of_deliveries_is_no_mail_server(string subject, string words) =>
        Assert.Empty(Bounce.Of(MailReader.Read(OwnMails.Raw($"From: anna@home.example\nSubject: {subject}\n\n{words}"))));

    [Theory]
    [InlineData("Automatic reply: Your complaint", true)]
    [InlineData("自动回复：关于您的投诉", true)]
    [InlineData("[Out of Office] Re: x", true)]
    [InlineData("Abwesenheitsnotiz: x", true)]
    [InlineData("自动回复太慢了", false)]
    [InlineData("Your automatic reply is useless", false)]
    [InlineData("Out of office hours nobody answers", false)]
    public void Away_messages_are_told_by_how_the_subject_begins(string subject, bool automatic) =>
        Assert.Equal(
            automatic,
            AutomaticMail.Why(MailReader.Read(OwnMails.Raw($"From: a@b.example\nSubject: {subject}\n\nx"))) is not null
        );

    [Fact]
    public void Feedback_and_receipts_name_the_mail_they_are_about()
    {
        Assert.Equal(new Feedback("abuse", "anna@home.example", "42@shop.example"), Feedback.Of(MailReader.Read(OwnMails.All["feedback"])));
        Assert.Equal(
            new ReadReceipt("anna@home.example", "displayed", "42@shop.example"),
            ReadReceipt.Of(MailReader.Read(OwnMails.All["receipt"]))
        );
    }
}
