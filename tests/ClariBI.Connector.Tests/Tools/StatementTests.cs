using System.Text.Json;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Tests.Tools;

public sealed class StatementTests
{
    [Theory]
    [InlineData("sql", "SELECT * FROM orders WHERE state = 'delete; drop'")]
    [InlineData("sql", "select 1;")]
    [InlineData("sql", "/* update */ SELECT a -- delete\nFROM t")]
    [InlineData("sql", "WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("sql", "EXPLAIN SELECT 1")]
    [InlineData("sql", "SHOW CREATE TABLE t")]
    [InlineData("sql", "SELECT REPLACE(a, 'x', 'y') FROM t")]
    [InlineData("query", "how do I update a row and delete from the list")]
    [InlineData("query", "sum(rate(http_requests_total[5m]))")]
    [InlineData("query", "query { user { name } }")]
    [InlineData("query", "project = X AND status changed to Done")]
    [InlineData("name", "DELETE FROM orders")]
    public void A_statement_that_reads_passes(string argument, string text) => Statements.Reads(argument, text).ShouldBeTrue();

    [Theory]
    [InlineData("sql", "DELETE FROM orders")]
    [InlineData("sql", "SELECT 1; DROP TABLE orders")]
    [InlineData("sql", "WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x")]
    [InlineData("sql", "SELECT * INTO copy FROM orders")]
    [InlineData("sql", "EXPLAIN ANALYZE DELETE FROM orders")]
    [InlineData("sql", "SELECT/**/1/**/;/**/UPDATE t SET a = 1")]
    [InlineData("sql", "/*! DELETE FROM t */ SELECT 1")]
    [InlineData("sql", "SELECT setval('s', 1)")]
    [InlineData("sql", "whatever this is")]
    [InlineData("query", "delete from orders where 1=1")]
    [InlineData("query", "UPDATE orders SET paid = true")]
    [InlineData("query", "MATCH (n) DETACH DELETE n")]
    [InlineData("query", "mutation { deleteUser(id: 1) { id } }")]
    [InlineData("query", "SELECT 1 FROM t; TRUNCATE t")]
    public void A_statement_that_may_write_is_refused(string argument, string text) => Statements.Reads(argument, text).ShouldBeFalse();

    [Fact]
    public void It_is_looked_for_at_any_depth()
    {
        var tool = new PublishedTool("query_things", null, null, JsonSerializer.SerializeToElement(new { }), true, null, null);
        var verdict = new ToolVerdict(Verdict.Allowed, PolicyLayer.Annotations, "");

        CallPolicy.Judge(tool, verdict, """{"steps":[{"sql":"SELECT 1"}]}""", out _).ShouldBeNull();
        CallPolicy.Judge(tool, verdict, """{"steps":[{"sql":["SELECT 1","DROP TABLE t"]}]}""", out _).ShouldNotBeNull();
    }
}
