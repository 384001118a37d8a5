using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Escalation;

/// <summary>How the moment of a rule is measured.</summary>
public enum MomentKind
{
    [Words("share of the time used", "已用时间占比")]
    Share = 0,

    [Words("minutes before due", "到期前（分钟）")]
    BeforeDue = 1,

    [Words("minutes after due", "到期后（分钟）")]
    AfterDue = 2,
}

/// <summary>What a rule does besides telling.</summary>
public enum RuleAction
{
    [Words("notify", "通知")]
    Notify = 0,

    [Words("notify and reassign", "通知并改派")]
    Reassign = 1,

    [Words("notify and raise severity", "通知并提高等级")]
    RaiseSeverity = 2,
}

/// <summary>When which level is owed on which clock. Level 0 warns the owner.</summary>
public sealed class EscalationRule : IVersioned
{
    public long Id { get; private set; }

    /// <summary>The clock; null for every clock.</summary>
    public ClockName? Clock { get; set; }
    public MomentKind Moment { get; set; }

    /// <summary>Percent of the target used, or minutes.</summary>
    public decimal Amount { get; set; }

    /// <summary>0 owner, 1 team lead, 2 manager, 3 director.</summary>
    public int Level { get; set; }
    public RuleAction Action { get; set; }
    public bool Active { get; set; } = true;

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>Changes all of it.</summary>
    /// <exception cref="Refusal">A figure is out of range.</exception>
    public void Set(ClockName? clock, MomentKind moment, decimal amount, int level, RuleAction action, bool active)
    {
        var most = moment == MomentKind.Share ? 10_000 : 1_000_000;
        if (amount < 0 || amount > most)
        {
            throw new Refusal(new Sentence("Give a figure from 0 to {0}.", most), nameof(Amount));
        }

        if (level is < 0 or > Ladder.Top)
        {
            throw new Refusal(new Sentence("The level is 0 (warn the owner), 1, 2 or 3."), nameof(Level));
        }

        (Clock, Moment, Amount, Level, Action, Active) = (clock, moment, amount, level, action, active);
    }

    /// <summary>Has the sweep look at every open complaint again, after the rules changed; in one statement. Call it in the transaction of the change.</summary>
    public static Task<int> LookAgainAsync(ComplaintsDb db, DateTime now) =>
        db
            .Complaints.Where(c => c.IsOpen && !c.Historic && (c.NextActionAt == null || c.NextActionAt > now))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.NextActionAt, now));
}

/// <summary>A word in the customer's new text that escalates at once.</summary>
public sealed class TriggerWord
{
    public long Id { get; private set; }
    public required string Language { get; set; }
    public required string Word { get; set; }

    /// <summary>Words that contain it and do not count, separated by semicolons, such as 流媒体 for 媒体.</summary>
    public string Exceptions { get; set; } = "";
    public bool Active { get; set; } = true;

    /// <summary>Changes all of it.</summary>
    /// <exception cref="Refusal">No word, or too long.</exception>
    public void Set(string? word, string? exceptions, bool active)
    {
        var text = word?.Trim() ?? "";
        var all = string.Join(
            ';',
            (exceptions ?? "").Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
        if (text.Length is 0 or > 100 || all.Length > 2000)
        {
            throw new Refusal(new Sentence("Give a word of at most 100 characters; its exceptions may have 2,000 together."), nameof(Word));
        }

        (Word, Exceptions, Active) = (text, all, active);
    }
}

/// <summary>
/// An escalation: lock, ledger and report in one. Its key makes it exist once per complaint, clock, cycle, rule and
/// level, or per complaint, trigger and causing entry, however many servers run.
/// </summary>
public sealed class RaisedEscalation : IVersioned
{
    public long Id { get; private set; }
    public long ComplaintId { get; init; }
    public Complaint? Complaint { get; private set; }

    /// <summary><c>{clock}:{cycle}:{rule}:{level}</c> or <c>{trigger}:{entry}</c>; unique within the complaint.</summary>
    public required string Key { get; init; }

    /// <summary>The clock; null for an immediate one.</summary>
    public ClockName? Clock { get; init; }

    /// <summary>The clock row, for ending it when the step is done; null for an immediate one.</summary>
    public long? ClockId { get; init; }

    /// <summary>What triggered an immediate one; null for a clock's.</summary>
    public Trigger? Trigger { get; init; }

    /// <summary>0 warns the owner, 1 team lead, 2 manager, 3 director.</summary>
    public int Level { get; init; }

    /// <summary>UTC.</summary>
    public DateTime RaisedAt { get; init; }

    /// <summary>Rule and arithmetic; kept sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Who was told; null when nobody could be found.</summary>
    public long? ToldId { get; init; }
    public StaffMember? Told { get; private set; }

    /// <summary>The unit, for the manager's queue.</summary>
    public long UnitId { get; init; }

    /// <summary>"Late at logging": levels that were passed and not raised, kept sentence; null otherwise.</summary>
    public string? Passed { get; init; }
    public long? TakenById { get; set; }
    public StaffMember? TakenBy { get; private set; }

    /// <summary>UTC; null while nobody took it.</summary>
    public DateTime? TakenAt { get; set; }

    /// <summary>UTC when the next level is told if nobody takes it; null when there is none or it was taken.</summary>
    public DateTime? NextLevelAt { get; set; }

    /// <summary>UTC; null while it stands.</summary>
    public DateTime? EndedAt { get; set; }
    public long? EndedById { get; set; }

    /// <summary>Kept sentence.</summary>
    public string? EndReason { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The first part of <see cref="Why"/>: rule and arithmetic, without who was told and what comes next.</summary>
    public Sentence Cause => KeptSentence.Read(Why) is { Args: [Sentence first, ..] } ? first : KeptSentence.Read(Why);

    /// <summary>Ends it.</summary>
    /// <param name="byStaffId">Null when it settled itself.</param>
    public void EndBecause(Sentence why, DateTime now, long? byStaffId = null) =>
        (EndedAt, EndedById, EndReason, NextLevelAt) = (now, byStaffId, KeptSentence.Write(why), null);
}

/// <summary>The tables of this room.</summary>
public static class EscalationTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<EscalationRule> EscalationRules => db.Set<EscalationRule>();
        public DbSet<TriggerWord> TriggerWords => db.Set<TriggerWord>();
        public DbSet<RaisedEscalation> Escalations => db.Set<RaisedEscalation>();
    }

    internal sealed class Rules : IEntityTypeConfiguration<EscalationRule>
    {
        public void Configure(EntityTypeBuilder<EscalationRule> builder)
        {
            builder.ToTable("EscalationRules");
            builder.Property(r => r.Version).IsConcurrencyToken();
        }
    }

    internal sealed class TriggerWords : IEntityTypeConfiguration<TriggerWord>
    {
        public void Configure(EntityTypeBuilder<TriggerWord> builder)
        {
            builder.ToTable("TriggerWords");
            builder.Property(w => w.Word).HasMaxLength(100);
            builder.Property(w => w.Exceptions).HasMaxLength(2000);
        }
    }

    internal sealed class Escalations : IEntityTypeConfiguration<RaisedEscalation>
    {
        public void Configure(EntityTypeBuilder<RaisedEscalation> builder)
        {
            builder.ToTable("Escalations");
            builder.Property(e => e.Key).HasMaxLength(100);
            builder.Property(e => e.Why).HasMaxLength(4000);
            builder.Property(e => e.Passed).HasMaxLength(2000);
            builder.Property(e => e.EndReason).HasMaxLength(4000);
            builder.Ignore(e => e.Cause);
            builder.Property(e => e.Version).IsConcurrencyToken();
            builder.HasIndex(e => new { e.ComplaintId, e.Key }).IsUnique();
            builder
                .HasIndex(e => new
                {
                    e.UnitId,
                    e.TakenAt,
                    e.RaisedAt,
                })
                .HasFilter("\"EndedAt\" IS NULL")
                .HasDatabaseName("IX_Escalations_Open");
            builder.HasIndex(e => e.RaisedAt);
            builder.HasOne(e => e.Complaint).WithMany().HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(e => e.Told).WithMany().HasForeignKey(e => e.ToldId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(e => e.TakenBy).WithMany().HasForeignKey(e => e.TakenById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
