using ClariBI.Charts.Charts;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Tests.Charts;

public sealed class CsvTests
{
    [Fact]
    public void Values_are_exact_and_fields_are_quoted_where_they_must_be()
    {
        var table = A.Table(
            TableShape.Categories, [A.Text("country"), A.Share("share", "Share, of all")], ["Côte \"d'Ivoire\"", 0.1], ["a,b\nc", Cell.Empty], ["plain", -1234.5]);

        Csv.Write(table).ShouldBe("Country,\"Share, of all\"\r\n\"Côte \"\"d'Ivoire\"\"\",0.1\r\n\"a,b\nc\",\r\nplain,-1234.5\r\n");
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("a=1", "a=1")]
    public void Text_that_a_spreadsheet_would_run_is_kept_text(string text, string expected) =>
        Csv.Write(A.Table(TableShape.Table, [A.Text("name")], [text])).ShouldBe($"Name\r\n{expected}\r\n");

    [Fact]
    public void A_header_is_text_too() =>
        Csv.Write(A.Table(TableShape.Table, [new Column("x", "=cmd", ColumnType.Text)])).ShouldBe("'=cmd\r\n");
}
