using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.FollowUp;

/// <summary>Where a follow-up stands.</summary>
public enum FollowUpState
{
    [Words("Planned", "已计划")]
    Planned = 0,

    [Words("Asked by mail", "已发邮件")]
    Asked = 1,

    [Words("To be called", "待电话回访")]
    CallDue = 2,

    [Words("Answered", "已答复")]
    Answered = 3,

    [Words("No answer", "未答复")]
    NoAnswer = 4,

    [Words("No longer needed", "无需回访")]
    Cancelled = 5,

    [Words("Answered in words, to be recorded", "已书面答复，待登记")]
    InWords = 6,

    [Words("Not asked", "未询问")]
    NotAsked = 7,
}

/// <summary>What an answer amounts to.</summary>
public enum Satisfaction
{
    [Words("Satisfied", "满意")]
    Satisfied = 0,

    [Words("Between", "一般")]
    Between = 1,

    [Words("Dissatisfied", "不满意")]
    Dissatisfied = 2,
}

/// <summary>Why a customer leaves.</summary>
public enum LeavingReason
{
    [Words("The service", "服务不好")]
    Service = 0,

    [Words("Nobody cared", "无人关心")]
    NobodyCared = 1,

    [Words("A better product elsewhere", "别家产品更好")]
    BetterProduct = 2,

    [Words("A better price elsewhere", "别家价格更低")]
    BetterPrice = 3,

    [Words("Another reason", "其他原因")]
    Other = 4,
}

/// <summary>The plan to ask one customer about one cycle of one complaint.</summary>
public sealed class PlannedFollowUp : IVersioned
{
    public long Id { get; private set; }
    public long ComplaintId { get; init; }
    public Complaint? Complaint { get; private set; }

    /// <summary>Cycle of the complaint it asks about.</summary>
    public int Cycle { get; init; }
    public FollowUpState State { get; set; }

    /// <summary>1 for the follow-up that belongs to the work; 2 for the question whether it still holds, weeks after closing.</summary>
    public int Touch { get; init; } = 1;

    /// <summary>The questions and the script it asks with; null for the house's own.</summary>
    public long? QuestionnaireId { get; set; }

    /// <summary>Why nobody was asked; null otherwise.</summary>
    public NotAsked? NotAsked { get; set; }

    /// <summary>UTC it ended; null before.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>UTC time of the survey mail, in the customer's daytime.</summary>
    public DateTime PlannedAt { get; set; }

    /// <summary>UTC of the next thing to do: mail, reminder, call task, closing; null when nothing.</summary>
    public DateTime? NextAt { get; set; }

    /// <summary>Mails written, surveys and reminders: the number that makes the next one's key.</summary>
    public int Mails { get; set; }

    /// <summary>Reminders sent.</summary>
    public int Reminders { get; set; }

    /// <summary>Call attempts made.</summary>
    public int Attempts { get; set; }

    /// <summary>UTC the survey mail was written; null before.</summary>
    public DateTime? AskedAt { get; set; }

    /// <summary>UTC the link in the mail ends.</summary>
    public DateTime? LinkExpiresAt { get; set; }

    /// <summary>Why it was cancelled or not asked by mail; kept sentence.</summary>
    public string? Why { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>True while something is still to come: a mail, a call, the recording of an answer.</summary>
    public bool IsLive => State is FollowUpState.Planned or FollowUpState.Asked or FollowUpState.CallDue or FollowUpState.InWords;

    /// <summary>It is over; nothing is to come.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="why">Null keeps what was said before.</param>
    /// <param name="now">UTC.</param>
    /// <param name="notAsked">Why the customer was not asked at all; null where they were.</param>
    public void End(FollowUpState state, Sentence? why, DateTime now, NotAsked? notAsked = null) =>
        (State, NextAt, Why, EndedAt, NotAsked) = (state, null, why is null ? Why : KeptSentence.Write(why), now, notAsked);
}

/// <summary>One answer, as given; a later one of the same follow-up replaces it and this one stays as history.</summary>
public sealed class SurveyAnswer
{
    public long Id { get; private set; }
    public long FollowUpId { get; init; }
    public long ComplaintId { get; init; }
    public long CustomerId { get; init; }

    /// <summary>Unit of the complaint, for the figures.</summary>
    public long UnitId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime AnsweredAt { get; init; }
    public bool Solved { get; init; }

    /// <summary>Marks 1 to 5; null when not given or not applicable.</summary>
    public int? Skill { get; init; }
    public int? Attitude { get; init; }
    public int? Timeliness { get; init; }

    /// <summary>Parts and supplies; may not apply.</summary>
    public int? Parts { get; init; }
    public int? Overall { get; init; }
    public string? Comment { get; init; }
    public LeavingReason? Leaving { get; init; }

    /// <summary>As <see cref="PlannedFollowUp.Touch"/>.</summary>
    public int Touch { get; init; } = 1;

    /// <summary>The questions it answers; null for the house's own.</summary>
    public long? QuestionnaireId { get; init; }

    /// <summary>Who wrote it down on the phone; null when the customer answered.</summary>
    public long? ByStaffId { get; init; }

    /// <summary>Mean of the marks that apply; null when none.</summary>
    public double? Mean { get; init; }
    public Satisfaction Result { get; init; }

    /// <summary>A mark of 1 decided it (一票否决).</summary>
    public bool Vetoed { get; init; }

    /// <summary>Why a machine read it so out of the customer's words, kept sentence; null for what was given as a form or to a person.</summary>
    public string? Why { get; init; }

    /// <summary>False once a later answer replaced it.</summary>
    public bool Current { get; set; } = true;

    /// <summary>The marks as given.</summary>
    public Marks Marks => new(Skill, Attitude, Timeliness, Parts, Overall);
}

/// <summary>The tables of this room.</summary>
public static class FollowUpTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<PlannedFollowUp> FollowUps => db.Set<PlannedFollowUp>();
        public DbSet<SurveyAnswer> SurveyAnswers => db.Set<SurveyAnswer>();

        /// <summary>What a customer of this complaint answers now: the later question once it was asked, else the first.</summary>
        public IQueryable<PlannedFollowUp> FollowUpOf(Complaint complaint) =>
            db
                .FollowUps.Where(f => f.ComplaintId == complaint.Id && f.Cycle == complaint.Cycle)
                .Where(f => f.Touch == 1 || f.AskedAt != null)
                .OrderByDescending(f => f.Touch);
    }

    internal sealed class FollowUps : IEntityTypeConfiguration<PlannedFollowUp>
    {
        public void Configure(EntityTypeBuilder<PlannedFollowUp> builder)
        {
            builder.ToTable("FollowUps");
            builder.Property(f => f.Why).HasMaxLength(4000);
            builder.Property(f => f.Version).IsConcurrencyToken();
            builder.Ignore(f => f.IsLive);
            builder
                .HasIndex(f => new
                {
                    f.ComplaintId,
                    f.Cycle,
                    f.Touch,
                })
                .IsUnique();
            builder.HasIndex(f => new { f.EndedAt, f.Id }).HasFilter("\"NotAsked\" IS NOT NULL");
            builder.HasIndex(f => f.NextAt).HasFilter("\"NextAt\" IS NOT NULL");
            builder.HasIndex(f => f.AskedAt).HasFilter("\"AskedAt\" IS NOT NULL");
            builder.HasOne(f => f.Complaint).WithMany().HasForeignKey(f => f.ComplaintId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Answers : IEntityTypeConfiguration<SurveyAnswer>
    {
        public void Configure(EntityTypeBuilder<SurveyAnswer> builder)
        {
            builder.ToTable("SurveyAnswers");
            builder.Property(a => a.Comment).HasMaxLength(-1);
            builder.Property(a => a.Why).HasMaxLength(4000);
            builder.Ignore(a => a.Marks);
            builder.HasIndex(a => a.FollowUpId).HasFilter("\"Current\"").IsUnique();
            builder.HasIndex(a => new { a.UnitId, a.AnsweredAt }).HasFilter("\"Current\"");
            builder.HasIndex(a => a.ComplaintId);
            builder.HasOne<PlannedFollowUp>().WithMany().HasForeignKey(a => a.FollowUpId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
