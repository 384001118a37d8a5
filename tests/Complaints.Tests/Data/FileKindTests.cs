using System.Text;
using Complaints.Data;

namespace Complaints.Tests.Data;

public sealed class FileKindTests
{
    [Theory]
    [InlineData("%PDF-1.7", "x.exe", "image/png", "application/pdf", FileDanger.None)]
    [InlineData("\u0089PNG\r\n\u001a\n", "x", "", "image/png", FileDanger.None)]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "x.png", "image/png", "image/jpeg", FileDanger.None)]
    [InlineData("GIF89a", "x", "", "image/gif", FileDanger.None)]
    [InlineData("RIFF____WEBPVP8 ", "x", "", "image/webp", FileDanger.None)]
    [InlineData("MZ\u0090\0\u0003\0\0\0", "invoice.pdf", "application/pdf", "application/x-msdownload", FileDanger.Runs)]
    [InlineData("MZ is where we met", "x.txt", "text/plain", "text/plain", FileDanger.None)]
    [InlineData("\u007fELF\u0002", "x", "", "application/x-executable", FileDanger.Runs)]
    [InlineData("#!/bin/sh\n", "x.txt", "text/plain", "application/x-sh", FileDanger.Runs)]
    [InlineData(
        "PK\u0003\u0004....[Content_Types].xml...word/document.xml",
        "x",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileDanger.None
    )]
    [InlineData("PK\u0003\u0004....META-INF/MANIFEST.MF", "x.zip", "application/zip", "application/java-archive", FileDanger.Runs)]
    [InlineData(
        "PK\u0003\u0004........................mimetypeapplication/vnd.oasis.opendocument.textPK",
        "x",
        "",
        "application/vnd.oasis.opendocument.text",
        FileDanger.None
    )]
    [InlineData("PK\u0003\u0004....a.txt", "x", "", "application/zip", FileDanger.None)]
    [InlineData("\u00ef\u00bb\u00bf <!DOCTYPE html><p>", "x.txt", "text/plain", "text/html", FileDanger.Active)]
    [InlineData("<?xml version='1.0'?><svg xmlns='x'>", "x.png", "image/png", "image/svg+xml", FileDanger.Active)]
    [InlineData("alert(1)", "x.JS", "text/plain", "text/javascript", FileDanger.Active)]
    [InlineData("@echo off", "x.bat", "text/plain", "application/x-script", FileDanger.Runs)]
    [InlineData("just words", "x.pdf", "application/pdf", "application/octet-stream", FileDanger.None)]
    [InlineData("a;b\n1;2", "x.csv", "Text/CSV; charset=utf-8", "text/csv", FileDanger.None)]
    [InlineData("anything", "x", "not a type", "application/octet-stream", FileDanger.None)]
    [InlineData("", "", "", "application/octet-stream", FileDanger.None)]
    public void A_file_is_what_its_content_says(string start, string name, string declared, string type, FileDanger danger) =>
        Assert.Equal(new FileKind(type, danger), FileKind.Of(Encoding.Latin1.GetBytes(start), name, declared));
}
