using Complaints.Language;

namespace Complaints.Settings;

/// <summary>What a setting is about: one for each page it is changed on.</summary>
public enum Topic
{
    [Words("Organisation", "单位信息")]
    Organisation = 0,

    [Words("Units", "部门/网点")]
    Units = 1,

    [Words("Staff", "员工")]
    Staff = 2,

    [Words("Calendars", "工作日历")]
    Calendars = 3,

    [Words("Deadlines", "时限")]
    Deadlines = 4,

    [Words("Regulators", "监管")]
    Regulators = 5,

    [Words("Escalation", "升级")]
    Escalation = 6,

    [Words("Follow-up", "回访")]
    FollowUp = 7,

    [Words("Questions and call script", "问卷与话术")]
    Questions = 8,

    [Words("Public form", "公开投诉表单")]
    PublicForm = 9,

    [Words("Categories", "投诉分类")]
    Categories = 10,

    [Words("Fields", "自定义字段")]
    Fields = 11,

    [Words("Root causes", "根本原因")]
    Causes = 12,

    [Words("Callers", "来电核实")]
    Callers = 13,

    [Words("Remedy limits", "补偿权限")]
    Limits = 14,

    [Words("Mail", "邮件")]
    Mail = 15,

    [Words("Mailboxes", "收件邮箱")]
    Mailboxes = 16,

    [Words("Files", "文件")]
    Files = 17,

    [Words("Customers", "客户")]
    Customers = 18,

    [Words("Receipts", "回执")]
    Receipts = 19,

    [Words("Templates", "模板")]
    Templates = 20,

    [Words("Phrase book", "常用语")]
    Phrases = 21,

    [Words("Writing adviser", "写作建议")]
    Advice = 22,

    [Words("Background work", "后台任务")]
    Work = 23,

    [Words("Tags", "标签")]
    Tags = 24,

    [Words("Shared macros", "共享宏")]
    Macros = 25,

    [Words("Checklists", "清单")]
    Checklists = 26,
}

/// <summary>What became of a setting.</summary>
public enum ChangeAct
{
    [Words("added", "新增")]
    Added = 0,

    [Words("changed", "修改")]
    Changed = 1,

    [Words("removed", "删除")]
    Removed = 2,
}

/// <summary>Who changed a setting.</summary>
public enum ChangedBy
{
    /// <summary>A member of staff, by a page.</summary>
    [Words("a person", "员工")]
    Person = 0,

    /// <summary>Nobody: the program by itself, or a page nobody is signed in to.</summary>
    [Words("the house itself", "系统")]
    House = 1,

    /// <summary>Whoever may start programs on the machine.</summary>
    [Words("the command line", "命令行")]
    CommandLine = 2,
}
