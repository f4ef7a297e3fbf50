using System.Text;
using System.Text.Json;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Calls.Results;

/// <param name="Left">Rows that were left out; 0: none.</param>
/// <param name="Total">Rows there were; 0 where nothing was cut.</param>
internal sealed record ShapedResult(string Text, bool IsError, int Left, int Total, int Bytes, string? LeftOut);

/// <summary>The result does not have the form that its tool publishes.</summary>
internal sealed class ResultNotAsPublishedException() : Exception("The result does not have the form that its tool publishes.");

/// <summary>Makes of what the vendor sent what is passed on: one text, checked, visible, with no more rows and bytes than allowed.</summary>
internal static class ResultShaping
{
    /// <exception cref="ResultNotAsPublishedException">Neither its structured content nor its text follows the tool's output schema.</exception>
    /// <exception cref="ResultTooLargeException">Even with fewer rows.</exception>
    public static ShapedResult Shape(ToolResult result, PublishedTool tool, int mostRows, int mostBytes)
    {
        var cuts = Choose(result, tool)
            .Select(text => RowLimit.Apply(Clean(text), mostRows)).ToList();
        var text = string.Join('\n', cuts.Select(cut => cut.Text));
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > mostBytes)
        {
            throw new ResultTooLargeException(bytes);
        }

        var left = cuts.Max(cut => cut.Left);
        return new ShapedResult(text, result.IsError, left, left == 0 ? 0 : cuts.Max(cut => cut.Total), bytes, result.LeftOut);
    }

    /// <summary>Structured content before text, where there is any: the text is for readers and need not hold all of it.</summary>
    private static IReadOnlyList<string> Choose(ToolResult result, PublishedTool tool)
    {
        if (result.IsError || result.Structured is not { } structured)
        {
            return result.Blocks.Count > 0 ? result.Blocks : [result.Text.Length > 0 ? result.Text : result.LeftOut ?? ""];
        }

        if (tool.OutputSchema is not { ValueKind: JsonValueKind.Object } schema || SchemaCheck.Find(schema, structured, SchemaDepth.Whole) is null)
        {
            return [Unwrap(structured, tool)];
        }

        using var text = RowLimit.ReadJson(result.Text);
        return text is not null && SchemaCheck.Find(schema, text.RootElement, SchemaDepth.Whole) is null ? [result.Text] : throw new ResultNotAsPublishedException();
    }

    /// <summary>A widespread framework puts results that are no objects into one with a single member, and says so in the schema.</summary>
    private static string Unwrap(JsonElement structured, PublishedTool tool) =>
        tool.OutputSchema is { ValueKind: JsonValueKind.Object } schema
        && schema.TryGetProperty("x-fastmcp-wrap-result", out var wraps) && wraps.ValueKind == JsonValueKind.True
        && structured.ValueKind == JsonValueKind.Object && structured.TryGetProperty("result", out var inner)
            ? inner.ValueKind == JsonValueKind.String ? inner.GetString()! : inner.GetRawText()
            : structured.GetRawText();

    private static string Clean(string text)
    {
        using var json = RowLimit.ReadJson(text);
        return VisibleText.Of(text, json is not null);
    }
}
