using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Customers;
using Complaints.Language;

namespace Complaints.Intake;

/// <summary>What a column of an imported file can mean.</summary>
public enum ImportField
{
    [Words("Number in the source", "原系统编号")]
    Key = 0,

    [Words("Received", "收到日期")]
    Received = 1,

    [Words("What happened", "投诉内容")]
    WhatHappened = 2,

    [Words("Summary", "摘要")]
    Summary = 3,

    [Words("What they want", "客户诉求")]
    Wanted = 4,

    [Words("Category or product", "类别或产品")]
    Category = 5,

    [Words("Sub-category or sub-product", "子类别或子产品")]
    SubCategory = 6,

    [Words("Issue", "问题")]
    Issue = 7,

    [Words("Sub-issue", "子问题")]
    SubIssue = 8,

    [Words("Customer's name", "客户姓名")]
    CustomerName = 9,

    [Words("Mail address", "邮箱")]
    Mail = 10,

    [Words("Phone", "电话")]
    Phone = 11,

    [Words("Postal code", "邮政编码")]
    PostalCode = 12,

    [Words("State or province", "省份或州")]
    Region = 13,

    [Words("Channel", "渠道")]
    Channel = 14,

    [Words("Severity", "严重程度")]
    Severity = 15,

    [Words("Unit", "部门")]
    Unit = 16,

    [Words("Status or answer", "状态或答复")]
    Status = 17,

    [Words("Closed", "关闭日期")]
    Closed = 18,

    [Words("Passed on", "转办日期")]
    PassedOn = 19,

    [Words("Answered in time?", "是否按时答复")]
    Timely = 20,

    [Words("Disputed?", "客户是否有异议")]
    Disputed = 21,

    [Words("Customer number", "客户编号")]
    CustomerNumber = 22,

    [Words("Contact person", "联系人")]
    ContactPerson = 23,

    [Words("Kind", "客户类型")]
    Kind = 24,

    [Words("Tier", "客户等级")]
    Tier = 25,

    [Words("Language", "语言")]
    Language = 26,

    [Words("Social handle", "社交账号")]
    Handle = 27,

    [Words("Time zone", "时区")]
    TimeZone = 28,

    [Words("Needs and preferences", "需求与偏好")]
    Notes = 29,
}

/// <summary>What a file holds.</summary>
public enum ImportWhat
{
    [Words("Complaints", "投诉")]
    Complaints = 0,

    [Words("Customers", "客户")]
    Customers = 1,
}

/// <summary>How a file is to be read: what each column means and where its complaints go.</summary>
public sealed record ImportPlan
{
    private static readonly JsonSerializerOptions _json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>What its rows are.</summary>
    public ImportWhat What { get; init; }

    /// <summary>What a column can mean in a file of that.</summary>
    public static IReadOnlyList<ImportField> FieldsOf(ImportWhat what) =>
        what == ImportWhat.Complaints
            ? [.. Enum.GetValues<ImportField>().Where(f => f <= ImportField.Disputed)]
            :
            [
                ImportField.CustomerNumber,
                ImportField.CustomerName,
                ImportField.ContactPerson,
                ImportField.Mail,
                ImportField.Phone,
                ImportField.Handle,
                ImportField.Kind,
                ImportField.Tier,
                ImportField.Language,
                ImportField.Channel,
                ImportField.PostalCode,
                ImportField.TimeZone,
                ImportField.Notes,
            ];

    /// <summary>Field to column header.</summary>
    public Dictionary<ImportField, string> Columns { get; init; } = [];

    /// <summary>The file's columns in their order.</summary>
    public List<string> Header { get; init; } = [];

    /// <summary>Name of the source: with the row's own number it tells rows already imported.</summary>
    public string Source { get; init; } = "";

    /// <summary>The unit complaints go to, unless a column names one.</summary>
    public long UnitId { get; init; }

    /// <summary>The channel when no column names one.</summary>
    public Channel Channel { get; init; } = Channel.Letter;

    /// <summary>As <see cref="ImportFile.EncodingOf"/> names it.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Between columns.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>As kept on the job.</summary>
    public string Write() => JsonSerializer.Serialize(this, _json);

    /// <summary>The plan again.</summary>
    public static ImportPlan Read(string json) => JsonSerializer.Deserialize<ImportPlan>(json, _json) ?? new ImportPlan();

    /// <summary>Reads a file given to the command: <c>{ "Received": "Date received", … }</c>.</summary>
    /// <exception cref="Refusal">It is no such JSON.</exception>
    public static Dictionary<ImportField, string> ReadColumns(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<ImportField, string>>(json, _json) ?? [];
        }
        catch (JsonException)
        {
            throw new Refusal(
                "The map is not understood. Write JSON such as {0}; the fields are: {1}.",
                "{ \"Received\": \"Date received\" }",
                string.Join(", ", Enum.GetNames<ImportField>())
            );
        }
    }

    /// <summary>Refuses a plan that cannot work for that header.</summary>
    /// <exception cref="Refusal">A column is missing or a required field has none.</exception>
    public void Check(IReadOnlyList<string> header)
    {
        foreach (var (field, column) in Columns)
        {
            if (!header.Contains(column, StringComparer.OrdinalIgnoreCase))
            {
                throw new Refusal(
                    new Sentence("The file has no column “{0}” for {1}. Choose another or leave it out.", column, field),
                    field.ToString()
                );
            }
        }

        if (What == ImportWhat.Customers)
        {
            CheckCustomers();
            return;
        }

        if (!Columns.ContainsKey(ImportField.Received))
        {
            throw new Refusal(new Sentence("Say which column holds the date of receipt."), nameof(ImportField.Received));
        }

        ImportField[] what = [ImportField.WhatHappened, ImportField.Issue, ImportField.Category, ImportField.Summary];
        if (!Array.Exists(what, Columns.ContainsKey))
        {
            throw new Refusal(
                new Sentence("Say which column tells what happened; an issue, a category or a summary will do."),
                nameof(ImportField.WhatHappened)
            );
        }
    }

    private void CheckCustomers()
    {
        if (!Columns.ContainsKey(ImportField.CustomerName))
        {
            throw new Refusal(new Sentence("Say which column holds the customer's name."), nameof(ImportField.CustomerName));
        }

        ImportField[] keys = [ImportField.CustomerNumber, ImportField.Mail, ImportField.Phone, ImportField.Handle];
        if (!Array.Exists(keys, Columns.ContainsKey))
        {
            throw new Refusal(
                new Sentence("Say which column tells customers apart: their number, mail address, phone or handle."),
                nameof(ImportField.CustomerNumber)
            );
        }
    }
}
