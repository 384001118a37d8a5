using Complaints.Language;

namespace Complaints.Deadlines;

/// <summary>How bad it is. A public complaint counts one step higher.</summary>
public enum Severity
{
    [Words("Low", "低")]
    Low = 0,

    [Words("Normal", "一般")]
    Normal = 1,

    [Words("High", "高")]
    High = 2,

    [Words("Critical", "紧急")]
    Critical = 3,
}

/// <summary>What a clock measures. The house's own steps first; the regulator's clocks beside them.</summary>
public enum ClockName
{
    [Words("Acknowledge", "响应")]
    Acknowledge = 0,

    [Words("Apologize", "致歉")]
    Apologize = 1,

    [Words("Resolve", "解决")]
    Resolve = 2,

    [Words("Follow-up call", "回访电话")]
    FollowUp = 3,

    [Words("Regulator", "监管")]
    Regime = 4,
}

/// <summary>Where a clock stands.</summary>
public enum ClockState
{
    [Words("Running", "计时中")]
    Running = 0,

    [Words("Paused", "已暂停")]
    Paused = 1,

    [Words("Stopped", "已停止")]
    Stopped = 2,

    [Words("Ended without being met", "未完成即结束")]
    Cancelled = 3,
}
