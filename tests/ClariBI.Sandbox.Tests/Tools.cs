using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tests;

/// <summary>Calls tools through the SDK's client and reads their replies as a client would.</summary>
internal sealed class Tools(McpClient client) : IAsyncDisposable
{
    public McpClient Client => client;

    public async Task<(bool IsError, string Text)> CallAsync(string tool, string arguments = "{}")
    {
        var values = JsonNode.Parse(arguments)!.AsObject().ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        var result = await client.CallToolAsync(tool, values);
        return (result.IsError == true, result.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text);
    }

    public async Task<JsonElement> ReadAsync(string tool, string arguments = "{}")
    {
        var (isError, text) = await CallAsync(tool, arguments);
        isError.ShouldBeFalse(text);
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<string> FailAsync(string tool, string arguments = "{}")
    {
        var (isError, text) = await CallAsync(tool, arguments);
        isError.ShouldBeTrue(text);
        return text;
    }

    /// <summary>The rows of a CSV reply as "label|label|column" to number.</summary>
    public async Task<SortedDictionary<string, double>> CsvAsync(string chart, string more = "", string project = "100001") =>
        Cells(await ReadAsync("query_amplitude_data", $$"""{"projectId":"{{project}}","chart":{{chart}}{{more}}}"""));

    public async Task<JsonElement> JsonAsync(string chart, string more = "", string project = "100001") =>
        (await ReadAsync("query_amplitude_data", $$"""{"projectId":"{{project}}","chart":{{chart}}{{more}}}""")).GetProperty("data").GetProperty("jsonResponse");

    public static SortedDictionary<string, double> Cells(JsonElement reply)
    {
        var cells = new SortedDictionary<string, double>(StringComparer.Ordinal);
        string[]? header = null;
        foreach (var row in reply.GetProperty("data").GetProperty("csvResponse").GetProperty("data").EnumerateArray().Select(row => row.EnumerateArray().ToArray()))
        {
            if (row.Length == 0)
            {
                header = null;
            }
            else if (row[0].GetString() == "\tSegment")
            {
                header = [.. row.Select(cell => cell.GetString()!)];
            }
            else if (header is not null)
            {
                var labels = string.Join('|', row.TakeWhile(cell => cell.ValueKind == JsonValueKind.String).Select(cell => cell.GetString()!.TrimStart('\t')));
                foreach (var (column, value) in header.Zip(row).Where(pair => pair.Second.ValueKind == JsonValueKind.Number))
                {
                    cells[$"{labels}|{column}"] = value.GetDouble();
                }
            }
        }

        return cells;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    public static string Date(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
