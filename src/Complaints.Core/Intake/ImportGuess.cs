using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Complaints.Customers;

namespace Complaints.Intake;

/// <summary>Guesses what columns mean from their names, in both languages and as the US consumer bureau's export names them. Pure.</summary>
public static class ImportGuess
{
    // Names as reduced by Plain. Earlier ones win, so the plain word comes before its look-alikes.
    private static readonly Dictionary<ImportField, string[]> _names = new()
    {
        [ImportField.Key] =
        [
            "complaintid",
            "caseid",
            "caseno",
            "casenumber",
            "ticket",
            "ticketid",
            "reference",
            "id",
            "投诉编号",
            "工单编号",
            "工单号",
            "案件编号",
            "编号",
            "单号",
        ],
        [ImportField.Received] =
        [
            "datereceived",
            "received",
            "receivedat",
            "receiveddate",
            "complaintdate",
            "created",
            "createdat",
            "opened",
            "date",
            "收到日期",
            "收到时间",
            "投诉日期",
            "投诉时间",
            "受理日期",
            "受理时间",
            "登记日期",
            "登记时间",
            "日期",
        ],
        [ImportField.WhatHappened] =
        [
            "consumercomplaintnarrative",
            "narrative",
            "description",
            "whathappened",
            "complaint",
            "details",
            "text",
            "body",
            "投诉内容",
            "投诉描述",
            "问题描述",
            "内容",
            "详情",
            "经过",
        ],
        [ImportField.Summary] = ["summary", "subject", "title", "摘要", "标题", "主题"],
        [ImportField.Wanted] = ["desiredoutcome", "wanted", "whattheywant", "demand", "客户诉求", "诉求", "要求"],
        [ImportField.Category] = ["product", "category", "类别", "产品", "投诉类别", "投诉类型", "产品类别", "一级分类"],
        [ImportField.SubCategory] = ["subproduct", "subcategory", "子类别", "子产品", "二级分类"],
        [ImportField.Issue] = ["issue", "problem", "问题", "问题类型"],
        [ImportField.SubIssue] = ["subissue", "子问题"],
        [ImportField.CustomerName] =
        [
            "customer",
            "customername",
            "name",
            "consumer",
            "complainant",
            "客户",
            "客户姓名",
            "姓名",
            "投诉人",
            "客户名称",
        ],
        [ImportField.Mail] = ["email", "mail", "emailaddress", "mailaddress", "邮箱", "电子邮箱", "电子邮件"],
        [ImportField.Phone] = ["phone", "telephone", "mobile", "phonenumber", "电话", "手机", "手机号", "联系电话", "联系方式"],
        [ImportField.PostalCode] = ["zipcode", "zip", "postalcode", "postcode", "邮编", "邮政编码"],
        [ImportField.Region] = ["state", "province", "region", "省份", "省", "地区", "州"],
        [ImportField.Channel] = ["submittedvia", "channel", "source", "渠道", "来源", "投诉渠道"],
        [ImportField.Severity] = ["severity", "priority", "严重程度", "优先级", "紧急程度"],
        [ImportField.Unit] = ["unit", "branch", "department", "部门", "网点", "分公司", "门店"],
        [ImportField.Status] = ["companyresponsetoconsumer", "companyresponse", "status", "状态", "处理状态", "处理结果", "答复"],
        [ImportField.Closed] =
        [
            "closed",
            "closedat",
            "dateclosed",
            "closeddate",
            "resolved",
            "resolvedat",
            "关闭日期",
            "关闭时间",
            "办结日期",
            "办结时间",
            "结案日期",
        ],
        [ImportField.PassedOn] = ["datesenttocompany", "passedon", "forwarded", "转办日期", "转办时间"],
        [ImportField.Timely] = ["timelyresponse", "timely", "intime", "是否按时", "是否按时答复"],
        [ImportField.Disputed] = ["consumerdisputed", "disputed", "是否有异议", "客户是否有异议"],
    };

    private static readonly Dictionary<ImportField, string[]> _ofCustomers = new()
    {
        [ImportField.CustomerNumber] =
        [
            "customernumber",
            "customerno",
            "customerid",
            "number",
            "id",
            "客户编号",
            "客户号",
            "会员号",
            "编号",
        ],
        [ImportField.CustomerName] =
        [
            "name",
            "customername",
            "customer",
            "fullname",
            "company",
            "姓名",
            "客户姓名",
            "客户名称",
            "名称",
            "客户",
            "公司名称",
        ],
        [ImportField.ContactPerson] = ["contactperson", "contact", "联系人"],
        [ImportField.Mail] = ["mail", "email", "emailaddress", "mailaddress", "邮箱", "电子邮箱", "电子邮件"],
        [ImportField.Phone] = ["phone", "telephone", "mobile", "phonenumber", "电话", "手机", "手机号", "联系电话"],
        [ImportField.Handle] = ["handle", "social", "socialhandle", "社交账号", "微信", "微信号", "微博"],
        [ImportField.Kind] = ["kind", "type", "customertype", "客户类型", "类型"],
        [ImportField.Tier] = ["tier", "level", "segment", "等级", "客户等级"],
        [ImportField.Language] = ["language", "语言"],
        [ImportField.Channel] = ["preferredchannel", "prefers", "channel", "首选渠道", "偏好渠道", "渠道"],
        [ImportField.PostalCode] = ["postalcode", "postcode", "zip", "zipcode", "邮编", "邮政编码"],
        [ImportField.TimeZone] = ["timezone", "时区"],
        [ImportField.Notes] = ["needsandpreferences", "notes", "remarks", "需求与偏好", "备注"],
    };

    /// <summary>The columns that can be guessed; each column is used once.</summary>
    public static Dictionary<ImportField, string> Columns(IReadOnlyList<string> header, ImportWhat what = ImportWhat.Complaints)
    {
        var free = header.Where(h => h.Length > 0).ToList();
        var found = new Dictionary<ImportField, string>();
        foreach (var (field, names) in what == ImportWhat.Customers ? _ofCustomers : _names)
        {
            var column = names.Select(n => free.Find(h => Plain(h) == n)).FirstOrDefault(h => h is not null);
            if (column is not null)
            {
                found[field] = column;
                free.Remove(column);
            }
        }

        return found;
    }

    /// <summary>A whole plan for a file of that header.</summary>
    public static ImportPlan Plan(
        IReadOnlyList<string> header,
        string encoding,
        char separator,
        long unitId,
        ImportWhat what = ImportWhat.Complaints
    )
    {
        var columns = Columns(header, what);
        var bureau = columns.ContainsKey(ImportField.PassedOn) && columns.ContainsKey(ImportField.Timely);
        return new ImportPlan
        {
            What = what,
            Columns = columns,
            Header = [.. header],
            Source = bureau ? "cfpb" : HeaderHash(header)[..8],
            UnitId = unitId,
            Channel = bureau ? Channel.Regulator : Channel.Letter,
            Encoding = encoding,
            Separator = separator,
        };
    }

    /// <summary>What the columns last chosen are remembered by: SHA-256 of the header and of what the rows are, hex.</summary>
    public static string HeaderHash(IReadOnlyList<string> header, ImportWhat what = ImportWhat.Complaints) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Join('\u001f', what == ImportWhat.Complaints ? header : [.. header, what.ToString()]))
            )
        );

    private static string Plain(string header) =>
        new([
            .. header
                .Normalize(NormalizationForm.FormKC)
                .Where(char.IsLetterOrDigit)
                .Select(c => char.ToLower(c, CultureInfo.InvariantCulture)),
        ]);
}
