namespace Complaints.Mail.Wire;

/// <summary>The words mail programs put over quotations and under answers, in the languages of our customers and their neighbours.</summary>
internal static class QuoteWords
{
    /// <summary>Ends of the line over a quotation.</summary>
    public static readonly string[] Wrote =
    [
        "wrote",
        "writes",
        "写道",
        "寫道",
        "schrieb",
        "a écrit",
        "escribió",
        "ha scritto",
        "escreveu",
        "написал",
        "написал(а)",
        "написала",
        "пишет",
        "書きました",
        "のメール",
        "作成",
    ];

    /// <summary>The same where the name follows: "Am 9.3.2026 um 9:05 schrieb Desk:".</summary>
    public static readonly string[] WroteThen = [" schrieb ", " schreef ", " skrev ", " napisał", " kirjoitti ", " a écrit ", " wrote "];

    /// <summary>Somebody speaks of their own letter.</summary>
    public static readonly string[] Myself =
    [
        " i wrote",
        " we wrote",
        " schrieb ich",
        " schrieben wir",
        " j'ai écrit",
        " escribí",
        "我写道",
        "我寫道",
    ];

    /// <summary>Beginnings of the line over a quotation.</summary>
    public static readonly string[] Openings =
    [
        "On ",
        "At ",
        "在",
        "于",
        "於",
        "Am ",
        "Le ",
        "El ",
        "Il ",
        "Em ",
        "Op ",
        "Den ",
        "W dniu ",
    ];

    /// <summary>What stands between two runs of dashes.</summary>
    public static readonly string[] Original =
    [
        "original message",
        "original appointment",
        "forwarded message",
        "reply message",
        "replied message",
        "原始邮件",
        "原始郵件",
        "原始信件",
        "转发邮件",
        "转发的邮件",
        "转发邮件信息",
        "轉寄郵件",
        "回复的原邮件",
        "回复邮件",
        "原邮件",
        "ursprüngliche nachricht",
        "originalnachricht",
        "original-nachricht",
        "weitergeleitete nachricht",
        "message d'origine",
        "message original",
        "message transféré",
        "mensaje original",
        "mensaje reenviado",
        "mensagem original",
        "messaggio originale",
        "исходное сообщение",
        "пересылаемое сообщение",
        "元のメッセージ",
        "転送メッセージ",
    ];

    /// <summary>Lines of their own over a forwarded mail.</summary>
    public static readonly string[] Begins =
    [
        "begin forwarded message:",
        "开始转发的邮件:",
        "开始转发邮件:",
        "anfang der weitergeleiteten nachricht:",
        "début du message réexpédié:",
        "inicio del mensaje reenviado:",
        "転送されたメッセージ:",
    ];

    /// <summary>The sender's line of the headers over the old mail.</summary>
    public static readonly string[] Senders =
    [
        "from:",
        "发件人:",
        "寄件者:",
        "寄件人:",
        "von:",
        "de:",
        "da:",
        "van:",
        "от:",
        "差出人:",
        "送信者:",
    ];

    /// <summary>All lines of those headers.</summary>
    public static readonly string[] Fields =
    [
        .. Senders,
        "sent:",
        "date:",
        "to:",
        "subject:",
        "cc:",
        "reply-to:",
        "发送时间:",
        "发送日期:",
        "收件人:",
        "抄送:",
        "抄送人:",
        "主题:",
        "日期:",
        "时间:",
        "寄件日期:",
        "收件者:",
        "副本:",
        "主旨:",
        "gesendet:",
        "datum:",
        "an:",
        "betreff:",
        "envoyé:",
        "à:",
        "objet:",
        "enviado:",
        "enviado el:",
        "fecha:",
        "para:",
        "asunto:",
        "enviada em:",
        "data:",
        "assunto:",
        "inviato:",
        "oggetto:",
        "verzonden:",
        "aan:",
        "onderwerp:",
        "отправлено:",
        "дата:",
        "кому:",
        "тема:",
        "копия:",
        "送信日時:",
        "日時:",
        "宛先:",
        "件名:",
    ];

    /// <summary>Beginnings of the line a device or program puts under what it sends.</summary>
    public static readonly string[] Devices =
    [
        "sent from ",
        "sent via ",
        "sent with ",
        "sent using ",
        "get outlook for ",
        "发自我的",
        "發自我的",
        "发自 ",
        "发自网易",
        "发自新浪",
        "发自qq",
        "发自手机",
        "发自iphone",
        "來自我的",
        "来自我的",
        "发送自",
        "获取outlook",
        "获取 outlook",
        "取得 outlook",
        "从我的",
        "从 windows",
        "使用网易邮箱",
        "签名由网易邮箱",
        "von meinem ",
        "gesendet von ",
        "gesendet mit ",
        "outlook für ",
        "envoyé de mon ",
        "envoyé depuis ",
        "envoyé à partir d",
        "télécharger outlook",
        "enviado desde ",
        "enviado do meu ",
        "inviato da ",
        "отправлено с ",
        "iphoneから送信",
        "ipadから送信",
    ];
}
