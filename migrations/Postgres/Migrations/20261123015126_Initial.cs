using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Complaints.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AccessLog",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: true),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Quarter = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Care = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessLog", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "AdviceRules",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    List = table.Column<int>(type: "integer", nullable: false),
                    Language = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Better = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Exceptions = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    ExceptApology = table.Column<bool>(type: "boolean", nullable: false),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdviceRules", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Calendars",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Zone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Hours = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Holidays = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    MakeUp = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Calendars", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Categories",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ParentId = table.Column<long>(type: "bigint", nullable: true),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Categories", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Categories_Categories_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Customers",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Tier = table.Column<int>(type: "integer", nullable: false),
                    TierReason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    TierChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    TierChangedBy = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ExternalNumber = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    OrganisationId = table.Column<long>(type: "bigint", nullable: true),
                    MergedIntoId = table.Column<long>(type: "bigint", nullable: true),
                    ContactPerson = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Language = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    TimeZone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    PreferredChannel = table.Column<int>(type: "integer", nullable: false),
                    Notes = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: true),
                    PostalCode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    PostalAddress = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    NoSurveysSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastMark = table.Column<double>(type: "double precision", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Customers_Customers_MergedIntoId",
                        column: x => x.MergedIntoId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Customers_Customers_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "EscalationRules",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Clock = table.Column<int>(type: "integer", nullable: true),
                    Moment = table.Column<int>(type: "integer", nullable: false),
                    Amount = table.Column<decimal>(type: "numeric", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    Action = table.Column<int>(type: "integer", nullable: false),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EscalationRules", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "FileScans",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Found = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    TriedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    NextAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileScans", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "ImportJobs",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FileName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    StaffId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    BusyUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Mapping = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Done = table.Column<int>(type: "integer", nullable: false),
                    Imported = table.Column<int>(type: "integer", nullable: false),
                    Refused = table.Column<int>(type: "integer", nullable: false),
                    AlreadyThere = table.Column<int>(type: "integer", nullable: false),
                    Failure = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    LiveById = table.Column<long>(type: "bigint", nullable: true),
                    LiveFromNow = table.Column<bool>(type: "boolean", nullable: false),
                    LiveAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LiveDoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Live = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportJobs", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "InMessages",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Mailbox = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    UidValidity = table.Column<long>(type: "bigint", nullable: false),
                    Uid = table.Column<long>(type: "bigint", nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Raw = table.Column<byte[]>(type: "bytea", maxLength: -1, nullable: false),
                    StoredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    MessageIdHeader = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    From = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Subject = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    VisibleText = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    Automatic = table.Column<bool>(type: "boolean", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InMessages", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "OneTimeCodes",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    StaffId = table.Column<long>(type: "bigint", nullable: true),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeCodes", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "OutMessages",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: true),
                    Reference = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    CustomerId = table.Column<long>(type: "bigint", nullable: true),
                    AuthorId = table.Column<long>(type: "bigint", nullable: true),
                    SenderName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    PersonWrote = table.Column<bool>(type: "boolean", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: true),
                    SaidWhenSent = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    DocumentKey = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Typed = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    MessageId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    InReplyTo = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    References = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true),
                    Subject = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Text = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Html = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    UnsubscribeUrl = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Language = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    NotBefore = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: true),
                    DatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutMessages", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Policies",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Acknowledge = table.Column<decimal>(type: "numeric", nullable: false),
                    AcknowledgeUnit = table.Column<int>(type: "integer", nullable: false),
                    Apologize = table.Column<decimal>(type: "numeric", nullable: false),
                    ApologizeUnit = table.Column<int>(type: "integer", nullable: false),
                    Resolve = table.Column<decimal>(type: "numeric", nullable: false),
                    ResolveUnit = table.Column<int>(type: "integer", nullable: false),
                    FollowUpDays = table.Column<int>(type: "integer", nullable: false),
                    Diamond = table.Column<decimal>(type: "numeric", nullable: false),
                    Gold = table.Column<decimal>(type: "numeric", nullable: false),
                    Brass = table.Column<decimal>(type: "numeric", nullable: false),
                    Lead = table.Column<decimal>(type: "numeric", nullable: false),
                    Critical = table.Column<decimal>(type: "numeric", nullable: false),
                    MinimumMinutes = table.Column<decimal>(type: "numeric", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Policies", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "ProtectionKeys",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Xml = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProtectionKeys", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "ReferenceCounters",
                columns: table => new
                {
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Last = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferenceCounters", x => x.Year);
                }
            );

            migrationBuilder.CreateTable(
                name: "RefusedRows",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    JobId = table.Column<long>(type: "bigint", nullable: false),
                    Line = table.Column<int>(type: "integer", nullable: false),
                    Row = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedRows", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "RemedyLimits",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Role = table.Column<int>(type: "integer", nullable: false),
                    Seat = table.Column<int>(type: "integer", nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    Tier = table.Column<int>(type: "integer", nullable: true),
                    Minor = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RemedyLimits", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "RememberedMappings",
                columns: table => new
                {
                    Header = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Mapping = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RememberedMappings", x => x.Header);
                }
            );

            migrationBuilder.CreateTable(
                name: "RootCauses",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ParentId = table.Column<long>(type: "bigint", nullable: true),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RootCauses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RootCauses_RootCauses_ParentId",
                        column: x => x.ParentId,
                        principalTable: "RootCauses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Settings",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Value = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Settings", x => x.Name);
                }
            );

            migrationBuilder.CreateTable(
                name: "SettingsChanges",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<int>(type: "integer", nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    ByName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Topic = table.Column<int>(type: "integer", nullable: false),
                    Act = table.Column<int>(type: "integer", nullable: false),
                    What = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Fields = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SettingsChanges", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "StaffClaims",
                columns: table => new
                {
                    Id = table
                        .Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    ClaimType = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ClaimValue = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffClaims", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "StaffLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ProviderKey = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffLogins", x => new { x.LoginProvider, x.ProviderKey });
                }
            );

            migrationBuilder.CreateTable(
                name: "StaffTokens",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    LoginProvider = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Value = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_StaffTokens",
                        x => new
                        {
                            x.UserId,
                            x.LoginProvider,
                            x.Name,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Tags",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Folded = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tags", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "TallyCells",
                columns: table => new
                {
                    Span = table.Column<int>(type: "integer", nullable: false),
                    Start = table.Column<DateOnly>(type: "date", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Counts = table.Column<byte[]>(type: "bytea", nullable: false),
                    Received = table.Column<int>(type: "integer", nullable: false),
                    Resolved = table.Column<int>(type: "integer", nullable: false),
                    Unresolved = table.Column<int>(type: "integer", nullable: false),
                    StaleAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_TallyCells",
                        x => new
                        {
                            x.Span,
                            x.Start,
                            x.UnitId,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "TallyMarks",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TallyMarks", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Templates",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    Language = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Subject = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Body = table.Column<string>(type: "character varying(50000)", maxLength: 50000, nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ChangedById = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Templates", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "TriggerWords",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Language = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Word = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Exceptions = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TriggerWords", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "Units",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ParentId = table.Column<long>(type: "bigint", nullable: true),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    CalendarId = table.Column<long>(type: "bigint", nullable: false),
                    EqualTreatment = table.Column<bool>(type: "boolean", nullable: false),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Units", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Units_Units_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "WorkFailures",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Work = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Times = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    NextTryAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkFailures", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "WorkRuns",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Failure = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    RunNow = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkRuns", x => x.Name);
                }
            );

            migrationBuilder.CreateTable(
                name: "Regimes",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    BindsAuthority = table.Column<bool>(type: "boolean", nullable: false),
                    Source = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    EffectiveFrom = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Remark = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    RemarkZh = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    CalendarId = table.Column<long>(type: "bigint", nullable: false),
                    Pauses = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Regimes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Regimes_Calendars_CalendarId",
                        column: x => x.CalendarId,
                        principalTable: "Calendars",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CaseFields",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    Choices = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    RequiredAt = table.Column<int>(type: "integer", nullable: true),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseFields", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CaseFields_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CareNotes",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Helps = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CareNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CareNotes_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Consents",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    Given = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    How = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    By = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Consents_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ContactPoints",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Normalised = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    BouncedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    BounceReason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    UnwantedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    VerifiedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    VerifiedBy = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactPoints", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactPoints_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomerMergers",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    SurvivorId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneBy = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Kept = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerMergers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerMergers_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CustomerMergers_Customers_SurvivorId",
                        column: x => x.SurvivorId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomersApart",
                columns: table => new
                {
                    LowId = table.Column<long>(type: "bigint", nullable: false),
                    HighId = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomersApart", x => new { x.LowId, x.HighId });
                    table.ForeignKey(
                        name: "FK_CustomersApart_Customers_HighId",
                        column: x => x.HighId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CustomersApart_Customers_LowId",
                        column: x => x.LowId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomerWords",
                columns: table => new
                {
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Words = table.Column<string[]>(type: "text[]", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerWords", x => x.CustomerId);
                    table.ForeignKey(
                        name: "FK_CustomerWords_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Purchases",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Number = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Since = table.Column<DateOnly>(type: "date", nullable: true),
                    Until = table.Column<DateOnly>(type: "date", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Purchases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Purchases_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "TierChanges",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Before = table.Column<int>(type: "integer", nullable: false),
                    After = table.Column<int>(type: "integer", nullable: false),
                    Why = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TierChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TierChanges_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "HeldFiles",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Part = table.Column<int>(type: "integer", nullable: false),
                    FileName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<int>(type: "integer", nullable: false),
                    Limit = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HeldFiles_InMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "InMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "OutDeliveries",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    NextTryAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClaimedBy = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Attempt = table.Column<int>(type: "integer", nullable: false),
                    FirstTriedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    InFlight = table.Column<bool>(type: "boolean", nullable: false),
                    Reply = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    AddressBad = table.Column<bool>(type: "boolean", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    BouncedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ArrivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ToldAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutDeliveries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OutDeliveries_OutMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "OutMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "OutFiles",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    FileName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ContentId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OutFiles_OutMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "OutMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "PolicyLines",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PolicyId = table.Column<long>(type: "bigint", nullable: false),
                    Tier = table.Column<int>(type: "integer", nullable: true),
                    Severity = table.Column<int>(type: "integer", nullable: true),
                    Channel = table.Column<int>(type: "integer", nullable: true),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    Acknowledge = table.Column<decimal>(type: "numeric", nullable: true),
                    Apologize = table.Column<decimal>(type: "numeric", nullable: true),
                    Resolve = table.Column<decimal>(type: "numeric", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PolicyLines_Policies_PolicyId",
                        column: x => x.PolicyId,
                        principalTable: "Policies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Mailboxes",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Address = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Paused = table.Column<bool>(type: "boolean", nullable: false),
                    Host = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Port = table.Column<int>(type: "integer", nullable: false),
                    Security = table.Column<int>(type: "integer", nullable: false),
                    UserName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    SealedPassword = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    TokenUrl = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ClientId = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Scope = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Folder = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    MoveTo = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    LargestFileMb = table.Column<int>(type: "integer", nullable: true),
                    TokenHash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    UidValidity = table.Column<long>(type: "bigint", nullable: false),
                    LastUid = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Trouble = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    TroubleSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    NotBefore = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LeaseBy = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mailboxes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Mailboxes_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Phrases",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    Language = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: true),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Phrases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Phrases_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Questionnaires",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UnitId = table.Column<long>(type: "bigint", nullable: true),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    MadeById = table.Column<long>(type: "bigint", nullable: true),
                    ReplacedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AsksParts = table.Column<bool>(type: "boolean", nullable: false),
                    Texts = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Questionnaires", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Questionnaires_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Questionnaires_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Staff",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Role = table.Column<int>(type: "integer", nullable: false),
                    Seat = table.Column<int>(type: "integer", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Language = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    BothLanguages = table.Column<bool>(type: "boolean", nullable: false),
                    Skills = table.Column<long[]>(type: "bigint[]", nullable: false),
                    TimeZone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Theme = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Shortcuts = table.Column<bool>(type: "boolean", nullable: false),
                    Active = table.Column<bool>(type: "boolean", nullable: false),
                    AwayUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DelegateId = table.Column<long>(type: "bigint", nullable: true),
                    AlwaysPresent = table.Column<bool>(type: "boolean", nullable: false),
                    LastSeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DemoFace = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    UserName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    SecurityStamp = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    PhoneNumber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Staff", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Staff_Staff_DelegateId",
                        column: x => x.DelegateId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull
                    );
                    table.ForeignKey(
                        name: "FK_Staff_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "RegimeAttachments",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RegimeId = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: true),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegimeAttachments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegimeAttachments_Regimes_RegimeId",
                        column: x => x.RegimeId,
                        principalTable: "Regimes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "RegimeClocks",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RegimeId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Amount = table.Column<decimal>(type: "numeric", nullable: false),
                    Unit = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<int>(type: "integer", nullable: false),
                    Exceptional = table.Column<bool>(type: "boolean", nullable: false),
                    DateFromNotice = table.Column<bool>(type: "boolean", nullable: false),
                    Document = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegimeClocks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegimeClocks_Regimes_RegimeId",
                        column: x => x.RegimeId,
                        principalTable: "Regimes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "RegimeDocuments",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RegimeId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    NameZh = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    MustSay = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    MustSayZh = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegimeDocuments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegimeDocuments_Regimes_RegimeId",
                        column: x => x.RegimeId,
                        principalTable: "Regimes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomerKeys",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    ContactPointId = table.Column<long>(type: "bigint", nullable: true),
                    Key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerKeys_ContactPoints_ContactPointId",
                        column: x => x.ContactPointId,
                        principalTable: "ContactPoints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CustomerKeys_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "PhraseUses",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PhraseId = table.Column<long>(type: "bigint", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    StaffId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    MessageKey = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhraseUses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PhraseUses_Phrases_PhraseId",
                        column: x => x.PhraseId,
                        principalTable: "Phrases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "BulkRuns",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ById = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Back = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Picked = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Changes = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    What = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Done = table.Column<int>(type: "integer", nullable: false),
                    Changed = table.Column<int>(type: "integer", nullable: false),
                    Refused = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    Named = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulkRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BulkRuns_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ChecklistVersions",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    Kept = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChecklistVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChecklistVersions_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_ChecklistVersions_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ChosenColumns",
                columns: table => new
                {
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    List = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Columns = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChosenColumns", x => new { x.StaffId, x.List });
                    table.ForeignKey(
                        name: "FK_ChosenColumns_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Complaints",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Reference = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LoggedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LoggedById = table.Column<long>(type: "bigint", nullable: true),
                    ProofOfChannel = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Summary = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    WhatHappened = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    DesiredOutcome = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    Severity = table.Column<int>(type: "integer", nullable: false),
                    Public = table.Column<bool>(type: "boolean", nullable: false),
                    Tier = table.Column<int>(type: "integer", nullable: false),
                    DisputeMinor = table.Column<long>(type: "bigint", nullable: true),
                    DisputeCurrency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    AffectedPerson = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Authority = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Need = table.Column<int>(type: "integer", nullable: true),
                    Stage = table.Column<int>(type: "integer", nullable: true),
                    Technical = table.Column<bool>(type: "boolean", nullable: true),
                    OnSite = table.Column<bool>(type: "boolean", nullable: true),
                    Paid = table.Column<bool>(type: "boolean", nullable: true),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: true),
                    ComplainedAboutId = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    IsOpen = table.Column<bool>(type: "boolean", nullable: false),
                    Cycle = table.Column<int>(type: "integer", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    OnTheSpot = table.Column<bool>(type: "boolean", nullable: false),
                    AwaitingApproval = table.Column<bool>(type: "boolean", nullable: false),
                    ProposedById = table.Column<long>(type: "bigint", nullable: true),
                    ProposedByName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ProposedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ProposedWhy = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    WaitingSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WaitingFor = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    Solution = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    Remedy = table.Column<int>(type: "integer", nullable: true),
                    RemedyMinor = table.Column<long>(type: "bigint", nullable: true),
                    RemedyCurrency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    RootCauseId = table.Column<long>(type: "bigint", nullable: true),
                    CorrectiveAction = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    CustomerAgreed = table.Column<bool>(type: "boolean", nullable: true),
                    Outcome = table.Column<int>(type: "integer", nullable: true),
                    AcknowledgedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ApologizedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ResolvedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ResolvedById = table.Column<long>(type: "bigint", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DuplicateOfId = table.Column<long>(type: "bigint", nullable: true),
                    ParentId = table.Column<long>(type: "bigint", nullable: true),
                    LastPersonContactAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastHeardAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    NextDueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    NextDueName = table.Column<int>(type: "integer", nullable: true),
                    QueueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    NextActionAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Historic = table.Column<bool>(type: "boolean", nullable: false),
                    SubmissionKey = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    TimelineHead = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    TimelineCount = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    GrantCount = table.Column<int>(type: "integer", nullable: false),
                    GrantedMinor = table.Column<long>(type: "bigint", nullable: true),
                    GrantedCurrency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    PaymentDueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    PointCount = table.Column<int>(type: "integer", nullable: false),
                    OpenPoints = table.Column<int>(type: "integer", nullable: false),
                    PointsFound = table.Column<int>(type: "integer", nullable: true),
                    PromiseDueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClosesAs = table.Column<int>(type: "integer", nullable: true),
                    KeptFrom = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    DecidedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    DecidedBefore = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    ContactPersonId = table.Column<long>(type: "bigint", nullable: true),
                    ContactName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ContactMail = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Complaints", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Complaints_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Complaints_DuplicateOfId",
                        column: x => x.DuplicateOfId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Complaints_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Customers_ContactPersonId",
                        column: x => x.ContactPersonId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_RootCauses_RootCauseId",
                        column: x => x.RootCauseId,
                        principalTable: "RootCauses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Staff_ComplainedAboutId",
                        column: x => x.ComplainedAboutId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Staff_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Complaints_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomerExports",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Rows = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerExports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerExports_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Macros",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    OwnerId = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: true),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Changes = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Macros", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Macros_Staff_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Macros_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "NoticeChoices",
                columns: table => new
                {
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    Kinds = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    DigestAt = table.Column<int>(type: "integer", nullable: false),
                    QuietFrom = table.Column<int>(type: "integer", nullable: true),
                    QuietTo = table.Column<int>(type: "integer", nullable: true),
                    DaysOff = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeChoices", x => x.StaffId);
                    table.ForeignKey(
                        name: "FK_NoticeChoices_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    OwnerId = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: true),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    List = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Query = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Columns = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Position = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedViews_Staff_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_SavedViews_Units_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Units",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Approvals",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Remedy = table.Column<int>(type: "integer", nullable: false),
                    Minor = table.Column<long>(type: "bigint", nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    AskedById = table.Column<long>(type: "bigint", nullable: true),
                    AskedByName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedById = table.Column<long>(type: "bigint", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Granted = table.Column<bool>(type: "boolean", nullable: false),
                    Reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Asked = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Approvals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Approvals_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Attachments",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    FileName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ScanAskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attachments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Attachments_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CaseFieldValues",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    FieldId = table.Column<long>(type: "bigint", nullable: false),
                    Value = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseFieldValues", x => new { x.ComplaintId, x.FieldId });
                    table.ForeignKey(
                        name: "FK_CaseFieldValues_CaseFields_FieldId",
                        column: x => x.FieldId,
                        principalTable: "CaseFields",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_CaseFieldValues_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CaseLinks",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    LowId = table.Column<long>(type: "bigint", nullable: false),
                    HighId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Seq = table.Column<int>(type: "integer", nullable: true),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CaseLinks_Complaints_HighId",
                        column: x => x.HighId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CaseLinks_Complaints_LowId",
                        column: x => x.LowId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CaseLinks_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CaseTags",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    TagId = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseTags", x => new { x.ComplaintId, x.TagId });
                    table.ForeignKey(
                        name: "FK_CaseTags_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CaseTags_Tags_TagId",
                        column: x => x.TagId,
                        principalTable: "Tags",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CaseVisits",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    WritingAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseVisits", x => new { x.ComplaintId, x.StaffId });
                    table.ForeignKey(
                        name: "FK_CaseVisits_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CaseVisits_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Causes",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Trigger = table.Column<int>(type: "integer", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    HandledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Causes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Causes_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ChecklistsTaken",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    AsOf = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChecklistsTaken", x => x.ComplaintId);
                    table.ForeignKey(
                        name: "FK_ChecklistsTaken_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ChecklistTicks",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChecklistTicks", x => new { x.ComplaintId, x.Key });
                    table.ForeignKey(
                        name: "FK_ChecklistTicks_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Clocks",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<int>(type: "integer", nullable: false),
                    RegimeClock = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Cycle = table.Column<int>(type: "integer", nullable: false),
                    CalendarId = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<decimal>(type: "numeric", nullable: false),
                    Unit = table.Column<int>(type: "integer", nullable: false),
                    DateFromNotice = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    BindsAuthority = table.Column<bool>(type: "boolean", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    StoppedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Clocks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Clocks_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CommonAnswers",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ParentId = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Done = table.Column<int>(type: "integer", nullable: false),
                    Written = table.Column<int>(type: "integer", nullable: false),
                    After = table.Column<long>(type: "bigint", nullable: false),
                    Refused = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommonAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CommonAnswers_Complaints_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CommonAnswers_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ComplaintWords",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Words = table.Column<string[]>(type: "text[]", nullable: false),
                    Who = table.Column<string[]>(type: "text[]", nullable: false),
                    Place = table.Column<string[]>(type: "text[]", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ComplaintWords", x => x.ComplaintId);
                    table.ForeignKey(
                        name: "FK_ComplaintWords_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomerContacts",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    Incoming = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Words = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    By = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerContacts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerContacts_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull
                    );
                    table.ForeignKey(
                        name: "FK_CustomerContacts_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Drafts",
                columns: table => new
                {
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Form = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Typed = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Mark = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_Drafts",
                        x => new
                        {
                            x.StaffId,
                            x.ComplaintId,
                            x.Form,
                        }
                    );
                    table.ForeignKey(
                        name: "FK_Drafts_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Drafts_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Escalations",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Clock = table.Column<int>(type: "integer", nullable: true),
                    ClockId = table.Column<long>(type: "bigint", nullable: true),
                    Trigger = table.Column<int>(type: "integer", nullable: true),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    RaisedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    ToldId = table.Column<long>(type: "bigint", nullable: true),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Passed = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    TakenById = table.Column<long>(type: "bigint", nullable: true),
                    TakenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    NextLevelAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedById = table.Column<long>(type: "bigint", nullable: true),
                    EndReason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Escalations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Escalations_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Escalations_Staff_TakenById",
                        column: x => x.TakenById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Escalations_Staff_ToldId",
                        column: x => x.ToldId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "FollowUps",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Cycle = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Touch = table.Column<int>(type: "integer", nullable: false),
                    QuestionnaireId = table.Column<long>(type: "bigint", nullable: true),
                    NotAsked = table.Column<int>(type: "integer", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    PlannedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    NextAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Mails = table.Column<int>(type: "integer", nullable: false),
                    Reminders = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LinkExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FollowUps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FollowUps_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ImportedRows",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SourceKey = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    JobId = table.Column<long>(type: "bigint", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportedRows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ImportedRows_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Mergers",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    SurvivorId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    UndoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Kept = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mergers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Mergers_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Mergers_Complaints_SurvivorId",
                        column: x => x.SurvivorId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Mergers_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Say = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OnPage = table.Column<bool>(type: "boolean", nullable: false),
                    MailAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    InDigest = table.Column<bool>(type: "boolean", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notices_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Notices_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Participants",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Address = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    Normalised = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    BroughtBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AddedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    BouncedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UnwantedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Participants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Participants_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Points",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    What = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    Evidence = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    EvidenceFiles = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Finding = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    Outcome = table.Column<int>(type: "integer", nullable: true),
                    RootCauseId = table.Column<long>(type: "bigint", nullable: true),
                    Remedy = table.Column<int>(type: "integer", nullable: true),
                    RemedyMinor = table.Column<long>(type: "bigint", nullable: true),
                    RemedyCurrency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    CorrectiveAction = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    AddedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AnsweredById = table.Column<long>(type: "bigint", nullable: true),
                    WithdrawnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WithdrawnWhy = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Points", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Points_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Points_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Points_RootCauses_RootCauseId",
                        column: x => x.RootCauseId,
                        principalTable: "RootCauses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Tasks",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DoneById = table.Column<long>(type: "bigint", nullable: true),
                    Why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Result = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tasks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Tasks_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Timeline",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    PreviousHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ContentHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Timeline", x => new { x.ComplaintId, x.Seq });
                    table.ForeignKey(
                        name: "FK_Timeline_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Watchers",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    StaffId = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Watchers", x => new { x.ComplaintId, x.StaffId });
                    table.ForeignKey(
                        name: "FK_Watchers_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Watchers_Staff_StaffId",
                        column: x => x.StaffId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Grants",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Remedy = table.Column<int>(type: "integer", nullable: false),
                    Minor = table.Column<long>(type: "bigint", nullable: true),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    WithResolution = table.Column<bool>(type: "boolean", nullable: false),
                    Cycle = table.Column<int>(type: "integer", nullable: false),
                    RequestId = table.Column<long>(type: "bigint", nullable: true),
                    OfferedById = table.Column<long>(type: "bigint", nullable: true),
                    OfferedByName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    OfferedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Shapers = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ApprovedById = table.Column<long>(type: "bigint", nullable: true),
                    ApprovedByName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    ApprovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AcceptedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LateAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndReason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    PaidMinor = table.Column<long>(type: "bigint", nullable: false),
                    IsOwed = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Grants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Grants_Approvals_RequestId",
                        column: x => x.RequestId,
                        principalTable: "Approvals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull
                    );
                    table.ForeignKey(
                        name: "FK_Grants_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "ClockPauses",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClockId = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    ByStaffId = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClockPauses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ClockPauses_Clocks_ClockId",
                        column: x => x.ClockId,
                        principalTable: "Clocks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "CustomerMoments",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: true),
                    Seq = table.Column<int>(type: "integer", nullable: true),
                    ContactId = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerMoments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerMoments_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CustomerMoments_CustomerContacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "CustomerContacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_CustomerMoments_Customers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "SurveyAnswers",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FollowUpId = table.Column<long>(type: "bigint", nullable: false),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Solved = table.Column<bool>(type: "boolean", nullable: false),
                    Skill = table.Column<int>(type: "integer", nullable: true),
                    Attitude = table.Column<int>(type: "integer", nullable: true),
                    Timeliness = table.Column<int>(type: "integer", nullable: true),
                    Parts = table.Column<int>(type: "integer", nullable: true),
                    Overall = table.Column<int>(type: "integer", nullable: true),
                    Comment = table.Column<string>(type: "text", maxLength: -1, nullable: true),
                    Leaving = table.Column<int>(type: "integer", nullable: true),
                    Touch = table.Column<int>(type: "integer", nullable: false),
                    QuestionnaireId = table.Column<long>(type: "bigint", nullable: true),
                    ByStaffId = table.Column<long>(type: "bigint", nullable: true),
                    Mean = table.Column<double>(type: "double precision", nullable: true),
                    Result = table.Column<int>(type: "integer", nullable: false),
                    Vetoed = table.Column<bool>(type: "boolean", nullable: false),
                    Why = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    Current = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SurveyAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SurveyAnswers_FollowUps_FollowUpId",
                        column: x => x.FollowUpId,
                        principalTable: "FollowUps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Promises",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    What = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    KeeperId = table.Column<long>(type: "bigint", nullable: true),
                    TaskId = table.Column<long>(type: "bigint", nullable: false),
                    MessageKey = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    RemindedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    BrokenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    End = table.Column<int>(type: "integer", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Promises", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Promises_Complaints_ComplaintId",
                        column: x => x.ComplaintId,
                        principalTable: "Complaints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Promises_Staff_KeeperId",
                        column: x => x.KeeperId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict
                    );
                    table.ForeignKey(
                        name: "FK_Promises_Tasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "Tasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "TimelineContents",
                columns: table => new
                {
                    ComplaintId = table.Column<long>(type: "bigint", nullable: false),
                    Seq = table.Column<int>(type: "integer", nullable: false),
                    Salt = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TimelineContents", x => new { x.ComplaintId, x.Seq });
                    table.ForeignKey(
                        name: "FK_TimelineContents_Timeline_ComplaintId_Seq",
                        columns: x => new { x.ComplaintId, x.Seq },
                        principalTable: "Timeline",
                        principalColumns: new[] { "ComplaintId", "Seq" },
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "Payments",
                columns: table => new
                {
                    Id = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    GrantId = table.Column<long>(type: "bigint", nullable: false),
                    Minor = table.Column<long>(type: "bigint", nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    PaidOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Way = table.Column<int>(type: "integer", nullable: false),
                    Reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    EnteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EnteredById = table.Column<long>(type: "bigint", nullable: true),
                    EnteredByName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ReversesId = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Payments_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "FK_Payments_Payments_ReversesId",
                        column: x => x.ReversesId,
                        principalTable: "Payments",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(name: "IX_AccessLog_Quarter", table: "AccessLog", column: "Quarter");

            migrationBuilder.CreateIndex(
                name: "IX_AccessLog_StaffId_CustomerId_ComplaintId_Quarter_Care",
                table: "AccessLog",
                columns: new[] { "StaffId", "CustomerId", "ComplaintId", "Quarter", "Care" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_AdviceRules_Language_List_Text",
                table: "AdviceRules",
                columns: new[] { "Language", "List", "Text" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Approvals_Waiting",
                table: "Approvals",
                column: "ComplaintId",
                unique: true,
                filter: "\"DecidedAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_ComplaintId_Seq",
                table: "Attachments",
                columns: new[] { "ComplaintId", "Seq" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Attachments_ScanAskedAt",
                table: "Attachments",
                column: "ScanAskedAt",
                filter: "\"ScanAskedAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Attachments_Sha256", table: "Attachments", column: "Sha256");

            migrationBuilder.CreateIndex(name: "IX_BulkRuns_At", table: "BulkRuns", column: "At");

            migrationBuilder.CreateIndex(name: "IX_BulkRuns_ById", table: "BulkRuns", column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_BulkRuns_EndedAt",
                table: "BulkRuns",
                column: "EndedAt",
                filter: "\"StartedAt\" IS NOT NULL AND \"EndedAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_CareNotes_CustomerId", table: "CareNotes", column: "CustomerId");

            migrationBuilder.CreateIndex(name: "IX_CaseFields_CategoryId", table: "CaseFields", column: "CategoryId");

            migrationBuilder.CreateIndex(name: "IX_CaseFieldValues_FieldId", table: "CaseFieldValues", column: "FieldId");

            migrationBuilder.CreateIndex(name: "IX_CaseLinks_ById", table: "CaseLinks", column: "ById");

            migrationBuilder.CreateIndex(name: "IX_CaseLinks_HighId", table: "CaseLinks", column: "HighId");

            migrationBuilder.CreateIndex(
                name: "IX_CaseLinks_LowId_HighId_Kind",
                table: "CaseLinks",
                columns: new[] { "LowId", "HighId", "Kind" },
                unique: true,
                filter: "\"RemovedAt\" IS NULL AND \"Kind\" <> 1"
            );

            migrationBuilder.CreateIndex(
                name: "IX_CaseTags_TagId_ComplaintId",
                table: "CaseTags",
                columns: new[] { "TagId", "ComplaintId" }
            );

            migrationBuilder.CreateIndex(name: "IX_CaseVisits_SeenAt", table: "CaseVisits", column: "SeenAt");

            migrationBuilder.CreateIndex(name: "IX_CaseVisits_StaffId", table: "CaseVisits", column: "StaffId");

            migrationBuilder.CreateIndex(name: "IX_Categories_Key", table: "Categories", column: "Key", unique: true);

            migrationBuilder.CreateIndex(name: "IX_Categories_ParentId", table: "Categories", column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Causes_ComplaintId_Trigger_Seq",
                table: "Causes",
                columns: new[] { "ComplaintId", "Trigger", "Seq" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Causes_Unhandled",
                table: "Causes",
                column: "ComplaintId",
                filter: "\"HandledAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_ChecklistVersions_ById", table: "ChecklistVersions", column: "ById");

            migrationBuilder.CreateIndex(name: "IX_ChecklistVersions_CategoryId", table: "ChecklistVersions", column: "CategoryId");

            migrationBuilder.CreateIndex(name: "IX_ClockPauses_ClockId", table: "ClockPauses", column: "ClockId");

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_ComplaintId_Name_RegimeClock",
                table: "Clocks",
                columns: new[] { "ComplaintId", "Name", "RegimeClock" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_CommonAnswers_ById", table: "CommonAnswers", column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_CommonAnswers_EndedAt",
                table: "CommonAnswers",
                column: "EndedAt",
                filter: "\"EndedAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_CommonAnswers_ParentId", table: "CommonAnswers", column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_Ages",
                table: "Complaints",
                columns: new[] { "UnitId", "ReceivedAt", "State" },
                filter: "\"IsOpen\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_Approvals",
                table: "Complaints",
                columns: new[] { "QueueAt", "Id" },
                filter: "\"AwaitingApproval\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ApprovalsByOwner",
                table: "Complaints",
                columns: new[] { "OwnerId", "QueueAt", "Id" },
                filter: "\"AwaitingApproval\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ApprovalsByUnit",
                table: "Complaints",
                columns: new[] { "UnitId", "QueueAt", "Id" },
                filter: "\"AwaitingApproval\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_Comparable",
                table: "Complaints",
                columns: new[] { "CategoryId", "GrantedCurrency", "ClosedAt", "Id" },
                filter: "\"State\" = 5 AND \"GrantedMinor\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ComplainedAboutId",
                table: "Complaints",
                column: "ComplainedAboutId",
                filter: "\"ComplainedAboutId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ContactPersonId",
                table: "Complaints",
                column: "ContactPersonId",
                filter: "\"ContactPersonId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_CustomerId_ReceivedAt",
                table: "Complaints",
                columns: new[] { "CustomerId", "ReceivedAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_CustomerOpen",
                table: "Complaints",
                column: "CustomerId",
                filter: "\"IsOpen\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_DecidedBefore",
                table: "Complaints",
                column: "NextActionAt",
                filter: "\"IsOpen\" AND \"DecidedBefore\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_DuplicateOfId",
                table: "Complaints",
                column: "DuplicateOfId",
                filter: "\"DuplicateOfId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_KeptFrom",
                table: "Complaints",
                column: "KeptFrom",
                filter: "\"KeptFrom\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_NextActionAt",
                table: "Complaints",
                column: "NextActionAt",
                filter: "\"NextActionAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_OwnerId_QueueAt_Id",
                table: "Complaints",
                columns: new[] { "OwnerId", "QueueAt", "Id" },
                filter: "\"IsOpen\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_OwnerId_ReceivedAt_Id",
                table: "Complaints",
                columns: new[] { "OwnerId", "ReceivedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_OwnerId_ResolvedAt_Id",
                table: "Complaints",
                columns: new[] { "OwnerId", "ResolvedAt", "Id" },
                filter: "\"ResolvedAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_OwnerId_WaitingSince_Id",
                table: "Complaints",
                columns: new[] { "OwnerId", "WaitingSince", "Id" },
                filter: "\"WaitingSince\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ParentId_Id",
                table: "Complaints",
                columns: new[] { "ParentId", "Id" },
                filter: "\"ParentId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_Proposed",
                table: "Complaints",
                columns: new[] { "QueueAt", "Id" },
                filter: "\"ProposedById\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ProposedByOwner",
                table: "Complaints",
                columns: new[] { "OwnerId", "QueueAt", "Id" },
                filter: "\"ProposedById\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ProposedByUnit",
                table: "Complaints",
                columns: new[] { "UnitId", "QueueAt", "Id" },
                filter: "\"ProposedById\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_QueueAt_Id",
                table: "Complaints",
                columns: new[] { "QueueAt", "Id" },
                filter: "\"IsOpen\""
            );

            migrationBuilder.CreateIndex(name: "IX_Complaints_ReceivedAt_Id", table: "Complaints", columns: new[] { "ReceivedAt", "Id" });

            migrationBuilder.CreateIndex(name: "IX_Complaints_Reference", table: "Complaints", column: "Reference", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_ResolvedAt_Id",
                table: "Complaints",
                columns: new[] { "ResolvedAt", "Id" },
                filter: "\"ResolvedAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Complaints_RootCauseId", table: "Complaints", column: "RootCauseId");

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_SubmissionKey",
                table: "Complaints",
                column: "SubmissionKey",
                unique: true,
                filter: "\"SubmissionKey\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_Unassigned",
                table: "Complaints",
                columns: new[] { "QueueAt", "Id" },
                filter: "\"IsOpen\" AND \"OwnerId\" IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_UnassignedByUnit",
                table: "Complaints",
                columns: new[] { "UnitId", "QueueAt", "Id" },
                filter: "\"IsOpen\" AND \"OwnerId\" IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_UnitId_QueueAt_Id",
                table: "Complaints",
                columns: new[] { "UnitId", "QueueAt", "Id" },
                filter: "\"IsOpen\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_UnitId_ReceivedAt_Id",
                table: "Complaints",
                columns: new[] { "UnitId", "ReceivedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_UnitId_ResolvedAt_Id",
                table: "Complaints",
                columns: new[] { "UnitId", "ResolvedAt", "Id" },
                filter: "\"ResolvedAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_UnitId_WaitingSince_Id",
                table: "Complaints",
                columns: new[] { "UnitId", "WaitingSince", "Id" },
                filter: "\"WaitingSince\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Complaints_WaitingSince_Id",
                table: "Complaints",
                columns: new[] { "WaitingSince", "Id" },
                filter: "\"WaitingSince\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_ComplaintWords_CustomerId", table: "ComplaintWords", column: "CustomerId");

            migrationBuilder.CreateIndex(name: "IX_Consents_CustomerId", table: "Consents", column: "CustomerId");

            migrationBuilder.CreateIndex(name: "IX_ContactPoints_CustomerId", table: "ContactPoints", column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_Kind_Normalised",
                table: "ContactPoints",
                columns: new[] { "Kind", "Normalised" }
            );

            migrationBuilder.CreateIndex(name: "IX_CustomerContacts_ComplaintId", table: "CustomerContacts", column: "ComplaintId");

            migrationBuilder.CreateIndex(name: "IX_CustomerContacts_CustomerId", table: "CustomerContacts", column: "CustomerId");

            migrationBuilder.CreateIndex(name: "IX_CustomerExports_StaffId", table: "CustomerExports", column: "StaffId");

            migrationBuilder.CreateIndex(name: "IX_CustomerKeys_ContactPointId", table: "CustomerKeys", column: "ContactPointId");

            migrationBuilder.CreateIndex(name: "IX_CustomerKeys_CustomerId", table: "CustomerKeys", column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerKeys_Key_CustomerId",
                table: "CustomerKeys",
                columns: new[] { "Key", "CustomerId" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_CustomerMergers_CustomerId",
                table: "CustomerMergers",
                column: "CustomerId",
                unique: true,
                filter: "\"UndoneAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_CustomerMergers_SurvivorId", table: "CustomerMergers", column: "SurvivorId");

            migrationBuilder.CreateIndex(name: "IX_CustomerMoments_ComplaintId", table: "CustomerMoments", column: "ComplaintId");

            migrationBuilder.CreateIndex(name: "IX_CustomerMoments_ContactId", table: "CustomerMoments", column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerMoments_CustomerId_At_Id",
                table: "CustomerMoments",
                columns: new[] { "CustomerId", "At", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_Customers_ExternalNumber",
                table: "Customers",
                column: "ExternalNumber",
                unique: true,
                filter: "\"ExternalNumber\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Customers_MergedIntoId",
                table: "Customers",
                column: "MergedIntoId",
                filter: "\"MergedIntoId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Customers_OrganisationId",
                table: "Customers",
                column: "OrganisationId",
                filter: "\"OrganisationId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_CustomersApart_HighId", table: "CustomersApart", column: "HighId");

            migrationBuilder.CreateIndex(name: "IX_Drafts_At", table: "Drafts", column: "At");

            migrationBuilder.CreateIndex(name: "IX_Drafts_ComplaintId", table: "Drafts", column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_Escalations_ComplaintId_Key",
                table: "Escalations",
                columns: new[] { "ComplaintId", "Key" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_Escalations_Open",
                table: "Escalations",
                columns: new[] { "UnitId", "TakenAt", "RaisedAt" },
                filter: "\"EndedAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Escalations_RaisedAt", table: "Escalations", column: "RaisedAt");

            migrationBuilder.CreateIndex(name: "IX_Escalations_TakenById", table: "Escalations", column: "TakenById");

            migrationBuilder.CreateIndex(name: "IX_Escalations_ToldId", table: "Escalations", column: "ToldId");

            migrationBuilder.CreateIndex(name: "IX_FileScans_Infected", table: "FileScans", column: "State", filter: "\"State\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_FileScans_NextAt",
                table: "FileScans",
                column: "NextAt",
                filter: "\"NextAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_FileScans_Sha256", table: "FileScans", column: "Sha256", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_AskedAt",
                table: "FollowUps",
                column: "AskedAt",
                filter: "\"AskedAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_ComplaintId_Cycle_Touch",
                table: "FollowUps",
                columns: new[] { "ComplaintId", "Cycle", "Touch" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_EndedAt_Id",
                table: "FollowUps",
                columns: new[] { "EndedAt", "Id" },
                filter: "\"NotAsked\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_NextAt",
                table: "FollowUps",
                column: "NextAt",
                filter: "\"NextAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Grants_ComplaintId", table: "Grants", column: "ComplaintId");

            migrationBuilder.CreateIndex(name: "IX_Grants_Owed", table: "Grants", columns: new[] { "DueAt", "Id" }, filter: "\"IsOwed\"");

            migrationBuilder.CreateIndex(name: "IX_Grants_RequestId", table: "Grants", column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_Grants_Settled",
                table: "Grants",
                columns: new[] { "SettledAt", "Id" },
                filter: "\"SettledAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Grants_State", table: "Grants", columns: new[] { "State", "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HeldFiles_MessageId_Part",
                table: "HeldFiles",
                columns: new[] { "MessageId", "Part" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_ImportedRows_ComplaintId", table: "ImportedRows", column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_ImportedRows_JobId_ComplaintId",
                table: "ImportedRows",
                columns: new[] { "JobId", "ComplaintId" }
            );

            migrationBuilder.CreateIndex(name: "IX_ImportedRows_SourceKey", table: "ImportedRows", column: "SourceKey", unique: true);

            migrationBuilder.CreateIndex(name: "IX_InMessages_ComplaintId", table: "InMessages", column: "ComplaintId");

            migrationBuilder.CreateIndex(name: "IX_InMessages_Fingerprint", table: "InMessages", column: "Fingerprint", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InMessages_Mailbox_UidValidity_Uid",
                table: "InMessages",
                columns: new[] { "Mailbox", "UidValidity", "Uid" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_InMessages_State_Id",
                table: "InMessages",
                columns: new[] { "State", "Id" },
                filter: "\"State\" <> 1"
            );

            migrationBuilder.CreateIndex(name: "IX_Macros_OwnerId", table: "Macros", column: "OwnerId");

            migrationBuilder.CreateIndex(name: "IX_Macros_UnitId", table: "Macros", column: "UnitId");

            migrationBuilder.CreateIndex(name: "IX_Mailboxes_Name", table: "Mailboxes", column: "Name", unique: true);

            migrationBuilder.CreateIndex(name: "IX_Mailboxes_UnitId", table: "Mailboxes", column: "UnitId");

            migrationBuilder.CreateIndex(name: "IX_Mergers_ById", table: "Mergers", column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_Mergers_ComplaintId",
                table: "Mergers",
                column: "ComplaintId",
                unique: true,
                filter: "\"UndoneAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Mergers_SurvivorId", table: "Mergers", column: "SurvivorId");

            migrationBuilder.CreateIndex(name: "IX_Notices_At", table: "Notices", column: "At");

            migrationBuilder.CreateIndex(name: "IX_Notices_MailDue", table: "Notices", column: "MailAt", filter: "\"MailAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(name: "IX_Notices_SecondLook", table: "Notices", column: "ComplaintId", filter: "\"Kind\" = 9");

            migrationBuilder.CreateIndex(name: "IX_Notices_StaffId_Id", table: "Notices", columns: new[] { "StaffId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Unseen",
                table: "Notices",
                column: "StaffId",
                filter: "\"SeenAt\" IS NULL AND \"OnPage\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_Notices_UnseenOf",
                table: "Notices",
                column: "ComplaintId",
                filter: "\"SeenAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_OneTimeCodes_Hash", table: "OneTimeCodes", column: "Hash", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutDeliveries_ForPeople",
                table: "OutDeliveries",
                columns: new[] { "State", "Id" },
                filter: "\"State\" IN (3, 6, 7)"
            );

            migrationBuilder.CreateIndex(name: "IX_OutDeliveries_MessageId", table: "OutDeliveries", column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_OutDeliveries_NextTryAt",
                table: "OutDeliveries",
                column: "NextTryAt",
                filter: "\"NextTryAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_OutDeliveries_Recipient", table: "OutDeliveries", column: "Recipient");

            migrationBuilder.CreateIndex(
                name: "IX_OutDeliveries_Untold",
                table: "OutDeliveries",
                column: "SettledAt",
                filter: "\"SettledAt\" IS NOT NULL AND \"ToldAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_OutFiles_MessageId", table: "OutFiles", column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_OutMessages_ComplaintId_Id",
                table: "OutMessages",
                columns: new[] { "ComplaintId", "Id" }
            );

            migrationBuilder.CreateIndex(name: "IX_OutMessages_Key", table: "OutMessages", column: "Key", unique: true);

            migrationBuilder.CreateIndex(name: "IX_OutMessages_MessageId", table: "OutMessages", column: "MessageId", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Participants_ComplaintId_Normalised",
                table: "Participants",
                columns: new[] { "ComplaintId", "Normalised" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_Participants_Normalised", table: "Participants", column: "Normalised");

            migrationBuilder.CreateIndex(name: "IX_Payments_GrantId", table: "Payments", column: "GrantId");

            migrationBuilder.CreateIndex(name: "IX_Payments_PaidOn_Id", table: "Payments", columns: new[] { "PaidOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Payments_ReversesId",
                table: "Payments",
                column: "ReversesId",
                unique: true,
                filter: "\"ReversesId\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Phrases_UnitId", table: "Phrases", column: "UnitId");

            migrationBuilder.CreateIndex(name: "IX_PhraseUses_MessageKey", table: "PhraseUses", column: "MessageKey");

            migrationBuilder.CreateIndex(
                name: "IX_PhraseUses_PhraseId_ComplaintId",
                table: "PhraseUses",
                columns: new[] { "PhraseId", "ComplaintId" }
            );

            migrationBuilder.CreateIndex(name: "IX_Points_CategoryId", table: "Points", column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Points_ComplaintId_Number",
                table: "Points",
                columns: new[] { "ComplaintId", "Number" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_Points_RootCauseId", table: "Points", column: "RootCauseId");

            migrationBuilder.CreateIndex(name: "IX_PolicyLines_PolicyId", table: "PolicyLines", column: "PolicyId");

            migrationBuilder.CreateIndex(name: "IX_Promises_KeeperId", table: "Promises", column: "KeeperId");

            migrationBuilder.CreateIndex(name: "IX_Promises_Open", table: "Promises", column: "ComplaintId", filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(name: "IX_Promises_TaskId", table: "Promises", column: "TaskId");

            migrationBuilder.CreateIndex(name: "IX_Purchases_CustomerId", table: "Purchases", column: "CustomerId");

            migrationBuilder.CreateIndex(name: "IX_Questionnaires_CategoryId", table: "Questionnaires", column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Questionnaires_UnitId_CategoryId",
                table: "Questionnaires",
                columns: new[] { "UnitId", "CategoryId" }
            );

            migrationBuilder.CreateIndex(name: "IX_RefusedRows_JobId_Line", table: "RefusedRows", columns: new[] { "JobId", "Line" });

            migrationBuilder.CreateIndex(name: "IX_RegimeAttachments_RegimeId", table: "RegimeAttachments", column: "RegimeId");

            migrationBuilder.CreateIndex(name: "IX_RegimeClocks_RegimeId", table: "RegimeClocks", column: "RegimeId");

            migrationBuilder.CreateIndex(name: "IX_RegimeDocuments_RegimeId", table: "RegimeDocuments", column: "RegimeId");

            migrationBuilder.CreateIndex(name: "IX_Regimes_CalendarId", table: "Regimes", column: "CalendarId");

            migrationBuilder.CreateIndex(name: "IX_Regimes_Key", table: "Regimes", column: "Key", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RemedyLimits_Role_Seat_Currency_Tier",
                table: "RemedyLimits",
                columns: new[] { "Role", "Seat", "Currency", "Tier" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_RootCauses_ParentId", table: "RootCauses", column: "ParentId");

            migrationBuilder.CreateIndex(name: "IX_SavedViews_OwnerId", table: "SavedViews", column: "OwnerId");

            migrationBuilder.CreateIndex(name: "IX_SavedViews_UnitId", table: "SavedViews", column: "UnitId");

            migrationBuilder.CreateIndex(name: "IX_SettingsChanges_ById_Id", table: "SettingsChanges", columns: new[] { "ById", "Id" });

            migrationBuilder.CreateIndex(name: "IX_SettingsChanges_Topic_Id", table: "SettingsChanges", columns: new[] { "Topic", "Id" });

            migrationBuilder.CreateIndex(name: "IX_Staff_DelegateId", table: "Staff", column: "DelegateId");

            migrationBuilder.CreateIndex(name: "IX_Staff_NormalizedEmail", table: "Staff", column: "NormalizedEmail", unique: true);

            migrationBuilder.CreateIndex(name: "IX_Staff_NormalizedUserName", table: "Staff", column: "NormalizedUserName", unique: true);

            migrationBuilder.CreateIndex(name: "IX_Staff_UnitId", table: "Staff", column: "UnitId");

            migrationBuilder.CreateIndex(name: "IX_SurveyAnswers_ComplaintId", table: "SurveyAnswers", column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_SurveyAnswers_FollowUpId",
                table: "SurveyAnswers",
                column: "FollowUpId",
                unique: true,
                filter: "\"Current\""
            );

            migrationBuilder.CreateIndex(
                name: "IX_SurveyAnswers_UnitId_AnsweredAt",
                table: "SurveyAnswers",
                columns: new[] { "UnitId", "AnsweredAt" },
                filter: "\"Current\""
            );

            migrationBuilder.CreateIndex(name: "IX_Tags_Folded", table: "Tags", column: "Folded", unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TallyCells_StaleAt",
                table: "TallyCells",
                column: "StaleAt",
                filter: "\"StaleAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "IX_Tasks_ComplaintId", table: "Tasks", column: "ComplaintId");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_OpenByDue",
                table: "Tasks",
                columns: new[] { "DueAt", "Id" },
                filter: "\"DoneAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_OpenByOwner",
                table: "Tasks",
                columns: new[] { "OwnerId", "DueAt" },
                filter: "\"DoneAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_OpenByUnit",
                table: "Tasks",
                columns: new[] { "UnitId", "DueAt" },
                filter: "\"DoneAt\" IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_Templates_Purpose_Language",
                table: "Templates",
                columns: new[] { "Purpose", "Language" },
                unique: true
            );

            migrationBuilder.CreateIndex(name: "IX_TierChanges_CustomerId", table: "TierChanges", column: "CustomerId");

            migrationBuilder.CreateIndex(name: "IX_Units_ParentId", table: "Units", column: "ParentId");

            migrationBuilder.CreateIndex(name: "IX_Units_Path", table: "Units", column: "Path");

            migrationBuilder.CreateIndex(name: "IX_Watchers_StaffId", table: "Watchers", column: "StaffId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkFailures_Work_Subject",
                table: "WorkFailures",
                columns: new[] { "Work", "Subject" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "AccessLog");

            migrationBuilder.DropTable(name: "AdviceRules");

            migrationBuilder.DropTable(name: "Attachments");

            migrationBuilder.DropTable(name: "BulkRuns");

            migrationBuilder.DropTable(name: "CareNotes");

            migrationBuilder.DropTable(name: "CaseFieldValues");

            migrationBuilder.DropTable(name: "CaseLinks");

            migrationBuilder.DropTable(name: "CaseTags");

            migrationBuilder.DropTable(name: "CaseVisits");

            migrationBuilder.DropTable(name: "Causes");

            migrationBuilder.DropTable(name: "ChecklistsTaken");

            migrationBuilder.DropTable(name: "ChecklistTicks");

            migrationBuilder.DropTable(name: "ChecklistVersions");

            migrationBuilder.DropTable(name: "ChosenColumns");

            migrationBuilder.DropTable(name: "ClockPauses");

            migrationBuilder.DropTable(name: "CommonAnswers");

            migrationBuilder.DropTable(name: "ComplaintWords");

            migrationBuilder.DropTable(name: "Consents");

            migrationBuilder.DropTable(name: "CustomerExports");

            migrationBuilder.DropTable(name: "CustomerKeys");

            migrationBuilder.DropTable(name: "CustomerMergers");

            migrationBuilder.DropTable(name: "CustomerMoments");

            migrationBuilder.DropTable(name: "CustomersApart");

            migrationBuilder.DropTable(name: "CustomerWords");

            migrationBuilder.DropTable(name: "Drafts");

            migrationBuilder.DropTable(name: "EscalationRules");

            migrationBuilder.DropTable(name: "Escalations");

            migrationBuilder.DropTable(name: "FileScans");

            migrationBuilder.DropTable(name: "HeldFiles");

            migrationBuilder.DropTable(name: "ImportedRows");

            migrationBuilder.DropTable(name: "ImportJobs");

            migrationBuilder.DropTable(name: "Macros");

            migrationBuilder.DropTable(name: "Mailboxes");

            migrationBuilder.DropTable(name: "Mergers");

            migrationBuilder.DropTable(name: "NoticeChoices");

            migrationBuilder.DropTable(name: "Notices");

            migrationBuilder.DropTable(name: "OneTimeCodes");

            migrationBuilder.DropTable(name: "OutDeliveries");

            migrationBuilder.DropTable(name: "OutFiles");

            migrationBuilder.DropTable(name: "Participants");

            migrationBuilder.DropTable(name: "Payments");

            migrationBuilder.DropTable(name: "PhraseUses");

            migrationBuilder.DropTable(name: "Points");

            migrationBuilder.DropTable(name: "PolicyLines");

            migrationBuilder.DropTable(name: "Promises");

            migrationBuilder.DropTable(name: "ProtectionKeys");

            migrationBuilder.DropTable(name: "Purchases");

            migrationBuilder.DropTable(name: "Questionnaires");

            migrationBuilder.DropTable(name: "ReferenceCounters");

            migrationBuilder.DropTable(name: "RefusedRows");

            migrationBuilder.DropTable(name: "RegimeAttachments");

            migrationBuilder.DropTable(name: "RegimeClocks");

            migrationBuilder.DropTable(name: "RegimeDocuments");

            migrationBuilder.DropTable(name: "RemedyLimits");

            migrationBuilder.DropTable(name: "RememberedMappings");

            migrationBuilder.DropTable(name: "SavedViews");

            migrationBuilder.DropTable(name: "Settings");

            migrationBuilder.DropTable(name: "SettingsChanges");

            migrationBuilder.DropTable(name: "StaffClaims");

            migrationBuilder.DropTable(name: "StaffLogins");

            migrationBuilder.DropTable(name: "StaffTokens");

            migrationBuilder.DropTable(name: "SurveyAnswers");

            migrationBuilder.DropTable(name: "TallyCells");

            migrationBuilder.DropTable(name: "TallyMarks");

            migrationBuilder.DropTable(name: "Templates");

            migrationBuilder.DropTable(name: "TierChanges");

            migrationBuilder.DropTable(name: "TimelineContents");

            migrationBuilder.DropTable(name: "TriggerWords");

            migrationBuilder.DropTable(name: "Watchers");

            migrationBuilder.DropTable(name: "WorkFailures");

            migrationBuilder.DropTable(name: "WorkRuns");

            migrationBuilder.DropTable(name: "CaseFields");

            migrationBuilder.DropTable(name: "Tags");

            migrationBuilder.DropTable(name: "Clocks");

            migrationBuilder.DropTable(name: "ContactPoints");

            migrationBuilder.DropTable(name: "CustomerContacts");

            migrationBuilder.DropTable(name: "InMessages");

            migrationBuilder.DropTable(name: "OutMessages");

            migrationBuilder.DropTable(name: "Grants");

            migrationBuilder.DropTable(name: "Phrases");

            migrationBuilder.DropTable(name: "Policies");

            migrationBuilder.DropTable(name: "Tasks");

            migrationBuilder.DropTable(name: "Regimes");

            migrationBuilder.DropTable(name: "FollowUps");

            migrationBuilder.DropTable(name: "Timeline");

            migrationBuilder.DropTable(name: "Approvals");

            migrationBuilder.DropTable(name: "Calendars");

            migrationBuilder.DropTable(name: "Complaints");

            migrationBuilder.DropTable(name: "Categories");

            migrationBuilder.DropTable(name: "Customers");

            migrationBuilder.DropTable(name: "RootCauses");

            migrationBuilder.DropTable(name: "Staff");

            migrationBuilder.DropTable(name: "Units");
        }
    }
}
