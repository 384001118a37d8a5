using Complaints.Language;

namespace Complaints.Data;

/// <summary>Kinds of files as people speak of them, each told by the content and never by the name alone; what can be blocked.</summary>
public enum FileClass
{
    [Words("program", "程序")]
    Program = 0,

    [Words("shortcut", "快捷方式")]
    Shortcut = 1,

    [Words("Java program", "Java 程序")]
    Java = 2,

    [Words("Android app", "安卓应用")]
    Android = 3,

    [Words("script", "脚本")]
    Script = 4,

    [Words("web page", "网页")]
    WebPage = 5,

    [Words("SVG drawing", "SVG 图形")]
    Svg = 6,

    [Words("packed archive", "压缩包")]
    Archive = 7,

    [Words("old Office file", "旧版 Office 文件")]
    OldOffice = 8,
}

/// <summary>Which class a type belongs to. Pure.</summary>
public static class FileClasses
{
    /// <summary>The class of a MIME type in lower case; null for all that is in none.</summary>
    public static FileClass? Of(string? type) =>
        type switch
        {
            "application/x-msdownload" or "application/x-executable" or "application/x-mach-binary" or "application/x-msi" =>
                FileClass.Program,
            "application/x-ms-shortcut" => FileClass.Shortcut,
            "application/java-archive" => FileClass.Java,
            "application/vnd.android.package-archive" => FileClass.Android,
            "application/x-sh" or "application/x-script" or "text/javascript" => FileClass.Script,
            "text/html" => FileClass.WebPage,
            "image/svg+xml" => FileClass.Svg,
            "application/zip" or "application/vnd.rar" or "application/x-7z-compressed" or "application/gzip" => FileClass.Archive,
            "application/x-ole-storage" or "application/msword" => FileClass.OldOffice,
            _ when type?.StartsWith("application/vnd.ms-", StringComparison.Ordinal) == true => FileClass.OldOffice,
            _ => null,
        };
}
