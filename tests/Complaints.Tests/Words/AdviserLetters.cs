using Complaints.Language;

namespace Complaints.Tests.Words;

/// <summary>A letter and what the adviser must say of it, in the order of the text: “Kind: words found”.</summary>
internal sealed record AdvisedLetter(
    string Name,
    string Language,
    string Text,
    string[] Expected,
    bool Apologizing = false,
    bool ShortfallNamed = false
);

/// <summary>Letters of our own invention, to Grace Okafor and to 王芳, about C-26-00482-7.</summary>
internal static class AdviserLetters
{
    internal static readonly AdvisedLetter[] All =
    [
        // English: letters that are fine.
        new(
            "a good first answer",
            Tongue.English,
            """
            Dear Ms Okafor,

            Thank you for your patience. I have read everything you wrote to us, so you need not start again. I will call you by Tuesday 10:00 and tell you what the night manager says.

            Your reference is C-26-00482-7. Would you tell me which of the two rooms you stayed in?
            """,
            []
        ),
        new(
            "a good apology",
            Tongue.English,
            """
            Dear Grace Okafor,

            I am sorry. We promised you a quiet room and gave you one above the kitchen, and you had to ask three times before anybody moved you. That should not have happened.
            """,
            [],
            Apologizing: true
        ),
        new(
            "a good refusal",
            Tongue.English,
            "Hello Grace,\n\nWe cannot change the terms of the fare any more. What I can do is refund the fee for the change and keep your seats. Would you like that?",
            []
        ),
        new(
            "a good answer with a date",
            Tongue.English,
            "We will refund the 860.00 pounds within three working days, and I will write to you on Friday to ask whether it has arrived. You should have received the invoice this morning; it is attached to this mail.",
            []
        ),
        new(
            "an apology with the shortfall beside it",
            Tongue.English,
            "I am sorry. I understand what this evening meant to you.",
            [],
            Apologizing: true,
            ShortfallNamed: true
        ),
        // English: letters that are not.
        new("kept waiting", Tongue.English, "Sorry to keep you waiting. Here is our answer.", ["Blunt: Sorry to keep you waiting"]),
        new(
            "kept waiting, while apologizing",
            Tongue.English,
            "Sorry to keep you waiting: we promised an answer on Monday and gave it on Thursday.",
            [],
            Apologizing: true
        ),
        new("a name asked for", Tongue.English, "Hello. What’s your name? Then I can look.", ["Blunt: What’s your name"]),
        new(
            "a colleague run down",
            Tongue.English,
            "You're right, that department is awful. We hear it every week.",
            ["Blunt: You're right, that department is awful"]
        ),
        new(
            "calm down",
            Tongue.English,
            "Please calm down, that is not my problem.",
            ["Blunt: calm down", "Blunt: that is not my problem"]
        ),
        new(
            "blame",
            Tongue.English,
            "You should have told the front desk at once, and you failed to keep the receipt.",
            ["Blame: You should have", "Blame: you failed to"]
        ),
        new(
            "a bare refusal",
            Tongue.English,
            "We have looked at it again.\n\nWe cannot refund the fee. Kind regards",
            ["Refusal: We cannot"]
        ),
        new("nothing we can do", Tongue.English, "There is nothing we can do.", ["Refusal: There is nothing we can do"]),
        new(
            "jargon",
            Tongue.English,
            "Your ticket missed its SLA because the PNR was wrong.",
            ["Jargon: ticket", "Jargon: SLA", "Jargon: PNR"]
        ),
        new(
            "an empty apology",
            Tongue.English,
            "We apologize for any inconvenience. Kind regards",
            ["Apology: We apologize"],
            Apologizing: true
        ),
        new(
            "promises without a day",
            Tongue.English,
            "We will look into it and get back to you. I will call you as soon as possible.",
            ["Promise: get back to you", "Promise: as soon as possible"]
        ),
        new(
            "places left open",
            Tongue.English,
            "Dear {{customer}},\n\nWe promised you [what was promised]. It costs XXX pounds, signed ____.",
            ["Placeholder: {{customer}}", "Placeholder: [what was promised]", "Placeholder: XXX", "Placeholder: ____"]
        ),
        new(
            "somebody else's data",
            Tongue.English,
            "The room was given to C-26-00911-1; write to ivar@customer.example or ring 020 7946 0099.",
            ["SomebodyElse: C-26-00911-1", "SomebodyElse: ivar@customer.example", "SomebodyElse: 020 7946 0099"]
        ),
        new("a name spelled wrong", Tongue.English, "Dear Ms Okafer,\n\nthe bill is attached.", ["Name: Okafer"]),
        new("a name spelled wrong inside", Tongue.English, "The booking of Mrs Okafro is found.", ["Name: Okafro"]),
        new("somebody else greeted", Tongue.English, "Hello Ivar,\n\nthe bill is attached.", ["Name: Ivar"]),
        new("nobody greeted by name", Tongue.English, "Dear Sir or Madam,\n\nthe bill is attached.", []),
        // Chinese: letters that are fine.
        new(
            "得体的首次答复",
            Tongue.Chinese,
            "王女士，您好：\n\n非常感谢您的耐心等待。您反映的情况我已经全部看过，不需要您从头再说。我会在周二上午10点前给您回电，告诉您核实结果。您的投诉编号是 C-26-00482-7。",
            []
        ),
        new(
            "得体的致歉",
            Tongue.Chinese,
            "王芳女士，您好：\n\n对不起，我们答应过给您安排安静的房间，却没有做到，让您反映了三次才有人处理。",
            [],
            Apologizing: true
        ),
        new("得体的拒绝", Tongue.Chinese, "条款本身我无法更改，不过我可以为您退还这笔费用，并说明它是怎么产生的。", []),
        new("有时限的承诺", Tongue.Chinese, "退款860.00元，我们会在3个工作日内退还到您的银行卡。到账后请您告诉我们一声。", []),
        new("另填了不足之处", Tongue.Chinese, "非常抱歉，我理解那一晚对您有多重要。", [], Apologizing: true, ShortfallNamed: true),
        // Chinese: letters that are not.
        new("久等", Tongue.Chinese, "很抱歉让你久等，现在答复如下。", ["Blunt: 很抱歉让你久等"]),
        new("问姓名", Tongue.Chinese, "你的名字叫什么？我查一下。", ["Blunt: 你的名字叫什么"]),
        new("贬低同事", Tongue.Chinese, "你说得不错，这个部门表现很差，我们也没少说。", ["Blunt: 你说得不错，这个部门表现很差"]),
        new("命令口气", Tongue.Chinese, "请您冷静，这不归我管。", ["Blunt: 请您冷静", "Blunt: 这不归我管"]),
        new("指责客户", Tongue.Chinese, "你应该当天就告诉前台，是你自己没有保留小票。", ["Blame: 你应该", "Blame: 是你自己"]),
        new("只有拒绝", Tongue.Chinese, "经核实，我们无法退还这笔费用。特此告知。", ["Refusal: 我们无法"]),
        new("公司规定", Tongue.Chinese, "这是公司规定。", ["Refusal: 公司规定"]),
        new("行业术语", Tongue.Chinese, "您的工单已经闭环。", ["Jargon: 工单", "Jargon: 闭环"]),
        new("空泛致歉", Tongue.Chinese, "给您带来不便，我们深表歉意。", ["Apology: 歉意"], Apologizing: true),
        new("没有时间的承诺", Tongue.Chinese, "我们会尽快处理。有结果会给您回电。", ["Promise: 尽快", "Promise: 会给您回电"]),
        new(
            "未填写",
            Tongue.Chinese,
            "{{customer}}，您好：我们答应过您［承诺的事项］，却没有做到。",
            ["Placeholder: {{customer}}", "Placeholder: ［承诺的事项］"]
        ),
        new(
            "他人信息",
            Tongue.Chinese,
            "那间房已给了C-26-00911-1的客人，可写信至 ivar@customer.example。",
            ["SomebodyElse: C-26-00911-1", "SomebodyElse: ivar@customer.example"]
        ),
        new("姓名写错", Tongue.Chinese, "尊敬的王方女士，您好：账单见附件。", ["Name: 王方"]),
        new("文中姓名写错", Tongue.Chinese, "账单见附件，请王方女士核对。", ["Name: 王方"]),
        new("称呼了别人", Tongue.Chinese, "李先生，您好：账单见附件。", ["Name: 李"]),
        new("统称", Tongue.Chinese, "尊敬的客户，您好：账单见附件。", []),
    ];
}
