using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>The tables of this room.</summary>
public static class CaseworkTables
{
    /// <summary>Length of text that has no bound of its own.</summary>
    private const int Unbounded = -1;

    extension(ComplaintsDb db)
    {
        public DbSet<Complaint> Complaints => db.Set<Complaint>();
        public DbSet<TimelineEntry> Timeline => db.Set<TimelineEntry>();
        public DbSet<EntryContent> EntryContents => db.Set<EntryContent>();
        public DbSet<Cause> Causes => db.Set<Cause>();
        public DbSet<Approval> Approvals => db.Set<Approval>();
        public DbSet<DeskTask> DeskTasks => db.Set<DeskTask>();

        /// <summary>What customers were promised.</summary>
        public DbSet<Promise> Promises => db.Set<Promise>();

        /// <summary>What complaints are about, point by point.</summary>
        public DbSet<Point> Points => db.Set<Point>();
        public DbSet<Attachment> Attachments => db.Set<Attachment>();
        public DbSet<RootCause> RootCauses => db.Set<RootCause>();
        public DbSet<RemedyLimit> RemedyLimits => db.Set<RemedyLimit>();
    }

    internal sealed class Cases : IEntityTypeConfiguration<Complaint>
    {
        public void Configure(EntityTypeBuilder<Complaint> builder)
        {
            builder.ToTable("Complaints");
            builder.Property(c => c.Reference).HasMaxLength(30);
            builder.HasIndex(c => c.Reference).IsUnique();
            builder.Property(c => c.SubmissionKey).HasMaxLength(80);
            // Partial, because imported ones have none: over a column of nulls SQLite would rather walk the whole table.
            builder.HasIndex(c => c.SubmissionKey).IsUnique().HasFilter("\"SubmissionKey\" IS NOT NULL");
            builder.Property(c => c.WhatHappened).HasMaxLength(Unbounded);
            builder.Property(c => c.DesiredOutcome).HasMaxLength(Unbounded);
            builder.Property(c => c.ProofOfChannel).HasMaxLength(4000);
            builder.Property(c => c.AffectedPerson).HasMaxLength(1000);
            builder.Property(c => c.Authority).HasMaxLength(4000);
            builder.Property(c => c.Solution).HasMaxLength(Unbounded);
            builder.Property(c => c.CorrectiveAction).HasMaxLength(Unbounded);
            builder.Property(c => c.DisputeCurrency).HasMaxLength(3);
            builder.Property(c => c.RemedyCurrency).HasMaxLength(3);
            builder.Property(c => c.GrantedCurrency).HasMaxLength(3);
            builder.Property(c => c.ProposedWhy).HasMaxLength(4000);
            builder.Property(c => c.TimelineHead).HasMaxLength(64);
            builder.Property(c => c.Version).IsConcurrencyToken();
            builder.Property(c => c.NextActionAt).IsConcurrencyToken(); // a verb and the sweep at the same instant: no wake-up may be lost
            builder.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(c => c.Unit).WithMany().HasForeignKey(c => c.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Category>().WithMany().HasForeignKey(c => c.CategoryId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.ComplainedAboutId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany(c => c.Clocks).WithOne().HasForeignKey(k => k.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(c => c.Timeline).WithOne().HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(c => c.Causes).WithOne().HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(c => c.Approvals).WithOne().HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(c => c.Points).WithOne().HasForeignKey(p => p.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany<Participant>().WithOne().HasForeignKey(p => p.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(c => c.Tasks).WithOne(t => t.Complaint).HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Cascade);

            // The sweep reads only this one; the lists only those of open work. All are partial, so that closed complaints cost nothing.
            builder.HasIndex(c => c.NextActionAt).HasFilter("\"NextActionAt\" IS NOT NULL");
            builder.HasIndex(c => new { c.QueueAt, c.Id }).HasFilter("\"IsOpen\"");
            builder
                .HasIndex(c => new
                {
                    c.UnitId,
                    c.QueueAt,
                    c.Id,
                })
                .HasFilter("\"IsOpen\"");
            builder
                .HasIndex(c => new
                {
                    c.OwnerId,
                    c.QueueAt,
                    c.Id,
                })
                .HasFilter("\"IsOpen\"");
            builder.HasIndex(c => new { c.WaitingSince, c.Id }).HasFilter("\"WaitingSince\" IS NOT NULL");
            builder
                .HasIndex(c => new
                {
                    c.UnitId,
                    c.WaitingSince,
                    c.Id,
                })
                .HasFilter("\"WaitingSince\" IS NOT NULL");
            builder
                .HasIndex(c => new
                {
                    c.OwnerId,
                    c.WaitingSince,
                    c.Id,
                })
                .HasFilter("\"WaitingSince\" IS NOT NULL");
            builder.HasIndex(c => new { c.ReceivedAt, c.Id });
            builder.HasIndex(c => new
            {
                c.UnitId,
                c.ReceivedAt,
                c.Id,
            });
            builder.HasIndex(c => new { c.CustomerId, c.ReceivedAt });
            builder.HasIndex(c => c.CustomerId, "IX_Complaints_CustomerOpen").HasFilter("\"IsOpen\"");
            builder.HasIndex(c => new
            {
                c.OwnerId,
                c.ReceivedAt,
                c.Id,
            });
            builder.HasIndex(c => new { c.ResolvedAt, c.Id }).HasFilter("\"ResolvedAt\" IS NOT NULL");
            builder
                .HasIndex(c => new
                {
                    c.UnitId,
                    c.ResolvedAt,
                    c.Id,
                })
                .HasFilter("\"ResolvedAt\" IS NOT NULL");
            builder
                .HasIndex(c => new
                {
                    c.OwnerId,
                    c.ResolvedAt,
                    c.Id,
                })
                .HasFilter("\"ResolvedAt\" IS NOT NULL");
            builder.HasIndex(c => new { c.QueueAt, c.Id }, "IX_Complaints_Unassigned").HasFilter("\"IsOpen\" AND \"OwnerId\" IS NULL");
            builder
                .HasIndex(
                    c => new
                    {
                        c.UnitId,
                        c.QueueAt,
                        c.Id,
                    },
                    "IX_Complaints_UnassignedByUnit"
                )
                .HasFilter("\"IsOpen\" AND \"OwnerId\" IS NULL");
            builder // for the figures of open work by age
                .HasIndex(
                    c => new
                    {
                        c.UnitId,
                        c.ReceivedAt,
                        c.State,
                    },
                    "IX_Complaints_Ages"
                )
                .HasFilter("\"IsOpen\"");
            builder.HasIndex(c => new { c.QueueAt, c.Id }, "IX_Complaints_Approvals").HasFilter("\"AwaitingApproval\"");
            builder
                .HasIndex(
                    c => new
                    {
                        c.UnitId,
                        c.QueueAt,
                        c.Id,
                    },
                    "IX_Complaints_ApprovalsByUnit"
                )
                .HasFilter("\"AwaitingApproval\"");
            builder
                .HasIndex(
                    c => new
                    {
                        c.OwnerId,
                        c.QueueAt,
                        c.Id,
                    },
                    "IX_Complaints_ApprovalsByOwner"
                )
                .HasFilter("\"AwaitingApproval\"");
            builder.HasIndex(c => new { c.QueueAt, c.Id }, "IX_Complaints_Proposed").HasFilter("\"ProposedById\" IS NOT NULL");
            builder
                .HasIndex(
                    c => new
                    {
                        c.UnitId,
                        c.QueueAt,
                        c.Id,
                    },
                    "IX_Complaints_ProposedByUnit"
                )
                .HasFilter("\"ProposedById\" IS NOT NULL");
            builder
                .HasIndex(
                    c => new
                    {
                        c.OwnerId,
                        c.QueueAt,
                        c.Id,
                    },
                    "IX_Complaints_ProposedByOwner"
                )
                .HasFilter("\"ProposedById\" IS NOT NULL");
            builder // the latest of one category that granted money: the suggestion reads a bounded stretch of it
                .HasIndex(
                    c => new
                    {
                        c.CategoryId,
                        c.GrantedCurrency,
                        c.ClosedAt,
                        c.Id,
                    },
                    "IX_Complaints_Comparable"
                )
                .HasFilter("\"State\" = 5 AND \"GrantedMinor\" IS NOT NULL");
            builder.Property(c => c.KeptFrom).HasMaxLength(2000);
            builder.HasIndex(c => c.KeptFrom).HasFilter("\"KeptFrom\" IS NOT NULL");
            builder.Property(c => c.DecidedBy).HasMaxLength(200);
            builder.Property(c => c.DecidedBefore).HasMaxLength(2000);
            builder.HasIndex(c => c.NextActionAt, "IX_Complaints_DecidedBefore").HasFilter("\"IsOpen\" AND \"DecidedBefore\" IS NOT NULL");
            builder.HasIndex(c => c.ComplainedAboutId).HasFilter("\"ComplainedAboutId\" IS NOT NULL");
        }
    }

    internal sealed class Entries : IEntityTypeConfiguration<TimelineEntry>
    {
        public void Configure(EntityTypeBuilder<TimelineEntry> builder)
        {
            builder.ToTable("Timeline").HasKey(e => new { e.ComplaintId, e.Seq });
            builder.Property(e => e.Seq).ValueGeneratedNever();
            builder.Property(e => e.PreviousHash).HasMaxLength(64);
            builder.Property(e => e.Hash).HasMaxLength(64);
            builder.Property(e => e.ContentHash).HasMaxLength(64);
            builder
                .HasOne(e => e.Content)
                .WithOne()
                .HasForeignKey<EntryContent>(c => new { c.ComplaintId, c.Seq })
                .OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Contents : IEntityTypeConfiguration<EntryContent>
    {
        public void Configure(EntityTypeBuilder<EntryContent> builder)
        {
            builder.ToTable("TimelineContents").HasKey(e => new { e.ComplaintId, e.Seq });
            builder.Property(e => e.Seq).ValueGeneratedNever();
            builder.Property(e => e.Text).HasMaxLength(Unbounded);
            builder.Property(e => e.Salt).HasMaxLength(64);
            builder.Ignore(e => e.Body);
        }
    }

    internal sealed class CauseRows : IEntityTypeConfiguration<Cause>
    {
        public void Configure(EntityTypeBuilder<Cause> builder)
        {
            builder.ToTable("Causes");
            builder
                .HasIndex(c => new
                {
                    c.ComplaintId,
                    c.Trigger,
                    c.Seq,
                })
                .IsUnique();
            builder.HasIndex(c => c.ComplaintId).HasFilter("\"HandledAt\" IS NULL").HasDatabaseName("IX_Causes_Unhandled");
        }
    }

    internal sealed class ApprovalRows : IEntityTypeConfiguration<Approval>
    {
        public void Configure(EntityTypeBuilder<Approval> builder)
        {
            builder.ToTable("Approvals");
            builder.Property(a => a.Currency).HasMaxLength(3);
            builder.Property(a => a.Asked).HasMaxLength(Unbounded);
            builder.Property(a => a.Reason).HasMaxLength(4000);
            builder.Ignore(a => a.Amount).Ignore(a => a.Resolution).Ignore(a => a.Statement).Ignore(a => a.Enclosure);
            builder.HasIndex(a => a.ComplaintId).HasFilter("\"DecidedAt\" IS NULL").IsUnique().HasDatabaseName("IX_Approvals_Waiting");
        }
    }

    internal sealed class TaskRows : IEntityTypeConfiguration<DeskTask>
    {
        public void Configure(EntityTypeBuilder<DeskTask> builder)
        {
            builder.ToTable("Tasks");
            builder.Property(t => t.Why).HasMaxLength(2000);
            builder.Property(t => t.Result).HasMaxLength(Unbounded);
            builder.HasIndex(t => t.ComplaintId);
            builder.HasIndex(t => new { t.OwnerId, t.DueAt }).HasFilter("\"DoneAt\" IS NULL").HasDatabaseName("IX_Tasks_OpenByOwner");
            builder.HasIndex(t => new { t.UnitId, t.DueAt }).HasFilter("\"DoneAt\" IS NULL").HasDatabaseName("IX_Tasks_OpenByUnit");
            builder.HasIndex(t => new { t.DueAt, t.Id }).HasFilter("\"DoneAt\" IS NULL").HasDatabaseName("IX_Tasks_OpenByDue"); // whoever sees everything
        }
    }

    internal sealed class PromiseRows : IEntityTypeConfiguration<Promise>
    {
        public void Configure(EntityTypeBuilder<Promise> builder)
        {
            builder.ToTable("Promises");
            builder.Property(p => p.What).HasMaxLength(200);
            builder.Property(p => p.MessageKey).HasMaxLength(200);
            builder.Ignore(p => p.IsOpen).Ignore(p => p.RemindAt);
            builder.HasOne(p => p.Keeper).WithMany().HasForeignKey(p => p.KeeperId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(p => p.Task).WithMany().HasForeignKey(p => p.TaskId).OnDelete(DeleteBehavior.Cascade);
            builder.Navigation(p => p.Task).AutoInclude();
            builder.HasIndex(p => p.ComplaintId).HasFilter("\"EndedAt\" IS NULL").HasDatabaseName("IX_Promises_Open");
        }
    }

    internal sealed class Files : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> builder)
        {
            builder.ToTable("Attachments");
            builder.Property(a => a.Sha256).HasMaxLength(64);
            builder.HasIndex(a => new { a.ComplaintId, a.Seq });
            builder.HasIndex(a => a.Sha256);
            builder.HasIndex(a => a.ScanAskedAt).HasFilter("\"ScanAskedAt\" IS NULL");
            builder.HasOne<Complaint>().WithMany().HasForeignKey(a => a.ComplaintId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class RootCauseTree : IEntityTypeConfiguration<RootCause>
    {
        public void Configure(EntityTypeBuilder<RootCause> builder)
        {
            builder.ToTable("RootCauses");
            builder.HasOne<RootCause>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany<Complaint>().WithOne().HasForeignKey(c => c.RootCauseId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Limits : IEntityTypeConfiguration<RemedyLimit>
    {
        public void Configure(EntityTypeBuilder<RemedyLimit> builder)
        {
            builder.ToTable("RemedyLimits");
            builder.Property(l => l.Currency).HasMaxLength(3);
            builder
                .HasIndex(l => new
                {
                    l.Role,
                    l.Seat,
                    l.Currency,
                    l.Tier,
                })
                .IsUnique();
        }
    }

    internal sealed class Counters : IEntityTypeConfiguration<ReferenceCounter>
    {
        public void Configure(EntityTypeBuilder<ReferenceCounter> builder)
        {
            builder.ToTable("ReferenceCounters").HasKey(c => c.Year);
            builder.Property(c => c.Year).ValueGeneratedNever();
        }
    }
}
