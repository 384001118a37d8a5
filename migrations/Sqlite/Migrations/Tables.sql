CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "AccessLog" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AccessLog" PRIMARY KEY AUTOINCREMENT,
    "StaffId" INTEGER NOT NULL,
    "ComplaintId" INTEGER NULL,
    "CustomerId" INTEGER NOT NULL,
    "Quarter" TEXT NOT NULL,
    "Care" INTEGER NOT NULL
);

CREATE TABLE "AdviceRules" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AdviceRules" PRIMARY KEY AUTOINCREMENT,
    "List" INTEGER NOT NULL,
    "Language" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Better" TEXT NULL,
    "Exceptions" TEXT NOT NULL,
    "ExceptApology" INTEGER NOT NULL,
    "Active" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Calendars" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Calendars" PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Zone" TEXT NOT NULL,
    "Hours" TEXT NOT NULL,
    "Holidays" TEXT NOT NULL,
    "MakeUp" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Categories" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Categories" PRIMARY KEY AUTOINCREMENT,
    "ParentId" INTEGER NULL,
    "Key" TEXT NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Active" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    CONSTRAINT "FK_Categories_Categories_ParentId" FOREIGN KEY ("ParentId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Customers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Customers" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Tier" INTEGER NOT NULL,
    "TierReason" TEXT NULL,
    "TierChangedAt" TEXT NULL,
    "TierChangedBy" TEXT NULL,
    "ExternalNumber" TEXT NULL,
    "OrganisationId" INTEGER NULL,
    "MergedIntoId" INTEGER NULL,
    "ContactPerson" TEXT NULL,
    "Language" TEXT NOT NULL,
    "TimeZone" TEXT NULL,
    "PreferredChannel" INTEGER NOT NULL,
    "Notes" TEXT NULL,
    "PostalCode" TEXT NULL,
    "PostalAddress" TEXT NULL,
    "NoSurveysSince" TEXT NULL,
    "LastMark" REAL NULL,
    "CreatedAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Customers_Customers_MergedIntoId" FOREIGN KEY ("MergedIntoId") REFERENCES "Customers" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Customers_Customers_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Customers" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "EscalationRules" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_EscalationRules" PRIMARY KEY AUTOINCREMENT,
    "Clock" INTEGER NULL,
    "Moment" INTEGER NOT NULL,
    "Amount" TEXT NOT NULL,
    "Level" INTEGER NOT NULL,
    "Action" INTEGER NOT NULL,
    "Active" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "FileScans" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_FileScans" PRIMARY KEY AUTOINCREMENT,
    "Sha256" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "Found" TEXT NULL,
    "Why" TEXT NULL,
    "TriedAt" TEXT NULL,
    "Failures" INTEGER NOT NULL,
    "NextAt" TEXT NULL
);

CREATE TABLE "ImportJobs" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ImportJobs" PRIMARY KEY AUTOINCREMENT,
    "FileName" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "StaffId" INTEGER NULL,
    "CreatedAt" TEXT NOT NULL,
    "BusyUntil" TEXT NULL,
    "State" INTEGER NOT NULL,
    "Mapping" TEXT NOT NULL,
    "Total" INTEGER NOT NULL,
    "Done" INTEGER NOT NULL,
    "Imported" INTEGER NOT NULL,
    "Refused" INTEGER NOT NULL,
    "AlreadyThere" INTEGER NOT NULL,
    "Failure" TEXT NULL,
    "LiveById" INTEGER NULL,
    "LiveFromNow" INTEGER NOT NULL,
    "LiveAt" TEXT NULL,
    "LiveDoneAt" TEXT NULL,
    "Live" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "InMessages" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_InMessages" PRIMARY KEY AUTOINCREMENT,
    "Mailbox" TEXT NOT NULL,
    "UidValidity" INTEGER NOT NULL,
    "Uid" INTEGER NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "Raw" BLOB NOT NULL,
    "StoredAt" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "Why" TEXT NULL,
    "Tries" INTEGER NOT NULL,
    "MessageIdHeader" TEXT NULL,
    "From" TEXT NULL,
    "Subject" TEXT NULL,
    "VisibleText" TEXT NULL,
    "Automatic" INTEGER NOT NULL,
    "ComplaintId" INTEGER NULL
);

CREATE TABLE "OneTimeCodes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OneTimeCodes" PRIMARY KEY AUTOINCREMENT,
    "Purpose" TEXT NOT NULL,
    "StaffId" INTEGER NULL,
    "Hash" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "UsedAt" TEXT NULL
);

CREATE TABLE "OutMessages" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OutMessages" PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL,
    "Purpose" INTEGER NOT NULL,
    "ComplaintId" INTEGER NULL,
    "Reference" TEXT NULL,
    "CustomerId" INTEGER NULL,
    "AuthorId" INTEGER NULL,
    "SenderName" TEXT NOT NULL,
    "PersonWrote" INTEGER NOT NULL,
    "Step" INTEGER NULL,
    "SaidWhenSent" TEXT NULL,
    "DocumentKey" TEXT NULL,
    "Typed" TEXT NULL,
    "MessageId" TEXT NOT NULL,
    "InReplyTo" TEXT NULL,
    "References" TEXT NULL,
    "Subject" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Html" TEXT NOT NULL,
    "UnsubscribeUrl" TEXT NULL,
    "Language" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "NotBefore" TEXT NOT NULL,
    "Bytes" BLOB NULL,
    "DatedAt" TEXT NULL
);

CREATE TABLE "Policies" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Policies" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Acknowledge" TEXT NOT NULL,
    "AcknowledgeUnit" INTEGER NOT NULL,
    "Apologize" TEXT NOT NULL,
    "ApologizeUnit" INTEGER NOT NULL,
    "Resolve" TEXT NOT NULL,
    "ResolveUnit" INTEGER NOT NULL,
    "FollowUpDays" INTEGER NOT NULL,
    "Diamond" TEXT NOT NULL,
    "Gold" TEXT NOT NULL,
    "Brass" TEXT NOT NULL,
    "Lead" TEXT NOT NULL,
    "Critical" TEXT NOT NULL,
    "MinimumMinutes" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "ProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ProtectionKeys" PRIMARY KEY AUTOINCREMENT,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);

CREATE TABLE "ReferenceCounters" (
    "Year" INTEGER NOT NULL CONSTRAINT "PK_ReferenceCounters" PRIMARY KEY,
    "Last" INTEGER NOT NULL
);

CREATE TABLE "RefusedRows" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RefusedRows" PRIMARY KEY AUTOINCREMENT,
    "JobId" INTEGER NOT NULL,
    "Line" INTEGER NOT NULL,
    "Row" TEXT NOT NULL,
    "Why" TEXT NOT NULL
);

CREATE TABLE "RemedyLimits" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RemedyLimits" PRIMARY KEY AUTOINCREMENT,
    "Role" INTEGER NOT NULL,
    "Seat" INTEGER NULL,
    "Currency" TEXT NOT NULL,
    "Tier" INTEGER NULL,
    "Minor" INTEGER NOT NULL
);

CREATE TABLE "RememberedMappings" (
    "Header" TEXT NOT NULL CONSTRAINT "PK_RememberedMappings" PRIMARY KEY,
    "Mapping" TEXT NOT NULL
);

CREATE TABLE "RootCauses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RootCauses" PRIMARY KEY AUTOINCREMENT,
    "ParentId" INTEGER NULL,
    "Key" TEXT NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Active" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    CONSTRAINT "FK_RootCauses_RootCauses_ParentId" FOREIGN KEY ("ParentId") REFERENCES "RootCauses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Settings" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Settings" PRIMARY KEY,
    "Value" TEXT NOT NULL
);

CREATE TABLE "SettingsChanges" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SettingsChanges" PRIMARY KEY AUTOINCREMENT,
    "At" TEXT NOT NULL,
    "By" INTEGER NOT NULL,
    "ById" INTEGER NULL,
    "ByName" TEXT NULL,
    "Topic" INTEGER NOT NULL,
    "Act" INTEGER NOT NULL,
    "What" TEXT NOT NULL,
    "Fields" TEXT NOT NULL
);

CREATE TABLE "StaffClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_StaffClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" INTEGER NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL
);

CREATE TABLE "StaffLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" INTEGER NOT NULL,
    CONSTRAINT "PK_StaffLogins" PRIMARY KEY ("LoginProvider", "ProviderKey")
);

CREATE TABLE "StaffTokens" (
    "UserId" INTEGER NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_StaffTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name")
);

CREATE TABLE "Tags" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Tags" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Folded" TEXT NOT NULL
);

CREATE TABLE "TallyCells" (
    "Span" INTEGER NOT NULL,
    "Start" TEXT NOT NULL,
    "UnitId" INTEGER NOT NULL,
    "Counts" BLOB NOT NULL,
    "Received" INTEGER NOT NULL,
    "Resolved" INTEGER NOT NULL,
    "Unresolved" INTEGER NOT NULL,
    "StaleAt" TEXT NULL,
    CONSTRAINT "PK_TallyCells" PRIMARY KEY ("Span", "Start", "UnitId")
);

CREATE TABLE "TallyMarks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_TallyMarks" PRIMARY KEY AUTOINCREMENT,
    "UnitId" INTEGER NOT NULL,
    "At" TEXT NOT NULL
);

CREATE TABLE "Templates" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Templates" PRIMARY KEY AUTOINCREMENT,
    "Purpose" INTEGER NOT NULL,
    "Language" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "ChangedAt" TEXT NULL,
    "ChangedById" INTEGER NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "TriggerWords" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_TriggerWords" PRIMARY KEY AUTOINCREMENT,
    "Language" TEXT NOT NULL,
    "Word" TEXT NOT NULL,
    "Exceptions" TEXT NOT NULL,
    "Active" INTEGER NOT NULL
);

CREATE TABLE "Units" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Units" PRIMARY KEY AUTOINCREMENT,
    "ParentId" INTEGER NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Path" TEXT NOT NULL,
    "CalendarId" INTEGER NOT NULL,
    "EqualTreatment" INTEGER NOT NULL,
    "Active" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Units_Units_ParentId" FOREIGN KEY ("ParentId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "WorkFailures" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_WorkFailures" PRIMARY KEY AUTOINCREMENT,
    "Work" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "ComplaintId" INTEGER NULL,
    "At" TEXT NOT NULL,
    "Times" INTEGER NOT NULL,
    "Reason" TEXT NOT NULL,
    "NextTryAt" TEXT NULL
);

CREATE TABLE "WorkRuns" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_WorkRuns" PRIMARY KEY,
    "StartedAt" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "Failure" TEXT NULL,
    "Outcome" TEXT NULL,
    "RunNow" INTEGER NOT NULL
);

CREATE TABLE "Regimes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Regimes" PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Active" INTEGER NOT NULL,
    "BindsAuthority" INTEGER NOT NULL,
    "Source" TEXT NOT NULL,
    "EffectiveFrom" TEXT NULL,
    "Remark" TEXT NULL,
    "RemarkZh" TEXT NULL,
    "CalendarId" INTEGER NOT NULL,
    "Pauses" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Regimes_Calendars_CalendarId" FOREIGN KEY ("CalendarId") REFERENCES "Calendars" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CaseFields" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CaseFields" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Kind" INTEGER NOT NULL,
    "CategoryId" INTEGER NULL,
    "Choices" TEXT NOT NULL,
    "RequiredAt" INTEGER NULL,
    "Active" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    CONSTRAINT "FK_CaseFields_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CareNotes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CareNotes" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "Helps" TEXT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    CONSTRAINT "FK_CareNotes_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Consents" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Consents" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "Purpose" INTEGER NOT NULL,
    "Given" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "How" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    CONSTRAINT "FK_Consents_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ContactPoints" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ContactPoints" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Value" TEXT NOT NULL,
    "Normalised" TEXT NOT NULL,
    "BouncedAt" TEXT NULL,
    "BounceReason" TEXT NULL,
    "UnwantedAt" TEXT NULL,
    "VerifiedAt" TEXT NULL,
    "VerifiedBy" TEXT NULL,
    "AskedAt" TEXT NULL,
    CONSTRAINT "FK_ContactPoints_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CustomerMergers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CustomerMergers" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "SurvivorId" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "UndoneAt" TEXT NULL,
    "UndoneBy" TEXT NULL,
    "Kept" TEXT NOT NULL,
    CONSTRAINT "FK_CustomerMergers_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CustomerMergers_Customers_SurvivorId" FOREIGN KEY ("SurvivorId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CustomersApart" (
    "LowId" INTEGER NOT NULL,
    "HighId" INTEGER NOT NULL,
    "By" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_CustomersApart" PRIMARY KEY ("LowId", "HighId"),
    CONSTRAINT "FK_CustomersApart_Customers_HighId" FOREIGN KEY ("HighId") REFERENCES "Customers" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CustomersApart_Customers_LowId" FOREIGN KEY ("LowId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CustomerWords" (
    "CustomerId" INTEGER NOT NULL CONSTRAINT "PK_CustomerWords" PRIMARY KEY,
    "Words" TEXT NOT NULL,
    CONSTRAINT "FK_CustomerWords_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Purchases" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Purchases" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Number" TEXT NULL,
    "Since" TEXT NULL,
    "Until" TEXT NULL,
    CONSTRAINT "FK_Purchases_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "TierChanges" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_TierChanges" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Before" INTEGER NOT NULL,
    "After" INTEGER NOT NULL,
    "Why" TEXT NOT NULL,
    CONSTRAINT "FK_TierChanges_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "HeldFiles" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_HeldFiles" PRIMARY KEY AUTOINCREMENT,
    "MessageId" INTEGER NOT NULL,
    "Part" INTEGER NOT NULL,
    "FileName" TEXT NOT NULL,
    "Type" TEXT NULL,
    "Bytes" INTEGER NOT NULL,
    "Reason" INTEGER NOT NULL,
    "Limit" INTEGER NOT NULL,
    CONSTRAINT "FK_HeldFiles_InMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "InMessages" ("Id") ON DELETE CASCADE
);

CREATE TABLE "OutDeliveries" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OutDeliveries" PRIMARY KEY AUTOINCREMENT,
    "MessageId" INTEGER NOT NULL,
    "Recipient" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "NextTryAt" TEXT NULL,
    "ClaimedBy" TEXT NULL,
    "LeaseUntil" TEXT NULL,
    "Attempt" INTEGER NOT NULL,
    "FirstTriedAt" TEXT NULL,
    "InFlight" INTEGER NOT NULL,
    "Reply" TEXT NULL,
    "AddressBad" INTEGER NOT NULL,
    "SettledAt" TEXT NULL,
    "BouncedAt" TEXT NULL,
    "ArrivedAt" TEXT NULL,
    "ToldAt" TEXT NULL,
    CONSTRAINT "FK_OutDeliveries_OutMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "OutMessages" ("Id") ON DELETE CASCADE
);

CREATE TABLE "OutFiles" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OutFiles" PRIMARY KEY AUTOINCREMENT,
    "MessageId" INTEGER NOT NULL,
    "FileName" TEXT NOT NULL,
    "ContentType" TEXT NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "Sha256" TEXT NOT NULL,
    "ContentId" TEXT NULL,
    CONSTRAINT "FK_OutFiles_OutMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "OutMessages" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PolicyLines" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_PolicyLines" PRIMARY KEY AUTOINCREMENT,
    "PolicyId" INTEGER NOT NULL,
    "Tier" INTEGER NULL,
    "Severity" INTEGER NULL,
    "Channel" INTEGER NULL,
    "CategoryId" INTEGER NULL,
    "Acknowledge" TEXT NULL,
    "Apologize" TEXT NULL,
    "Resolve" TEXT NULL,
    CONSTRAINT "FK_PolicyLines_Policies_PolicyId" FOREIGN KEY ("PolicyId") REFERENCES "Policies" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Mailboxes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Mailboxes" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Address" TEXT NOT NULL,
    "UnitId" INTEGER NOT NULL,
    "Paused" INTEGER NOT NULL,
    "Host" TEXT NULL,
    "Port" INTEGER NOT NULL,
    "Security" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "SealedPassword" TEXT NULL,
    "TokenUrl" TEXT NULL,
    "ClientId" TEXT NULL,
    "Scope" TEXT NULL,
    "Folder" TEXT NOT NULL,
    "MoveTo" TEXT NULL,
    "LargestFileMb" INTEGER NULL,
    "TokenHash" TEXT NULL,
    "UidValidity" INTEGER NOT NULL,
    "LastUid" INTEGER NOT NULL,
    "SeenAt" TEXT NULL,
    "Trouble" TEXT NULL,
    "TroubleSince" TEXT NULL,
    "Failures" INTEGER NOT NULL,
    "NotBefore" TEXT NULL,
    "LeaseBy" TEXT NULL,
    "LeaseUntil" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Mailboxes_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Phrases" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Phrases" PRIMARY KEY AUTOINCREMENT,
    "Purpose" INTEGER NOT NULL,
    "Language" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "UnitId" INTEGER NULL,
    "Position" INTEGER NOT NULL,
    "Active" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Phrases_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Questionnaires" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Questionnaires" PRIMARY KEY AUTOINCREMENT,
    "UnitId" INTEGER NULL,
    "CategoryId" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "MadeAt" TEXT NOT NULL,
    "MadeById" INTEGER NULL,
    "ReplacedAt" TEXT NULL,
    "AsksParts" INTEGER NOT NULL,
    "Texts" TEXT NOT NULL,
    CONSTRAINT "FK_Questionnaires_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Questionnaires_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Staff" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Staff" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "Role" INTEGER NOT NULL,
    "Seat" INTEGER NOT NULL,
    "UnitId" INTEGER NOT NULL,
    "Language" TEXT NOT NULL,
    "BothLanguages" INTEGER NOT NULL,
    "Skills" TEXT NOT NULL,
    "TimeZone" TEXT NULL,
    "Theme" TEXT NOT NULL,
    "Shortcuts" INTEGER NOT NULL,
    "Active" INTEGER NOT NULL,
    "AwayUntil" TEXT NULL,
    "DelegateId" INTEGER NULL,
    "AlwaysPresent" INTEGER NOT NULL,
    "LastSeenAt" TEXT NULL,
    "DemoFace" TEXT NULL,
    "Version" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL,
    CONSTRAINT "FK_Staff_Staff_DelegateId" FOREIGN KEY ("DelegateId") REFERENCES "Staff" ("Id") ON DELETE SET NULL,
    CONSTRAINT "FK_Staff_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "RegimeAttachments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RegimeAttachments" PRIMARY KEY AUTOINCREMENT,
    "RegimeId" INTEGER NOT NULL,
    "UnitId" INTEGER NULL,
    "CategoryId" INTEGER NULL,
    CONSTRAINT "FK_RegimeAttachments_Regimes_RegimeId" FOREIGN KEY ("RegimeId") REFERENCES "Regimes" ("Id") ON DELETE CASCADE
);

CREATE TABLE "RegimeClocks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RegimeClocks" PRIMARY KEY AUTOINCREMENT,
    "RegimeId" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "Amount" TEXT NOT NULL,
    "Unit" INTEGER NOT NULL,
    "From" INTEGER NOT NULL,
    "Exceptional" INTEGER NOT NULL,
    "DateFromNotice" INTEGER NOT NULL,
    "Document" TEXT NULL,
    CONSTRAINT "FK_RegimeClocks_Regimes_RegimeId" FOREIGN KEY ("RegimeId") REFERENCES "Regimes" ("Id") ON DELETE CASCADE
);

CREATE TABLE "RegimeDocuments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RegimeDocuments" PRIMARY KEY AUTOINCREMENT,
    "RegimeId" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameZh" TEXT NULL,
    "MustSay" TEXT NOT NULL,
    "MustSayZh" TEXT NOT NULL,
    CONSTRAINT "FK_RegimeDocuments_Regimes_RegimeId" FOREIGN KEY ("RegimeId") REFERENCES "Regimes" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CustomerKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CustomerKeys" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "ContactPointId" INTEGER NULL,
    "Key" TEXT NOT NULL,
    CONSTRAINT "FK_CustomerKeys_ContactPoints_ContactPointId" FOREIGN KEY ("ContactPointId") REFERENCES "ContactPoints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CustomerKeys_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PhraseUses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_PhraseUses" PRIMARY KEY AUTOINCREMENT,
    "PhraseId" INTEGER NOT NULL,
    "ComplaintId" INTEGER NOT NULL,
    "StaffId" INTEGER NULL,
    "At" TEXT NOT NULL,
    "MessageKey" TEXT NULL,
    CONSTRAINT "FK_PhraseUses_Phrases_PhraseId" FOREIGN KEY ("PhraseId") REFERENCES "Phrases" ("Id") ON DELETE CASCADE
);

CREATE TABLE "BulkRuns" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_BulkRuns" PRIMARY KEY AUTOINCREMENT,
    "ById" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Back" TEXT NOT NULL,
    "Picked" TEXT NOT NULL,
    "Changes" TEXT NOT NULL,
    "What" TEXT NOT NULL,
    "Done" INTEGER NOT NULL,
    "Changed" INTEGER NOT NULL,
    "Refused" TEXT NOT NULL,
    "Named" TEXT NOT NULL,
    "StartedAt" TEXT NULL,
    "EndedAt" TEXT NULL,
    CONSTRAINT "FK_BulkRuns_Staff_ById" FOREIGN KEY ("ById") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ChecklistVersions" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ChecklistVersions" PRIMARY KEY AUTOINCREMENT,
    "CategoryId" INTEGER NULL,
    "At" TEXT NOT NULL,
    "ReplacedAt" TEXT NULL,
    "ById" INTEGER NULL,
    "Kept" TEXT NOT NULL,
    CONSTRAINT "FK_ChecklistVersions_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_ChecklistVersions_Staff_ById" FOREIGN KEY ("ById") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ChosenColumns" (
    "StaffId" INTEGER NOT NULL,
    "List" TEXT NOT NULL,
    "Columns" TEXT NOT NULL,
    CONSTRAINT "PK_ChosenColumns" PRIMARY KEY ("StaffId", "List"),
    CONSTRAINT "FK_ChosenColumns_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Complaints" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Complaints" PRIMARY KEY AUTOINCREMENT,
    "Reference" TEXT NOT NULL,
    "CustomerId" INTEGER NOT NULL,
    "Channel" INTEGER NOT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "LoggedAt" TEXT NOT NULL,
    "LoggedById" INTEGER NULL,
    "ProofOfChannel" TEXT NULL,
    "Summary" TEXT NOT NULL,
    "WhatHappened" TEXT NOT NULL,
    "DesiredOutcome" TEXT NULL,
    "CategoryId" INTEGER NULL,
    "Severity" INTEGER NOT NULL,
    "Public" INTEGER NOT NULL,
    "Tier" INTEGER NOT NULL,
    "DisputeMinor" INTEGER NULL,
    "DisputeCurrency" TEXT NULL,
    "AffectedPerson" TEXT NULL,
    "Authority" TEXT NULL,
    "Need" INTEGER NULL,
    "Stage" INTEGER NULL,
    "Technical" INTEGER NULL,
    "OnSite" INTEGER NULL,
    "Paid" INTEGER NULL,
    "UnitId" INTEGER NOT NULL,
    "OwnerId" INTEGER NULL,
    "ComplainedAboutId" INTEGER NULL,
    "State" INTEGER NOT NULL,
    "IsOpen" INTEGER NOT NULL,
    "Cycle" INTEGER NOT NULL,
    "Level" INTEGER NOT NULL,
    "OnTheSpot" INTEGER NOT NULL,
    "AwaitingApproval" INTEGER NOT NULL,
    "ProposedById" INTEGER NULL,
    "ProposedByName" TEXT NULL,
    "ProposedAt" TEXT NULL,
    "ProposedWhy" TEXT NULL,
    "WaitingSince" TEXT NULL,
    "WaitingFor" TEXT NULL,
    "Solution" TEXT NULL,
    "Remedy" INTEGER NULL,
    "RemedyMinor" INTEGER NULL,
    "RemedyCurrency" TEXT NULL,
    "RootCauseId" INTEGER NULL,
    "CorrectiveAction" TEXT NULL,
    "CustomerAgreed" INTEGER NULL,
    "Outcome" INTEGER NULL,
    "AcknowledgedAt" TEXT NULL,
    "ApologizedAt" TEXT NULL,
    "ResolvedAt" TEXT NULL,
    "ResolvedById" INTEGER NULL,
    "ClosedAt" TEXT NULL,
    "DuplicateOfId" INTEGER NULL,
    "ParentId" INTEGER NULL,
    "LastPersonContactAt" TEXT NULL,
    "LastHeardAt" TEXT NULL,
    "NextDueAt" TEXT NULL,
    "NextDueName" INTEGER NULL,
    "QueueAt" TEXT NOT NULL,
    "NextActionAt" TEXT NULL,
    "Historic" INTEGER NOT NULL,
    "SubmissionKey" TEXT NULL,
    "TimelineHead" TEXT NOT NULL,
    "TimelineCount" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "GrantCount" INTEGER NOT NULL,
    "GrantedMinor" INTEGER NULL,
    "GrantedCurrency" TEXT NULL,
    "PaymentDueAt" TEXT NULL,
    "PointCount" INTEGER NOT NULL,
    "OpenPoints" INTEGER NOT NULL,
    "PointsFound" INTEGER NULL,
    "PromiseDueAt" TEXT NULL,
    "ClosesAs" INTEGER NULL,
    "KeptFrom" TEXT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedBefore" TEXT NULL,
    "ContactPersonId" INTEGER NULL,
    "ContactName" TEXT NULL,
    "ContactMail" TEXT NULL,
    CONSTRAINT "FK_Complaints_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Complaints_DuplicateOfId" FOREIGN KEY ("DuplicateOfId") REFERENCES "Complaints" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Complaints_ParentId" FOREIGN KEY ("ParentId") REFERENCES "Complaints" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Customers_ContactPersonId" FOREIGN KEY ("ContactPersonId") REFERENCES "Customers" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_RootCauses_RootCauseId" FOREIGN KEY ("RootCauseId") REFERENCES "RootCauses" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Staff_ComplainedAboutId" FOREIGN KEY ("ComplainedAboutId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Staff_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Complaints_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CustomerExports" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CustomerExports" PRIMARY KEY AUTOINCREMENT,
    "StaffId" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Rows" INTEGER NOT NULL,
    CONSTRAINT "FK_CustomerExports_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Macros" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Macros" PRIMARY KEY AUTOINCREMENT,
    "OwnerId" INTEGER NOT NULL,
    "UnitId" INTEGER NULL,
    "Name" TEXT NOT NULL,
    "Changes" TEXT NOT NULL,
    CONSTRAINT "FK_Macros_Staff_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Macros_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "NoticeChoices" (
    "StaffId" INTEGER NOT NULL CONSTRAINT "PK_NoticeChoices" PRIMARY KEY,
    "Kinds" TEXT NOT NULL,
    "DigestAt" INTEGER NOT NULL,
    "QuietFrom" INTEGER NULL,
    "QuietTo" INTEGER NULL,
    "DaysOff" INTEGER NOT NULL,
    CONSTRAINT "FK_NoticeChoices_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE CASCADE
);

CREATE TABLE "SavedViews" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SavedViews" PRIMARY KEY AUTOINCREMENT,
    "OwnerId" INTEGER NOT NULL,
    "UnitId" INTEGER NULL,
    "Name" TEXT NOT NULL,
    "List" TEXT NOT NULL,
    "Query" TEXT NOT NULL,
    "Columns" TEXT NULL,
    "Position" INTEGER NOT NULL,
    CONSTRAINT "FK_SavedViews_Staff_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_SavedViews_Units_UnitId" FOREIGN KEY ("UnitId") REFERENCES "Units" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Approvals" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Approvals" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Remedy" INTEGER NOT NULL,
    "Minor" INTEGER NOT NULL,
    "Currency" TEXT NOT NULL,
    "AskedById" INTEGER NULL,
    "AskedByName" TEXT NOT NULL,
    "AskedAt" TEXT NOT NULL,
    "DecidedById" INTEGER NULL,
    "DecidedAt" TEXT NULL,
    "Granted" INTEGER NOT NULL,
    "Reason" TEXT NULL,
    "Asked" TEXT NOT NULL,
    CONSTRAINT "FK_Approvals_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Attachments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Attachments" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Seq" INTEGER NOT NULL,
    "FileName" TEXT NOT NULL,
    "ContentType" TEXT NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "Sha256" TEXT NOT NULL,
    "ScanAskedAt" TEXT NULL,
    CONSTRAINT "FK_Attachments_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CaseFieldValues" (
    "ComplaintId" INTEGER NOT NULL,
    "FieldId" INTEGER NOT NULL,
    "Value" TEXT NOT NULL,
    CONSTRAINT "PK_CaseFieldValues" PRIMARY KEY ("ComplaintId", "FieldId"),
    CONSTRAINT "FK_CaseFieldValues_CaseFields_FieldId" FOREIGN KEY ("FieldId") REFERENCES "CaseFields" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_CaseFieldValues_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CaseLinks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CaseLinks" PRIMARY KEY AUTOINCREMENT,
    "LowId" INTEGER NOT NULL,
    "HighId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Reason" TEXT NULL,
    "Seq" INTEGER NULL,
    "ById" INTEGER NULL,
    "At" TEXT NOT NULL,
    "RemovedAt" TEXT NULL,
    CONSTRAINT "FK_CaseLinks_Complaints_HighId" FOREIGN KEY ("HighId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CaseLinks_Complaints_LowId" FOREIGN KEY ("LowId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CaseLinks_Staff_ById" FOREIGN KEY ("ById") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CaseTags" (
    "ComplaintId" INTEGER NOT NULL,
    "TagId" INTEGER NOT NULL,
    CONSTRAINT "PK_CaseTags" PRIMARY KEY ("ComplaintId", "TagId"),
    CONSTRAINT "FK_CaseTags_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CaseTags_Tags_TagId" FOREIGN KEY ("TagId") REFERENCES "Tags" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "CaseVisits" (
    "ComplaintId" INTEGER NOT NULL,
    "StaffId" INTEGER NOT NULL,
    "SeenAt" TEXT NOT NULL,
    "WritingAt" TEXT NULL,
    CONSTRAINT "PK_CaseVisits" PRIMARY KEY ("ComplaintId", "StaffId"),
    CONSTRAINT "FK_CaseVisits_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CaseVisits_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Causes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Causes" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Trigger" INTEGER NOT NULL,
    "Seq" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "HandledAt" TEXT NULL,
    CONSTRAINT "FK_Causes_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ChecklistsTaken" (
    "ComplaintId" INTEGER NOT NULL CONSTRAINT "PK_ChecklistsTaken" PRIMARY KEY,
    "AsOf" TEXT NOT NULL,
    CONSTRAINT "FK_ChecklistsTaken_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ChecklistTicks" (
    "ComplaintId" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "ById" INTEGER NOT NULL,
    "By" TEXT NOT NULL,
    CONSTRAINT "PK_ChecklistTicks" PRIMARY KEY ("ComplaintId", "Key"),
    CONSTRAINT "FK_ChecklistTicks_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Clocks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Clocks" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Name" INTEGER NOT NULL,
    "RegimeClock" TEXT NOT NULL,
    "Cycle" INTEGER NOT NULL,
    "CalendarId" INTEGER NOT NULL,
    "Amount" TEXT NOT NULL,
    "Unit" INTEGER NOT NULL,
    "DateFromNotice" TEXT NULL,
    "BindsAuthority" INTEGER NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "DueAt" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "StoppedAt" TEXT NULL,
    "Why" TEXT NOT NULL,
    CONSTRAINT "FK_Clocks_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CommonAnswers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CommonAnswers" PRIMARY KEY AUTOINCREMENT,
    "ParentId" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    "ById" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Total" INTEGER NOT NULL,
    "Done" INTEGER NOT NULL,
    "Written" INTEGER NOT NULL,
    "After" INTEGER NOT NULL,
    "Refused" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    CONSTRAINT "FK_CommonAnswers_Complaints_ParentId" FOREIGN KEY ("ParentId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CommonAnswers_Staff_ById" FOREIGN KEY ("ById") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ComplaintWords" (
    "ComplaintId" INTEGER NOT NULL CONSTRAINT "PK_ComplaintWords" PRIMARY KEY,
    "CustomerId" INTEGER NOT NULL,
    "Words" TEXT NOT NULL,
    "Who" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    CONSTRAINT "FK_ComplaintWords_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CustomerContacts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CustomerContacts" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "Channel" INTEGER NOT NULL,
    "Incoming" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Words" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "ComplaintId" INTEGER NULL,
    CONSTRAINT "FK_CustomerContacts_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE SET NULL,
    CONSTRAINT "FK_CustomerContacts_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Drafts" (
    "StaffId" INTEGER NOT NULL,
    "ComplaintId" INTEGER NOT NULL,
    "Form" TEXT NOT NULL,
    "Typed" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Mark" INTEGER NOT NULL,
    CONSTRAINT "PK_Drafts" PRIMARY KEY ("StaffId", "ComplaintId", "Form"),
    CONSTRAINT "FK_Drafts_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Drafts_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Escalations" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Escalations" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Clock" INTEGER NULL,
    "ClockId" INTEGER NULL,
    "Trigger" INTEGER NULL,
    "Level" INTEGER NOT NULL,
    "RaisedAt" TEXT NOT NULL,
    "Why" TEXT NOT NULL,
    "ToldId" INTEGER NULL,
    "UnitId" INTEGER NOT NULL,
    "Passed" TEXT NULL,
    "TakenById" INTEGER NULL,
    "TakenAt" TEXT NULL,
    "NextLevelAt" TEXT NULL,
    "EndedAt" TEXT NULL,
    "EndedById" INTEGER NULL,
    "EndReason" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Escalations_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Escalations_Staff_TakenById" FOREIGN KEY ("TakenById") REFERENCES "Staff" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Escalations_Staff_ToldId" FOREIGN KEY ("ToldId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "FollowUps" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_FollowUps" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Cycle" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "Touch" INTEGER NOT NULL,
    "QuestionnaireId" INTEGER NULL,
    "NotAsked" INTEGER NULL,
    "EndedAt" TEXT NULL,
    "PlannedAt" TEXT NOT NULL,
    "NextAt" TEXT NULL,
    "Mails" INTEGER NOT NULL,
    "Reminders" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "AskedAt" TEXT NULL,
    "LinkExpiresAt" TEXT NULL,
    "Why" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_FollowUps_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ImportedRows" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ImportedRows" PRIMARY KEY AUTOINCREMENT,
    "SourceKey" TEXT NOT NULL,
    "JobId" INTEGER NOT NULL,
    "ComplaintId" INTEGER NOT NULL,
    CONSTRAINT "FK_ImportedRows_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Mergers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Mergers" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "SurvivorId" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "ById" INTEGER NULL,
    "UndoneAt" TEXT NULL,
    "Kept" TEXT NOT NULL,
    CONSTRAINT "FK_Mergers_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Mergers_Complaints_SurvivorId" FOREIGN KEY ("SurvivorId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Mergers_Staff_ById" FOREIGN KEY ("ById") REFERENCES "Staff" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Notices" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Notices" PRIMARY KEY AUTOINCREMENT,
    "StaffId" INTEGER NOT NULL,
    "ComplaintId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Seq" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Say" TEXT NOT NULL,
    "SeenAt" TEXT NULL,
    "OnPage" INTEGER NOT NULL,
    "MailAt" TEXT NULL,
    "InDigest" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    CONSTRAINT "FK_Notices_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Notices_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Participants" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Participants" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Address" TEXT NOT NULL,
    "Normalised" TEXT NOT NULL,
    "BroughtBy" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    "BouncedAt" TEXT NULL,
    "UnwantedAt" TEXT NULL,
    CONSTRAINT "FK_Participants_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Points" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Points" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    "What" TEXT NOT NULL,
    "CategoryId" INTEGER NULL,
    "Evidence" TEXT NULL,
    "EvidenceFiles" TEXT NOT NULL,
    "Finding" TEXT NULL,
    "Outcome" INTEGER NULL,
    "RootCauseId" INTEGER NULL,
    "Remedy" INTEGER NULL,
    "RemedyMinor" INTEGER NULL,
    "RemedyCurrency" TEXT NULL,
    "CorrectiveAction" TEXT NULL,
    "AddedAt" TEXT NOT NULL,
    "AnsweredAt" TEXT NULL,
    "AnsweredById" INTEGER NULL,
    "WithdrawnAt" TEXT NULL,
    "WithdrawnWhy" TEXT NULL,
    CONSTRAINT "FK_Points_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Points_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Points_RootCauses_RootCauseId" FOREIGN KEY ("RootCauseId") REFERENCES "RootCauses" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Tasks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Tasks" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "UnitId" INTEGER NOT NULL,
    "OwnerId" INTEGER NULL,
    "CreatedAt" TEXT NOT NULL,
    "DueAt" TEXT NOT NULL,
    "DoneAt" TEXT NULL,
    "DoneById" INTEGER NULL,
    "Why" TEXT NOT NULL,
    "Result" TEXT NULL,
    CONSTRAINT "FK_Tasks_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Timeline" (
    "ComplaintId" INTEGER NOT NULL,
    "Seq" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "ActorId" INTEGER NULL,
    "PreviousHash" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "ContentHash" TEXT NOT NULL,
    CONSTRAINT "PK_Timeline" PRIMARY KEY ("ComplaintId", "Seq"),
    CONSTRAINT "FK_Timeline_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Watchers" (
    "ComplaintId" INTEGER NOT NULL,
    "StaffId" INTEGER NOT NULL,
    CONSTRAINT "PK_Watchers" PRIMARY KEY ("ComplaintId", "StaffId"),
    CONSTRAINT "FK_Watchers_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Watchers_Staff_StaffId" FOREIGN KEY ("StaffId") REFERENCES "Staff" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Grants" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Grants" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "Remedy" INTEGER NOT NULL,
    "Minor" INTEGER NULL,
    "Currency" TEXT NULL,
    "State" INTEGER NOT NULL,
    "Reason" TEXT NOT NULL,
    "WithResolution" INTEGER NOT NULL,
    "Cycle" INTEGER NOT NULL,
    "RequestId" INTEGER NULL,
    "OfferedById" INTEGER NULL,
    "OfferedByName" TEXT NOT NULL,
    "OfferedAt" TEXT NOT NULL,
    "Shapers" TEXT NOT NULL,
    "ApprovedById" INTEGER NULL,
    "ApprovedByName" TEXT NULL,
    "ApprovedAt" TEXT NULL,
    "AcceptedAt" TEXT NULL,
    "DueAt" TEXT NULL,
    "LateAt" TEXT NULL,
    "SettledAt" TEXT NULL,
    "EndReason" TEXT NULL,
    "PaidMinor" INTEGER NOT NULL,
    "IsOwed" INTEGER NOT NULL,
    CONSTRAINT "FK_Grants_Approvals_RequestId" FOREIGN KEY ("RequestId") REFERENCES "Approvals" ("Id") ON DELETE SET NULL,
    CONSTRAINT "FK_Grants_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ClockPauses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ClockPauses" PRIMARY KEY AUTOINCREMENT,
    "ClockId" INTEGER NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NULL,
    "Why" TEXT NOT NULL,
    "ByStaffId" INTEGER NULL,
    CONSTRAINT "FK_ClockPauses_Clocks_ClockId" FOREIGN KEY ("ClockId") REFERENCES "Clocks" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CustomerMoments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CustomerMoments" PRIMARY KEY AUTOINCREMENT,
    "CustomerId" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "ComplaintId" INTEGER NULL,
    "Seq" INTEGER NULL,
    "ContactId" INTEGER NULL,
    CONSTRAINT "FK_CustomerMoments_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CustomerMoments_CustomerContacts_ContactId" FOREIGN KEY ("ContactId") REFERENCES "CustomerContacts" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CustomerMoments_Customers_CustomerId" FOREIGN KEY ("CustomerId") REFERENCES "Customers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "SurveyAnswers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SurveyAnswers" PRIMARY KEY AUTOINCREMENT,
    "FollowUpId" INTEGER NOT NULL,
    "ComplaintId" INTEGER NOT NULL,
    "CustomerId" INTEGER NOT NULL,
    "UnitId" INTEGER NOT NULL,
    "AnsweredAt" TEXT NOT NULL,
    "Solved" INTEGER NOT NULL,
    "Skill" INTEGER NULL,
    "Attitude" INTEGER NULL,
    "Timeliness" INTEGER NULL,
    "Parts" INTEGER NULL,
    "Overall" INTEGER NULL,
    "Comment" TEXT NULL,
    "Leaving" INTEGER NULL,
    "Touch" INTEGER NOT NULL,
    "QuestionnaireId" INTEGER NULL,
    "ByStaffId" INTEGER NULL,
    "Mean" REAL NULL,
    "Result" INTEGER NOT NULL,
    "Vetoed" INTEGER NOT NULL,
    "Why" TEXT NULL,
    "Current" INTEGER NOT NULL,
    CONSTRAINT "FK_SurveyAnswers_FollowUps_FollowUpId" FOREIGN KEY ("FollowUpId") REFERENCES "FollowUps" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Promises" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Promises" PRIMARY KEY AUTOINCREMENT,
    "ComplaintId" INTEGER NOT NULL,
    "What" TEXT NOT NULL,
    "Channel" INTEGER NOT NULL,
    "DueAt" TEXT NOT NULL,
    "MadeAt" TEXT NOT NULL,
    "KeeperId" INTEGER NULL,
    "TaskId" INTEGER NOT NULL,
    "MessageKey" TEXT NULL,
    "Seq" INTEGER NOT NULL,
    "RemindedAt" TEXT NULL,
    "BrokenAt" TEXT NULL,
    "End" INTEGER NULL,
    "EndedAt" TEXT NULL,
    CONSTRAINT "FK_Promises_Complaints_ComplaintId" FOREIGN KEY ("ComplaintId") REFERENCES "Complaints" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Promises_Staff_KeeperId" FOREIGN KEY ("KeeperId") REFERENCES "Staff" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Promises_Tasks_TaskId" FOREIGN KEY ("TaskId") REFERENCES "Tasks" ("Id") ON DELETE CASCADE
);

CREATE TABLE "TimelineContents" (
    "ComplaintId" INTEGER NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Salt" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    CONSTRAINT "PK_TimelineContents" PRIMARY KEY ("ComplaintId", "Seq"),
    CONSTRAINT "FK_TimelineContents_Timeline_ComplaintId_Seq" FOREIGN KEY ("ComplaintId", "Seq") REFERENCES "Timeline" ("ComplaintId", "Seq") ON DELETE CASCADE
);

CREATE TABLE "Payments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Payments" PRIMARY KEY AUTOINCREMENT,
    "GrantId" INTEGER NOT NULL,
    "Minor" INTEGER NOT NULL,
    "Currency" TEXT NOT NULL,
    "PaidOn" TEXT NOT NULL,
    "Way" INTEGER NOT NULL,
    "Reference" TEXT NULL,
    "EnteredAt" TEXT NOT NULL,
    "EnteredById" INTEGER NULL,
    "EnteredByName" TEXT NOT NULL,
    "ReversesId" INTEGER NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "FK_Payments_Grants_GrantId" FOREIGN KEY ("GrantId") REFERENCES "Grants" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Payments_Payments_ReversesId" FOREIGN KEY ("ReversesId") REFERENCES "Payments" ("Id")
);

CREATE INDEX "IX_AccessLog_Quarter" ON "AccessLog" ("Quarter");

CREATE UNIQUE INDEX "IX_AccessLog_StaffId_CustomerId_ComplaintId_Quarter_Care" ON "AccessLog" ("StaffId", "CustomerId", "ComplaintId", "Quarter", "Care");

CREATE UNIQUE INDEX "IX_AdviceRules_Language_List_Text" ON "AdviceRules" ("Language", "List", "Text");

CREATE UNIQUE INDEX "IX_Approvals_Waiting" ON "Approvals" ("ComplaintId") WHERE "DecidedAt" IS NULL;

CREATE INDEX "IX_Attachments_ComplaintId_Seq" ON "Attachments" ("ComplaintId", "Seq");

CREATE INDEX "IX_Attachments_ScanAskedAt" ON "Attachments" ("ScanAskedAt") WHERE "ScanAskedAt" IS NULL;

CREATE INDEX "IX_Attachments_Sha256" ON "Attachments" ("Sha256");

CREATE INDEX "IX_BulkRuns_At" ON "BulkRuns" ("At");

CREATE INDEX "IX_BulkRuns_ById" ON "BulkRuns" ("ById");

CREATE INDEX "IX_BulkRuns_EndedAt" ON "BulkRuns" ("EndedAt") WHERE "StartedAt" IS NOT NULL AND "EndedAt" IS NULL;

CREATE INDEX "IX_CareNotes_CustomerId" ON "CareNotes" ("CustomerId");

CREATE INDEX "IX_CaseFields_CategoryId" ON "CaseFields" ("CategoryId");

CREATE INDEX "IX_CaseFieldValues_FieldId" ON "CaseFieldValues" ("FieldId");

CREATE INDEX "IX_CaseLinks_ById" ON "CaseLinks" ("ById");

CREATE INDEX "IX_CaseLinks_HighId" ON "CaseLinks" ("HighId");

CREATE UNIQUE INDEX "IX_CaseLinks_LowId_HighId_Kind" ON "CaseLinks" ("LowId", "HighId", "Kind") WHERE "RemovedAt" IS NULL AND "Kind" <> 1;

CREATE INDEX "IX_CaseTags_TagId_ComplaintId" ON "CaseTags" ("TagId", "ComplaintId");

CREATE INDEX "IX_CaseVisits_SeenAt" ON "CaseVisits" ("SeenAt");

CREATE INDEX "IX_CaseVisits_StaffId" ON "CaseVisits" ("StaffId");

CREATE UNIQUE INDEX "IX_Categories_Key" ON "Categories" ("Key");

CREATE INDEX "IX_Categories_ParentId" ON "Categories" ("ParentId");

CREATE UNIQUE INDEX "IX_Causes_ComplaintId_Trigger_Seq" ON "Causes" ("ComplaintId", "Trigger", "Seq");

CREATE INDEX "IX_Causes_Unhandled" ON "Causes" ("ComplaintId") WHERE "HandledAt" IS NULL;

CREATE INDEX "IX_ChecklistVersions_ById" ON "ChecklistVersions" ("ById");

CREATE INDEX "IX_ChecklistVersions_CategoryId" ON "ChecklistVersions" ("CategoryId");

CREATE INDEX "IX_ClockPauses_ClockId" ON "ClockPauses" ("ClockId");

CREATE UNIQUE INDEX "IX_Clocks_ComplaintId_Name_RegimeClock" ON "Clocks" ("ComplaintId", "Name", "RegimeClock");

CREATE INDEX "IX_CommonAnswers_ById" ON "CommonAnswers" ("ById");

CREATE INDEX "IX_CommonAnswers_EndedAt" ON "CommonAnswers" ("EndedAt") WHERE "EndedAt" IS NULL;

CREATE INDEX "IX_CommonAnswers_ParentId" ON "CommonAnswers" ("ParentId");

CREATE INDEX "IX_Complaints_Ages" ON "Complaints" ("UnitId", "ReceivedAt", "State") WHERE "IsOpen";

CREATE INDEX "IX_Complaints_Approvals" ON "Complaints" ("QueueAt", "Id") WHERE "AwaitingApproval";

CREATE INDEX "IX_Complaints_ApprovalsByOwner" ON "Complaints" ("OwnerId", "QueueAt", "Id") WHERE "AwaitingApproval";

CREATE INDEX "IX_Complaints_ApprovalsByUnit" ON "Complaints" ("UnitId", "QueueAt", "Id") WHERE "AwaitingApproval";

CREATE INDEX "IX_Complaints_Comparable" ON "Complaints" ("CategoryId", "GrantedCurrency", "ClosedAt", "Id") WHERE "State" = 5 AND "GrantedMinor" IS NOT NULL;

CREATE INDEX "IX_Complaints_ComplainedAboutId" ON "Complaints" ("ComplainedAboutId") WHERE "ComplainedAboutId" IS NOT NULL;

CREATE INDEX "IX_Complaints_ContactPersonId" ON "Complaints" ("ContactPersonId") WHERE "ContactPersonId" IS NOT NULL;

CREATE INDEX "IX_Complaints_CustomerId_ReceivedAt" ON "Complaints" ("CustomerId", "ReceivedAt");

CREATE INDEX "IX_Complaints_CustomerOpen" ON "Complaints" ("CustomerId") WHERE "IsOpen";

CREATE INDEX "IX_Complaints_DecidedBefore" ON "Complaints" ("NextActionAt") WHERE "IsOpen" AND "DecidedBefore" IS NOT NULL;

CREATE INDEX "IX_Complaints_DuplicateOfId" ON "Complaints" ("DuplicateOfId") WHERE "DuplicateOfId" IS NOT NULL;

CREATE INDEX "IX_Complaints_KeptFrom" ON "Complaints" ("KeptFrom") WHERE "KeptFrom" IS NOT NULL;

CREATE INDEX "IX_Complaints_NextActionAt" ON "Complaints" ("NextActionAt") WHERE "NextActionAt" IS NOT NULL;

CREATE INDEX "IX_Complaints_OwnerId_QueueAt_Id" ON "Complaints" ("OwnerId", "QueueAt", "Id") WHERE "IsOpen";

CREATE INDEX "IX_Complaints_OwnerId_ReceivedAt_Id" ON "Complaints" ("OwnerId", "ReceivedAt", "Id");

CREATE INDEX "IX_Complaints_OwnerId_ResolvedAt_Id" ON "Complaints" ("OwnerId", "ResolvedAt", "Id") WHERE "ResolvedAt" IS NOT NULL;

CREATE INDEX "IX_Complaints_OwnerId_WaitingSince_Id" ON "Complaints" ("OwnerId", "WaitingSince", "Id") WHERE "WaitingSince" IS NOT NULL;

CREATE INDEX "IX_Complaints_ParentId_Id" ON "Complaints" ("ParentId", "Id") WHERE "ParentId" IS NOT NULL;

CREATE INDEX "IX_Complaints_Proposed" ON "Complaints" ("QueueAt", "Id") WHERE "ProposedById" IS NOT NULL;

CREATE INDEX "IX_Complaints_ProposedByOwner" ON "Complaints" ("OwnerId", "QueueAt", "Id") WHERE "ProposedById" IS NOT NULL;

CREATE INDEX "IX_Complaints_ProposedByUnit" ON "Complaints" ("UnitId", "QueueAt", "Id") WHERE "ProposedById" IS NOT NULL;

CREATE INDEX "IX_Complaints_QueueAt_Id" ON "Complaints" ("QueueAt", "Id") WHERE "IsOpen";

CREATE INDEX "IX_Complaints_ReceivedAt_Id" ON "Complaints" ("ReceivedAt", "Id");

CREATE UNIQUE INDEX "IX_Complaints_Reference" ON "Complaints" ("Reference");

CREATE INDEX "IX_Complaints_ResolvedAt_Id" ON "Complaints" ("ResolvedAt", "Id") WHERE "ResolvedAt" IS NOT NULL;

CREATE INDEX "IX_Complaints_RootCauseId" ON "Complaints" ("RootCauseId");

CREATE UNIQUE INDEX "IX_Complaints_SubmissionKey" ON "Complaints" ("SubmissionKey") WHERE "SubmissionKey" IS NOT NULL;

CREATE INDEX "IX_Complaints_Unassigned" ON "Complaints" ("QueueAt", "Id") WHERE "IsOpen" AND "OwnerId" IS NULL;

CREATE INDEX "IX_Complaints_UnassignedByUnit" ON "Complaints" ("UnitId", "QueueAt", "Id") WHERE "IsOpen" AND "OwnerId" IS NULL;

CREATE INDEX "IX_Complaints_UnitId_QueueAt_Id" ON "Complaints" ("UnitId", "QueueAt", "Id") WHERE "IsOpen";

CREATE INDEX "IX_Complaints_UnitId_ReceivedAt_Id" ON "Complaints" ("UnitId", "ReceivedAt", "Id");

CREATE INDEX "IX_Complaints_UnitId_ResolvedAt_Id" ON "Complaints" ("UnitId", "ResolvedAt", "Id") WHERE "ResolvedAt" IS NOT NULL;

CREATE INDEX "IX_Complaints_UnitId_WaitingSince_Id" ON "Complaints" ("UnitId", "WaitingSince", "Id") WHERE "WaitingSince" IS NOT NULL;

CREATE INDEX "IX_Complaints_WaitingSince_Id" ON "Complaints" ("WaitingSince", "Id") WHERE "WaitingSince" IS NOT NULL;

CREATE INDEX "IX_ComplaintWords_CustomerId" ON "ComplaintWords" ("CustomerId");

CREATE INDEX "IX_Consents_CustomerId" ON "Consents" ("CustomerId");

CREATE INDEX "IX_ContactPoints_CustomerId" ON "ContactPoints" ("CustomerId");

CREATE INDEX "IX_ContactPoints_Kind_Normalised" ON "ContactPoints" ("Kind", "Normalised");

CREATE INDEX "IX_CustomerContacts_ComplaintId" ON "CustomerContacts" ("ComplaintId");

CREATE INDEX "IX_CustomerContacts_CustomerId" ON "CustomerContacts" ("CustomerId");

CREATE INDEX "IX_CustomerExports_StaffId" ON "CustomerExports" ("StaffId");

CREATE INDEX "IX_CustomerKeys_ContactPointId" ON "CustomerKeys" ("ContactPointId");

CREATE INDEX "IX_CustomerKeys_CustomerId" ON "CustomerKeys" ("CustomerId");

CREATE INDEX "IX_CustomerKeys_Key_CustomerId" ON "CustomerKeys" ("Key", "CustomerId");

CREATE UNIQUE INDEX "IX_CustomerMergers_CustomerId" ON "CustomerMergers" ("CustomerId") WHERE "UndoneAt" IS NULL;

CREATE INDEX "IX_CustomerMergers_SurvivorId" ON "CustomerMergers" ("SurvivorId");

CREATE INDEX "IX_CustomerMoments_ComplaintId" ON "CustomerMoments" ("ComplaintId");

CREATE INDEX "IX_CustomerMoments_ContactId" ON "CustomerMoments" ("ContactId");

CREATE INDEX "IX_CustomerMoments_CustomerId_At_Id" ON "CustomerMoments" ("CustomerId", "At", "Id");

CREATE UNIQUE INDEX "IX_Customers_ExternalNumber" ON "Customers" ("ExternalNumber") WHERE "ExternalNumber" IS NOT NULL;

CREATE INDEX "IX_Customers_MergedIntoId" ON "Customers" ("MergedIntoId") WHERE "MergedIntoId" IS NOT NULL;

CREATE INDEX "IX_Customers_OrganisationId" ON "Customers" ("OrganisationId") WHERE "OrganisationId" IS NOT NULL;

CREATE INDEX "IX_CustomersApart_HighId" ON "CustomersApart" ("HighId");

CREATE INDEX "IX_Drafts_At" ON "Drafts" ("At");

CREATE INDEX "IX_Drafts_ComplaintId" ON "Drafts" ("ComplaintId");

CREATE UNIQUE INDEX "IX_Escalations_ComplaintId_Key" ON "Escalations" ("ComplaintId", "Key");

CREATE INDEX "IX_Escalations_Open" ON "Escalations" ("UnitId", "TakenAt", "RaisedAt") WHERE "EndedAt" IS NULL;

CREATE INDEX "IX_Escalations_RaisedAt" ON "Escalations" ("RaisedAt");

CREATE INDEX "IX_Escalations_TakenById" ON "Escalations" ("TakenById");

CREATE INDEX "IX_Escalations_ToldId" ON "Escalations" ("ToldId");

CREATE INDEX "IX_FileScans_Infected" ON "FileScans" ("State") WHERE "State" = 2;

CREATE INDEX "IX_FileScans_NextAt" ON "FileScans" ("NextAt") WHERE "NextAt" IS NOT NULL;

CREATE UNIQUE INDEX "IX_FileScans_Sha256" ON "FileScans" ("Sha256");

CREATE INDEX "IX_FollowUps_AskedAt" ON "FollowUps" ("AskedAt") WHERE "AskedAt" IS NOT NULL;

CREATE UNIQUE INDEX "IX_FollowUps_ComplaintId_Cycle_Touch" ON "FollowUps" ("ComplaintId", "Cycle", "Touch");

CREATE INDEX "IX_FollowUps_EndedAt_Id" ON "FollowUps" ("EndedAt", "Id") WHERE "NotAsked" IS NOT NULL;

CREATE INDEX "IX_FollowUps_NextAt" ON "FollowUps" ("NextAt") WHERE "NextAt" IS NOT NULL;

CREATE INDEX "IX_Grants_ComplaintId" ON "Grants" ("ComplaintId");

CREATE INDEX "IX_Grants_Owed" ON "Grants" ("DueAt", "Id") WHERE "IsOwed";

CREATE INDEX "IX_Grants_RequestId" ON "Grants" ("RequestId");

CREATE INDEX "IX_Grants_Settled" ON "Grants" ("SettledAt", "Id") WHERE "SettledAt" IS NOT NULL;

CREATE INDEX "IX_Grants_State" ON "Grants" ("State", "DueAt", "Id");

CREATE UNIQUE INDEX "IX_HeldFiles_MessageId_Part" ON "HeldFiles" ("MessageId", "Part");

CREATE INDEX "IX_ImportedRows_ComplaintId" ON "ImportedRows" ("ComplaintId");

CREATE INDEX "IX_ImportedRows_JobId_ComplaintId" ON "ImportedRows" ("JobId", "ComplaintId");

CREATE UNIQUE INDEX "IX_ImportedRows_SourceKey" ON "ImportedRows" ("SourceKey");

CREATE INDEX "IX_InMessages_ComplaintId" ON "InMessages" ("ComplaintId");

CREATE UNIQUE INDEX "IX_InMessages_Fingerprint" ON "InMessages" ("Fingerprint");

CREATE UNIQUE INDEX "IX_InMessages_Mailbox_UidValidity_Uid" ON "InMessages" ("Mailbox", "UidValidity", "Uid");

CREATE INDEX "IX_InMessages_State_Id" ON "InMessages" ("State", "Id") WHERE "State" <> 1;

CREATE INDEX "IX_Macros_OwnerId" ON "Macros" ("OwnerId");

CREATE INDEX "IX_Macros_UnitId" ON "Macros" ("UnitId");

CREATE UNIQUE INDEX "IX_Mailboxes_Name" ON "Mailboxes" ("Name");

CREATE INDEX "IX_Mailboxes_UnitId" ON "Mailboxes" ("UnitId");

CREATE INDEX "IX_Mergers_ById" ON "Mergers" ("ById");

CREATE UNIQUE INDEX "IX_Mergers_ComplaintId" ON "Mergers" ("ComplaintId") WHERE "UndoneAt" IS NULL;

CREATE INDEX "IX_Mergers_SurvivorId" ON "Mergers" ("SurvivorId");

CREATE INDEX "IX_Notices_At" ON "Notices" ("At");

CREATE INDEX "IX_Notices_MailDue" ON "Notices" ("MailAt") WHERE "MailAt" IS NOT NULL;

CREATE INDEX "IX_Notices_SecondLook" ON "Notices" ("ComplaintId") WHERE "Kind" = 9;

CREATE INDEX "IX_Notices_StaffId_Id" ON "Notices" ("StaffId", "Id");

CREATE INDEX "IX_Notices_Unseen" ON "Notices" ("StaffId") WHERE "SeenAt" IS NULL AND "OnPage";

CREATE INDEX "IX_Notices_UnseenOf" ON "Notices" ("ComplaintId") WHERE "SeenAt" IS NULL;

CREATE UNIQUE INDEX "IX_OneTimeCodes_Hash" ON "OneTimeCodes" ("Hash");

CREATE INDEX "IX_OutDeliveries_ForPeople" ON "OutDeliveries" ("State", "Id") WHERE "State" IN (3, 6, 7);

CREATE INDEX "IX_OutDeliveries_MessageId" ON "OutDeliveries" ("MessageId");

CREATE INDEX "IX_OutDeliveries_NextTryAt" ON "OutDeliveries" ("NextTryAt") WHERE "NextTryAt" IS NOT NULL;

CREATE INDEX "IX_OutDeliveries_Recipient" ON "OutDeliveries" ("Recipient");

CREATE INDEX "IX_OutDeliveries_Untold" ON "OutDeliveries" ("SettledAt") WHERE "SettledAt" IS NOT NULL AND "ToldAt" IS NULL;

CREATE INDEX "IX_OutFiles_MessageId" ON "OutFiles" ("MessageId");

CREATE INDEX "IX_OutMessages_ComplaintId_Id" ON "OutMessages" ("ComplaintId", "Id");

CREATE UNIQUE INDEX "IX_OutMessages_Key" ON "OutMessages" ("Key");

CREATE UNIQUE INDEX "IX_OutMessages_MessageId" ON "OutMessages" ("MessageId");

CREATE UNIQUE INDEX "IX_Participants_ComplaintId_Normalised" ON "Participants" ("ComplaintId", "Normalised");

CREATE INDEX "IX_Participants_Normalised" ON "Participants" ("Normalised");

CREATE INDEX "IX_Payments_GrantId" ON "Payments" ("GrantId");

CREATE INDEX "IX_Payments_PaidOn_Id" ON "Payments" ("PaidOn", "Id");

CREATE UNIQUE INDEX "IX_Payments_ReversesId" ON "Payments" ("ReversesId") WHERE "ReversesId" IS NOT NULL;

CREATE INDEX "IX_Phrases_UnitId" ON "Phrases" ("UnitId");

CREATE INDEX "IX_PhraseUses_MessageKey" ON "PhraseUses" ("MessageKey");

CREATE INDEX "IX_PhraseUses_PhraseId_ComplaintId" ON "PhraseUses" ("PhraseId", "ComplaintId");

CREATE INDEX "IX_Points_CategoryId" ON "Points" ("CategoryId");

CREATE UNIQUE INDEX "IX_Points_ComplaintId_Number" ON "Points" ("ComplaintId", "Number");

CREATE INDEX "IX_Points_RootCauseId" ON "Points" ("RootCauseId");

CREATE INDEX "IX_PolicyLines_PolicyId" ON "PolicyLines" ("PolicyId");

CREATE INDEX "IX_Promises_KeeperId" ON "Promises" ("KeeperId");

CREATE INDEX "IX_Promises_Open" ON "Promises" ("ComplaintId") WHERE "EndedAt" IS NULL;

CREATE INDEX "IX_Promises_TaskId" ON "Promises" ("TaskId");

CREATE INDEX "IX_Purchases_CustomerId" ON "Purchases" ("CustomerId");

CREATE INDEX "IX_Questionnaires_CategoryId" ON "Questionnaires" ("CategoryId");

CREATE INDEX "IX_Questionnaires_UnitId_CategoryId" ON "Questionnaires" ("UnitId", "CategoryId");

CREATE INDEX "IX_RefusedRows_JobId_Line" ON "RefusedRows" ("JobId", "Line");

CREATE INDEX "IX_RegimeAttachments_RegimeId" ON "RegimeAttachments" ("RegimeId");

CREATE INDEX "IX_RegimeClocks_RegimeId" ON "RegimeClocks" ("RegimeId");

CREATE INDEX "IX_RegimeDocuments_RegimeId" ON "RegimeDocuments" ("RegimeId");

CREATE INDEX "IX_Regimes_CalendarId" ON "Regimes" ("CalendarId");

CREATE UNIQUE INDEX "IX_Regimes_Key" ON "Regimes" ("Key");

CREATE UNIQUE INDEX "IX_RemedyLimits_Role_Seat_Currency_Tier" ON "RemedyLimits" ("Role", "Seat", "Currency", "Tier");

CREATE INDEX "IX_RootCauses_ParentId" ON "RootCauses" ("ParentId");

CREATE INDEX "IX_SavedViews_OwnerId" ON "SavedViews" ("OwnerId");

CREATE INDEX "IX_SavedViews_UnitId" ON "SavedViews" ("UnitId");

CREATE INDEX "IX_SettingsChanges_ById_Id" ON "SettingsChanges" ("ById", "Id");

CREATE INDEX "IX_SettingsChanges_Topic_Id" ON "SettingsChanges" ("Topic", "Id");

CREATE INDEX "IX_Staff_DelegateId" ON "Staff" ("DelegateId");

CREATE UNIQUE INDEX "IX_Staff_NormalizedEmail" ON "Staff" ("NormalizedEmail");

CREATE UNIQUE INDEX "IX_Staff_NormalizedUserName" ON "Staff" ("NormalizedUserName");

CREATE INDEX "IX_Staff_UnitId" ON "Staff" ("UnitId");

CREATE INDEX "IX_SurveyAnswers_ComplaintId" ON "SurveyAnswers" ("ComplaintId");

CREATE UNIQUE INDEX "IX_SurveyAnswers_FollowUpId" ON "SurveyAnswers" ("FollowUpId") WHERE "Current";

CREATE INDEX "IX_SurveyAnswers_UnitId_AnsweredAt" ON "SurveyAnswers" ("UnitId", "AnsweredAt") WHERE "Current";

CREATE UNIQUE INDEX "IX_Tags_Folded" ON "Tags" ("Folded");

CREATE INDEX "IX_TallyCells_StaleAt" ON "TallyCells" ("StaleAt") WHERE "StaleAt" IS NOT NULL;

CREATE INDEX "IX_Tasks_ComplaintId" ON "Tasks" ("ComplaintId");

CREATE INDEX "IX_Tasks_OpenByDue" ON "Tasks" ("DueAt", "Id") WHERE "DoneAt" IS NULL;

CREATE INDEX "IX_Tasks_OpenByOwner" ON "Tasks" ("OwnerId", "DueAt") WHERE "DoneAt" IS NULL;

CREATE INDEX "IX_Tasks_OpenByUnit" ON "Tasks" ("UnitId", "DueAt") WHERE "DoneAt" IS NULL;

CREATE UNIQUE INDEX "IX_Templates_Purpose_Language" ON "Templates" ("Purpose", "Language");

CREATE INDEX "IX_TierChanges_CustomerId" ON "TierChanges" ("CustomerId");

CREATE INDEX "IX_Units_ParentId" ON "Units" ("ParentId");

CREATE INDEX "IX_Units_Path" ON "Units" ("Path");

CREATE INDEX "IX_Watchers_StaffId" ON "Watchers" ("StaffId");

CREATE UNIQUE INDEX "IX_WorkFailures_Work_Subject" ON "WorkFailures" ("Work", "Subject");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123015123_Initial', '10.0.14');

COMMIT;

